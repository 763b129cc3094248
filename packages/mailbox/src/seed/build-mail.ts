import { createHash } from 'node:crypto';
import { binary } from '@fauxchange/properties';
import type { Directory, DirectoryEntry } from '../directory/directory.ts';
import { attachmentId } from '../ids.ts';
import { bagOf } from '../items/bag.ts';
import { conversationGuid, newConversationIndex } from '../items/conversation.ts';
import type { KeepBytes } from '../items/from-mime.ts';
import type { Attachment, ItemBody, ItemDraft, Properties, Recipient } from '../items/item.ts';
import { entryPerson, smtpPerson } from '../items/person.ts';
import type { PersonPrefix } from '../items/person.ts';
import { encodeReplyRecipients } from '../items/reply-recipients.ts';
import { messageFlags } from '../items/value-of.ts';
import { copyFor } from '../transport/delivered-copy.ts';
import { headersOfDraft } from '../transport/message-headers.ts';
import type { SeedAttachment, SeedMail } from './seed-mail.ts';

export interface SeedWorld {
  readonly domain: string;
  readonly directory: Directory;
  /** What makes the ids of this organization's seed differ from another's. */
  readonly salt: string;
  /** ms: the moment from which `hoursAgo` counts. */
  readonly latest: number;
  readonly keep: KeepBytes;
  /** The first message of a thread, to which the others refer. */
  readonly threads: ReadonlyMap<string, SeedMail>;
}

const HOUR = 3_600_000;

/** A message of a seed as an item for `owner`'s mailbox: received there, unless it is the owner's own or was put into a public folder. */
export async function buildMail(mail: SeedMail, owner: DirectoryEntry, world: SeedWorld): Promise<ItemDraft> {
  const draft = await content(mail, world);
  const isOwn = owner.recipientType === 'PublicFolderMailbox' || partyOf(mail.from, world).entry?.id === owner.id;
  return isOwn ? draft : copyFor(world.directory, { ...draft, recipients: draft.recipients.filter(({ type }) => type !== 'bcc') }, owner);
}

async function content(mail: SeedMail, world: SeedWorld): Promise<ItemDraft> {
  const bytes = bytesOf(mail, world);
  const time = world.latest - mail.hoursAgo * HOUR;
  const recipients = [...recipientsOf(mail.to, 'to', world), ...recipientsOf(mail.cc, 'cc', world), ...recipientsOf(mail.bcc, 'bcc', world)];
  const properties = { ...propertiesOf(mail, time, bytes, world), ...followUp(mail, time) };
  const mime = mail.mime?.replaceAll('example.test', world.domain);
  const hasTravelled = !mail.isDraft && mail.itemClass !== 'IPM.Post';
  const headers = !hasTravelled ? undefined : (mime?.slice(0, mime.indexOf('\r\n\r\n') + 2) ?? headersOfDraft({ properties, recipients }, hopOf(bytes, time, world)));
  return {
    itemClass: mail.itemClass ?? 'IPM.Note',
    properties: { ...properties, PidTagTransportMessageHeaders: headers },
    recipients,
    attachments: await Promise.all((mail.attachments ?? []).map((attachment, at) => attachmentOf(attachment, at, time, world))),
    body: await bodyOf(mail, world),
    mime: mime === undefined ? undefined : await world.keep(Buffer.from(mime, 'latin1')),
    isRead: !mail.isUnread,
    isAssociated: false,
  };
}

function hopOf(bytes: Buffer, time: number, { domain }: SeedWorld): Parameters<typeof headersOfDraft>[1] {
  return { server: `MAIL01.${domain}`, from: `MAIL01.${domain}`, id: `15.2.2562.17.${bytes.toString('hex', 28)}`, time };
}

const importances = { low: [0, -1], normal: [1, 0], high: [2, 1] } as const;
const sensitivities = { personal: 1, private: 2, confidential: 3 } as const;

function propertiesOf(mail: SeedMail, time: number, bytes: Buffer, world: SeedWorld): Properties {
  const [importance, priority] = importances[mail.importance ?? 'normal'];
  const root = mail.thread !== undefined && mail.reply ? world.threads.get(mail.thread) : undefined;
  return {
    PidTagSubject: mail.subject,
    ...personOf('PidTagSender', mail.from, world),
    ...personOf('PidTagSentRepresenting', mail.from, world),
    PidTagInternetMessageId: mail.mime ? /^Message-ID: (.*)\r$/m.exec(mail.mime)?.[1] : messageIdOf(bytes, world),
    ...(root && referringTo(messageIdOf(bytesOf(root, world), world))),
    ...(mail.thread !== undefined && { PidTagConversationIndex: conversationIndexOf(mail, world), PidTagConversationIndexTracking: true }),
    PidTagImportance: importance,
    PidTagPriority: priority,
    PidTagSensitivity: mail.sensitivity ? sensitivities[mail.sensitivity] : 0,
    PidTagClientSubmitTime: mail.isDraft ? undefined : time,
    PidTagMessageDeliveryTime: time,
    PidTagCreationTime: time,
    PidTagLastModificationTime: time,
    PidTagSearchKey: binary.from(bytes.subarray(12, 28)),
    PidTagMessageFlags: mail.isDraft ? messageFlags.unsent : messageFlags.unmodified,
    PidTagListUnsubscribe: mail.unsubscribe,
    ...(mail.categories && { PidNameKeywords: mail.categories }),
    ...(mail.asksReadReceipt && { PidTagReadReceiptRequested: true }),
    ...(mail.replyTo && replyTo(partyOf(mail.replyTo, world))),
    // What was done with it last, and the icon for it ([MS-OXOMSG] 2.2.2.43, [MS-OXCMSG] 2.2.1.10).
    ...(mail.answered && { PidTagLastVerbExecuted: mail.answered === 'reply' ? 102 : 104, PidTagLastVerbExecutionTime: time + HOUR, PidTagIconIndex: mail.answered === 'reply' ? 0x105 : 0x106 }),
  };
}

function replyTo({ name, address }: Party): Properties {
  return { PidTagReplyRecipientEntries: encodeReplyRecipients([{ name, address }]), PidTagReplyRecipientNames: name };
}

/** Follow-up flags as Outlook sets them, [MS-OXOFLAG] 2.2. */
function followUp(mail: SeedMail, time: number): Properties {
  if (mail.flag === undefined) return {};
  const isComplete = mail.flag === 'complete';
  return {
    PidTagFlagStatus: isComplete ? 1 : 2,
    PidTagToDoItemFlags: 1,
    PidLidFlagRequest: 'Follow up',
    PidLidToDoTitle: mail.subject,
    PidLidTaskStatus: isComplete ? 2 : 0,
    PidLidTaskComplete: isComplete,
    PidLidPercentComplete: isComplete ? 1 : 0,
    ...(isComplete
      ? { PidTagFlagCompleteTime: time + HOUR, PidLidTaskDateCompleted: time + HOUR }
      : { PidTagFollowupIcon: 6, PidLidTaskStartDate: time + HOUR, PidLidTaskDueDate: time + 72 * HOUR, PidTagReplyRequested: true }),
  };
}

/** 32 bytes that are the same for the same message in every mailbox: its ids are cut from them. */
function bytesOf({ from, hoursAgo, subject }: SeedMail, { salt }: SeedWorld): Buffer {
  return createHash('sha256').update(`${salt} ${from} ${hoursAgo} ${subject}`).digest();
}

function messageIdOf(bytes: Buffer, { domain }: SeedWorld): string { return `<${bytes.toString('hex', 0, 16)}@MAIL01.${domain}>`; }

function referringTo(messageId: string): Properties { return { PidTagInReplyToId: messageId, PidTagInternetReferences: messageId }; }

/** The thread's header, and five bytes for each step down ([MS-OXOMSG] 2.2.1.3). */
function conversationIndexOf(mail: SeedMail, world: SeedWorld): ReturnType<typeof binary.from> {
  const root = world.threads.get(mail.thread ?? '') ?? mail;
  const bytes = bytesOf(root, world);
  const guid = conversationGuid({ references: undefined, inReplyTo: undefined, messageId: messageIdOf(bytes, world) });
  const head = newConversationIndex(world.latest - root.hoursAgo * HOUR, guid ?? bytes);
  const steps = Array.from({ length: mail.reply ?? 0 }, (_, depth) => bytes.subarray(16 + depth, 21 + depth));
  return binary.from(Buffer.concat([binary.toBytes(head), ...steps]));
}

interface Party {
  readonly name: string;
  readonly address: string;
  readonly entry: DirectoryEntry | undefined;
}

function partyOf(text: string, { domain, directory }: SeedWorld): Party {
  const [, given, angled] = /^(.*?)\s*<([^>]+)>$/.exec(text.trim()) ?? [];
  const address = angled ?? (text.includes('@') ? text.trim() : `${text.trim()}@${domain}`);
  const entry = directory.byAddress(address);
  return { name: given || entry?.displayName || address, address: entry?.primarySmtpAddress ?? address, entry };
}

function personOf(prefix: PersonPrefix, text: string, world: SeedWorld): Properties {
  const { name, address, entry } = partyOf(text, world);
  return entry?.mailboxGuid === undefined ? smtpPerson(prefix, { name, address }) : entryPerson(prefix, entry);
}

function recipientsOf(list: string | undefined, type: Recipient['type'], world: SeedWorld): readonly Recipient[] {
  return (list ?? '').split(';').filter((text) => text.trim() !== '').map((text) => {
    const { name, address } = partyOf(text, world);
    return { type, name, address, addressType: 'SMTP' };
  });
}

async function bodyOf({ html, text }: SeedMail, { keep }: SeedWorld): Promise<ItemBody | undefined> {
  if (html !== undefined) return { native: 'html', html: await keep(Buffer.from(html)) };
  return text === undefined ? undefined : { native: 'text', text: await keep(Buffer.from(text)) };
}

async function attachmentOf(attachment: SeedAttachment, at: number, time: number, world: SeedWorld): Promise<Attachment> {
  const facts = {
    id: attachmentId(at), name: attachment.name, contentType: attachment.contentType, contentId: attachment.contentId,
    isInline: attachment.contentId !== undefined, lastModified: time,
  };
  if (attachment.mail) {
    const { properties, ...nested } = await content(attachment.mail, world);
    return { ...facts, kind: 'item', size: (nested.body?.text?.size ?? 0) + 1_024, item: { ...nested, bag: bagOf(properties) } };
  }
  const bytes = attachment.base64 === undefined ? Buffer.from(attachment.text ?? '') : Buffer.from(attachment.base64, 'base64');
  return { ...facts, kind: 'file', size: bytes.length, content: await world.keep(bytes) };
}
