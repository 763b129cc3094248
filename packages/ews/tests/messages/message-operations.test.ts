import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, idOf, setField, type Answer, type Id } from '../support/client.ts';
import { folderRef, itemRef, mailbox } from '../support/soap.ts';
import { textAt } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let bob: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, bob] = [new EwsClient(ews), new EwsClient(ews, 'bob')];
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

/** Name of the response and of its message, with class and code. */
const head = (answer: Answer): (string | undefined)[] => {
  const [message] = answer.messages;
  return [answer.body.name, message?.name, message?.attributes['ResponseClass'], message && textAt(message, 'ResponseCode')];
};
const success = (operation: string): string[] => [`${operation}Response`, `${operation}ResponseMessage`, 'Success', 'NoError'];
const failure = (operation: string, code: string): string[] => [`${operation}Response`, `${operation}ResponseMessage`, 'Error', code];
const draft = (): Promise<Id> => alice.createMessage(`<t:Subject>Letter</t:Subject><t:ToRecipients>${mailbox('bob@example.test')}</t:ToRecipients>`, 'drafts');
const gone = async (): Promise<Id> => {
  const id = await draft();
  (await alice.deleteItem(id)).ok();
  return id;
};
const transfer = (operation: 'MoveItem' | 'CopyItem', id: Id): Promise<Answer> => alice.call(`<m:${operation}><m:ToFolderId>${folderRef('notes')}</m:ToFolderId><m:ItemIds>${itemRef(id)}</m:ItemIds></m:${operation}>`);
const send = (id: Id): Promise<Answer> => alice.call(`<m:SendItem SaveItemToFolder="true"><m:ItemIds>${itemRef(id)}</m:ItemIds></m:SendItem>`);
const create = (disposition: string, folder = 'drafts'): Promise<Answer> =>
  alice.createItem(`<t:Message><t:Subject>Letter</t:Subject><t:ToRecipients>${mailbox('bob@example.test')}</t:ToRecipients></t:Message>`, { disposition, folder });

describe('what an operation answers that went well', () => {
  it('MS-OXWSMSG_R111, MS-OXWSMSG_R112, MS-OXWSMSG_R113: CreateItem', async () => {
    expect(head(await create('SaveOnly'))).toEqual(success('CreateItem'));
    expect(await alice.subjects('drafts')).toContain('Letter');
  });

  it('MS-OXWSMSG_R168, MS-OXWSMSG_R169, MS-OXWSMSG_R170: CopyItem, of what CreateItem made', async () => {
    const made = await create('SaveOnly');
    expect(head(made)).toEqual(success('CreateItem'));
    expect(head(await transfer('CopyItem', idOf(made.first('ItemId'))))).toEqual(success('CopyItem'));
    expect([await alice.subjects('drafts'), await alice.subjects('notes')]).toEqual([expect.arrayContaining(['Letter']), ['Letter']]);
  });

  it('MS-OXWSMSG_R152, MS-OXWSMSG_R153, MS-OXWSMSG_R154: DeleteItem', async () => {
    const id = await draft();
    expect(head(await alice.deleteItem(id))).toEqual(success('DeleteItem'));
    expect(await alice.subjects('drafts')).not.toContain('Letter');
  });

  it('MS-OXWSMSG_R133, MS-OXWSMSG_R134, MS-OXWSMSG_R135: GetItem', async () => {
    const answer = await alice.getItem(await draft());
    expect([head(answer), answer.texts('Subject')]).toEqual([success('GetItem'), ['Letter']]);
  });

  it('MS-OXWSMSG_R161, MS-OXWSMSG_R162, MS-OXWSMSG_R163: MoveItem', async () => {
    expect(head(await transfer('MoveItem', await draft()))).toEqual(success('MoveItem'));
    expect([(await alice.subjects('drafts')).includes('Letter'), await alice.subjects('notes')]).toEqual([false, ['Letter']]);
  });

  it('MS-OXWSMSG_R177, MS-OXWSMSG_R178, MS-OXWSMSG_R179: SendItem', async () => {
    expect(head(await send(await draft()))).toEqual(success('SendItem'));
    await ews.settle();
    expect(await bob.subjects('inbox')).toContain('Letter');
  });

  it('MS-OXWSMSG_R143, MS-OXWSMSG_R144, MS-OXWSMSG_R145: UpdateItem', async () => {
    const answer = await alice.updateItem(await draft(), setField('item:Subject', '<t:Subject>Other</t:Subject>'));
    expect([head(answer), (await alice.getItem(idOf(answer.first('ItemId')))).texts('Subject')]).toEqual([success('UpdateItem'), ['Other']]);
  });
});

describe('what an operation answers that went wrong', () => {
  const nowhere = (): Promise<Answer> => create('SaveOnly', 'archiveinbox/bob@example.test');

  it('MS-OXWSMSG_R113001, MS-OXWSMSG_R113002: CreateItem', async () => {
    expect(head(await nowhere())).toEqual(failure('CreateItem', 'ErrorSavedItemFolderNotFound'));
  });

  it('MS-OXWSMSG_R170001, MS-OXWSMSG_R170002: CopyItem, and CreateItem that was to make what is copied', async () => {
    expect(head(await nowhere())).toEqual(failure('CreateItem', 'ErrorSavedItemFolderNotFound'));
    expect(head(await transfer('CopyItem', await gone()))).toEqual(failure('CopyItem', 'ErrorItemNotFound'));
  });

  it.each<[string, string, (id: Id) => Promise<Answer>]>([
    ['MS-OXWSMSG_R154001, MS-OXWSMSG_R154002', 'DeleteItem', (id) => alice.deleteItem(id)],
    ['MS-OXWSMSG_R135001, MS-OXWSMSG_R135002', 'GetItem', (id) => alice.getItem(id)],
    ['MS-OXWSMSG_R163001, MS-OXWSMSG_R163002', 'MoveItem', (id) => transfer('MoveItem', id)],
    ['MS-OXWSMSG_R145001, MS-OXWSMSG_R145002', 'UpdateItem', (id) => alice.updateItem(id, setField('item:Subject', '<t:Subject>Other</t:Subject>'))],
    ['and so', 'SendItem', send],
  ])('%s: %s', async (_requirements, operation, call) => {
    expect(head(await call(await gone()))).toEqual(failure(operation, 'ErrorItemNotFound'));
  });
});

describe('MessageDisposition of CreateItem', () => {
  const items = (answer: Answer): number => answer.first('Items').children.length;

  it('MS-OXWSMSG_R80, MS-OXWSMSG_R81, MS-OXWSMSG_R82: SaveOnly saves where asked and tells the id, by which SendItem sends later', async () => {
    const saved = await create('SaveOnly', 'notes');
    expect([head(saved), items(saved), await alice.subjects('notes')]).toEqual([success('CreateItem'), 1, ['Letter']]);
    await ews.settle();
    expect(await bob.subjects('inbox')).not.toContain('Letter');
    expect(head(await send(idOf(saved.first('ItemId'))))).toEqual(success('SendItem'));
    await ews.settle();
    expect(await bob.subjects('inbox')).toContain('Letter');
  });

  it('MS-OXWSMSG_R83, MS-OXWSMSG_R84, MS-OXWSMSG_R203: SendOnly sends, keeps no copy and tells no id', async () => {
    const places = async (): Promise<string[][]> => Promise.all(['drafts', 'sentitems', 'outbox', 'deleteditems'].map((folder) => alice.subjects(folder)));
    const before = await places();
    const sent = await alice.createItem(`<t:Message><t:Subject>Letter</t:Subject><t:ToRecipients>${mailbox('bob@example.test')}</t:ToRecipients></t:Message>`, { disposition: 'SendOnly' });
    await ews.settle();
    expect([head(sent), items(sent), await bob.subjects('inbox'), await places()]).toEqual([success('CreateItem'), 0, expect.arrayContaining(['Letter']), before]);
  });

  it('MS-OXWSMSG_R85, MS-OXWSMSG_R86, MS-OXWSMSG_R204: SendAndSaveCopy sends, keeps a copy where asked and tells no id', async () => {
    const sent = await create('SendAndSaveCopy', 'notes');
    await ews.settle();
    expect([head(sent), items(sent), await bob.subjects('inbox'), await alice.subjects('notes')]).toEqual([success('CreateItem'), 0, expect.arrayContaining(['Letter']), ['Letter']]);
  });
});
