import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { type Answer, EwsClient, idOf, setField, type Id } from './support/client.ts';
import { folderRef, itemRef } from './support/soap.ts';
import { changes, isLast, stateOf, syncHierarchy, syncItems, type SyncOptions } from './support/sync.ts';
import { below, names, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator();
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const upToDate = async (folder: string, options: SyncOptions = {}): Promise<string> => stateOf((await syncItems(alice, folder, options)).ok());

describe('SyncFolderItems', () => {
  it('MS-OXWSSYNC_R382: without state everything is created, and the state is base64', async () => {
    const answer = (await syncItems(alice, 'inbox')).ok();
    expect(changes(answer).map(([kind]) => kind)).toEqual(Array.from({ length: 27 }, () => 'Create'));
    expect(isLast(answer)).toBe('true');
    const state = stateOf(answer);
    expect(Buffer.from(state, 'base64').toString('base64')).toBe(state);
    expect(names(answer.messages[0] ?? answer.body)).toEqual(['ResponseCode', 'SyncState', 'IncludesLastItemInRange', 'Changes']);
  });

  it('MS-OXWSSYNC_R504: afterwards it tells what happened', async () => {
    const [updated, read, deleted] = [await alice.createMessage('<t:Subject>u</t:Subject>'), await alice.idBySubject('inbox', 'Morning briefing'), await alice.createMessage('<t:Subject>d</t:Subject>')];
    const state = await upToDate('inbox');
    const nothing = (await syncItems(alice, 'inbox', { state })).ok();
    expect(changes(nothing)).toEqual([]);
    const created = await alice.createMessage('<t:Subject>c</t:Subject>');
    (await alice.updateItem(updated, setField('item:Subject', '<t:Subject>u2</t:Subject>'))).ok();
    (await alice.updateItem(read, setField('message:IsRead', '<t:IsRead>true</t:IsRead>'))).ok();
    (await alice.deleteItem(deleted)).ok();
    const answer = (await syncItems(alice, 'inbox', { state })).ok();
    expect(changes(answer).sort()).toEqual([['Create', created.id], ['Delete', deleted.id], ['ReadFlagChange', read.id], ['Update', updated.id]].sort());
    expect(changes((await syncItems(alice, 'inbox', { state: stateOf(answer) })).ok())).toEqual([]);
  });

  it.each([['Morning briefing', 'true', 'MS-OXWSSYNC_R1951'], ['Your birthday', 'false', 'MS-OXWSSYNC_R1952']])('MS-OXWSSYNC_R194: %s becomes IsRead %s (%s)', async (subject, isRead) => {
    const id = await alice.idBySubject('inbox', subject);
    const state = await upToDate('inbox');
    (await alice.updateItem(id, setField('message:IsRead', `<t:IsRead>${isRead}</t:IsRead>`))).ok();
    const change = (await syncItems(alice, 'inbox', { state })).ok().first('ReadFlagChange');
    expect([idOf(below(change, 'ItemId')).id, textAt(change, 'IsRead')]).toEqual([id.id, isRead]);
  });

  it('what came and went in between is not told as created', async () => {
    const state = await upToDate('inbox');
    const id = await alice.createMessage();
    (await alice.deleteItem(id)).ok();
    expect(changes((await syncItems(alice, 'inbox', { state })).ok()).filter(([kind]) => kind !== 'Delete')).toEqual([]);
  });

  it('what is moved away is deleted here and created there', async () => {
    const id = await alice.createMessage();
    const [here, there] = [await upToDate('inbox'), await upToDate('drafts')];
    const moved = idOf((await alice.call(`<m:MoveItem><m:ToFolderId>${folderRef('drafts')}</m:ToFolderId><m:ItemIds>${itemRef(id)}</m:ItemIds></m:MoveItem>`)).ok().first('ItemId'));
    expect(changes((await syncItems(alice, 'inbox', { state: here })).ok())).toEqual([['Delete', id.id]]);
    expect(changes((await syncItems(alice, 'drafts', { state: there })).ok())).toEqual([['Create', moved.id]]);
  });

  it('MS-OXWSSYNC_R388: no more than asked at once, until all are told', async () => {
    const seen = new Set<string>();
    let state: string | undefined;
    const sizes: number[] = [];
    for (;;) {
      const answer: Answer = (await syncItems(alice, 'inbox', { state, most: 10 })).ok();
      for (const [, id] of changes(answer)) seen.add(id);
      sizes.push(changes(answer).length);
      state = stateOf(answer);
      if (isLast(answer) === 'true') break;
    }
    expect([sizes, seen.size]).toEqual([[10, 10, 7], 27]);
  });

  it('changes between two pages are not lost', async () => {
    const first = (await syncItems(alice, 'inbox', { most: 10 })).ok();
    const created = await alice.createMessage('<t:Subject>in between</t:Subject>');
    const gone = changes(first)[0]?.[1] ?? '';
    (await alice.deleteItem({ id: gone } as Id)).ok();
    const rest = (await syncItems(alice, 'inbox', { state: stateOf(first), most: 100 })).ok();
    expect(changes(rest)).toEqual(expect.arrayContaining([['Create', created.id], ['Delete', gone]]));
  });

  it('512 at most', async () => {
    const session = ews.organization.mailboxByAddress('alice@example.test')?.openAsSystem();
    const folder = await session?.distinguished('notes');
    for (let n = 0; n < 513; n++) await session?.createItem(folder?.id as never, { itemClass: 'IPM.Note', properties: { PidTagSubject: `${n}` }, isRead: true, isAssociated: false, recipients: [], attachments: [], body: undefined, mime: undefined });
    const first = (await syncItems(alice, 'notes')).ok();
    const second = (await syncItems(alice, 'notes', { state: stateOf(first) })).ok();
    expect([changes(first).length, isLast(first), changes(second).length, isLast(second)]).toEqual([512, 'false', 1, 'true']);
    const refused = await syncItems(alice, 'notes', { most: 513 });
    expect([refused.status, refused.fault]).toEqual([500, 'ErrorSchemaValidation']);
  });

  it('MS-OXWSSYNC_R385: ignored items are left out', async () => {
    const state = await upToDate('inbox');
    const [a, b] = [await alice.createMessage(), await alice.createMessage()];
    expect(changes((await syncItems(alice, 'inbox', { state, ignore: [a] })).ok())).toEqual([['Create', b.id]]);
  });

  it('MS-OXWSSYNC_R347: associated items come only when asked for', async () => {
    const state = await upToDate('inbox', { scope: 'NormalAndAssociatedItems' });
    const hidden = await alice.createMessage('<t:ItemClass>IPM.Configuration.X</t:ItemClass><t:IsAssociated>true</t:IsAssociated>');
    expect(changes((await syncItems(alice, 'inbox', { state, scope: 'NormalItems' })).ok())).toEqual([]);
    expect(changes((await syncItems(alice, 'inbox', { state, scope: 'NormalAndAssociatedItems' })).ok())).toEqual([['Create', hidden.id]]);
  });

  it.each([['IdOnly', 'MS-OXWSSYNC_R3783'], ['Default', 'MS-OXWSSYNC_R3782'], ['AllProperties', 'MS-OXWSSYNC_R3781']])('base shape %s (%s) shows what FindItem shows, and no body', async (base) => {
    const state = await upToDate('inbox');
    await alice.createMessage('<t:Subject>s</t:Subject><t:Body BodyType="Text">b</t:Body>');
    const synced = (await syncItems(alice, 'inbox', { state, base })).ok().first('Message');
    const found = (await alice.findItem('inbox', { base })).ok().first('Items').children.find((one) => idOf(below(one, 'ItemId')).id === idOf(below(synced, 'ItemId')).id);
    expect(names(synced)).toEqual(found && names(found));
    expect(names(synced)).not.toContain('Body');
  });

  it('MS-OXWSSYNC_R37814: additional properties', async () => {
    expect((await syncItems(alice, 'inbox', { paths: ['item:Subject'] })).ok().texts('Subject')).toContain('Morning briefing');
  });

  it('MS-OXWSSYNC_R174: a post is a PostItem', async () => {
    const state = await upToDate('inbox');
    await alice.createItem('<t:PostItem><t:Subject>p</t:Subject></t:PostItem>', { disposition: null });
    expect((await syncItems(alice, 'inbox', { state })).ok().first('Create').children.map(({ name }) => name)).toEqual(['PostItem']);
  });

  const foreign = async (): Promise<string> => upToDate('drafts');
  it.each([
    ['MS-OXWSCDATA_R518: rubbish', async () => 'cnViYmlzaA==', 'ErrorInvalidSyncStateData'],
    ['no base64 at all', async () => '%%%', 'ErrorInvalidSyncStateData'],
    ["another folder's", foreign, 'ErrorInvalidSyncStateData'],
    ["the hierarchy's", async () => stateOf((await syncHierarchy(alice, 'inbox')).ok()), 'ErrorInvalidSyncStateData'],
    ['one with a changed byte', async () => { const state = Buffer.from(await upToDate('inbox'), 'base64'); state[20] = (state[20] ?? 0) ^ 1; return state.toString('base64'); }, 'ErrorInvalidSyncStateData'],
    ['none', async () => '', 'NoError'],
  ])('a state that is %s', async (_what, state, code) => {
    const answer = await syncItems(alice, 'inbox', { state: await state() });
    expect(answer.codes).toEqual([code]);
    // exchangelib reads these two before it looks at the code.
    expect(names(answer.messages[0] ?? answer.body)).toEqual(expect.arrayContaining(['SyncState', 'IncludesLastItemInRange']));
  });

  it.each([
    ['a folder that is gone', async () => { const { id } = await alice.createFolder('Gone'); await alice.call(`<m:DeleteFolder DeleteType="HardDelete"><m:FolderIds>${folderRef(id)}</m:FolderIds></m:DeleteFolder>`); return id; }, 'ErrorSyncFolderNotFound'],
    ['an id that is none', async () => 'A'.repeat(120), 'ErrorInvalidIdMalformed'],
  ])('refuses %s', async (_what, folder, code) => {
    expect((await syncItems(alice, await folder())).codes).toEqual([code]);
  });

  it('MS-OXWSSYNC_R3787: IncludeMimeContent is not for this operation', async () => {
    expect((await syncItems(alice, 'inbox', { more: '<t:IncludeMimeContent>true</t:IncludeMimeContent>' })).codes).toEqual(['ErrorInvalidPropertyForOperation']);
  });

  it('fields that no table has are taken and left out: exchangelib asks for all', async () => {
    const answer = (await syncItems(alice, 'inbox', { more: `<t:AdditionalProperties>${['item:MimeContent', 'item:TextBody', 'item:Subject'].map((uri) => `<t:FieldURI FieldURI="${uri}"/>`).join('')}</t:AdditionalProperties>` })).ok();
    expect([answer.texts('Subject').length > 0, answer.all('MimeContent'), answer.all('TextBody')]).toEqual([true, [], []]);
  });

  it('a state of before the reset goes on from there; one of what was undone is refused', async () => {
    const own = await createEwsEmulator();
    const client = new EwsClient(own);
    const sync = (state: string | undefined): Promise<Answer> => syncItems(client, 'inbox', { state });
    const seeded = stateOf((await sync(undefined)).ok());
    await client.createMessage();
    const undone = stateOf((await sync(seeded)).ok());
    await own.reset();
    const answers = [await sync(seeded), await sync(undone)];
    await own.close();
    expect(answers.map(({ codes }) => codes)).toEqual([['NoError'], ['ErrorInvalidSyncStateData']]);
    expect(answers[0] && changes(answers[0])).toEqual([]);
  });
});

describe('SyncFolderHierarchy', () => {
  it('MS-OXWSSYNC_R262: without state everything below the root is created', async () => {
    const answer = (await syncHierarchy(alice, undefined)).ok();
    expect(new Set(answer.first('Changes').children.map(({ name }) => name))).toEqual(new Set(['Create']));
    expect([answer.texts('DisplayName').includes('Inbox'), answer.texts('DisplayName').includes('Alpha'), isLast(answer)]).toEqual([true, true, 'true']);
  });

  it.each([
    ['CalendarFolder', 'MS-OXWSSYNC_R1021'], ['ContactsFolder', 'MS-OXWSSYNC_R1041'], ['TasksFolder', 'MS-OXWSSYNC_R1081'], ['Folder', 'MS-OXWSSYNC_R10010'],
  ])('a new %s is told as what it is (%s)', async (kind) => {
    const state = stateOf((await syncHierarchy(alice, 'msgfolderroot')).ok());
    const { id } = await alice.createFolder('New', 'msgfolderroot', kind);
    const create = (await syncHierarchy(alice, 'msgfolderroot', { state })).ok().first('Create');
    expect([create.children[0]?.name, idOf(below(create, 'FolderId')).id]).toEqual([kind, id]);
  });

  it('MS-OXWSSYNC_R503: afterwards it tells what happened', async () => {
    const [renamed, deleted] = [await alice.createFolder('R'), await alice.createFolder('D')];
    const state = stateOf((await syncHierarchy(alice, 'msgfolderroot')).ok());
    expect(changes((await syncHierarchy(alice, 'msgfolderroot', { state })).ok())).toEqual([]);
    const created = await alice.createFolder('C', 'inbox');
    (await alice.call(`<m:UpdateFolder><m:FolderChanges><t:FolderChange>${folderRef(renamed.id)}<t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:DisplayName"/><t:Folder><t:DisplayName>R2</t:DisplayName></t:Folder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>`)).ok();
    (await alice.call(`<m:DeleteFolder DeleteType="HardDelete"><m:FolderIds>${folderRef(deleted.id)}</m:FolderIds></m:DeleteFolder>`)).ok();
    const answer = (await syncHierarchy(alice, 'msgfolderroot', { state })).ok();
    const told = changes(answer);
    expect(told).toEqual(expect.arrayContaining([['Create', created.id], ['Update', renamed.id], ['Delete', deleted.id]]));
    expect(changes((await syncHierarchy(alice, 'msgfolderroot', { state: stateOf(answer) })).ok())).toEqual([]);
  });

  it('MS-OXWSSYNC_R259: only below the folder asked for', async () => {
    const { id } = await alice.createFolder('Top');
    await alice.createFolder('Below', id);
    const answer = (await syncHierarchy(alice, id)).ok();
    expect(answer.texts('DisplayName')).toEqual(['Below']);
    await alice.createFolder('Elsewhere');
    expect(changes((await syncHierarchy(alice, id, { state: stateOf(answer) })).ok()).filter(([kind]) => kind !== 'Delete')).toEqual([]);
  });

  it('a folder that leaves the tree is deleted, one that enters it is created', async () => {
    const [a, b, moving] = [await alice.createFolder('A'), await alice.createFolder('B'), await alice.createFolder('Moving', 'inbox')];
    const stateOfB = stateOf((await syncHierarchy(alice, b.id)).ok());
    const move = (to: string, id: string): Promise<Answer> => alice.call(`<m:MoveFolder><m:ToFolderId>${folderRef(to)}</m:ToFolderId><m:FolderIds>${folderRef(id)}</m:FolderIds></m:MoveFolder>`);
    const inB = idOf((await move(b.id, moving.id)).ok().first('FolderId'));
    const entered = (await syncHierarchy(alice, b.id, { state: stateOfB })).ok();
    expect(entered.first('Changes').children.map(({ name }) => name).filter((name) => name !== 'Delete')).toEqual([expect.stringMatching(/^(Create|Update)$/)]);
    (await move(a.id, inB.id)).ok();
    expect(changes((await syncHierarchy(alice, b.id, { state: stateOf(entered) })).ok()).map(([kind]) => kind)).toContain('Delete');
  });

  it.each([
    ['MS-OXWSCDATA_R5188: rubbish', async () => 'cnViYmlzaA==', 'ErrorInvalidSyncStateData'],
    ["an item state", async () => upToDate('inbox'), 'ErrorInvalidSyncStateData'],
    ['one made without a root', async () => stateOf((await syncHierarchy(alice, undefined)).ok()), 'ErrorInvalidSyncStateData'],
    ["another root's", async () => stateOf((await syncHierarchy(alice, 'inbox')).ok()), 'ErrorInvalidSyncStateData'],
  ])('refuses a state that is %s', async (_what, state, code) => {
    const answer = await syncHierarchy(alice, 'msgfolderroot', { state: await state() });
    expect(answer.codes).toEqual([code]);
    expect(names(answer.messages[0] ?? answer.body)).toEqual(expect.arrayContaining(['SyncState', 'IncludesLastFolderInRange']));
  });
});
