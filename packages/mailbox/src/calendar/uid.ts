import { CalendarBytesError, uidOfGlobalObjectId } from '@fauxchange/calendar';
import type { EmbeddedItem } from '../items/item.ts';
import { valueOf } from '../items/value-of.ts';
import { binary } from '@fauxchange/properties';

/** The UID of an appointment, the same for a series and its occurrences; undefined where there is none, or none that can be read. */
export function uidOfItem(item: EmbeddedItem): string | undefined {
  const id = valueOf(item, 'PidLidCleanGlobalObjectId') ?? valueOf(item, 'PidLidGlobalObjectId');
  if (!binary.isBinary(id)) return undefined;
  try {
    return uidOfGlobalObjectId(binary.toBytes(id));
  } catch (thrown) {
    if (thrown instanceof CalendarBytesError) return undefined;
    throw thrown;
  }
}
