import { seriesOf, uidOfItem, type Item } from '@fauxchange/mailbox';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemClass, ItemPlace, Written } from '../../sync/item-class.ts';
import { changedAttachments, toldAttachments } from '../changed-attachments.ts';
import { conversionError } from '../conversion-error.ts';
import { isFloating } from './appointment-elements.ts';
import { clientUid, decodeAppointment } from './decode-appointment.ts';
import { encodeAppointment } from './encode-appointment.ts';
import { decodeExceptions, writeExceptions } from './exceptions.ts';
import { removeInstance, updateInstance } from './instances.ts';
import { cancelMeeting, tellAttendees } from './tell-attendees.ts';

/** Class Calendar, [MS-ASCAL]. */
export const calendarClass: ItemClass = {
  hasConflicts: true,
  shows: ({ itemClass }) => /^ipm\.appointment(\.|$)/i.test(itemClass),
  // A series is as young as its last occurrence, [MS-ASCMD] 2.2.3.68.2.
  filter: (_options, from) => ({ accepts: ({ bag }) => from === undefined || Number(bag.get('PidLidClipEnd') ?? bag.get('PidLidAppointmentEndWhole') ?? from) >= from }),
  encode: encodeAppointment,
  create,
  update: (item, data, place, { instanceId }) => (instanceId === undefined ? update(item, data, place) : updateInstance(item, data, instanceId, place)),
  removeInstance,
  beforeRemoval: cancelMeeting,
};

async function create(data: ApplicationData, place: ItemPlace): Promise<Written> {
  const { session, collection, context } = place;
  const known = await addedBefore(data, place);
  if (known) return { item: known, told: { 'Calendar:UID': uidOfItem(known) } };
  const { changes, times } = await decodeAppointment(data, undefined, place);
  const { 'Calendar:Exceptions': sent = [] } = data;
  if (sent.length > 0 && !times?.series) conversionError('What does not recur has no exceptions.');
  const floating = context.isAtLeast('16.0') && times?.times.isAllDay === true;
  const exceptions = times?.series ? await decodeExceptions(sent, { series: times.series, isFloating: floating }, undefined, place) : [];
  const sentAttachments = await changedAttachments(data, [], session, context.clock.now());
  const { properties = {}, recipients = [], body } = changes;
  const item = await session.createItem(collection.folderId, {
    itemClass: 'IPM.Appointment', isRead: true, isAssociated: false, recipients, attachments: sentAttachments.attachments, properties, body: body === 'none' ? undefined : body,
  });
  const written = await tellAttendees(undefined, await writeExceptions(item, exceptions, place), place);
  return context.isAtLeast('16.0') ? { item: written, told: { 'Calendar:UID': uidOfItem(written), ...toldAttachments(written, sentAttachments, collection.collectionId) } } : { item: written };
}

/** The client tells by ClientUid what it has added already, [MS-ASCAL] 2.2.2.13. */
async function addedBefore({ 'Calendar:ClientUid': uid }: ApplicationData, { session, collection, context }: ItemPlace): Promise<Item | undefined> {
  if (!uid || !context.isAtLeast('16.0')) return undefined;
  const { items } = await session.query([collection.folderId], { restriction: { kind: 'compare', property: clientUid, operator: 'eq', value: uid }, limit: 1 });
  return items[0];
}

async function update(item: Item, data: ApplicationData, place: ItemPlace): Promise<Written> {
  const { session, context } = place;
  const { 'Calendar:Exceptions': sent } = data;
  if (sent && context.isAtLeast('16.0')) conversionError('Exceptions are changed by their InstanceId.');
  const { changes, times } = await decodeAppointment(data, item, place);
  const series = times ? times.series : seriesOf(item);
  // Exceptions that are not spoken of stay as they are, [MS-ASCAL] 3.2.5.3.1.
  const exceptions = sent && series ? await decodeExceptions(sent, { series, isFloating: isFloating(item, context) }, item, place) : [];
  const sentAttachments = await changedAttachments(data, item.attachments, session, context.clock.now());
  const attachments = times?.losesExceptions ? sentAttachments.attachments.filter(({ isException }) => !isException) : data['AirSyncBase:Attachments'] && sentAttachments.attachments;
  const changed = await session.updateItem(item.id, attachments ? { ...changes, attachments } : changes);
  const written = await writeExceptions(changed, exceptions, place);
  const told = sentAttachments.clientIds.size > 0 ? toldAttachments(written, sentAttachments, place.collection.collectionId) : undefined;
  return { item: await tellAttendees(item, written, place, data), told };
}
