import type { Destination, DistinguishedFolderName, Item, MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { itemIdElement } from '../../items.ts';
import { attachmentIdOf } from '../../mapping/attachment.ts';
import { kindOfClass, type ItemKind } from '../../mapping/item-kind.ts';
import type { ItemElement } from '../../mapping/item-shape.ts';
import { viewOf } from '../../mapping/item-view.ts';
import { draftOf, gather } from '../../mapping/item-write.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { ownSession, resolveTarget } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { CreateItemType, ItemType, NonEmptyArrayOfAllItemsType, ResponseCodeType } from '../../schema/types.generated.ts';
import { sentItemsFolder } from './send-item.ts';

/** Kinds whose fields have a table; the others come with the calendar. */
const createdKinds: ReadonlySet<string> = new Set<ItemKind>(['Message', 'PostItem', 'Item', 'Contact', 'DistributionList', 'Task']);

/** @see [MS-OXWSCORE] 3.1.4.2 CreateItem */
export const createItem: Operation<'CreateItem'> = defineOperation('CreateItem', async (request, context) => ({
  ResponseMessages: await forEachEntry('CreateItemResponseMessage', request.Items, (head) => ({ ...head, Items: [] }), async (entry) => ({ ...success, Items: await create(entry, request, context) })),
}));

async function create([kind, sent]: NonEmptyArrayOfAllItemsType[number], request: CreateItemType, context: EwsContext): Promise<ItemElement[]> {
  if (kind === 'CalendarItem' && request.SendMeetingInvitations === undefined) throw new EwsError('ErrorSendMeetingInvitationsRequired');
  if (!createdKinds.has(kind)) throw new EwsError('ErrorInvalidOperation', `Creating a ${kind} is not emulated yet.`);
  const isMessage = kind === 'Message';
  if (isMessage && request.MessageDisposition === undefined) throw new EwsError('ErrorMessageDispositionRequired');
  const target = gather(sent as ItemType, kind as ItemKind, context);
  if (isMessage && request.MessageDisposition !== 'SaveOnly') {
    const session = ownSession(context);
    const draft = await draftOf(target, session);
    if (draft.recipients.length === 0) throw new EwsError('ErrorInvalidRecipients');
    const saveIn = request.MessageDisposition === 'SendAndSaveCopy' ? await sentItemsFolder(request.SavedItemFolderId, context) : undefined;
    await session.send(draft, { saveIn });
    return [];
  }
  const { session, folderId } = await folderForNew(kind as ItemKind, request, context);
  const item = await session.createItem(folderId, await draftOf(target, session));
  return [created(item, session, context)];
}

interface Home {
  readonly folder: DistinguishedFolderName;
  readonly folderClass: string;
  /** The error for a folder of another class. */
  readonly otherwise: ResponseCodeType;
}
/** Where items of a kind go, and the only folders that take them. */
const homes: { readonly [K in ItemKind]?: Home } = {
  Contact: { folder: 'contacts', folderClass: 'IPF.Contact', otherwise: 'ErrorCannotCreateContactInNonContactFolder' },
  DistributionList: { folder: 'contacts', folderClass: 'IPF.Contact', otherwise: 'ErrorCannotCreateContactInNonContactFolder' },
  Task: { folder: 'tasks', folderClass: 'IPF.Task', otherwise: 'ErrorCannotCreateTaskInNonTaskFolder' },
  PostItem: { folder: 'inbox', folderClass: 'IPF.Note', otherwise: 'ErrorCannotCreatePostItemInNonMailFolder' },
};

function isOfClass(folderClass: string, wanted: string): boolean {
  const [folded, prefix] = [folderClass.toLowerCase(), wanted.toLowerCase()];
  return folded === prefix || folded.startsWith(`${prefix}.`);
}

/** The folder asked for, else the one that Exchange takes for that kind. */
async function folderForNew(kind: ItemKind, { SavedItemFolderId }: CreateItemType, context: EwsContext): Promise<Destination> {
  if (SavedItemFolderId) {
    const { session, folderId, folder } = await resolveTarget(SavedItemFolderId, context, 'ErrorSavedItemFolderNotFound');
    const home = homes[kind];
    if (home && !isOfClass(folder.folderClass ?? 'IPF.Note', home.folderClass)) throw new EwsError(home.otherwise);
    return { session, folderId };
  }
  const session = ownSession(context);
  const folderId = session.mailbox.wellKnown(homes[kind]?.folder ?? 'drafts');
  if (folderId === undefined) throw new EwsError('ErrorSavedItemFolderNotFound');
  return { session, folderId };
}

/** The id, and those of the attachments that came with it. */
function created(item: Item, session: MailboxSession, context: EwsContext): ItemElement {
  const view = viewOf(item, session, { BaseShape: 'IdOnly' }, context);
  const attachments = item.attachments.map((attachment) => [attachment.kind === 'file' ? 'FileAttachment' : 'ItemAttachment', { AttachmentId: { Id: attachmentIdOf(attachment, view) } }] as const);
  return [kindOfClass(item.itemClass), { ItemId: itemIdElement(item, session), Attachments: attachments.length > 0 ? attachments : undefined }];
}
