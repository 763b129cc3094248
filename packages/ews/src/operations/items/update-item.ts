import { isOccurrence, updateOccurrence, type Item, type MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { openItem, type OpenedItem } from '../../calendar-items.ts';
import { idOnly } from '../../items.ts';
import { describedPath, describedProperty, extendedName } from '../../mapping/change-description.ts';
import type { ItemField, ItemTarget } from '../../mapping/fields.ts';
import { completeItem } from '../../mapping/complete-item.ts';
import { removeListMember } from '../../mapping/distribution-list-fields.ts';
import { indexedField, type DictionaryEntry } from '../../mapping/indexed-fields.ts';
import { kindOfClass, kindTakesClass } from '../../mapping/item-kind.ts';
import { viewOf } from '../../mapping/item-view.ts';
import { changesOf, isSent, newTarget, setElement } from '../../mapping/item-write.ts';
import { fieldOfUri, pathDetails, type Path } from '../../mapping/paths.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import type { ItemIdEntry } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { ItemChangeType, NonEmptyArrayOfItemChangeDescriptionsType, UpdateItemType } from '../../schema/types.generated.ts';
import { forgetAnswer } from '../../responses/last-verb.ts';
import { isReceiptPending, receiptDone, sendReadReceipt } from '../../responses/read-receipt.ts';
import { leaveOccurrence } from '../../task-occurrences.ts';
import { checkSending, inviteAgain, markMeeting } from './meeting-sending.ts';
import { keptIn } from './send-item.ts';

/** @see [MS-OXWSCORE] 3.1.4.9 UpdateItem */
export const updateItem: Operation<'UpdateItem'> = defineOperation('UpdateItem', async (request, context) => ({
  ResponseMessages: await forEachEntry(context, 'UpdateItemResponseMessage', request.ItemChanges.ItemChange, (head) => ({ ...head, Items: [] }), async (change) => {
    const opened = await openItem(idEntry(change), context);
    const { session, item } = opened;
    checkRequest(request, opened);
    const target = await gatherChanges(change.Updates, item, session, context);
    const expected = request.ConflictResolution === 'NeverOverwrite' ? opened.cn : undefined;
    if (target.kind === 'CalendarItem') return { ...success, Items: [idOnly(await updateCalendarItem(opened, target, request, context), session)], ConflictResults: { Count: 0 } };
    const isReceiptDue = target.isRead === true && !item.isRead && isReceiptPending(item);
    if (isReceiptDue) Object.assign(target.properties, receiptDone(context.clock.now()));
    const updated = await session.updateItem(item.id, await changesOf(target, session, item), { expected });
    if (isReceiptDue && !request.SuppressReadReceipts) await sendReadReceipt(item, session, true, context);
    const isSending = request.MessageDisposition !== undefined && request.MessageDisposition !== 'SaveOnly';
    if (isSending && kindOfClass(item.itemClass) === 'Message') {
      const answered = await forgetAnswer(session, updated, context.clock.now());
      await session.submit(updated.id, { saveIn: await keptIn(request, context) });
      await answered();
      return { ...success, Items: [], ConflictResults: { Count: 0 } };
    }
    const told = kindOfClass(updated.itemClass) === 'Task' ? await leaveOccurrence(item, updated, session, context) : updated;
    return { ...success, Items: [idOnly(told, session)], ConflictResults: { Count: 0 } };
  }),
}));

/** An occurrence that is changed becomes an exception of its series. */
async function updateCalendarItem({ session, item, cn }: OpenedItem, target: ItemTarget, request: UpdateItemType, context: EwsContext): Promise<Item> {
  // What is in Deleted Items is nobody's meeting any more: documentation of ErrorCalendarCannotUpdateDeletedItem.
  const isDeleted = item.folderId === session.mailbox.wellKnown('deleteditems');
  if (isDeleted && request.SendMeetingInvitationsOrCancellations !== 'SendToNone') throw new EwsError('ErrorCalendarCannotUpdateDeletedItem');
  checkSending(session, request.SendMeetingInvitationsOrCancellations, target, item);
  markMeeting(target);
  const expected = request.ConflictResolution === 'NeverOverwrite' ? cn : undefined;
  const changes = await changesOf(target, session, item);
  const updated = isOccurrence(item) ? await updateOccurrence(session, item, changes, { expected }) : await session.updateItem(item.id, changes, { expected });
  return inviteAgain(item, updated, session, request, context);
}

function idEntry({ ItemId, OccurrenceItemId, RecurringMasterItemId }: ItemChangeType): ItemIdEntry {
  if (ItemId) return ['ItemId', ItemId];
  if (OccurrenceItemId) return ['OccurrenceItemId', OccurrenceItemId];
  return ['RecurringMasterItemId', RecurringMasterItemId as NonNullable<typeof RecurringMasterItemId>];
}

function checkRequest({ ConflictResolution, MessageDisposition, SendMeetingInvitationsOrCancellations }: UpdateItemType, { item, cn, session }: OpenedItem): void {
  const kind = kindOfClass(item.itemClass);
  if (kind === 'Message' && MessageDisposition === undefined) throw new EwsError('ErrorMessageDispositionRequired');
  // What was sent is the attendees' now; what changes is the meeting in the calendar: documentation of the code.
  if (kind === 'MeetingRequest' && item.folderId === session.mailbox.wellKnown('sentitems')) throw new EwsError('ErrorSentMeetingRequestUpdate');
  if (kind === 'CalendarItem' && SendMeetingInvitationsOrCancellations === undefined) throw new EwsError('ErrorSendMeetingInvitationsOrCancellationsRequired');
  if (ConflictResolution === 'NeverOverwrite') {
    if (cn === undefined) throw new EwsError('ErrorChangeKeyRequired');
    if (cn !== item.cn) throw new EwsError('ErrorIrresolvableConflict');
  }
}

/** What the descriptions of a change come to, for one item. */
export async function gatherChanges(descriptions: NonEmptyArrayOfItemChangeDescriptionsType, item: Item, session: MailboxSession, context: EwsContext): Promise<ItemTarget> {
  const kind = kindOfClass(item.itemClass);
  const target = newTarget(kind, context, viewOf(item, session, { BaseShape: 'IdOnly' }, context));
  for (const [change, description] of descriptions) {
    if (change === 'DeleteItemField') remove(describedPath(description), target);
    else {
      const { element, value } = describedProperty(description, elementOf);
      const path = describedPath(description);
      if (change === 'SetItemField' && path[0] === 'IndexedFieldURI') setMember(path, value, target);
      else if (change === 'SetItemField') setElement(element, value, target);
      else await append(path, value, target);
    }
  }
  if (target.itemClass !== undefined && !kindTakesClass(kind, target.itemClass)) throw new EwsError('ErrorObjectTypeChanged');
  completeItem(target);
  return target;
}

function elementOf(path: Path): string | undefined {
  if (path[0] === 'FieldURI') return fieldOfUri(path[1].FieldURI)?.element ?? path[1].FieldURI.split(':')[1];
  if (path[0] !== 'IndexedFieldURI') return undefined;
  return indexedField(path[1])?.element ?? (path[1].FieldURI === 'distributionlist:Members:Member' ? 'Members' : 'InternetMessageHeaders');
}

/** The field, if it may still be changed. */
function changeable(path: Path, target: ItemTarget): ItemField | undefined {
  const field = path[0] === 'FieldURI' ? fieldOfUri(path[1].FieldURI) : undefined;
  if (field?.isSealed && isSent(target)) throw new EwsError('ErrorInvalidPropertyUpdateSentMessage', undefined, pathDetails(path));
  return field;
}

/** One member of a dictionary: the dictionary given has that member and no other. */
function setMember(path: Path & readonly ['IndexedFieldURI', unknown], value: unknown, target: ItemTarget): void {
  const member = indexedField(path[1]);
  if (!member || target.kind !== 'Contact') throw new EwsError('ErrorInvalidPropertySet', undefined, pathDetails(path));
  const entries = (value as { readonly Entry?: readonly DictionaryEntry[] | undefined }).Entry ?? [];
  const [entry] = entries;
  if (entries.length !== 1 || entry?.Key !== member.index || entry[member.part] === undefined) throw new EwsError('ErrorUpdatePropertyMismatch', undefined, pathDetails(path));
  member.write(entry, target);
}

function removeMember(path: Path & readonly ['IndexedFieldURI', unknown], target: ItemTarget): void {
  const member = target.kind === 'Contact' ? indexedField(path[1]) : undefined;
  if (member) return member.write(undefined, target);
  if (path[1].FieldURI !== 'distributionlist:Members:Member' || target.kind !== 'DistributionList') throw new EwsError('ErrorInvalidPropertyDelete', undefined, pathDetails(path));
  removeListMember(path[1].FieldIndex, target);
}

function remove(path: Path, target: ItemTarget): void {
  if (path[0] === 'IndexedFieldURI') return removeMember(path, target);
  const name = extendedName(path);
  if (name !== undefined) {
    target.properties[name] = undefined;
    return;
  }
  const field = changeable(path, target);
  if (!field?.remove) throw new EwsError('ErrorInvalidPropertyDelete', undefined, pathDetails(path));
  field.remove(target);
}

async function append(path: Path, value: unknown, target: ItemTarget): Promise<void> {
  const field = changeable(path, target);
  if (!field?.append) throw new EwsError('ErrorInvalidPropertyAppend', undefined, pathDetails(path));
  await field.append(value as never, target);
}
