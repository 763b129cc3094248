import { draftFromMime, MailboxError, type Item, type ItemChanges, type ItemDraft, type MailboxSession, type Properties, type Recipient } from '@fauxchange/mailbox';
import { commonStatus, EasStatusError } from '../../errors.ts';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemPlace, Written } from '../../sync/item-class.ts';
import { bodyTypes, decodeBody } from '../body.ts';
import { decodeCategories } from '../categories.ts';
import { changedAttachments, toldAttachments, type SentAttachments } from '../changed-attachments.ts';
import { conversionError } from '../conversion-error.ts';
import { binary, type Binary } from '@fauxchange/properties';
import { decodeFlag } from './flag.ts';
import { timesOfIndex } from './encode-email.ts';
import { parseRecipients } from './people.ts';

/** What MIME says itself and may not stand beside it, [MS-ASCMD] 2.2.2: 178. */
const saidByMime = ['Email:To', 'Email:Cc', 'Email2:Bcc', 'Email:Subject', 'Email:Importance', 'AirSyncBase:Attachments'] as const satisfies readonly (keyof ApplicationData)[];
/** Elements that a client may write in a draft, [MS-ASEMAIL] 3.1.5.3. */
const writable: ReadonlySet<string> = new Set([...saidByMime, 'Email:From', 'Email:ReplyTo', 'Email:Read', 'Email:Flag', 'Email:Categories', 'Email:Body', 'AirSyncBase:Body', 'Email2:Send', 'Email:MessageClass']);

/** A draft that a client wrote, saved or sent at once; since 16.0. */
export async function createDraft(data: ApplicationData, { session, collection, context }: ItemPlace, isSent: boolean): Promise<Written> {
  checkWritable(data);
  const sent = await changedAttachments(data, [], session, context.clock.now());
  const draft = isMime(data) ? await draftOfMime(data, session) : await newDraft(data, sent, session);
  if (isSent) return { item: await send(draft, session) };
  const item = await session.createItem(collection.folderId, draft);
  return { item, told: told(item, sent, collection.collectionId) };
}

/** What a client changed in a draft; what it leaves out stays. */
export async function updateDraft(item: Item, data: ApplicationData, { session, collection, context }: ItemPlace, isSent: boolean): Promise<Written> {
  checkWritable(data);
  const sent = await changedAttachments(data, item.attachments, session, context.clock.now());
  const changes = isMime(data) ? await changesOfMime(data, session) : await changesOf(item, data, sent, session);
  const changed = Object.values(changes).some((value) => value !== undefined) ? await session.updateItem(item.id, changes) : item;
  if (isSent) return { item: await submit(changed, session) };
  return { item: changed, told: sent.clientIds.size > 0 ? told(changed, sent, collection.collectionId) : undefined };
}

function checkWritable(data: ApplicationData): void {
  const wrong = Object.keys(data).find((name) => data[name as keyof ApplicationData] !== undefined && !writable.has(name));
  if (wrong) conversionError(`${wrong} is not the client's to write.`);
}

function isMime(data: ApplicationData): boolean {
  if (data['AirSyncBase:Body']?.Type !== bodyTypes.mime) return false;
  if (saidByMime.some((name) => data[name] !== undefined)) throw new EasStatusError(commonStatus.InvalidMimeBodyCombination, 'The MIME says it all.');
  return true;
}

async function draftOfMime(data: ApplicationData, session: MailboxSession): Promise<ItemDraft> {
  const { Data = '' } = data['AirSyncBase:Body'] ?? {};
  const draft = await draftFromMime((bytes) => session.keep(bytes), Buffer.from(Data as string), { isDraft: true });
  // What MIME does not say stands beside it.
  return { ...draft, properties: { ...draft.properties, ...written(data, draft) }, isRead: data['Email:Read'] ?? draft.isRead };
}

async function changesOfMime(data: ApplicationData, session: MailboxSession): Promise<ItemChanges> {
  const { properties, recipients, attachments, body, mime } = await draftOfMime(data, session);
  return { properties, isRead: data['Email:Read'], recipients, attachments, body: body ?? 'none', mime };
}

async function newDraft(data: ApplicationData, { attachments }: SentAttachments, session: MailboxSession): Promise<ItemDraft> {
  const body = await decodeBody(data, session);
  const itemClass = 'IPM.Note';
  return {
    itemClass,
    properties: { PidTagMessageFlags: 8, ...written(data, { itemClass }) },
    recipients: recipientsOf(data, []), attachments, body: body === 'none' ? undefined : body, isRead: data['Email:Read'] ?? true, isAssociated: false,
  };
}

async function changesOf(item: Item, data: ApplicationData, { attachments }: SentAttachments, session: MailboxSession): Promise<ItemChanges> {
  const people = ['Email:To', 'Email:Cc', 'Email2:Bcc'] as const;
  const properties = written(data, item);
  return {
    properties: Object.keys(properties).length > 0 ? properties : undefined,
    isRead: data['Email:Read'],
    recipients: people.some((name) => data[name] !== undefined) ? recipientsOf(data, item.recipients) : undefined,
    attachments: data['AirSyncBase:Attachments'] ? attachments : undefined,
    body: await decodeBody(data, session),
  };
}

function written(data: ApplicationData, item: Pick<Item, 'itemClass'>): Properties {
  const { 'Email:Subject': subject, 'Email:Importance': importance, 'Email:Categories': categories, 'Email:Flag': flag } = data;
  return {
    ...(subject !== undefined && { PidTagSubject: subject }), ...(importance !== undefined && { PidTagImportance: importance }),
    ...(categories && decodeCategories(categories)), ...(flag && decodeFlag(flag, item)),
  };
}

function recipientsOf(data: ApplicationData, before: readonly Recipient[]): readonly Recipient[] {
  const of = (text: string | undefined, type: Recipient['type']): readonly Recipient[] => (text === undefined ? before.filter((one) => one.type === type) : parseRecipients(text, type));
  return [...of(data['Email:To'], 'to'), ...of(data['Email:Cc'], 'cc'), ...of(data['Email2:Bcc'], 'bcc')];
}

/** What the server sets itself, [MS-ASEMAIL] 2.2.2.21, and the references of what was attached, [MS-ASAIRS] 2.2.2.14. */
function told(item: Item, sent: SentAttachments, collectionId: string): ApplicationData {
  const id = item.bag.get('PidTagConversationId') as Binary | undefined;
  const index = item.bag.get('PidTagConversationIndex') as Binary | undefined;
  return {
    ...(id !== undefined && { 'Email2:ConversationId': binary.toBytes(id) }),
    ...(index !== undefined && { 'Email2:ConversationIndex': timesOfIndex(binary.toBytes(index)) }),
    ...toldAttachments(item, sent, collectionId),
  };
}

async function send(draft: ItemDraft, session: MailboxSession): Promise<Item> {
  const folder = await session.distinguished('sentitems');
  return asSyncStatus(() => session.send(draft, { saveIn: { session, folderId: folder.id } }));
}

async function submit({ id }: Item, session: MailboxSession): Promise<Item> {
  const folder = await session.distinguished('sentitems');
  return asSyncStatus(() => session.submit(id, { saveIn: { session, folderId: folder.id } }));
}

const statuses: Partial<Readonly<Record<MailboxError['code'], number>>> = {
  MissingRecipients: commonStatus.MessageHasNoRecipient, InvalidRecipients: commonStatus.MessageRecipientUnresolved, SendAsDenied: commonStatus.MailSubmissionFailed,
};

async function asSyncStatus(action: () => Promise<Item | undefined>): Promise<Item> {
  try {
    return (await action()) as Item;
  } catch (thrown) {
    const status = thrown instanceof MailboxError ? statuses[thrown.code] : undefined;
    throw status === undefined ? thrown : new EasStatusError(status, (thrown as Error).message);
  }
}
