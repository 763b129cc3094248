import { itemId, type ItemId } from '@fauxchange/mailbox';
import type { IdOwner } from './entry-id.ts';
import { decodeId, encodeConversationId } from './ews-id.ts';

/** Who a persona is made of: an entry of the directory, or a contact of a mailbox. */
export type PersonaKey =
  | { readonly kind: 'directory'; readonly entryId: string }
  | { readonly kind: 'contact'; readonly mailboxGuid: string; readonly itemId: ItemId };

/** Id storage type ActiveDirectoryObject, [MS-OXWSITEMID] 2.1. */
const directoryObject = 5;
const guidBytes = 16;

/** No compression, storage type, length, GUID of the entry. */
export function encodeDirectoryPersona(entryId: string): string {
  return Buffer.concat([Buffer.from([0, directoryObject, guidBytes, 0]), Buffer.from(entryId.replaceAll('-', ''), 'hex')]).toString('base64');
}

/** As ids of conversations are: the mailbox and 16 bytes, here the number of the contact. */
export function encodeContactPersona(owner: IdOwner, contact: ItemId): string {
  const link = Buffer.alloc(guidBytes);
  link.writeUIntBE(contact, guidBytes - 6, 6);
  return encodeConversationId(owner, link);
}

/** Undefined where the text is no id of a persona: ErrorInvalidIdMalformed. */
export function decodePersonaId(text: string): PersonaKey | undefined {
  if (text.length > 200 || /[^A-Za-z0-9+/=]/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === guidBytes + 4 && bytes[0] === 0 && bytes[1] === directoryObject && bytes.readUInt16LE(2) === guidBytes) {
    return { kind: 'directory', entryId: bytes.toString('hex', 4).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') };
  }
  const opened = decodeId(text);
  if (opened?.kind !== 'conversation' || opened.conversation.length !== guidBytes) return undefined;
  return { kind: 'contact', mailboxGuid: opened.mailboxGuid, itemId: itemId(opened.conversation.readUIntBE(guidBytes - 6, 6)) };
}
