import { createClock } from '@fauxchange/kernel';
import type { Binary } from '@fauxchange/properties';
import { addRule, inboxRules } from '../../rules/rule-store.ts';
import { createOrganization } from '../../create-organization.ts';
import type { Organization } from '../../organization.ts';
import { attachmentId } from '../../ids.ts';
import { DumpError } from './dump.ts';
import { dumpSeed } from './dump-seed.ts';
import { exportOrganization } from './export-organization.ts';

const opened: Organization[] = [];
const open = async (...[options]: Parameters<typeof createOrganization>) => {
  const organization = await createOrganization({ clock: createClock({ at: Date.UTC(2026, 5, 1), frozen: true }), ...options });
  opened.push(organization);
  return organization;
};
afterEach(async () => { await Promise.all(opened.splice(0).map((organization) => organization.close())); });
const copied = async (organization: Organization): Promise<unknown> => JSON.parse(JSON.stringify(await exportOrganization(organization)));

/** A dump to be spoilt. */
interface Loose {
  entries: Record<string, unknown>[];
  mailboxes: { owner: string; folders: Record<string, unknown>[]; items: { folderId: number; properties: Record<string, unknown>; attachments?: unknown }[] }[];
}

describe('an organization in a file', () => {
  it('comes back as it was, ids and all', async () => {
    const first = await open();
    const alice = first.mailboxByAddress('alice@example.test')!;
    const session = alice.openAs(alice.owner);
    const folder = await session.createFolder((await session.distinguished('inbox')).id, { displayName: 'Kept', properties: { PidTagComment: 'mine' } });
    await first.deliver('Subject: late\r\n\r\nx', { to: ['team@example.test'] });
    const inbox = (await session.distinguished('inbox')).id;
    const [late] = (await session.query([inbox], { limit: 1 })).items;
    await session.updateItem(late!.id, { properties: { '{00020329-0000-0000-c000-000000000046}:big:Integer64': 2n ** 60n } });
    await session.moveItems([late!.id], { session, folderId: folder.id });
    await first.add({ recipientType: 'UserMailbox', displayName: 'Erin', primarySmtpAddress: 'erin@example.test', password: 'e' });
    const dump = await copied(first);
    const second = await open({ seed: dumpSeed(dump) });
    expect(await copied(second)).toEqual(dump);
    expect(second.users).toEqual(first.users);
    expect(second.directory.list()).toEqual(first.directory.list());
    const [moved] = await second.mailboxByAddress('alice@example.test')!.store.find({ folderIds: [folder.id], restriction: { kind: 'always' } });
    expect(moved?.bag.get('{00020329-0000-0000-c000-000000000046}:big:Integer64')).toBe(2n ** 60n);
    // Ids go on where they were: nothing that a client remembers is given to something else.
    await second.deliver('Subject: later\r\n\r\nx', { to: ['alice@example.test'] });
    const again = second.mailboxByAddress('alice@example.test')!;
    const [later] = (await again.openAs(again.owner).query([inbox], { limit: 1 })).items;
    expect(later!.id).toBeGreaterThan(moved!.id);
    await second.reset();
    expect(await copied(second)).toEqual(dump);
  });

  it('with whatever a client has said of recipients and attachments', async () => {
    const first = await open();
    const session = first.mailboxByAddress('alice@example.test')!.openAsSystem();
    const inbox = await session.distinguished('inbox');
    const further = { PidTagRecipientEntryId: 'bytes' as Binary, '0x6001:Integer64': 2n ** 60n } as const;
    const made = await session.createItem(inbox.id, {
      itemClass: 'IPM.Note', properties: {}, isRead: true, isAssociated: false, recipients: [{ type: 'to', name: 'Bob', address: 'bob@example.test', addressType: 'SMTP', properties: further }],
      attachments: [{ kind: 'file', id: attachmentId(3), name: 'a', contentType: '', isInline: false, lastModified: 0, size: 1, content: await session.keep(Uint8Array.of(1)), properties: { PidTagRenderingPosition: 7 } }],
    });
    const again = (await open({ seed: dumpSeed(await copied(first)) })).mailboxByAddress('alice@example.test')!.openAsSystem();
    const [item] = await again.items([made.id]);
    expect(item).toMatchObject({ recipients: [{ name: 'Bob', properties: further }], attachments: [{ name: 'a', properties: { PidTagRenderingPosition: 7 } }] });
    const [copy] = await again.copyItems([made.id], { session: again, folderId: inbox.id });
    expect(copy).toMatchObject({ recipients: [{ properties: further }], attachments: [{ properties: { PidTagRenderingPosition: 7 } }] });
    await expect(session.createItem(inbox.id, { ...made, properties: {}, recipients: [{ type: 'to', name: '', address: 'x@y.test', addressType: 'SMTP', properties: { PidTagRowid: 'text' } }] })).rejects.toMatchObject({ code: 'InvalidProperty' });
  });

  it('with searches and rules of the mail API', async () => {
    const first = await open();
    const session = first.mailboxByAddress('alice@example.test')!.openAsSystem();
    const inbox = await session.distinguished('inbox');
    const finder = await session.distinguished('searchfolders');
    const large = { kind: 'compare', property: 'PidTagMessageSizeExtended', operator: 'ge', value: 1n } as const;
    const search = await session.createFolder(finder.id, { displayName: 'Large', kind: 'search' });
    await session.updateFolder(search.id, { searchCriteria: { folderIds: [inbox.id], isDeep: false, restriction: large, isStatic: true, written: 'bytes' as Binary } });
    const folder = await session.createFolder(inbox.id, { displayName: 'Moved' });
    await addRule(session, {
      name: 'x', priority: 1, isEnabled: true, conditions: {}, exceptions: {}, actions: {}, isNotSupported: true, owner: { provider: 'Test', providerData: 'data' as Binary },
      program: { condition: large, steps: [{ kind: 'tag', property: 'PidTagComment', value: 'tagged' }, { kind: 'move', folderId: folder.id }], writtenActions: 'bytes' as Binary },
    });
    const dump = await copied(first);
    const second = await open({ seed: dumpSeed(dump) });
    expect(await copied(second)).toEqual(dump);
    const again = second.mailboxByAddress('alice@example.test')!.openAsSystem();
    expect((await again.folder(search.id)).searchCriteria).toMatchObject({ restriction: large, isStatic: true, written: 'bytes' });
    expect(await inboxRules(again)).toEqual(await inboxRules(session));
    await second.deliver('Subject: arrives\r\n\r\nx', { to: ['alice@example.test'] });
    await second.settle();
    const { items } = await again.query([folder.id], { limit: 10 });
    expect(items.map(({ bag }) => [bag.get('PidTagSubject'), bag.get('PidTagComment')])).toEqual([['arrives', 'tagged']]);
  });

  it('comes into an organization with other ids, rights and all', async () => {
    const dump = await copied(await open({ seed: 'empty' }));
    const other = await open({ idSeed: 'other', seed: dumpSeed(dump) });
    const [alice, bob, carol, support] = ['alice', 'bob', 'carol', 'support'].map((name) => other.directory.byAddress(`${name}@example.test`)!);
    expect(other.directory.grants(support!.id, bob!.id)).toEqual(['fullAccess', 'sendAs']);
    const delegated = other.mailboxOf(alice!)!.openAs(carol!);
    expect(delegated.folderRights(await delegated.distinguished('inbox')).read).toBe(true);
    await other.deliver('Subject: x\r\n\r\n', { to: ['everyone@example.test'] });
    expect(other.outbox.messages()).toHaveLength(1);
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', undefined, /not the dump/], ['a list', [], /not the dump/], ['another format', { format: 'x' }, /not the dump/],
    ['a version to come', { format: 'fauxchange-organization', version: 2 }, /version 1 can be read, not of 2/],
    ['half of it', { format: 'fauxchange-organization', version: 1, entries: [] }, /lists/],
  ])('%s is refused before anything is made', (_what, dump, message) => { expect(() => dumpSeed(dump)).toThrow(message); });

  it.each<[string, (dump: Loose) => void]>([
    ['an entry without a name', (dump) => { delete dump.entries[0]!.displayName; }],
    ['a mailbox of nobody', (dump) => { dump.mailboxes[0]!.owner = 'x@example.test'; }],
    ['a folder in no folder', (dump) => { dump.mailboxes[0]!.folders.push({ ...dump.mailboxes[0]!.folders[0], id: 9_999, parentId: 8_888, wellKnown: undefined }); }],
    ['an item in no folder', (dump) => { dump.mailboxes[0]!.items[0]!.folderId = 8_888; }],
    ['a property that is none', (dump) => { dump.mailboxes[0]!.items[0]!.properties.Nonsense = 1; }],
    ['a number that is none', (dump) => { dump.mailboxes[0]!.items[0]!.properties.PidTagSubject = { bigint: 'x' }; }],
    ['an item without attachments', (dump) => { delete dump.mailboxes[0]!.items[0]!.attachments; }],
  ])('with %s is refused by name', async (_what, spoil) => {
    const dump = await copied(await open());
    spoil(dump as Loose);
    await expect(open({ seed: dumpSeed(dump) })).rejects.toBeInstanceOf(DumpError);
  });
});
