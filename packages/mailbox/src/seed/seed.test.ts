import { createClock } from '@fauxchange/kernel';
import { parseMessage } from '@fauxchange/mime';
import { createOrganization } from '../create-organization.ts';
import { draftFromMime } from '../items/from-mime.ts';
import type { Item } from '../items/item.ts';
import { mimeFromItem } from '../items/to-mime.ts';
import { valueOf } from '../items/value-of.ts';
import type { Organization } from '../organization.ts';
import { BytesInMemory } from '../store/memory/stored-bytes.ts';
import { addressIn, defaultAccounts } from './default/accounts.ts';
import { rawMessages } from './default/raw-messages.ts';
import { folderNamed } from './fill-mailbox.ts';
import { importMessage } from './import-message.ts';

let organization: Organization;
beforeAll(async () => { organization = await createOrganization({ clock: createClock({ at: Date.UTC(2026, 5, 1), frozen: true }) }); });
afterAll(() => organization.close());

async function itemsIn(name: string, folder: string): Promise<readonly Item[]> {
  const mailbox = organization.mailboxByAddress(`${name}@example.test`)!;
  const session = mailbox.openAs(mailbox.owner);
  return (await session.query([await folderNamed(mailbox.openAsSystem(), folder)], { limit: 100 })).items;
}
const named = (items: readonly Item[], subject: string): Item => items.find((item) => valueOf(item, 'PidTagSubject') === subject)!;
const text = async (bytes: { read(): Promise<Uint8Array> } | undefined) => bytes && Buffer.from(await bytes.read()).toString('utf8');

describe('the default seed', () => {
  it.each([
    ['alice', 'inbox', 27], ['alice', 'drafts', 2], ['alice', 'sentitems', 4], ['alice', 'deleteditems', 2], ['alice', 'junkemail', 1],
    ['alice', 'Projects', 0], ['alice', 'Projects/Alpha', 3], ['alice', 'Projects/Beta', 2], ['alice', 'Archive', 2],
    ['bob', 'inbox', 5], ['bob', 'sentitems', 2], ['carol', 'inbox', 4], ['dave', 'inbox', 2], ['support', 'inbox', 2], ['svc', 'inbox', 0], ['room1', 'inbox', 0],
  ])('%s has in %s %i messages', async (name, folder, count) => { expect(await itemsIn(name, folder)).toHaveLength(count); });

  it('ends at one moment, newest first', async () => {
    const times = (await itemsIn('alice', 'inbox')).map((item) => Number(valueOf(item, 'PidTagMessageDeliveryTime')));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(new Date(times[0]!).toISOString()).toBe('2026-01-05T08:00:00.000Z');
    const drafts = await itemsIn('alice', 'drafts');
    expect(drafts.map((item) => Number(valueOf(item, 'PidTagMessageFlags')) & 8)).toEqual([8, 8]);
  });

  it('has what clients stumble over', async () => {
    const inbox = await itemsIn('alice', 'inbox');
    const value = (subject: string, name: Parameters<typeof valueOf>[1]) => valueOf(named(inbox, subject), name);
    expect(value('Contract for signature', 'PidTagFlagStatus')).toBe(2);
    expect(value('Travel claims', 'PidTagFlagStatus')).toBe(1);
    expect(value('Keys to Lighthouse 2', 'PidNameKeywords')).toEqual(['Office', 'Keys']);
    expect(value('Your birthday', 'PidTagSensitivity')).toBe(2);
    expect(value('Mail server restarts tonight', 'PidTagReadReceiptRequested')).toBe(true);
    expect(value('The Barometer, issue 47: fog, and how to measure it', 'PidTagListUnsubscribe')).toContain('leave');
    expect(named(inbox, 'Picture of the new mast').attachments).toMatchObject([{ isInline: true, contentId: 'mast@example.test' }, { isInline: false }]);
    const [complaint] = named(inbox, 'FW: Complaint of a gull').attachments;
    expect(complaint?.kind === 'item' && complaint.item.attachments[0]?.name).toBe('feather.txt');
    expect(named(inbox, 'Empty').body).toBeUndefined();
    const thread = inbox.filter((item) => /Station 12/.test(String(valueOf(item, 'PidTagSubject'))));
    expect(thread).toHaveLength(3);
    expect(new Set(thread.map((item) => valueOf(item, 'PidTagConversationId'))).size).toBe(1);
    // The copy in bob's mailbox is the same message.
    const sent = named(await itemsIn('alice', 'sentitems'), 'RE: Station 12 reads too high');
    const received = named(await itemsIn('bob', 'inbox'), 'RE: Station 12 reads too high');
    expect((await itemsIn('bob', 'inbox')).map((item) => valueOf(item, 'PidTagInternetMessageId'))).toContain(valueOf(sent, 'PidTagInternetMessageId'));
    expect(valueOf(received, 'PidTagConversationId')).toBe(valueOf(sent, 'PidTagConversationId'));
    expect(valueOf(sent, 'PidTagReceivedByName')).toBeUndefined();
    expect(valueOf(named(await itemsIn('alice', 'sentitems'), 'Budget'), 'PidTagDisplayBcc')).toBe('Carol Chaudhry');
    expect(named(await itemsIn('dave', 'inbox'), 'Budget').recipients).toHaveLength(1);
  });

  it.each(Object.entries(rawMessages))('says of the %s message what is in it', async (_name, mail) => {
    const item = named(await itemsIn('alice', 'inbox'), mail.subject);
    const mime = Buffer.from(mail.mime!, 'latin1');
    expect(Buffer.from(await mimeFromItem(item))).toEqual(mime);
    const parsed = await draftFromMime((bytes) => Promise.resolve(new BytesInMemory(bytes)), mime);
    const shown = async (of: Pick<Item, 'attachments' | 'itemClass' | 'body'>) => ({
      itemClass: of.itemClass,
      text: (await text(of.body?.text))?.trim(),
      attachments: await Promise.all(of.attachments.map(async (attachment) => [attachment.kind, attachment.name, attachment.contentType, attachment.kind === 'file' && (await text(attachment.content))?.trim()])),
    });
    expect(await shown(item)).toEqual(await shown(parsed));
    const names = ['PidTagSubject', 'PidTagSenderName', 'PidTagSenderSmtpAddress', 'PidTagInternetMessageId'] as const;
    for (const property of names) expect(valueOf(item, property)).toBe(parsed.properties[property]);
    expect(String(valueOf(item, 'PidTagTransportMessageHeaders')).trimEnd()).toBe(String(parsed.properties.PidTagTransportMessageHeaders).trimEnd());
  });

  it('renders every message, and reads it again', async () => {
    for (const folder of ['inbox', 'sentitems', 'drafts', 'junkemail', 'Projects/Alpha']) {
      for (const item of await itemsIn('alice', folder)) {
        const parsed = await parseMessage(await mimeFromItem(item));
        expect(parsed.subject).toBe(valueOf(item, 'PidTagSubject'));
        expect(parsed.to.map(({ address }) => address)).toEqual(item.recipients.filter(({ type }) => type === 'to').map(({ address }) => address));
      }
    }
  });

  it('says nothing of others in the directory than it makes', () => {
    expect(organization.directory.list().map((entry) => entry.primarySmtpAddress)).toEqual(defaultAccounts.map(({ name }) => addressIn('example.test', name)));
    expect(organization.directory.resolve('ba').map((entry) => entry.displayName)).toEqual(['Barometer Room', 'Bob Baker']);
    expect(organization.directory.resolve('service')).toEqual([]);
  });
});

describe('a message from a file', () => {
  it.each<[string, string, string, number]>([
    ['Inbox', 'Date: Sun, 04 Jan 2026 10:00:00 +0000', 'Inbox', Date.UTC(2026, 0, 4, 10)],
    ['inbox', 'Received: by x; Sun, 04 Jan 2026 11:00:00 +0000\r\nDate: Sun, 04 Jan 2026 10:00:00 +0000', 'Inbox', Date.UTC(2026, 0, 4, 11)],
    ['Old/2025', 'Date: nonsense', '2025', Date.UTC(2026, 5, 1)],
  ])('into %s', async (folder, header, name, time) => {
    const mailbox = organization.mailboxByAddress('svc@example.test')!;
    const item = await importMessage(mailbox, folder, Buffer.from(`Subject: from a file\r\n${header}\r\n\r\nx`));
    expect(valueOf(item, 'PidTagMessageDeliveryTime')).toBe(time);
    expect((await mailbox.store.folder(item.folderId))?.displayName).toBe(name);
  });
});
