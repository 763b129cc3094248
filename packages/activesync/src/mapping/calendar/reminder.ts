import type { Properties } from '@fauxchange/mailbox';
import type { CommandContext } from '../../context.ts';
import { conversionError } from '../conversion-error.ts';

const most = 0xffff_ffff;

/**
 * Minutes before the start; an empty element, since 14.1, and one that is taken away (null) mean none:
 * [MS-ASCAL] 2.2.2.38. @throws EasStatusError 6
 */
export function decodeReminder(said: string | null | undefined, context: CommandContext): Properties {
  if (said === undefined) return {};
  if (said === '' && !context.isAtLeast('14.1')) conversionError('A reminder has no time.');
  if (said === null || said === '') return { PidLidReminderSet: false };
  const minutes = /^\d{1,10}$/.test(said.trim()) ? Number(said) : Number.NaN;
  // The property has 31 bits.
  return minutes <= most ? { PidLidReminderSet: true, PidLidReminderDelta: Math.min(minutes, 0x7fff_ffff) } : conversionError(`A reminder of ${said.slice(0, 20)} minutes.`);
}
