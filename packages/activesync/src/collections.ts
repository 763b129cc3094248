import { itemId, MailboxError, type FolderId, type ItemId } from '@fauxchange/mailbox';
import type { CommandContext } from './context.ts';
import { recipientInformation } from './folders/folder-state.ts';
import { classOfFolder, type ClassName } from './folders/folder-type.ts';

/** A collection by its id: the folder behind it, and the class of its items. */
export interface CollectionPlace {
  readonly collectionId: string;
  readonly folderId: FolderId;
  readonly className: ClassName;
  /** The cache of recipients: nothing in it can be changed. */
  readonly isRecipientInformation: boolean;
}

/** The collection that a client names; undefined for what it was not told of, or what is gone. */
export async function collectionPlace(collectionId: string, { device, session }: CommandContext): Promise<CollectionPlace | undefined> {
  const isRecipientInformation = collectionId === recipientInformation.serverId;
  const folderId = isRecipientInformation ? session.mailbox.wellKnown('recipientcache') : device.folders?.folderIdOf(collectionId);
  if (folderId === undefined) return undefined;
  try {
    const className = isRecipientInformation ? 'Contacts' : classOfFolder(await session.folder(folderId));
    return className && { collectionId, folderId, className, isRecipientInformation };
  } catch (thrown) {
    if (thrown instanceof MailboxError) return undefined;
    throw thrown;
  }
}

/** The item that a ServerId names, and its collection: `5:123`. Undefined for what is none of ours. */
export function parseServerId(serverId: string): { readonly collectionId: string; readonly id: ItemId } | undefined {
  const [, collectionId, number] = /^([^:]+):(\d{1,15})$/.exec(serverId) ?? [];
  return collectionId === undefined || number === undefined ? undefined : { collectionId, id: itemId(Number(number)) };
}
