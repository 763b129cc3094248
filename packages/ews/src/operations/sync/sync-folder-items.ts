import { MailboxError, type Change, type Cursor, type Item, type MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { bareChangeKey } from '../../ids/change-key.ts';
import { encodeItemId } from '../../ids/ews-id.ts';
import { fieldOfUri } from '../../mapping/paths.ts';
import { compileItemShape, type ItemShape } from '../../mapping/item-shape.ts';
import { viewOf } from '../../mapping/item-view.ts';
import { itemIdElement } from '../../items.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { refusePublic } from '../../public-folders.ts';
import { resolveItem, resolveTarget, type FolderReference } from '../../resolve.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { ItemResponseShapeType, PathToUnindexedFieldType, SyncFolderItemsChangesType, SyncFolderItemsResponseMessageType, SyncFolderItemsType } from '../../schema/types.generated.ts';
import { decodeSyncState, encodeSyncState, type SyncScope } from './sync-state.ts';

/** Errors carry an empty state and the end mark: clients read these before they look at the code. @see [MS-OXWSSYNC] 3.1.4.2 SyncFolderItems */
export const syncFolderItems: Operation<'SyncFolderItems'> = defineOperation('SyncFolderItems', async (request, context) => ({
  ResponseMessages: [['SyncFolderItemsResponseMessage', await answerAlone<SyncFolderItemsResponseMessageType>(context, (head) => ({ ...head, SyncState: '', IncludesLastItemInRange: true }), () => sync(request, context))]],
}));

async function sync(request: SyncFolderItemsType, context: EwsContext): Promise<SyncFolderItemsResponseMessageType> {
  const place = await resolveTarget(request.SyncFolderId, context, 'ErrorSyncFolderNotFound');
  const { session, folderId } = place;
  refusePublic(session, 'SyncFolderItems');
  const scope: SyncScope = { kind: 'items', mailboxGuid: session.mailbox.guid, folderId };
  const cursor = request.SyncState ? decodeSyncState(request.SyncState, scope) : undefined;
  const shape = compileItemShape(tableShape(request.ItemShape), 'find');
  const ignored = new Set((request.Ignore?.ItemId ?? []).map((id) => resolveItem(['ItemId', id], context).itemId));
  const page = await session.changes(folderId, cursor, Number(request.MaxChangesReturned));
  if ('expired' in page) throw new EwsError('ErrorInvalidSyncStateData');
  const wantsHidden = request.SyncScope === 'NormalAndAssociatedItems';
  const told = page.changes.filter(({ id, isAssociated }) => !ignored.has(id) && (wantsHidden || !isAssociated));
  return {
    ...success,
    SyncState: encodeSyncState(scope, page.cursor as Cursor),
    IncludesLastItemInRange: !page.more,
    Changes: await encodeChanges(told, place, request, shape, context),
  };
}

async function encodeChanges(changes: readonly Change[], { session, folderId }: FolderReference, request: SyncFolderItemsType, shape: ItemShape, context: EwsContext): Promise<SyncFolderItemsChangesType> {
  const living = changes.filter(({ kind }) => kind !== 'removed').map(({ id }) => id);
  const items = new Map((await session.items(living)).flatMap((item) => (item instanceof MailboxError ? [] : [[item.id, item] as const])));
  const encoded: SyncFolderItemsChangesType[number][] = [];
  for (const { kind, id } of changes) {
    const item = items.get(id);
    if (kind === 'removed') encoded.push(['Delete', { ItemId: { Id: encodeItemId(session.mailbox, folderId, id), ChangeKey: bareChangeKey('message') } }]);
    else if (item) encoded.push(await encodeChange(kind, item, session, request, shape, context));
  }
  return encoded;
}

async function encodeChange(kind: Change['kind'], item: Item, session: MailboxSession, request: SyncFolderItemsType, shape: ItemShape, context: EwsContext): Promise<SyncFolderItemsChangesType[number]> {
  if (kind === 'readFlag') return ['ReadFlagChange', { ItemId: itemIdElement(item, session), IsRead: item.isRead }];
  const [name, element] = await shape.render(viewOf(item, session, request.ItemShape, context));
  return [kind === 'created' ? 'Create' : 'Update', { [name]: element }];
}

/** Fields that a table cannot have are taken and left out, unlike FindItem's (seen on real servers: exchangelib asks for every field). */
function tableShape(shape: ItemResponseShapeType): ItemResponseShapeType {
  const AdditionalProperties = shape.AdditionalProperties?.filter(([kind, path]) => kind !== 'FieldURI' || fieldOfUri((path as PathToUnindexedFieldType).FieldURI)?.shape !== 'askedGet');
  return { ...shape, AdditionalProperties };
}
