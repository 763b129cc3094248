import { createClock } from '@fauxchange/kernel';
import { createOrganization, MailboxError, roles, valueOf, type DirectoryEntry, type Folder, type Mailbox, type MailboxErrorCode, type MailboxSession, type Organization } from '../src/index.ts';
import { draft } from './office.ts';

let organization: Organization;
let mailbox: Mailbox;
beforeAll(async () => {
  organization = await createOrganization({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  mailbox = organization.publicFolders as Mailbox;
});
afterEach(() => organization.reset());
afterAll(() => organization.close());

const entryOf = (name: string): DirectoryEntry => organization.directory.byAddress(`${name}@example.test`) as DirectoryEntry;
const as = (name: string): MailboxSession => mailbox.openAs(entryOf(name));
const refusal = async (work: Promise<unknown>): Promise<MailboxErrorCode | 'none'> => work.then(() => 'none' as const, (error: unknown) => {
  if (error instanceof MailboxError) return error.code;
  throw error;
});
async function folderAt(name: string, ...path: readonly string[]): Promise<Folder> {
  const session = as(name);
  let folder = await session.distinguished('publicfoldersroot');
  for (const step of path) {
    const next = (await session.folders(folder.id, 'shallow')).find(({ displayName }) => displayName === step);
    if (!next) throw new Error(`no ${step} in ${folder.displayName}`);
    folder = next;
  }
  return folder;
}
const permissionsOf = ({ permissions }: Folder): readonly (readonly [string, number])[] => permissions.map(({ member, rights }) => [typeof member === 'string' ? member : (organization.directory.byId(member.directoryId)?.alias ?? '?'), rights]);

describe('the mailbox of public folders', () => {
  it('is in the directory, hidden, and nobody signs in as it or writes to it', async () => {
    expect(mailbox.owner).toMatchObject({ recipientType: 'PublicFolderMailbox', isHiddenFromAddressLists: true, isDisabled: true });
    expect(organization.directory.resolve('public')).toEqual([]);
    expect(organization.users.map(({ address }) => address)).not.toContain(mailbox.owner.primarySmtpAddress);
    await organization.deliver('Subject: To folders\r\n\r\nx\r\n', { to: [mailbox.owner.primarySmtpAddress], from: 'bob@example.test' });
    await organization.settle();
    const bob = organization.mailboxByAddress('bob@example.test') as Mailbox;
    const { items } = await bob.openAs(bob.owner).query([bob.wellKnown('inbox')!], { limit: 1 });
    expect(valueOf(items[0]!, 'PidTagMessageClass')).toBe('REPORT.IPM.Note.NDR');
  });

  it('has two subtrees under its root, and none of the folders of a mailbox', async () => {
    const system = mailbox.openAsSystem();
    const root = await system.distinguished('publicroot');
    expect((await system.folders(root.id, 'deep')).filter(({ wellKnown }) => wellKnown !== undefined).map(({ displayName, parentId }) => [displayName, parentId === root.id])).toEqual([
      ['IPM_SUBTREE', true], ['NON_IPM_SUBTREE', true], ['DUMPSTER_ROOT', false], ['EFORMS REGISTRY', false],
    ]);
    expect([root.id, (await system.distinguished('publicfoldersroot')).id]).toEqual([1, 2]);
    for (const name of ['inbox', 'msgfolderroot', 'root', 'deleteditems', 'calendar'] as const) expect(mailbox.wellKnown(name)).toBeUndefined();
    expect(organization.mailboxByAddress('alice@example.test')?.wellKnown('publicfoldersroot')).toBeUndefined();
  });

  it('is not there where nobody made one', async () => {
    const other = await createOrganization({ seed: async (one) => void (await one.add({ recipientType: 'UserMailbox', displayName: 'Eve', primarySmtpAddress: 'eve@example.test', password: 'x' })) });
    expect(other.publicFolders).toBeUndefined();
    const first = await other.add({ recipientType: 'PublicFolderMailbox', displayName: 'One', primarySmtpAddress: 'one@example.test' });
    await other.add({ recipientType: 'PublicFolderMailbox', displayName: 'Two', primarySmtpAddress: 'two@example.test' });
    expect(other.publicFolders?.owner.id).toBe(first.id);
    await other.close();
  });

  it('is emptied with the others, and keeps what it was born with', async () => {
    await organization.clear();
    expect(await as('alice').folders((await folderAt('alice')).id, 'deep')).toEqual([]);
    expect((await mailbox.openAsSystem().folders(mailbox.wellKnown('publicroot')!, 'deep')).map(({ displayName }) => displayName)).toEqual(['IPM_SUBTREE', 'NON_IPM_SUBTREE', 'DUMPSTER_ROOT', 'EFORMS REGISTRY']);
  });
});

describe('rights in public folders', () => {
  it('are Author for everybody and nothing for those outside, and go down to new folders', async () => {
    const made = await as('alice').createFolder((await folderAt('alice', 'Announcements')).id, { displayName: 'New', folderClass: 'IPF.Note' });
    for (const folder of [await folderAt('bob'), made]) expect(permissionsOf(folder)).toEqual([['default', roles.Author], ['anonymous', 0], ['alice', roles.Owner]]);
  });

  it.each<[string, string, (session: MailboxSession, folder: Folder) => Promise<unknown>, string, MailboxErrorCode | 'none']>([
    ['an author posts', 'bob', (session, { id }) => session.createItem(id, draft('By bob', {}, { itemClass: 'IPM.Post' })), 'Announcements', 'none'],
    ['an author makes no folders', 'bob', (session, { id }) => session.createFolder(id, { displayName: 'Bobs' }), 'Announcements', 'AccessDenied'],
    ['an author makes no folders at the top', 'bob', (session, { parentId }) => session.createFolder(parentId, { displayName: 'Bobs' }), 'Announcements', 'AccessDenied'],
    ['an author changes no folder', 'bob', (session, { id }) => session.updateFolder(id, { displayName: 'Mine' }), 'Announcements', 'AccessDenied'],
    ['an author deletes no folder', 'bob', (session, { id }) => session.removeFolder(id, 'soft'), 'Announcements', 'AccessDenied'],
    ['an owner makes folders', 'alice', (session, { id }) => session.createFolder(id, { displayName: 'More' }), 'Announcements', 'none'],
    ['a reviewer reads', 'bob', (session, { id }) => session.query([id], { limit: 1 }), 'Board Papers', 'none'],
    ['a reviewer posts nothing', 'bob', (session, { id }) => session.createItem(id, draft('x')), 'Board Papers', 'AccessDenied'],
    ['who has no rights sees nothing', 'carol', (session, { id }) => session.folder(id), 'Board Papers', 'FolderNotFound'],
    ['the top stays even for its owner', 'alice', (session, { parentId }) => session.removeFolder(parentId, 'hard'), 'Announcements', 'FolderIsDistinguished'],
  ])('%s', async (_what, name, act, path, expected) => {
    expect(await refusal(act(as(name), await folderAt('alice', path)))).toBe(expected);
  });

  it('are not a matter of full access, and not of being the mailbox', async () => {
    organization.directory.grant(mailbox.owner.id, entryOf('carol').id, 'fullAccess');
    expect(as('carol').accessor.hasFullAccess).toBe(false);
    expect(mailbox.openAs(mailbox.owner).accessor.hasFullAccess).toBe(false);
  });

  it('let an author change and delete what is their own', async () => {
    const { id } = await folderAt('bob', 'Announcements');
    const own = await as('bob').createItem(id, draft('Own', {}, { itemClass: 'IPM.Post' }));
    const others = (await as('bob').query([id], { limit: 10 })).items.filter((item) => item.id !== own.id);
    expect(others).toHaveLength(2);
    for (const item of others) expect(await refusal(as('bob').updateItem(item.id, { properties: { PidTagSubject: 'Taken' } }))).toBe('AccessDenied');
    expect(await refusal(as('bob').updateItem(own.id, { properties: { PidTagSubject: 'Changed' } }))).toBe('none');
    const [refused, gone] = await as('bob').removeItems([others[0]!.id, own.id], 'soft');
    expect([refused instanceof MailboxError && refused.code, (await mailbox.openAsSystem().folder((gone as { folderId: Folder['id'] }).folderId)).displayName]).toEqual(['AccessDenied', 'DUMPSTER_ROOT']);
  });
});

describe('deleting from public folders', () => {
  it.each<['moveToDeletedItems' | 'soft' | 'hard', MailboxErrorCode | 'none', number]>([['moveToDeletedItems', 'NoDeletedItems', 0], ['soft', 'none', 2], ['hard', 'none', 0]])('%s', async (disposal, expected, kept) => {
    const folder = await folderAt('alice', 'Announcements');
    const { items } = await as('alice').query([folder.id], { limit: 10 });
    expect(await refusal(as('alice').removeItems(items.map(({ id }) => id), disposal))).toBe(expected);
    expect((await mailbox.openAsSystem().distinguished('publicdumpsterroot')).totalCount).toBe(kept);
    expect(await refusal(as('alice').removeFolder(folder.id, disposal))).toBe(expected);
  });
});

it('what happens in them is in their change log', async () => {
  const { id } = await folderAt('bob', 'Station Calendar');
  const before = await as('bob').changes(id, undefined, 10);
  if ('expired' in before) throw new Error('expired');
  const made = await as('bob').createItem(id, draft('Second open day', {}, { itemClass: 'IPM.Appointment' }));
  const after = await as('carol').changes(id, before.cursor, 10);
  expect('expired' in after ? [] : after.changes.map(({ kind, id: item }) => [kind, item])).toEqual([['created', made.id]]);
});
