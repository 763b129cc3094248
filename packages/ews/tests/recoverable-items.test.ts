import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient, idOf, setField, type Answer, type Id } from './support/client.ts';
import { names, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator();
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const file = (name: string): string => `<t:FileAttachment><t:Name>${name}</t:Name><t:Content>aGVsbG8=</t:Content></t:FileAttachment>`;
const attachments = (content: string): string => `<m:Attachments>${content}</m:Attachments>`;
const update = (id: Id, content: string): Promise<Answer> => alice.call(`<m:UpdateItemInRecoverableItems><m:ItemId Id="${id.id}" ChangeKey="${id.changeKey}"/>${content}</m:UpdateItemInRecoverableItems>`);
const subject = (text: string): string => `<m:Updates>${setField('item:Subject', `<t:Subject>${text}</t:Subject>`)}</m:Updates>`;
/** A message that was deleted softly, where it is now. */
async function deleted(): Promise<Id> {
  (await alice.deleteItem(await alice.createMessage('<t:Subject>Gone</t:Subject>'), 'SoftDelete')).ok();
  return alice.idBySubject('recoverableitemsdeletions', 'Gone');
}

it('changes an item, and attaches to it', async () => {
  const answer = (await update(await deleted(), subject('Still gone') + attachments(file('a.txt') + file('b.txt')))).ok();
  expect([answer.messages.map(({ name }) => name), names(answer.messages[0] as never)]).toEqual([['UpdateItemInRecoverableItemsResponseMessage'], ['ResponseCode', 'Items', 'Attachments', 'ConflictResults']]);
  expect([answer.texts('Count'), new Set(answer.all('AttachmentId').map(({ attributes }) => attributes['Id'])).size]).toEqual([['0'], 2]);
  const item = await alice.item(idOf(answer.first('ItemId')));
  expect([textAt(item, 'Subject'), item.children.find(({ name }) => name === 'Attachments')?.children.map((one) => textAt(one, 'Name'))]).toEqual(['Still gone', ['a.txt', 'b.txt']]);
  const [id] = answer.all('AttachmentId');
  const content = (await alice.call(`<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id="${id?.attributes['Id']}"/></m:AttachmentIds></m:GetAttachment>`)).ok();
  expect(content.texts('Content')).toEqual(['aGVsbG8=']);
});

it('without attachments tells none', async () => {
  expect(names((await update(await deleted(), subject('x'))).ok().messages[0] as never)).toEqual(['ResponseCode', 'Items', 'ConflictResults']);
});

it.each([['true', ['ErrorAccessDenied'], 'First'], ['false', ['NoError'], 'Second']])('MakeItemImmutable %s', async (isImmutable, codes, expected) => {
  const id = idOf((await update(await deleted(), `${subject('First')}<m:MakeItemImmutable>${isImmutable}</m:MakeItemImmutable>`)).ok().first('ItemId'));
  expect((await update(id, subject('Second'))).codes).toEqual(codes);
  expect((await alice.updateItem({ id: id.id } as Id, setField('item:Importance', '<t:Importance>High</t:Importance>'))).codes).toEqual(codes);
  expect(textAt(await alice.item({ id: id.id } as Id), 'Subject')).toBe(expected);
});

it.each([
  ['an item that is elsewhere', async () => alice.createMessage(), 'ErrorInvalidOperation'],
  ['an item that is gone', async () => { const id = await alice.createMessage(); (await alice.deleteItem(id)).ok(); return id; }, 'ErrorItemNotFound'],
  ['an id that is none', async () => ({ id: 'nonsense', changeKey: '' }), 'ErrorInvalidIdMalformed'],
  ['a folder', async () => alice.folderId('recoverableitemsdeletions'), 'ErrorCannotUseFolderIdForItemId'],
] as const)('refuses %s', async (_what, find, code) => {
  const answer = await update(await find(), subject('x'));
  expect([answer.codes, answer.all('Items').length]).toEqual([[code], 1]);
});

it("what is read-only is refused, and a property that is none of the item's", async () => {
  const id = await deleted();
  expect((await update(id, `<m:Updates>${setField('item:Size', '<t:Size>1</t:Size>')}</m:Updates>`)).codes).toEqual(['ErrorInvalidPropertySet']);
  expect((await alice.getItem(id)).ok().all('ItemId')[0]?.attributes).toEqual(expect.objectContaining({ Id: id.id }));
});
