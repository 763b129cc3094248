import { isCanceled, isMeeting, isOrganizer, meetingKindOf, seriesOf, type Item } from '@fauxchange/mailbox';
import type { CommandContext } from '../../context.ts';
import { commonStatus, EasStatusError } from '../../errors.ts';
import { isFloating } from '../../mapping/calendar/appointment-elements.ts';
import { startOfFloatingDay } from '../../mapping/calendar/calendar-zone.ts';
import { occurrenceOf } from '../../mapping/calendar/exceptions.ts';
import { readDashed } from '../../mapping/date-time.ts';

/** [MS-ASCMD] 2.2.3.177.9. */
export const meetingStatus = { success: 1, invalidRequest: 2, mailboxError: 3, serverError: 4 } as const;

const refuse = (message: string): never => {
  throw new EasStatusError(meetingStatus.invalidRequest, message);
};

/**
 * What an answer is about: the request, the appointment, or one occurrence of it.
 *
 * @throws EasStatusError 2 for what cannot be answered, 104 for an instance that is no time, 146 for one of what does not recur
 */
export function subjectOfAnswer(item: Item, instanceId: string | undefined, context: CommandContext): Item {
  if (meetingKindOf(item.itemClass) === 'request') return instanceId === undefined ? item : refuse('A request has no instances.');
  if (!/^ipm\.appointment(\.|$)/i.test(item.itemClass) || !isMeeting(item)) return refuse('The item asks for no answer.');
  if (isOrganizer(item)) return refuse('The organizer answers nobody.');
  if (isCanceled(item)) return refuse('The meeting was called off.');
  return instanceId === undefined ? item : instanceOf(item, instanceId, context);
}

function instanceOf(item: Item, instanceId: string, context: CommandContext): Item {
  if (instanceId === '') return refuse('The instance is none.');
  const at = readDashed(instanceId);
  if (at === undefined || instanceId.length !== 24) throw new EasStatusError(commonStatus.InvalidDateTime, `${instanceId.slice(0, 40)} is no time.`);
  const series = seriesOf(item);
  if (!series) throw new EasStatusError(commonStatus.NoRecurrenceInCalendar, 'The meeting does not recur.');
  return occurrenceOf(item, isFloating(item, context) ? startOfFloatingDay(at, series.zone) : at) ?? refuse('There is no such instance.');
}
