import { createClock } from '@fauxchange/kernel';
import { createOrganization } from './create-organization.ts';
import { valueOf } from './items/value-of.ts';
import type { Organization, OrganizationOptions } from './organization.ts';

const NOW = Date.UTC(2026, 5, 1, 12);
const opened: Organization[] = [];
async function open(options: OrganizationOptions = {}): Promise<Organization> {
  const organization = await createOrganization({ clock: createClock({ at: NOW, frozen: true }), ...options });
  opened.push(organization);
  return organization;
}
afterEach(async () => { await Promise.all(opened.splice(0).map((organization) => organization.close())); });

const message = 'From: zoe@elsewhere.test\r\nSubject: New\r\n\r\nHi\r\n';
const to = (name: string) => ({ to: [`${name}@example.test`] });
async function count(organization: Organization, name: string, folder: 'inbox' | 'sentitems' | 'msgfolderroot' = 'inbox') {
  const mailbox = organization.mailboxByAddress(`${name}@${organization.domain}`)!;
  const { totalCount, unreadCount, childFolderCount } = await mailbox.openAs(mailbox.owner).distinguished(folder);
  return { totalCount, unreadCount, childFolderCount };
}
/** Everything that a client could see of an organization, in one value. */
async function contents(organization: Organization): Promise<unknown> {
  const out: unknown[] = [organization.directory.list(), organization.users];
  for (const mailbox of organization.mailboxes()) {
    const folders = await mailbox.store.folders();
    const items = await mailbox.store.find({ folderIds: folders.map(({ id }) => id), table: 'both', restriction: { kind: 'always' } });
    out.push(mailbox.guid, mailbox.replicaGuid, await mailbox.store.currentCn(), folders.map(({ bag, ...folder }) => [folder, Object.fromEntries(bag.entries())]), items.map(({ id, cn, folderId, isRead, recipients, bag }) => [id, cn, folderId, isRead, recipients, Object.fromEntries(bag.entries())]));
  }
  return out;
}

describe('a new organization', () => {
  it('has users who can sign in, mailboxes for those who have one, and nobody else', async () => {
    const organization = await open();
    expect(organization.users.map(({ address, password }) => `${address} ${password}`)).toEqual(['alice', 'bob', 'carol', 'dave', 'svc'].map((name) => `${name}@example.test ${name}-pass`));
    expect(organization.directory.netbiosName).toBe('EXAMPLE');
    expect(organization.directory.verifyPassword('EXAMPLE\\alice', 'alice-pass').outcome).toBe('ok');
    expect(organization.mailboxes().map(({ owner }) => owner.alias)).toEqual(['alice', 'bob', 'carol', 'dave', 'svc', 'support', 'room1', 'room2', 'projector', 'publicfolders']);
    expect(organization.mailboxByAddress('frank@contoso.test')).toBeUndefined();
    expect(organization.mailboxByAddress('team@example.test')).toBeUndefined();
    const [alice] = organization.mailboxes();
    expect(organization.mailboxByGuid(alice!.guid.toUpperCase())).toBe(alice);
    expect(alice!.wellKnown('archivemsgfolderroot')).toBeDefined();
    const byAlias = (alias: string) => organization.directory.byAddress(`${alias}@example.test`)!;
    expect(organization.directory.mayImpersonate(byAlias('svc').id)).toBe(true);
    expect(organization.directory.mayImpersonate(byAlias('dave').id)).toBe(false);
    const delegated = alice!.openAs(byAlias('carol'));
    expect(delegated.folderRights(await delegated.distinguished('inbox'))).toMatchObject({ read: true, createContents: false });
    expect(delegated.folderRights(await delegated.distinguished('calendar'))).toMatchObject({ read: true, createContents: true });
    await expect(alice!.openAs(byAlias('dave')).distinguished('inbox')).rejects.toMatchObject({ code: 'FolderNotFound' });
    expect(organization.mailboxOf(byAlias('support'))!.openAs(byAlias('bob')).accessor.hasFullAccess).toBe(true);
  });

  it('is of another domain when asked', async () => {
    const organization = await open({ domain: 'Corp.Test' });
    expect(organization.users[0]?.address).toBe('alice@corp.test');
    const alice = organization.mailboxByAddress('alice@corp.test')!;
    const inbox = (await alice.openAs(alice.owner).distinguished('inbox')).id;
    const { items } = await alice.openAs(alice.owner).query([inbox], { limit: 100 });
    for (const item of items) expect(JSON.stringify([item.recipients, valueOf(item, 'PidTagSenderSmtpAddress'), valueOf(item, 'PidTagTransportMessageHeaders')])).not.toContain('example.test');
  });

  it.each<[string, OrganizationOptions, number, number]>([['empty', { seed: 'empty' }, 10, 0], ['without anybody', { seed: false }, 0, 0]])('can be %s', async (_what, options, mailboxes, mails) => {
    const organization = await open(options);
    expect(organization.mailboxes()).toHaveLength(mailboxes);
    if (mailboxes > 0) expect((await count(organization, 'alice')).totalCount).toBe(mails);
  });

  it('is the same for the same seed of ids, and another for another', async () => {
    const [one, same, other] = [await open(), await open(), await open({ idSeed: 'other' })];
    expect(await contents(same)).toEqual(await contents(one));
    expect(other.mailboxes()[0]?.guid).not.toBe(one.mailboxes()[0]?.guid);
    expect(other.mailboxes()[0]?.replicaGuid).not.toBe(one.mailboxes()[0]?.replicaGuid);
  });

  it('has its mail before the present, whenever that is', async () => {
    const organization = await open({ clock: createClock({ at: Date.UTC(2020, 0, 1), frozen: true }) });
    const alice = organization.mailboxByAddress('alice@example.test')!;
    const { items } = await alice.openAs(alice.owner).query([(await alice.openAs(alice.owner).distinguished('inbox')).id], { limit: 1 });
    expect(valueOf(items[0]!, 'PidTagMessageDeliveryTime')).toBeLessThan(Date.UTC(2020, 0, 1));
  });

  it('takes a seed of one\'s own', async () => {
    const organization = await open({
      seed: async (fresh) => {
        await fresh.add({ recipientType: 'UserMailbox', displayName: 'Zoe', primarySmtpAddress: 'zoe@example.test', password: 'x' });
        await fresh.deliver(message, to('zoe'));
      },
    });
    await organization.deliver(message, to('zoe'));
    expect((await count(organization, 'zoe')).totalCount).toBe(2);
    await organization.reset();
    expect((await count(organization, 'zoe')).totalCount).toBe(1);
  });
});

describe('going back', () => {
  it('reset undoes everything: mail, folders, people, rights, outbox; and what follows is as it was the first time', async () => {
    const organization = await open();
    const before = await contents(organization);
    const runs: unknown[] = [];
    for (let run = 0; run < 3; run += 1) {
      const alice = organization.mailboxByAddress('alice@example.test')!;
      const session = alice.openAs(alice.owner);
      await organization.deliver(message, to('everyone'));
      await session.createFolder((await session.distinguished('msgfolderroot')).id, { displayName: 'New' });
      await session.emptyFolder((await session.distinguished('inbox')).id, 'hard', { withSubfolders: false });
      const added = await organization.add({ recipientType: 'UserMailbox', displayName: 'Erin', primarySmtpAddress: 'erin@example.test', password: 'erin-pass' });
      await organization.deliver(message, to('erin'));
      organization.directory.update(alice.owner.id, { displayName: 'Somebody Else', password: 'changed' });
      organization.directory.remove(organization.directory.byAddress('dave@example.test')!.id);
      expect(organization.mailboxByAddress('dave@example.test')).toBeUndefined();
      expect(organization.outbox.messages()).toHaveLength(1);
      runs.push([added, await contents(organization), Buffer.from(organization.outbox.messages()[0]!.mime).toString()]);
      await organization.reset();
      expect(await contents(organization)).toEqual(before);
      expect(organization.outbox.messages()).toEqual([]);
      expect(organization.mailboxByGuid(added.mailboxGuid!)).toBeUndefined();
      expect(organization.directory.verifyPassword('alice@example.test', 'alice-pass').outcome).toBe('ok');
      await expect(organization.deliver(message, to('erin'))).rejects.toMatchObject({ code: 'MailboxNotFound' });
    }
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
  });

  it('a snapshot can be restored again and again; younger ones and foreign ones are refused', async () => {
    const organization = await open({ seed: 'empty' });
    await organization.deliver(message, to('bob'));
    const one = await organization.snapshot();
    await organization.deliver(message, to('bob'));
    const two = await organization.snapshot();
    await organization.deliver(message, to('bob'));
    await organization.restore(two);
    expect((await count(organization, 'bob')).totalCount).toBe(2);
    await organization.restore(one);
    expect((await count(organization, 'bob')).totalCount).toBe(1);
    await expect(organization.restore(two)).rejects.toMatchObject({ code: 'SnapshotExpired' });
    await organization.restore(one);
    expect((await count(organization, 'bob')).totalCount).toBe(1);
    await expect(organization.restore(await (await open({ seed: false })).snapshot())).rejects.toMatchObject({ code: 'SnapshotExpired' });
  });

  it('a user who was removed and made anew is somebody else, and goes with a reset', async () => {
    const organization = await open();
    const { directory } = organization;
    const bob = directory.byAddress('bob@example.test')!;
    directory.remove(bob.id);
    const second = await organization.add({ recipientType: 'UserMailbox', displayName: 'Bob the Second', primarySmtpAddress: 'bob@example.test', password: 'x' });
    expect(second.mailboxGuid).not.toBe(bob.mailboxGuid);
    expect((await count(organization, 'bob')).totalCount).toBe(0);
    await organization.reset();
    expect(directory.byAddress('bob@example.test')).toEqual(bob);
    expect((await count(organization, 'bob')).totalCount).toBe(5);
  });

  it('what is on its way when a reset comes does not arrive after it', async () => {
    const organization = await open({ seed: 'empty' });
    const alice = organization.mailboxByAddress('alice@example.test')!;
    await alice.openAs(alice.owner).send({ itemClass: 'IPM.Note', properties: {}, recipients: [{ type: 'to', name: '', address: 'bob@example.test', addressType: 'SMTP' }], attachments: [], isRead: true, isAssociated: false }, {});
    await organization.reset();
    await organization.settle();
    expect((await count(organization, 'bob')).totalCount).toBe(0);
  });

  it('clear leaves everybody, and no mail', async () => {
    const organization = await open();
    await organization.deliver(message, to('everyone'));
    await organization.clear();
    for (const { owner, isPublic } of organization.mailboxes()) if (!isPublic) expect((await count(organization, owner.alias)).totalCount).toBe(0);
    expect(organization.users).toHaveLength(5);
    expect(organization.outbox.messages()).toEqual([]);
    await organization.deliver(message, to('alice'));
    expect((await count(organization, 'alice')).totalCount).toBe(1);
    await organization.reset();
    expect((await count(organization, 'alice')).totalCount).toBe(27);
  });
});

describe('lifecycle', () => {
  it('fifty side by side do not know of each other', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, (_, n) => open({ seed: 'empty', idSeed: `organization ${n}` })));
    await Promise.all(all.map((organization, n) => Promise.all(Array.from({ length: n % 5 }, () => organization.deliver(message, to('bob'))))));
    for (const [n, organization] of all.entries()) expect((await count(organization, 'bob')).totalCount).toBe(n % 5);
    expect(new Set(all.map((organization) => organization.mailboxes()[0]?.guid)).size).toBe(50);
  });

  it('close waits for what is on its way, can be called twice, and lets nothing in afterwards', async () => {
    const organization = await open({ seed: 'empty' });
    const delivery = organization.deliver(message, to('bob'));
    await Promise.all([organization.close(), organization.close(), delivery]);
    await expect(organization.deliver(message, to('bob'))).rejects.toThrow(/closed/);
    await expect(organization.add({ recipientType: 'UserMailbox', displayName: 'x', primarySmtpAddress: 'x@example.test' })).rejects.toThrow(/closed/);
  });
});
