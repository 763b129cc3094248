import { binary, type Binary } from '@fauxchange/properties';
import { folderId, folderValueOf, itemId, MailboxError, rights, valueOf, type Folder, type Item, type MailboxErrorCode } from '../src/index.ts';
import { draft, office, role, to, type Office } from './office.ts';

const refusal = async (work: Promise<unknown>): Promise<MailboxErrorCode | 'none'> => work.then(() => 'none' as const, (error: unknown) => {
  if (error instanceof MailboxError) return error.code;
  throw error;
});
const whole = (results: readonly unknown[]): Item[] => results.map((result) => {
  if (result instanceof Error || result === undefined) throw result ?? new Error('nothing');
  return result as Item;
});
const subjects = (items: readonly Item[]): unknown[] => items.map((item) => valueOf(item, 'PidTagSubject'));

let here: Office;
beforeEach(async () => void (here = await office()));

describe('a new mailbox', () => {
  it('has the folders of an Exchange mailbox, with their classes', async () => {
    const { session, folder } = here;
    const top = await session.folders(folder('msgfolderroot'), 'shallow');
    expect(top.map(({ displayName, folderClass }) => `${displayName}: ${folderClass}`)).toEqual(expect.arrayContaining([
      'Calendar: IPF.Appointment', 'Contacts: IPF.Contact', 'Inbox: IPF.Note', 'Notes: IPF.StickyNote', 'Tasks: IPF.Task', 'Journal: IPF.Journal',
    ]));
    expect(top.map(({ displayName }) => displayName)).toEqual([...top.map(({ displayName }) => displayName)].sort((a, b) => a.localeCompare(b)));
    expect((await session.distinguished('root')).parentId).toBe(0);
    expect(await session.distinguished('conflicts')).toMatchObject({ displayName: 'Conflicts', parentId: folder('syncissues') });
    const all = await session.folders(folder('root'), 'deep');
    expect(all.length).toBeGreaterThan(40);
    expect(all.findIndex(({ id }) => id === folder('syncissues'))).toBeLessThan(all.findIndex(({ id }) => id === folder('conflicts')));
    expect(await refusal(session.distinguished('archiveroot'))).toBe('FolderNotFound');
    const archive = await office({ hasArchive: true });
    expect(await archive.session.distinguished('archivedeleteditems')).toMatchObject({ displayName: 'Deleted Items' });
  });

  it('shows nothing to others but free and busy', async () => {
    const { carol, at, folder } = here;
    expect(await refusal(at(carol).distinguished('inbox'))).toBe('FolderNotFound');
    expect((await here.session.folder(folder('calendar'))).permissions).toContainEqual({ member: 'default', rights: rights.freeBusySimple });
  });
});

describe('items', () => {
  it('get what Exchange adds when they are made', async () => {
    const { session, folder, clock, alice } = here;
    const item = await session.createItem(folder('drafts'), draft('Re: Lunch', { PidTagMessageFlags: 0x8 }, { recipients: [to('bob@example.test'), to('carol@example.test')] }));
    const expected = {
      PidTagCreationTime: clock.now(), PidTagLastModificationTime: clock.now(), PidTagMessageDeliveryTime: clock.now(), PidTagDisplayTo: 'bob; carol', PidTagDisplayCc: '',
      PidTagSubjectPrefix: 'Re: ', PidTagNormalizedSubject: 'Lunch', PidTagConversationTopic: 'Lunch', PidTagCreatorName: alice.displayName,
      PidTagSenderSmtpAddress: alice.primarySmtpAddress, PidTagMessageFlags: 0xa, PidTagHasAttachments: false, PidTagImportance: 1, PidTagIconIndex: -1, PidTagMessageClass: 'IPM.Note',
    } as const;
    for (const [name, value] of Object.entries(expected)) expect([name, valueOf(item, name as keyof typeof expected)]).toEqual([name, value]);
    const index = valueOf(item, 'PidTagConversationIndex') as string;
    expect(index).toHaveLength(22);
    expect(valueOf(item, 'PidTagConversationId')).toBe(index.slice(6));
    expect(Number(valueOf(item, 'PidTagMessageSize'))).toBeGreaterThan(100);
  });

  it('count in their folder, and change it again', async () => {
    const { session, folder, clock } = here;
    const figures = async (): Promise<Pick<Folder, 'totalCount' | 'unreadCount' | 'associatedCount' | 'size' | 'deletedCount'>> => session.folder(folder('inbox'));
    expect(await figures()).toMatchObject({ totalCount: 0, unreadCount: 0, size: 0 });
    const [one, two] = [await session.createItem(folder('inbox'), draft('one')), await session.createItem(folder('inbox'), draft('two', {}, { isRead: true }))];
    await session.createItem(folder('inbox'), draft('hidden', {}, { isAssociated: true }));
    expect(await figures()).toMatchObject({ totalCount: 2, unreadCount: 1, associatedCount: 1 });
    const before = await session.folder(folder('inbox'));
    await clock.advance(1_000);
    const read = await session.updateItem(one.id, { isRead: true });
    expect(read).toMatchObject({ id: one.id, isRead: true, contentCn: one.contentCn });
    expect(read.cn).toBeGreaterThan(one.cn);
    expect(valueOf(read, 'PidTagMessageFlags')).toBe(0x403);
    const after = await session.folder(folder('inbox'));
    expect(after).toMatchObject({ unreadCount: 0, cn: before.cn });
    expect(after.contentsChangedAt).toBeGreaterThan(before.contentsChangedAt);
    await session.removeItems([two.id], 'hard');
    expect(await figures()).toMatchObject({ totalCount: 1, deletedCount: 1 });
  });

  it('have numbers that rise as they come in, as IMAP needs them', async () => {
    const { session, folder } = here;
    const [one, two] = [await session.createItem(folder('inbox'), draft('one')), await session.createItem(folder('inbox'), draft('two'))];
    const [back] = whole(await session.moveItems(whole(await session.moveItems([one.id], { session, folderId: folder('drafts') })).map(({ id }) => id), { session, folderId: folder('inbox') }));
    const uids = [one, two, back as Item].map((item) => Number(valueOf(item, 'PidTagInternetArticleNumber')));
    expect(uids).toEqual([...uids].sort((a, b) => a - b));
    await session.removeItems([(back as Item).id], 'hard');
    const inbox = await session.folder(folder('inbox'));
    expect([folderValueOf(inbox, '0x6751:Integer32'), folderValueOf(inbox, '0x6752:Integer32')]).toEqual([Number(uids[2]) + 1, uids[2]]);
    expect([folderValueOf(inbox, 'PidTagDefaultPostMessageClass'), folderValueOf(await session.distinguished('recipientcache'), 'PidTagDefaultPostMessageClass')]).toEqual(['IPM.Note', 'IPM.Contact']);
  });

  it('change: subject, lists, times, kept MIME, and refuse a stale change number', async () => {
    const { session, folder, clock } = here;
    const mime = await session.keep(Buffer.from('Subject: old\r\n\r\nx'));
    const item = await session.createItem(folder('inbox'), draft('Old', {}, { mime, recipients: [to('bob@example.test')] }));
    await clock.advance(60_000);
    const flagged = await session.updateItem(item.id, { properties: { PidTagFlagStatus: 2 } }, { expected: item.cn });
    expect(flagged.mime).toBe(item.mime);
    expect(valueOf(flagged, 'PidTagLastModificationTime')).toBe(clock.now());
    expect(await refusal(session.updateItem(item.id, { properties: { PidTagFlagStatus: 1 } }, { expected: item.cn }))).toBe('ItemChanged');
    const renamed = await session.updateItem(item.id, { properties: { PidTagSubject: 'AW: New', PidTagFlagStatus: undefined }, recipients: [] });
    expect([valueOf(renamed, 'PidTagNormalizedSubject'), valueOf(renamed, 'PidTagConversationTopic'), valueOf(renamed, 'PidTagDisplayTo'), valueOf(renamed, 'PidTagFlagStatus')]).toEqual(['New', 'Old', '', undefined]);
    expect(renamed.mime).toBeUndefined();
    const halves = await session.updateItem(item.id, { properties: { PidTagNormalizedSubject: 'Newer', PidTagSubjectPrefix: 'Fwd: ' } });
    expect([valueOf(halves, 'PidTagSubject'), valueOf(halves, 'PidTagNormalizedSubject')]).toEqual(['Fwd: Newer', 'Newer']);
  });

  it('take bodies that are written as properties', async () => {
    const { session, folder } = here;
    const item = await session.createItem(folder('inbox'), draft('x', { PidTagBody: 'plain' }));
    expect([item.body?.native, valueOf(item, 'PidTagBody'), item.bag.has('PidTagBody')]).toEqual(['text', 'plain', false]);
    const changed = await session.updateItem(item.id, { properties: { PidTagHtml: binary.from(Buffer.from('<b>x</b>')) } });
    expect([changed.body?.native, valueOf(changed, 'PidTagBody'), binary.toBytes(valueOf(changed, 'PidTagHtml') as Binary)]).toEqual(['html', undefined, Buffer.from('<b>x</b>')]);
  });

  it('loses no change when several are made at once', async () => {
    const { session, folder } = here;
    const item = await session.createItem(folder('inbox'), draft('many'));
    const names = ['PidTagFlagStatus', 'PidTagIconIndex', 'PidTagLastVerbExecuted', 'PidTagImportance', 'PidTagInternetCodepage'] as const;
    await Promise.all(names.map((name, at) => session.updateItem(item.id, { properties: { [name]: at + 1 } })));
    const [now] = whole(await session.items([item.id]));
    expect(names.map((name) => valueOf(now as Item, name))).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([
    ['an unknown name', { 'no such': 1 }], ['a number for a text', { PidTagSubject: 7 }], ['a text for a time', { PidTagCreationTime: 'now' }], ['one value for many', { PidNameKeywords: 'a' }],
    ['another form of a known name', { '0x0037:String': 'x' }], ['no number', { PidTagImportance: NaN }], ['no number among many', { '0x6666:MultipleFloating64': [1, NaN] }],
  ])('refuse %s', async (_, properties) => {
    expect(await refusal(here.session.createItem(here.folder('inbox'), draft('x', properties as never)))).toBe('InvalidProperty');
  });

  it('are bounded in size and nesting', async () => {
    const small = await office({ maxMessageBytes: 100 });
    const text = await small.session.keep(Buffer.alloc(101));
    expect(await refusal(small.session.createItem(small.folder('inbox'), draft('big', {}, { body: { native: 'text', text } })))).toBe('MessageTooLarge');
    let content = { ...draft('deepest'), bag: { get: () => undefined, has: () => false, entries: () => [].values() } };
    for (let depth = 0; depth < 5_000; depth++) {
      content = { ...content, attachments: [{ kind: 'item', id: 1 as never, name: 'x', contentType: '', isInline: false, lastModified: 0, size: 1, item: content }] };
    }
    expect(await refusal(here.session.createItem(here.folder('inbox'), content))).toBe('AttachmentNestingTooDeep');
  });
});

describe('moving, copying, removing items', () => {
  it('gives new ids, keeps order and goes on after a failed one', async () => {
    const { session, folder } = here;
    const [one, two] = [await session.createItem(folder('inbox'), draft('one')), await session.createItem(folder('inbox'), draft('two'))];
    const moved = await session.moveItems([one.id, itemId(99_999), two.id, one.id], { session, folderId: folder('junkemail') });
    expect(moved.map((result) => (result instanceof MailboxError ? result.code : valueOf(result, 'PidTagSubject')))).toEqual(['one', 'ItemNotFound', 'two', 'ItemNotFound']);
    expect(whole([moved[0]])[0]?.id).not.toBe(one.id);
    const copies = whole(await session.copyItems([(moved[0] as Item).id, (moved[0] as Item).id], { session, folderId: folder('inbox') }));
    expect(subjects(copies)).toEqual(['one', 'one']);
    expect(await session.folder(folder('junkemail'))).toMatchObject({ totalCount: 2 });
    expect(await session.folder(folder('inbox'))).toMatchObject({ totalCount: 2 });
    await expect(session.items([one.id])).resolves.toMatchObject([{ code: 'ItemNotFound' }]);
    expect(await refusal(session.moveItems([two.id], { session, folderId: folderId(4_242) }))).toBe('FolderNotFound');
  });

  it('reaches into another mailbox', async () => {
    const { session, folder, bobs, bob, alice } = here;
    const theirs = bobs.openAs(bob);
    const target = bobs.wellKnown('inbox') as Folder['id'];
    const text = await session.keep(Buffer.from('hello'));
    const item = await session.createItem(folder('inbox'), draft('across', {}, { body: { native: 'text', text } }));
    const stranger = bobs.openAs(alice);
    expect(await refusal(session.moveItems([item.id], { session: stranger, folderId: target }))).toBe('FolderNotFound');
    const [moved] = whole(await session.moveItems([item.id], { session: theirs, folderId: target }));
    expect(valueOf(moved as Item, 'PidTagBody')).toBe('hello');
    expect((await theirs.query([target], { limit: 10 })).total).toBe(1);
    expect((await session.query([folder('inbox')], { limit: 10 })).total).toBe(0);
  });

  it.each([
    { disposal: 'moveToDeletedItems', from: 'inbox', goesTo: 'deleteditems' },
    { disposal: 'moveToDeletedItems', from: 'deleteditems', goesTo: 'recoverableitemsdeletions' },
    { disposal: 'soft', from: 'inbox', goesTo: 'recoverableitemsdeletions' },
    { disposal: 'hard', from: 'inbox', goesTo: undefined },
    { disposal: 'soft', from: 'recoverableitemsdeletions', goesTo: undefined },
    { disposal: 'moveToDeletedItems', from: 'archiveinbox', goesTo: 'archivedeleteditems' },
  ] as const)('removing ($disposal) from $from leads to $goesTo', async ({ disposal, from, goesTo }) => {
    const { session, folder } = await office({ hasArchive: true });
    const item = await session.createItem(folder(from), draft('gone'));
    const [left] = await session.removeItems([item.id], disposal);
    expect(left === undefined ? undefined : whole([left])[0]?.folderId).toBe(goesTo && folder(goesTo));
    await expect(session.items([item.id])).resolves.toMatchObject([{ code: 'ItemNotFound' }]);
    await expect(session.removeItems([item.id], disposal)).resolves.toMatchObject([{ code: 'ItemNotFound' }]);
  });
});

describe('folders', () => {
  it('are made, renamed, moved, copied, and refused where Exchange refuses', async () => {
    const { session, folder } = here;
    const top = folder('msgfolderroot');
    const projects = await session.createFolder(top, { displayName: 'Projects', folderClass: 'IPF.Note' });
    const inner = await session.createFolder(projects.id, { displayName: 'Inner' });
    await session.createItem(inner.id, draft('inside'));
    expect(await session.folder(projects.id)).toMatchObject({ childFolderCount: 1, parentId: top, kind: 'generic' });
    const table: [Promise<unknown>, string][] = [
      [session.createFolder(top, { displayName: 'pROJECTS' }), 'FolderExists'],
      [session.createFolder(top, { displayName: '  ' }), 'InvalidFolderName'],
      [session.createFolder(top, { displayName: 'x'.repeat(300) }), 'InvalidFolderName'],
      [session.createFolder(folderId(9_999), { displayName: 'x' }), 'ParentFolderNotFound'],
      [session.createFolder(folder('todosearch'), { displayName: 'x' }), 'InvalidFolderType'],
      [session.moveFolder(projects.id, { session, folderId: inner.id }), 'FolderCycle'],
      [session.moveFolder(projects.id, { session, folderId: projects.id }), 'FolderCycle'],
      [session.copyFolder(projects.id, { session, folderId: inner.id }), 'FolderCycle'],
      [session.updateFolder(inner.id, { displayName: 'y' }, { expected: inner.cn - 1 }), 'ItemChanged'],
      [session.updateFolder(folder('inbox'), { displayName: 'In' }), 'FolderIsDistinguished'],
      [session.moveFolder(folder('inbox'), { session, folderId: projects.id }), 'FolderIsDistinguished'],
      [session.removeFolder(folder('inbox'), 'hard'), 'FolderIsDistinguished'],
      [session.removeFolder(folderId(9_999), 'hard'), 'FolderNotFound'],
      [session.emptyFolder(folder('calendar'), 'hard', { withSubfolders: false }), 'FolderCannotBeEmptied'],
    ];
    for (const [at, [work, code]] of table.entries()) expect([at, await refusal(work)]).toEqual([at, code]);
    expect(await session.updateFolder(inner.id, { displayName: 'INNER' })).toMatchObject({ displayName: 'INNER' });
    const copy = await session.copyFolder(projects.id, { session, folderId: folder('inbox') });
    const [below] = await session.folders(copy.id, 'shallow');
    expect([copy.displayName, below?.displayName, below?.totalCount]).toEqual(['Projects', 'INNER', 1]);
    expect(await session.moveFolder(copy.id, { session, folderId: folder('drafts') })).toMatchObject({ id: copy.id, parentId: folder('drafts') });
  });

  it('are refused when they would lie too deep', async () => {
    const { session, folder } = here;
    let parent = folder('inbox');
    for (let depth = 4; depth <= 300; depth++) parent = (await session.createFolder(parent, { displayName: 'd' })).id;
    expect(await refusal(session.createFolder(parent, { displayName: 'd' }))).toBe('InvalidFolderName');
    expect(await session.folders(folder('inbox'), 'deep')).toHaveLength(297);
  });

  it('go to Deleted Items under a free name, then for good with their items recoverable', async () => {
    const { session, folder } = here;
    for (let times = 0; times < 2; times++) await session.removeFolder((await session.createFolder(folder('inbox'), { displayName: 'Old' })).id, 'moveToDeletedItems');
    const bin = await session.folders(folder('deleteditems'), 'shallow');
    expect(bin.map(({ displayName }) => displayName)).toEqual(['Old', 'Old1']);
    const item = await session.createItem((bin[0] as Folder).id, draft('in it'));
    await session.removeFolder((bin[0] as Folder).id, 'moveToDeletedItems');
    await expect(session.items([item.id])).resolves.toMatchObject([{ code: 'ItemNotFound' }]);
    expect(subjects((await session.query([folder('recoverableitemsdeletions')], { limit: 5 })).items)).toEqual(['in it']);
    await session.createItem((bin[1] as Folder).id, draft('lost'));
    await session.emptyFolder(folder('deleteditems'), 'hard', { withSubfolders: true });
    expect(await session.folders(folder('deleteditems'), 'deep')).toEqual([]);
    expect((await session.query([folder('recoverableitemsdeletions')], { limit: 5 })).total).toBe(1);
  });

  it('that search show what they find, and hold nothing', async () => {
    const { session, folder } = here;
    const inner = await session.createFolder(folder('inbox'), { displayName: 'Inner' });
    await session.createItem(inner.id, draft('flagged', { PidTagFlagStatus: 2 }));
    await session.createItem(folder('inbox'), draft('plain'));
    expect(await session.distinguished('todosearch')).toMatchObject({ totalCount: 1, unreadCount: 1 });
    const found = await session.createFolder(folder('searchfolders'), {
      displayName: 'Plain', searchCriteria: { folderIds: [folder('inbox')], isDeep: true, restriction: { kind: 'compare', property: 'PidTagSubject', operator: 'eq', value: 'PLAIN' } },
    });
    expect(found.kind).toBe('search');
    expect(subjects((await session.query([found.id], { limit: 5 })).items)).toEqual(['plain']);
    await session.createItem(inner.id, draft('Plain'));
    expect(await session.folder(found.id)).toMatchObject({ totalCount: 2 });
    await session.updateFolder(found.id, { searchCriteria: { folderIds: [folder('inbox')], isDeep: false, restriction: { kind: 'always' } } });
    expect(await session.folder(found.id)).toMatchObject({ totalCount: 1 });
    expect(await refusal(session.createItem(found.id, draft('x')))).toBe('InvalidFolderType');
    expect(await refusal(session.changes(found.id, undefined, 10))).toBe('InvalidFolderType');
  });
});

describe('queries', () => {
  it('page by offset, from the end, by fraction, over several folders', async () => {
    const { session, folder, clock } = here;
    for (let at = 0; at < 10; at++) {
      await session.createItem(at % 2 ? folder('inbox') : folder('junkemail'), draft(`m${at}`));
      await clock.advance(1_000);
    }
    const both = [folder('inbox'), folder('junkemail')];
    const page = async (query: Parameters<typeof session.query>[1], folders = both): Promise<unknown> => {
      const { items, total, nextOffset, isLast } = await session.query(folders, query);
      return [subjects(items).join(' '), total, nextOffset, isLast];
    };
    expect(await page({ limit: 3 })).toEqual(['m9 m8 m7', 10, 3, false]);
    expect(await page({ limit: 3, offset: 8 })).toEqual(['m1 m0', 10, 10, true]);
    expect(await page({ limit: 3, offset: 80 })).toEqual(['', 10, 10, true]);
    expect(await page({ limit: 2, fromEnd: true, offset: 1 }, [folder('inbox')])).toEqual(['m5 m3', 5, 3, false]);
    expect(await page({ limit: 2, fromEnd: true, offset: 1 })).toEqual(['m2 m1', 10, 3, false]);
    expect(await page({ limit: 2, fraction: { numerator: 1, denominator: 2 } })).toEqual(['m4 m3', 10, 7, false]);
    expect(await page({ limit: 2, fraction: { numerator: 3, denominator: 5 } }, [folder('inbox')])).toEqual(['m3 m1', 5, 5, true]);
    expect(await page({ limit: 5, order: [{ property: 'PidTagSubject', descending: false }], restriction: { kind: 'contains', property: 'PidTagSubject', text: 'M', mode: 'prefix', ignoreCase: true, ignoreNonSpacing: false } }, [folder('inbox')])).toEqual(['m1 m3 m5 m7 m9', 5, 5, true]);
    expect(await page({ limit: 2, table: 'associated' })).toEqual(['', 0, 0, true]);
  });

  it('go on behind an item', async () => {
    const { session, folder } = here;
    const items = await Promise.all(['a', 'b', 'c', 'd'].map((subject) => session.createItem(folder('inbox'), draft(subject))));
    const order = [{ property: 'PidTagSubject', descending: true }] as const;
    const after = items[2]?.id;
    for (const restriction of [undefined, { kind: 'exists', property: 'PidTagSubject' }] as const) {
      const page = await session.query([folder('inbox')], { limit: 1, order, restriction, after });
      expect([subjects(page.items), page.total, page.nextOffset, page.isLast]).toEqual([['b'], 4, 3, false]);
      expect(await refusal(session.query([folder('junkemail')], { limit: 1, order, restriction, after }))).toBe('InvalidCursor');
    }
  });
});

describe('rights of others', () => {
  it.each([
    ['Reviewer', { see: 'none', make: 'AccessDenied', change: 'AccessDenied', remove: 'AccessDenied', subfolder: 'AccessDenied', rename: 'AccessDenied' }],
    ['Contributor', { see: 'AccessDenied', make: 'none', change: 'AccessDenied', remove: 'AccessDenied', subfolder: 'AccessDenied', rename: 'AccessDenied' }],
    ['Author', { see: 'none', make: 'none', change: 'AccessDenied', remove: 'AccessDenied', subfolder: 'AccessDenied', rename: 'AccessDenied' }],
    ['Editor', { see: 'none', make: 'none', change: 'none', remove: 'none', subfolder: 'AccessDenied', rename: 'AccessDenied' }],
    ['PublishingEditor', { see: 'none', make: 'none', change: 'none', remove: 'none', subfolder: 'none', rename: 'AccessDenied' }],
    ['Owner', { see: 'none', make: 'none', change: 'none', remove: 'none', subfolder: 'none', rename: 'none' }],
    ['None', { see: 'ItemNotFound', make: 'FolderNotFound', change: 'ItemNotFound', remove: 'ItemNotFound', subfolder: 'ParentFolderNotFound', rename: 'FolderNotFound' }],
  ] as const)('%s', async (name, expected) => {
    const { session, folder, at, bob } = here;
    const shared = await session.createFolder(folder('inbox'), { displayName: 'Shared', permissions: [role(bob.id, name)] });
    const item = await session.createItem(shared.id, draft('theirs'));
    const his = at(bob);
    const one = async (results: Promise<readonly unknown[]>): Promise<string> => {
      const [result] = await results;
      return result instanceof MailboxError ? result.code : 'none';
    };
    expect({
      see: await one(his.items([item.id])),
      make: await refusal(his.createItem(shared.id, draft('his'))),
      change: await refusal(his.updateItem(item.id, { isRead: true })),
      remove: await one(his.removeItems([item.id], 'hard')),
      subfolder: await refusal(his.createFolder(shared.id, { displayName: 'Sub' })),
      rename: await refusal(his.updateFolder(shared.id, { displayName: 'Renamed' })),
    }).toEqual(expected);
  });

  it('let authors change and remove what is theirs, and groups and the default member count', async () => {
    const { session, folder, at, bob, carol, directory } = here;
    const shared = await session.createFolder(folder('inbox'), { displayName: 'Shared', permissions: [role(bob.id, 'Author'), { member: 'default', rights: rights.readAny }] });
    const his = await at(bob).createItem(shared.id, draft('his'));
    expect(await at(bob).itemRights(his)).toMatchObject({ modify: true, delete: true, read: true });
    expect(await refusal(at(bob).updateItem(his.id, { properties: { PidTagSubject: 'changed' } }))).toBe('none');
    await expect(at(carol).items([his.id])).resolves.toMatchObject([{ id: his.id }]);
    expect(await refusal(at(carol).updateItem(his.id, { isRead: true }))).toBe('AccessDenied');
    const staff = directory.add({ recipientType: 'MailUniversalDistributionGroup', displayName: 'Staff', primarySmtpAddress: 'staff@example.test', members: [carol.id] });
    await session.updateFolder(shared.id, { permissions: [role(staff.id, 'Editor')] });
    expect(await refusal(at(carol).updateItem(his.id, { isRead: true }))).toBe('none');
    expect(await refusal(at(bob).folder(shared.id))).toBe('FolderNotFound');
  });

  it('hide private items from those who may not see them, wherever they are looked for', async () => {
    const { session, folder, at, bob, alice, directory } = here;
    const shared = await session.createFolder(folder('inbox'), { displayName: 'Shared', permissions: [role(bob.id, 'Editor')] });
    const secret = await session.createItem(shared.id, draft('secret', { PidTagSensitivity: 2 }));
    const open = await session.createItem(shared.id, draft('open'));
    const his = at(bob);
    expect((await his.query([shared.id], { limit: 9 })).items.map(({ id }) => id)).toEqual([open.id]);
    await expect(his.items([secret.id])).resolves.toMatchObject([{ code: 'ItemNotFound' }]);
    await expect(his.changes(shared.id, undefined, 9)).resolves.toMatchObject({ changes: [{ id: open.id }] });
    expect(his.folderRights(shared)).toMatchObject({ viewPrivateItems: false, createContents: true, createHierarchy: false });
    directory.grant(alice.id, bob.id, 'fullAccess');
    expect((await at(bob).query([shared.id], { limit: 9 })).total).toBe(2);
  });
});

describe('sending', () => {
  it('moves a draft to Sent Items and hands transport the finished message', async () => {
    const { session, folder, sent, alice } = here;
    const item = await session.createItem(folder('drafts'), draft('Hello', { PidTagMessageFlags: 8 }, { recipients: [to('bob@example.test'), to('carol@example.test', 'bcc')] }));
    const copy = await session.submit(item.id, { saveIn: { session, folderId: folder('sentitems') } });
    expect(copy).toMatchObject({ folderId: folder('sentitems'), isRead: true });
    expect(valueOf(copy as Item, 'PidTagMessageFlags')).toBe(0x401);
    expect(sent).toHaveLength(1);
    const [message] = sent;
    expect([message?.sender.id, message?.representing.id, message?.content.recipients.length]).toEqual([alice.id, alice.id, 2]);
    expect(message?.content.properties.PidTagInternetMessageId).toMatch(/^<[0-9a-f-]{36}@example\.test>$/);
    expect(valueOf(copy as Item, 'PidTagInternetMessageId')).toBe(message?.content.properties.PidTagInternetMessageId);
    expect((await session.query([folder('drafts')], { limit: 1 })).total).toBe(0);
    expect(await refusal(session.submit(item.id, {}))).toBe('ItemNotFound');
    expect(sent).toHaveLength(1);
  });

  it('sends a draft only once, however often it is asked at once', async () => {
    const { session, folder, sent } = here;
    const item = await session.createItem(folder('drafts'), draft('Once', {}, { recipients: [to('bob@example.test')] }));
    const results = await Promise.all([1, 2, 3].map(() => refusal(session.submit(item.id, { saveIn: { session, folderId: folder('sentitems') } }))));
    expect(results.filter((code) => code === 'none')).toHaveLength(1);
    expect([sent.length, (await session.query([folder('sentitems')], { limit: 9 })).total]).toEqual([1, 1]);
  });

  it.each([
    ['nobody', [], 'MissingRecipients'], ['no address', [to('')], 'InvalidRecipients'], ['half an address', [to('bob@')], 'InvalidRecipients'],
  ])('refuses a message to %s', async (_, recipients, code) => {
    const { session, sent } = here;
    expect(await refusal(session.send(draft('x', {}, { recipients }), {}))).toBe(code);
    expect(sent).toEqual([]);
  });

  it('lets others send as or on behalf of the owner only when granted', async () => {
    const { session, directory, alice, bob, sent, bobs, folder } = here;
    const inAlicesName = draft('x', { PidTagSentRepresentingSmtpAddress: alice.primarySmtpAddress }, { recipients: [to('carol@example.test')] });
    const his = bobs.openAs(bob);
    expect(await refusal(his.send(inAlicesName, {}))).toBe('SendAsDenied');
    expect(await refusal(his.send({ ...inAlicesName, properties: { PidTagSentRepresentingSmtpAddress: 'who@else.test' } }, {}))).toBe('SendAsDenied');
    directory.grant(alice.id, bob.id, 'sendOnBehalf');
    await his.send(inAlicesName, {});
    directory.grant(alice.id, bob.id, 'sendAs');
    await his.send(inAlicesName, {});
    expect(sent.map(({ sender, representing }) => [sender.id, representing.id])).toEqual([[bob.id, alice.id], [alice.id, alice.id]]);
    const copy = await session.send(draft('own', {}, { recipients: [to('bob@example.test')] }), { saveIn: { session, folderId: folder('sentitems') } });
    expect(valueOf(copy as Item, 'PidTagSenderSmtpAddress')).toBe(alice.primarySmtpAddress);
  });
});

describe('what happens', () => {
  it('is told in order, with watermarks, once a commit', async () => {
    const { session, folder, mailbox } = here;
    const told: string[] = [];
    const stop = mailbox.events.subscribe((events) => told.push(events.map(({ subject, kind }) => `${subject} ${kind}`).join(', ')));
    const start = mailbox.events.latest;
    const item = await mailbox.openAsSystem().createItem(folder('inbox'), draft('news'), { isDelivery: true });
    await session.updateItem(item.id, { isRead: true });
    await session.moveItems([item.id], { session, folderId: folder('junkemail') });
    const made = await session.createFolder(folder('inbox'), { displayName: 'New' });
    await session.removeFolder(made.id, 'hard');
    stop();
    await session.markAllAsRead(folder('junkemail'), false);
    expect(told).toEqual([
      'item newMail, item created, folder modified', 'item modified, folder modified', 'item moved, folder modified, folder modified', 'folder created', 'folder deleted',
    ]);
    const { events, more, missed } = mailbox.events.since(start, 4);
    expect([more, missed, events.length]).toEqual([true, false, 5]);
    expect(events.map(({ cn }) => cn)).toEqual([...events.map(({ cn }) => cn)].sort((a, b) => a - b));
    const rest = mailbox.events.since(events.at(-1)?.cn ?? 0, 100);
    expect(rest.events.map(({ kind }) => kind)).toEqual(['moved', 'modified', 'modified', 'created', 'deleted', 'modified', 'modified']);
  });

  it('says of hidden items that they are, and of searches that they are done', async () => {
    const { session, folder, mailbox } = here;
    const start = mailbox.events.latest;
    const { id } = await session.createItem(folder('inbox'), { ...draft('hidden'), isAssociated: true });
    await session.updateItem(id, { properties: { PidTagImportance: 2 } });
    await session.removeItems([id], 'hard');
    await session.createItem(folder('inbox'), draft('not hidden'));
    const items = mailbox.events.since(start, 100).events.filter((event) => event.subject === 'item');
    expect(items.map(({ isAssociated }) => isAssociated)).toEqual([true, true, true, undefined]);
    const searchCriteria = { folderIds: [folder('inbox')], isDeep: false, restriction: { kind: 'always' } } as const;
    const made = mailbox.events.latest;
    const found = await session.createFolder(folder('searchfolders'), { displayName: 'Found', searchCriteria });
    await session.updateFolder(found.id, { displayName: 'Renamed' });
    await session.updateFolder(found.id, { searchCriteria });
    const folders = mailbox.events.since(made, 100).events.filter((event) => event.subject === 'folder');
    expect(folders.map(({ kind, isSearchCompleted }) => [kind, isSearchCompleted])).toEqual([['created', true], ['modified', undefined], ['modified', true]]);
  });

  it('is told to all, though one of them fails', async () => {
    const { session, folder, mailbox } = here;
    const heard: string[] = [];
    mailbox.events.subscribe(() => {
      throw new Error('a bug of a listener');
    });
    mailbox.events.subscribe((events) => heard.push(...events.map(({ kind }) => kind)));
    await expect(session.createItem(folder('inbox'), draft('x'))).rejects.toThrow('A listener to the events');
    expect(heard).toEqual(['created', 'modified']);
    expect((await session.folder(folder('inbox'))).totalCount).toBe(1);
  });

  it.each([['soft', 'deleted'], ['hard', 'deleted'], ['moveToDeletedItems', 'moved']] as const)('calls a removal (%s) %s', async (disposal, kind) => {
    const { session, folder, mailbox } = here;
    const item = await session.createItem(folder('inbox'), draft('x'));
    const start = mailbox.events.latest;
    await session.removeItems([item.id], disposal);
    expect(mailbox.events.since(start, 1).events[0]).toMatchObject({ kind, [kind === 'moved' ? 'oldId' : 'id']: item.id });
  });

  it('is forgotten beyond a bound, and readers who are too far behind are told', async () => {
    const { session, folder, mailbox } = await office({ maxEvents: 10 });
    const start = mailbox.events.latest;
    for (let at = 0; at < 40; at++) await session.createItem(folder('inbox'), draft(`m${at}`));
    expect(mailbox.events.since(start, 100)).toMatchObject({ missed: true });
    const { events } = mailbox.events.since(start, 100);
    expect(events.length).toBeLessThanOrEqual(20);
    expect(mailbox.events.since((events[0]?.cn ?? 0) - 1, 100).missed).toBe(false);
    expect(mailbox.events.since(mailbox.events.latest + 1, 5).missed).toBe(true);
  });

  it('can be taken back: the same again gives the same, cursors and watermarks of the lost time are refused', async () => {
    const { session, folder, mailbox, clock } = here;
    const kept = await session.createItem(folder('inbox'), draft('kept'));
    const snapshot = await mailbox.snapshot();
    const before = await session.changes(folder('inbox'), undefined, 100);
    const play = async (): Promise<unknown> => {
      const made = await session.createItem(folder('inbox'), draft('made'));
      await session.removeItems([kept.id], 'moveToDeletedItems');
      const sub = await session.createFolder(folder('inbox'), { displayName: 'Sub' });
      return [made.id, made.cn, valueOf(made, 'PidTagSearchKey'), sub.id];
    };
    const first = await play();
    const after = await session.changes(folder('inbox'), undefined, 100);
    const generation = mailbox.events.generation;
    await mailbox.restore(snapshot);
    expect(await session.query([folder('inbox')], { limit: 9 })).toMatchObject({ total: 1, items: [{ id: kept.id, cn: kept.cn }] });
    expect(await session.folders(folder('inbox'), 'deep')).toEqual([]);
    expect(mailbox.events.generation).toBeGreaterThan(generation);
    const cursorOf = (page: typeof before): Parameters<typeof session.changes>[1] => ('cursor' in page ? page.cursor : undefined);
    expect(await session.changes(folder('inbox'), cursorOf(after), 9)).toEqual({ expired: true });
    expect(await session.changes(folder('inbox'), cursorOf(before), 9)).toMatchObject({ changes: [] });
    expect(await play()).toEqual(first);
    await mailbox.clear();
    expect((await session.query([folder('inbox'), folder('deleteditems')], { limit: 9 })).total).toBe(0);
    expect(await session.folders(folder('inbox'), 'deep')).toEqual([]);
    await mailbox.restore(snapshot);
    expect((await session.folder(folder('inbox'))).totalCount).toBe(1);
    expect(clock.isFrozen).toBe(true);
  });
});
