import { attachmentId, bagOf, folderTest, folderValueOf, rights, sortBy, valueOf, type Folder, type Item, type PerItem } from '../src/index.ts';
import { draft, office, role, to, type Office } from './office.ts';

let here: Office;
beforeEach(async () => void (here = await office()));
const subjects = (items: readonly Item[]): unknown[] => items.map((item) => valueOf(item, 'PidTagSubject'));
const first = (results: PerItem<Item | undefined>): Item => results[0] as Item;
const code = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'none', (error: { code: string }) => error.code);

describe('a delegate', () => {
  it('finds in each folder what may be seen there', async () => {
    const { session, folder, at, bob, clock } = here;
    const [plain, owned, closed] = [
      await session.createFolder(folder('inbox'), { displayName: 'Plain', permissions: [role(bob.id, 'Reviewer')] }),
      await session.createFolder(folder('inbox'), { displayName: 'Owned', permissions: [role(bob.id, 'Owner')] }),
      await session.createFolder(folder('inbox'), { displayName: 'Closed', permissions: [{ member: { directoryId: bob.id }, rights: rights.folderVisible }] }),
    ];
    for (const { id, displayName } of [plain, owned, closed]) {
      for (const sensitivity of [0, 2]) {
        await session.createItem(id, draft(`${displayName}${sensitivity}`, { PidTagSensitivity: sensitivity }));
        await clock.advance(1_000);
      }
    }
    const his = at(bob);
    const { items, total } = await his.query([plain.id, owned.id], { limit: 9, order: [{ property: 'PidTagSubject', descending: true }] });
    expect([subjects(items), total]).toEqual([['Plain0', 'Owned2', 'Owned0'], 3]);
    expect(await code(his.query([plain.id, closed.id], { limit: 9 }))).toBe('AccessDenied');
    // A search folder shows what the one who looks may see.
    const found = await session.createFolder(folder('searchfolders'), {
      displayName: 'All', permissions: [role(bob.id, 'Reviewer')], searchCriteria: { folderIds: [folder('inbox')], isDeep: true, restriction: { kind: 'always' } },
    });
    expect((await session.query([found.id], { limit: 9 })).total).toBe(6);
    expect(subjects((await his.query([found.id], { limit: 9 })).items)).toEqual(['Owned2', 'Owned0', 'Plain0']);
  });

  it('hears of the folders that it may see, and of no others', async () => {
    const { session, folder, at, bob } = here;
    const open = await session.createFolder(folder('inbox'), { displayName: 'Open', permissions: [role(bob.id, 'Reviewer')] });
    await session.createFolder(folder('inbox'), { displayName: 'Closed', permissions: [] });
    const page = await at(bob).hierarchyChanges(undefined, 1_000);
    expect(page).toMatchObject({ changes: [{ kind: 'created', id: open.id }] });
    await session.removeFolder(open.id, 'hard');
    expect(await at(bob).hierarchyChanges('cursor' in page ? page.cursor : undefined, 10)).toMatchObject({ changes: [{ kind: 'removed', id: open.id }] });
    expect(await code(at(bob).folders(folder('inbox'), 'shallow'))).toBe('FolderNotFound');
  });

  it('owns the folders that it makes', async () => {
    const { session, folder, at, bob, carol } = here;
    const shared = await session.createFolder(folder('inbox'), { displayName: 'Shared', permissions: [role(bob.id, 'PublishingEditor'), role(carol.id, 'Reviewer')] });
    const made = await at(bob).createFolder(shared.id, { displayName: 'Made', wellKnown: 'voicemail' });
    expect(made.wellKnown).toBeUndefined();
    expect(at(bob).folderRights(made)).toMatchObject({ modify: true, delete: true, createHierarchy: true });
    expect(at(carol).folderRights(made)).toMatchObject({ modify: false, read: true });
    expect(await code(at(bob).removeFolder(made.id, 'hard'))).toBe('none');
    expect(await code(at(bob).emptyFolder(shared.id, 'hard', { withSubfolders: true }))).toBe('none');
  });

  it('cannot send from the mailbox of another, full access or not, without being allowed to', async () => {
    const { at, bob, alice, directory, sent } = here;
    const mail = draft('x', {}, { recipients: [to('carol@example.test')] });
    expect(await code(at(bob).send(mail, {}))).toBe('AccessDenied');
    directory.grant(alice.id, bob.id, 'fullAccess');
    expect(await code(at(bob).send(mail, {}))).toBe('SendAsDenied');
    directory.grant(alice.id, bob.id, 'sendAs');
    expect(await code(at(bob).send(mail, {}))).toBe('none');
    expect(sent.map(({ representing }) => representing.id)).toEqual([alice.id]);
  });
});

describe('between mailboxes', () => {
  const rich = async ({ session }: Office): Promise<Parameters<typeof draft>[2]> => {
    const inner = { itemClass: 'IPM.Note', recipients: [], bag: bagOf({ PidTagSubject: 'inner' }), body: { native: 'text' as const, text: await session.keep(Buffer.from('inner text')) } };
    const facts = { contentType: 'text/plain', isInline: false, lastModified: 0, size: 3 };
    return {
      mime: await session.keep(Buffer.from('Subject: x\r\n\r\n')),
      attachments: [
        { kind: 'file', id: attachmentId(1), name: 'a.txt', ...facts, content: await session.keep(Buffer.from('abc')) },
        { kind: 'item', id: attachmentId(2), name: 'inner', ...facts, item: { ...inner, attachments: [{ kind: 'file', id: attachmentId(1), name: 'deep', ...facts, content: await session.keep(Buffer.from('deep')) }] } },
      ],
    };
  };

  it('folders go with all that is in them, bytes included', async () => {
    const { session, folder, bobs, bob, at } = here;
    const theirs = bobs.openAs(bob);
    const source = await session.createFolder(folder('inbox'), { displayName: 'Box', folderClass: 'IPF.Note' });
    const inner = await session.createFolder(source.id, { displayName: 'Inner' });
    await session.createItem(inner.id, draft('rich', {}, await rich(here)));
    const moved = await session.moveFolder(source.id, { session: theirs, folderId: bobs.wellKnown('inbox') as Folder['id'] });
    expect(await code(session.folder(source.id))).toBe('FolderNotFound');
    const [there] = await theirs.folders(moved.id, 'deep');
    const item = (await theirs.query([(there as Folder).id], { limit: 1 })).items[0] as Item;
    const [file, embedded] = item.attachments;
    const read = async (bytes: { read(): Promise<Uint8Array> } | undefined): Promise<string> => Buffer.from((await bytes?.read()) ?? []).toString();
    expect(await read(file?.kind === 'file' ? file.content : undefined)).toBe('abc');
    const deep = embedded?.kind === 'item' ? embedded.item : undefined;
    const deepest = deep?.attachments[0];
    expect([deep && valueOf(deep, 'PidTagBody'), await read(deepest?.kind === 'file' ? deepest.content : undefined), await read(item.mime)]).toEqual(['inner text', 'deep', 'Subject: x\r\n\r\n']);
    expect(await code(at(bob).copyFolder(inner.id, { session: theirs, folderId: moved.id }))).toBe('FolderNotFound');
  });

  it('the copy of what was sent may be kept elsewhere', async () => {
    const { session, folder, bobs, bob, sent } = here;
    const theirs = bobs.openAs(bob);
    const saveIn = { session: theirs, folderId: bobs.wellKnown('sentitems') as Folder['id'] };
    const mail = draft('x', {}, { recipients: [to('carol@example.test')], body: { native: 'text', text: await session.keep(Buffer.from('text')) } });
    const copies = [await session.send(mail, { saveIn }), await session.submit((await session.createItem(folder('drafts'), mail)).id, { saveIn })];
    for (const copy of copies) expect([copy?.isRead, copy && valueOf(copy, 'PidTagBody'), copy?.folderId]).toEqual([true, 'text', saveIn.folderId]);
    expect(new Set(copies.map((copy) => copy && valueOf(copy, 'PidTagInternetMessageId')))).toEqual(new Set(sent.map(({ content }) => content.properties.PidTagInternetMessageId)));
    expect((await theirs.query([saveIn.folderId], { limit: 1 })).total).toBe(2);
    expect(await code(session.send(mail, { saveIn: { session: bobs.openAs(here.alice), folderId: saveIn.folderId } }))).toBe('FolderNotFound');
    expect(sent).toHaveLength(2);
  });
});

describe('folders as subjects of searches', () => {
  it('have properties, are tested and sorted', async () => {
    const { session, folder } = here;
    await session.createItem(folder('junkemail'), draft('x'));
    const all = await session.folders(folder('msgfolderroot'), 'shallow');
    const isFull = folderTest({ kind: 'compare', property: 'PidTagContentCount', operator: 'gt', value: 0 });
    expect(all.filter(isFull).map(({ displayName }) => displayName)).toEqual(['Junk Email']);
    const named = folderTest({ kind: 'contains', property: 'PidTagDisplayName', text: 'items', mode: 'substring', ignoreCase: true, ignoreNonSpacing: true });
    const sorted = sortBy(all.filter(named), [{ property: 'PidTagDisplayName', descending: true }], folderValueOf);
    expect(sorted.map(({ displayName }) => displayName)).toEqual(['Sent Items', 'Deleted Items']);
    const junk = all.find(({ id }) => id === folder('junkemail')) as Folder;
    const values = (['PidTagContainerClass', 'PidTagFolderType', 'PidTagContentUnreadCount', 'PidTagAssociatedContentCount', 'PidTagSubfolders', 'PidTagMessageSize', 'PidTagMessageSizeExtended', 'PidTagCreationTime', 'PidTagLocalCommitTimeMax', 'PidTagDeletedCountTotal', 'PidTagComment'] as const).map((name) => folderValueOf(junk, name));
    expect(values).toEqual(['IPF.Note', 1, 1, 0, false, junk.size, BigInt(junk.size), junk.createdAt, junk.contentsChangedAt, 0, undefined]);
    expect(junk.size).toBeGreaterThan(0);
  });

  it('say what a copy or a removal left', async () => {
    const { session, folder } = here;
    const item = await session.createItem(folder('inbox'), draft('x'));
    const copy = first(await session.copyItems([item.id], { session, folderId: folder('junkemail') }));
    expect(first(await session.removeItems([copy.id], 'moveToDeletedItems')).folderId).toBe(folder('deleteditems'));
    expect(folderValueOf(await session.folder(folder('junkemail')), 'PidTagDeletedCountTotal')).toBe(1);
  });
});
