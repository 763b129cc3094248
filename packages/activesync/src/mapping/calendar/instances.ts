import { MailboxError, removeOccurrence, seriesOf, type Item, type OccurrenceItem } from '@fauxchange/mailbox';
import { SeriesError } from '@fauxchange/calendar';
import { EasStatusError } from '../../errors.ts';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemPlace, Written } from '../../sync/item-class.ts';
import { syncStatus } from '../../sync/sync-status.ts';
import { conversionError } from '../conversion-error.ts';
import { isFloating } from './appointment-elements.ts';
import { changeOccurrence, decodeOverrides, instantOf, occurrenceOf, type Exception } from './exceptions.ts';
import { cancelMeeting, tellAttendees } from './tell-attendees.ts';

/** One occurrence of a series, by its InstanceId: since 16.0 exceptions are items of their own ([MS-ASAIRS] 2.2.2.25). */
interface Instance {
  readonly occurrence: OccurrenceItem;
  readonly clock: Parameters<typeof instantOf>[2];
}

function instanceOf(item: Item, instanceId: string, { context }: ItemPlace): Instance {
  const series = seriesOf(item) ?? conversionError('What does not recur has no instances.');
  const clock = { series, isFloating: isFloating(item, context) };
  const occurrence = occurrenceOf(item, instantOf(instanceId, 'InstanceId', clock));
  if (!occurrence) throw new EasStatusError(syncStatus.notFound, `There is no instance ${instanceId.slice(0, 40)}.`);
  return { occurrence, clock };
}

/** An occurrence that is changed becomes an exception. */
export async function updateInstance(item: Item, data: ApplicationData, instanceId: string, place: ItemPlace): Promise<Written> {
  const { occurrence, clock } = instanceOf(item, instanceId, place);
  if (data['Calendar:Recurrence']) conversionError('An instance does not recur.');
  const changes = await decodeOverrides(exceptionOf(data), clock, occurrence, place);
  try {
    const changed = await changeOccurrence(place.session, occurrence, changes);
    return { item: await tellAttendees(occurrence, changed, place, data) };
  } catch (thrown) {
    if (thrown instanceof SeriesError) return conversionError(thrown.message);
    throw thrown;
  }
}

/** The elements of an item under the names that they have inside of one. */
function exceptionOf(data: ApplicationData): Exception {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name.replace(/^Calendar:/, ''), value]));
}

/** The last occurrence that is left takes the series along. */
export async function removeInstance(item: Item, instanceId: string, place: ItemPlace): Promise<void> {
  const { occurrence } = instanceOf(item, instanceId, place);
  await cancelMeeting(occurrence, place);
  try {
    await removeOccurrence(place.session, occurrence);
  } catch (thrown) {
    if (!(thrown instanceof MailboxError) || thrown.code !== 'LastOccurrence') throw thrown;
    await place.session.removeItems([item.id], 'moveToDeletedItems');
  }
}
