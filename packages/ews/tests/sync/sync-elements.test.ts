import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, idOf, setField, type Answer } from '../support/client.ts';
import { createFolders, deleteFolder, named, setFolderField, unreadBelow, updateFolder } from '../support/folders.ts';
import { forms } from '../support/forms.ts';
import { changes, isLast, stateOf, syncHierarchy, syncItems } from '../support/sync.ts';
import { below, names, textAt } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

/** Class and code, the name of the message and what it tells. */
const head = (answer: Answer): unknown[] => answer.messages.map((one) => [one.name, one.attributes['ResponseClass'], textAt(one, 'ResponseCode')]);
const success = (operation: string): unknown[] => [[`${operation}ResponseMessage`, 'Success', 'NoError']];
const upToDate = async (folder: string): Promise<string> => stateOf((await syncItems(alice, folder)).ok());

describe('SyncFolderItems', () => {
  it('MS-OXWSSYNC_R65, MS-OXWSSYNC_R70, MS-OXWSSYNC_R380: tells the state, the end and the changes of the folder', async () => {
    const answer = await syncItems(alice, 'drafts');
    expect([head(answer), names(answer.messages[0] ?? answer.body)]).toEqual([success('SyncFolderItems'), ['ResponseCode', 'SyncState', 'IncludesLastItemInRange', 'Changes']]);
    expect([stateOf(answer), isLast(answer)]).toEqual([expect.stringMatching(forms.base64), expect.stringMatching(forms.boolean)]);
    const { id } = await alice.createMessage('<t:Subject>here</t:Subject>', 'drafts');
    await alice.createMessage('<t:Subject>elsewhere</t:Subject>', 'inbox');
    // The state says what the client has: only the rest is told.
    expect(changes((await syncItems(alice, 'drafts', { state: stateOf(answer) })).ok())).toEqual([['Create', id]]);
  });

  it('MS-OXWSSYNC_R131, MS-OXWSSYNC_R132, MS-OXWSSYNC_R134, MS-OXWSSYNC_R184: tells what was created, updated and deleted', async () => {
    const [updated, deleted] = [await alice.createMessage('<t:Subject>u</t:Subject>', 'drafts'), await alice.createMessage('<t:Subject>d</t:Subject>', 'drafts')];
    const state = await upToDate('drafts');
    const created = await alice.createMessage('<t:Subject>c</t:Subject>', 'drafts');
    (await alice.updateItem(updated, setField('item:Subject', '<t:Subject>changed</t:Subject>'))).ok();
    (await alice.deleteItem(deleted)).ok();
    const answer = (await syncItems(alice, 'drafts', { state, paths: ['item:Subject'] })).ok();
    expect(changes(answer).sort()).toEqual([['Create', created.id], ['Delete', deleted.id], ['Update', updated.id]]);
    expect([textAt(answer.first('Create'), 'Message', 'Subject'), textAt(answer.first('Update'), 'Message', 'Subject'), names(answer.first('Delete'))]).toEqual(['c', 'changed', ['ItemId']]);
  });

  it.each(['true', 'false'])('MS-OXWSSYNC_R136, MS-OXWSSYNC_R195: an item whose IsRead becomes %s is a ReadFlagChange', async (isRead) => {
    const id = await alice.createMessage(`<t:Subject>r</t:Subject><t:IsRead>${isRead === 'false'}</t:IsRead>`, 'drafts');
    const state = await upToDate('drafts');
    (await alice.updateItem(id, setField('message:IsRead', `<t:IsRead>${isRead}</t:IsRead>`))).ok();
    const answer = (await syncItems(alice, 'drafts', { state })).ok();
    const change = answer.first('ReadFlagChange');
    expect([changes(answer), names(change), textAt(change, 'IsRead')]).toEqual([[['ReadFlagChange', id.id]], ['ItemId', 'IsRead'], isRead]);
  });

  it.each([1, 2, 511, 512])('MS-OXWSSYNC_R3891, MS-OXWSSYNC_R67, MS-OXWSSYNC_R6701, MS-OXWSSYNC_R6702: MaxChangesReturned %i', async (most) => {
    const all = 27;
    const answer = await syncItems(alice, 'inbox', { most });
    expect([head(answer), changes(answer).length, isLast(answer)]).toEqual([success('SyncFolderItems'), Math.min(most, all), String(most >= all)]);
    const rest = (await syncItems(alice, 'inbox', { state: stateOf(answer) })).ok();
    expect([changes(rest).length, isLast(rest)]).toEqual([all - Math.min(most, all), 'true']);
  });

  it('MS-OXWSSYNC_R383, MS-OXWSSYNC_R3831, MS-OXWSSYNC_R3832: SyncState may be there or not', async () => {
    const without = await syncItems(alice, 'inbox');
    const withState = await syncItems(alice, 'inbox', { state: stateOf(without) });
    expect([head(without), head(withState), changes(without).length, changes(withState).length]).toEqual([success('SyncFolderItems'), success('SyncFolderItems'), 27, 0]);
  });

  it('MS-OXWSSYNC_R386, MS-OXWSSYNC_R3861, MS-OXWSSYNC_R3862, MS-OXWSSYNC_R3851, MS-OXWSSYNC_R3852: what is in Ignore is skipped, what is not is told', async () => {
    const state = await upToDate('drafts');
    const [a, b] = [await alice.createMessage('<t:Subject>a</t:Subject>', 'drafts'), await alice.createMessage('<t:Subject>b</t:Subject>', 'drafts')];
    const [without, withIgnore] = [await syncItems(alice, 'drafts', { state }), await syncItems(alice, 'drafts', { state, ignore: [a] })];
    expect([head(without), head(withIgnore)]).toEqual([success('SyncFolderItems'), success('SyncFolderItems')]);
    expect([changes(without).sort(), changes(withIgnore)]).toEqual([[['Create', a.id], ['Create', b.id]].sort(), [['Create', b.id]]]);
  });

  it('MS-OXWSSYNC_R347, MS-OXWSSYNC_R348, MS-OXWSSYNC_R37811008: SyncScope says whether associated items are told, normal ones alone without it', async () => {
    const state = await upToDate('inbox');
    const hidden = await alice.createMessage('<t:ItemClass>IPM.Configuration.X</t:ItemClass><t:IsAssociated>true</t:IsAssociated>');
    const normal = await alice.createMessage();
    const told = async (scope: string | undefined): Promise<unknown[]> => {
      const answer = await syncItems(alice, 'inbox', { state, scope });
      expect(head(answer)).toEqual(success('SyncFolderItems'));
      return changes(answer).map(([, id]) => id).sort();
    };
    expect([await told('NormalAndAssociatedItems'), await told('NormalItems'), await told(undefined)]).toEqual([[hidden.id, normal.id].sort(), [normal.id], [normal.id]]);
  });

  it('MS-OXWSSYNC_R37814, MS-OXWSSYNC_R37815: each path of AdditionalProperties is a property that is told', async () => {
    await alice.createMessage('<t:Subject>s</t:Subject>', 'notes');
    const told = async (...paths: string[]): Promise<string[]> => names((await syncItems(alice, 'notes', { paths })).ok().first('Message'));
    expect([await told(), await told('item:Subject'), await told('item:Subject', 'message:IsRead')]).toEqual([['ItemId'], ['ItemId', 'Subject'], ['ItemId', 'Subject', 'IsRead']]);
  });
});

describe('SyncFolderHierarchy', () => {
  it('MS-OXWSSYNC_R44, MS-OXWSSYNC_R4601, MS-OXWSSYNC_R49: tells the state, the end and the changes', async () => {
    const answer = await syncHierarchy(alice, 'inbox');
    expect([head(answer), names(answer.messages[0] ?? answer.body)]).toEqual([success('SyncFolderHierarchy'), ['ResponseCode', 'SyncState', 'IncludesLastFolderInRange', 'Changes']]);
    expect([stateOf(answer), isLast(answer)]).toEqual([expect.stringMatching(forms.base64), 'true']);
    const { id } = await alice.createFolder('New', 'inbox');
    expect(changes((await syncHierarchy(alice, 'inbox', { state: stateOf(answer) })).ok())).toEqual([['Create', id]]);
  });

  it('MS-OXWSSYNC_R260, MS-OXWSSYNC_R2601, MS-OXWSSYNC_R2602: SyncFolderId may be there or not', async () => {
    const { id } = await alice.createFolder('Top');
    await alice.createFolder('Below', id);
    const [below, whole] = [await syncHierarchy(alice, id), await syncHierarchy(alice, undefined)];
    expect([head(below), head(whole), below.texts('DisplayName')]).toEqual([success('SyncFolderHierarchy'), success('SyncFolderHierarchy'), ['Below']]);
    expect(whole.texts('DisplayName')).toEqual(expect.arrayContaining(['Inbox', 'Top', 'Below']));
  });

  it('MS-OXWSSYNC_R263, MS-OXWSSYNC_R2631, MS-OXWSSYNC_R2632: SyncState may be there or not', async () => {
    const without = await syncHierarchy(alice, 'msgfolderroot');
    const withState = await syncHierarchy(alice, 'msgfolderroot', { state: stateOf(without) });
    expect([head(without), head(withState), changes(without).length > 0, changes(withState)]).toEqual([success('SyncFolderHierarchy'), success('SyncFolderHierarchy'), true, []]);
  });

  it.each([
    ['MS-OXWSSYNC_R2573', 'IdOnly', [], ['FolderId']],
    ['MS-OXWSSYNC_R2572', 'Default', [], ['FolderId', 'DisplayName', 'TotalCount', 'ChildFolderCount', 'UnreadCount']],
    ['MS-OXWSSYNC_R2571', 'AllProperties', [], ['FolderId', 'ParentFolderId', 'FolderClass', 'DisplayName', 'TotalCount', 'ChildFolderCount', 'EffectiveRights', 'UnreadCount']],
    ['MS-OXWSSYNC_R2574, MS-OXWSSYNC_R2575', 'IdOnly', ['folder:FolderClass', 'folder:TotalCount'], ['FolderId', 'FolderClass', 'TotalCount']],
  ])('%s: the shape %s with %j', async (_requirement, base, paths, elements) => {
    (await alice.call(createFolders('inbox', named('New', 'Folder', '<t:FolderClass>IPF.Note</t:FolderClass>')))).ok();
    expect(names((await syncHierarchy(alice, 'inbox', { base, paths })).ok().first('Folder'))).toEqual(elements);
  });

  it('MS-OXWSSYNC_R84, MS-OXWSSYNC_R85, MS-OXWSSYNC_R117, MS-OXWSSYNC_R37811002: tells what was created, changed and deleted', async () => {
    const [renamed, deleted] = [await alice.createFolder('R', 'inbox'), await alice.createFolder('D', 'inbox')];
    const state = stateOf((await syncHierarchy(alice, 'inbox')).ok());
    const created = await alice.createFolder('C', 'inbox');
    (await alice.call(updateFolder(renamed.id, setFolderField('folder:DisplayName', '<t:DisplayName>R2</t:DisplayName>')))).ok();
    (await alice.call(deleteFolder('HardDelete', deleted.id))).ok();
    const answer = (await syncHierarchy(alice, 'inbox', { state })).ok();
    expect(changes(answer).sort()).toEqual([['Create', created.id], ['Delete', deleted.id], ['Update', renamed.id]]);
    expect([textAt(answer.first('Create'), 'Folder', 'DisplayName'), textAt(answer.first('Update'), 'Folder', 'DisplayName'), names(answer.first('Delete'))]).toEqual(['C', 'R2', ['FolderId']]);
  });

  const common = ['FolderId', 'ParentFolderId', 'FolderClass', 'DisplayName', 'TotalCount', 'ChildFolderCount', 'EffectiveRights'];
  const withoutClass = common.filter((name) => name !== 'FolderClass');
  it.each([
    ['MS-OXWSSYNC_R99, MS-OXWSSYNC_R10010, MS-OXWSSYNC_R10020', 'Folder', 'inbox', '', [...withoutClass, 'UnreadCount']],
    ['MS-OXWSSYNC_R101, MS-OXWSSYNC_R1021, MS-OXWSSYNC_R1022', 'CalendarFolder', 'inbox', '', common],
    ['MS-OXWSSYNC_R103, MS-OXWSSYNC_R1041, MS-OXWSSYNC_R1042', 'ContactsFolder', 'inbox', '', common],
    ['MS-OXWSSYNC_R105, MS-OXWSSYNC_R1061, MS-OXWSSYNC_R1062', 'SearchFolder', 'searchfolders', unreadBelow('inbox'), [...withoutClass, 'UnreadCount']],
    ['MS-OXWSSYNC_R107, MS-OXWSSYNC_R1081, MS-OXWSSYNC_R1082', 'TasksFolder', 'inbox', '', [...common, 'UnreadCount']],
  ])('%s: a %s is created and updated', async (_requirements, kind, parent, more, elements) => {
    const before = stateOf((await syncHierarchy(alice, parent)).ok());
    const { id } = idOf((await alice.call(createFolders(parent, named('New', kind, '', more)))).ok().first('FolderId'));
    const first = (await syncHierarchy(alice, parent, { state: before, base: 'AllProperties' })).ok();
    expect([changes(first), names(first.first('Create')), names(below(first.first('Create'), kind))]).toEqual([[['Create', id]], [kind], elements]);
    (await alice.call(updateFolder(id, setFolderField('folder:DisplayName', '<t:DisplayName>Renamed</t:DisplayName>', kind)))).ok();
    const second = (await syncHierarchy(alice, parent, { state: stateOf(first), base: 'AllProperties' })).ok();
    expect([changes(second), names(second.first('Update')), textAt(second.first('Update'), kind, 'DisplayName')]).toEqual([[['Update', id]], [kind], 'Renamed']);
  });
});
