import { MailboxError, type FolderId, type Item } from '@fauxchange/mailbox';
import { decode, errorCode, folderEntryId, permanentEntryId, serverEid, WireError, type Layout } from '@fauxchange/mapi-wire';
import { binary, property as propertyNamed, type Binary, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { RopError } from '../../errors.ts';
import type { MessageObject } from '../../objects/message-object.ts';

const read = (message: MessageObject, name: PropertyName): PropertyValue | undefined => message.value(propertyNamed(name) as Property);

/** The bytes of a property as what they say; undefined where they are not that. */
function decoded<T>(value: PropertyValue | undefined, form: Layout<T>): T | undefined {
  if (value === undefined) return undefined;
  try {
    return decode(binary.toBytes(value as Binary), form);
  } catch (thrown) {
    if (thrown instanceof WireError) return undefined;
    throw thrown;
  }
}

/** Where the message goes once it is sent: [MS-OXOMSG] 2.2.3.10, 2.2.3.11. Without a word of the client it stays where it is. */
function sentFolder(message: MessageObject): FolderId | undefined {
  if (read(message, 'PidTagDeleteAfterSubmit') === true) return undefined;
  const { logon } = message;
  const server = decoded(read(message, 'PidTagSentMailSvrEID'), serverEid);
  if (server) return logon.folderId(server.FolderId);
  const entry = decoded(read(message, 'PidTagSentMailEntryId'), folderEntryId);
  // A folder of another store is the client's business: the message is not kept here then.
  if (entry) return entry.DatabaseGuid === logon.mailbox.replicaGuid ? (Number(entry.GlobalCounter) as FolderId) : undefined;
  return message.folderId;
}

/** Who a message is from may be said by an entry id alone. */
function settleSender(message: MessageObject): void {
  if (read(message, 'PidTagSentRepresentingEmailAddress') !== undefined || read(message, 'PidTagSentRepresentingSmtpAddress') !== undefined) return;
  const entry = decoded(read(message, 'PidTagSentRepresentingEntryId'), permanentEntryId);
  if (!entry) return;
  message.content.set('PidTagSentRepresentingAddressType', 'EX');
  message.content.set('PidTagSentRepresentingEmailAddress', entry.DistinguishedName);
}

/** Hands a message to transport: [MS-OXOMSG] 3.2.5.1. @throws RopError */
export async function submit(message: MessageObject): Promise<void> {
  message.checkWritable();
  const { session } = message.logon;
  if (message.isEmbedded || message.logon.isPublic) throw new RopError(errorCode.NotSupported, 'Only a message of a mailbox is sent.');
  if (message.isAssociated) throw new RopError(errorCode.AccessDenied, 'What is associated with a folder is not sent.');
  await message.refreshed();
  settleSender(message);
  const folderId = sentFolder(message);
  const saveIn = folderId === undefined ? undefined : { session, folderId };
  try {
    const { item } = message;
    const sent = item ? await session.submit(((await message.save()) as Item).id, { saveIn }) : await session.send(await message.settledDraft(), { saveIn });
    message.submitted(sent);
  } catch (thrown) {
    if (thrown instanceof MailboxError && thrown.code === 'MissingRecipients') throw new RopError(errorCode.NoRecipients, 'The message has no recipients.');
    throw thrown;
  }
}
