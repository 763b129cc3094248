import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient, idOf, setField, type Answer, type Id } from './support/client.ts';
import { itemRef } from './support/soap.ts';
import { below, names, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const exportOf = (...ids: Id[]): string => `<m:ExportItems><m:ItemIds>${ids.map(itemRef).join('')}</m:ItemIds></m:ExportItems>`;
const upload = (action: string, folder: string, data: string, id = '', attributes = ''): string =>
  `<m:UploadItems><m:Items><t:Item CreateAction="${action}"${attributes}><t:ParentFolderId Id="${folder}"/>${id}<t:Data>${data}</t:Data></t:Item></m:Items></m:UploadItems>`;
const dataOf = async (...ids: Id[]): Promise<string[]> => (await alice.call(exportOf(...ids))).ok().texts('Data');
const encoded = (text: string): string => Buffer.from(text).toString('base64');

/** What an item tells of itself but its ids. */
function facts(element: XmlElement): unknown {
  const own = new Set(['ItemId', 'ParentFolderId', 'InstanceKey', 'WebClientReadFormQueryString', 'AttachmentId', 'EffectiveRights']);
  const plain = ({ name, attributes, text, children }: XmlElement): unknown => [name, attributes, text, children.filter((one) => !own.has(one.name)).map(plain)];
  return plain(element);
}

describe('ExportItems and UploadItems', () => {
  it('MS-OXWSBTRF_R169, MS-OXWSBTRF_R170, MS-OXWSBTRF_R172, MS-OXWSBTRF_R173, MS-OXWSBTRF_R182, MS-OXWSBTRF_R2108: tells each item with its id and its data', async () => {
    const ids = [await alice.idBySubject('inbox', 'Timesheet'), await alice.idBySubject('inbox', 'Travel claims')];
    const answer = (await alice.call(exportOf(...ids))).ok();
    expect(answer.all('ItemId').map(({ attributes }) => attributes['Id'])).toEqual(ids.map(({ id }) => id));
    expect(answer.texts('Data').map((data) => data.length > 100)).toEqual([true, true]);
  });

  it('MS-OXWSBTRF_R226, MS-OXWSBTRF_R228, MS-OXWSBTRF_R2008: every kind of mail comes back as it was, with MIME and attachments within attachments', async () => {
    const archive = await alice.folderId('archiveinbox');
    const all = (await alice.findItem('inbox')).ok().all('ItemId').map(idOf);
    const data = await dataOf(...all);
    for (const [at, id] of all.entries()) {
      const uploaded = idOf((await alice.call(upload('CreateNew', archive.id, data[at] ?? ''))).ok().first('ItemId'));
      expect(uploaded.id).not.toBe(id.id);
      const [before, after] = [await alice.item(id, 'AllProperties', ['item:MimeContent']), await alice.item(uploaded, 'AllProperties', ['item:MimeContent'])];
      expect(facts(after)).toEqual(facts(before));
      expect(await dataOf(uploaded)).toEqual([data[at]]);
    }
  });

  const failed = ['MessageText', 'ResponseCode', 'DescriptiveLinkKey'];
  it.each<[string, string, (good: boolean) => Promise<Answer>]>([
    ['MS-OXWSBTRF_R2107, MS-OXWSBTRF_R2108, MS-OXWSBTRF_R2109, MS-OXWSBTRF_R2110', 'ExportItems', async (good) => alice.call(exportOf(good ? await alice.idBySubject('inbox', 'Timesheet') : await alice.folderId('inbox')))],
    ['MS-OXWSBTRF_R2007, MS-OXWSBTRF_R2008, MS-OXWSBTRF_R2009, MS-OXWSBTRF_R2010', 'UploadItems', async (good) => alice.call(upload('CreateNew', (await alice.folderId('drafts')).id, good ? (await dataOf(await alice.idBySubject('inbox', 'Timesheet')))[0] ?? '' : 'AAAA'))],
  ])('%s: %s answers with class and code', async (_ids, operation, call) => {
    for (const [answer, responseClass, children, code] of [[await call(true), 'Success', operation === 'ExportItems' ? ['ResponseCode', 'ItemId', 'Data'] : ['ResponseCode', 'ItemId'], /^NoError$/], [await call(false), 'Error', failed, /^Error[A-Z]\w+$/]] as const) {
      expect(answer.body.name).toBe(`${operation}Response`);
      expect(answer.messages.map(({ name, attributes }) => [name, attributes])).toEqual([[`${operation}ResponseMessage`, { ResponseClass: responseClass }]]);
      expect([names(answer.messages[0] ?? answer.body), answer.codes]).toEqual([children, [expect.stringMatching(code)]]);
    }
  });

  it('MS-OXWSBTRF_R179, MS-OXWSBTRF_R195, MS-OXWSBTRF_R207, MS-OXWSBTRF_R211, MS-OXWSBTRF_R200: several items are exported and uploaded at once, each into its folder, each with the id it has there', async () => {
    const subjects = ['Timesheet', 'Travel claims'];
    const ids = await Promise.all(subjects.map((subject) => alice.idBySubject('inbox', subject)));
    const folders = [(await alice.folderId('drafts')).id, (await alice.folderId('notes')).id];
    const data = await dataOf(...ids);
    expect(data).toHaveLength(2);
    const items = data.map((one, at) => `<t:Item CreateAction="CreateNew"><t:ParentFolderId Id="${folders[at]}"/><t:Data>${one}</t:Data></t:Item>`).join('');
    const uploaded = (await alice.call(`<m:UploadItems><m:Items>${items}</m:Items></m:UploadItems>`)).ok().all('ItemId').map(idOf);
    const there = await Promise.all(uploaded.map((id) => alice.item(id)));
    expect(there.map((item) => [textAt(item, 'Subject'), idOf(below(item, 'ParentFolderId')).id])).toEqual(subjects.map((subject, at) => [subject, folders[at]]));
  });

  it('MS-OXWSBTRF_R214: ItemId is the item that an upload updates', async () => {
    const [inbox, one, other] = [await alice.folderId('inbox'), await alice.idBySubject('inbox', 'Timesheet'), await alice.idBySubject('inbox', 'Travel claims')];
    const [data = ''] = await dataOf(one);
    const answer = (await alice.call(upload('Update', inbox.id, data, itemRef({ id: other.id })))).ok();
    expect(idOf(answer.first('ItemId')).id).toBe(other.id);
    expect([textAt(await alice.item(other), 'Subject'), textAt(await alice.item(one), 'Subject')]).toEqual(['Timesheet', 'Timesheet']);
  });

  it('MS-OXWSBTRF_R229, MS-OXWSBTRF_R2321: Update and UpdateOrCreate put the item back under its id', async () => {
    const inbox = await alice.folderId('inbox');
    for (const action of ['Update', 'UpdateOrCreate']) {
      const id = await alice.idBySubject('inbox', 'Keys to Lighthouse 2');
      const [before] = await dataOf(id);
      (await alice.updateItem(id, setField('item:Subject', '<t:Subject>Changed</t:Subject>') + setField('item:Categories', '<t:Categories><t:String>New</t:String></t:Categories>'))).ok();
      const answer = (await alice.call(upload(action, inbox.id, before ?? '', itemRef({ id: id.id })))).ok();
      expect(idOf(answer.first('ItemId')).id).toBe(id.id);
      expect(await dataOf(id)).toEqual([before]);
    }
  });

  it('MS-OXWSBTRF_R227, MS-OXWSBTRF_R235, MS-OXWSBTRF_R2351: CreateNew takes no notice of an id, UpdateOrCreate makes what is not in the folder', async () => {
    const [drafts, id] = [await alice.folderId('drafts'), await alice.idBySubject('inbox', 'Timesheet')];
    const [data = ''] = await dataOf(id);
    for (const action of ['CreateNew', 'UpdateOrCreate']) {
      const made = idOf((await alice.call(upload(action, drafts.id, data, itemRef({ id: id.id })))).ok().first('ItemId'));
      expect(idOf(below(await alice.item(made), 'ParentFolderId')).id).toBe(drafts.id);
      expect(made.id).not.toBe(id.id);
    }
  });

  it('MS-OXWSBTRF_R222, MS-OXWSBTRF_R223: makes hidden items when asked', async () => {
    const drafts = await alice.folderId('drafts');
    const [data = ''] = await dataOf(await alice.idBySubject('inbox', 'Travel claims'));
    (await alice.call(upload('CreateNew', drafts.id, data, '', ' IsAssociated="true"'))).ok();
    expect(await alice.subjects('drafts')).not.toContain('Travel claims');
    const hidden = async (): Promise<string[]> => (await alice.findItem('drafts', { attributes: 'Traversal="Associated"', paths: ['item:Subject'] })).ok().texts('Subject');
    expect(await hidden()).toEqual(['Travel claims']);
    (await alice.call(upload('CreateNew', drafts.id, data))).ok();
    expect([await hidden(), (await alice.subjects('drafts')).filter((subject) => subject === 'Travel claims')]).toEqual([['Travel claims'], ['Travel claims']]);
  });

  it('MS-OXWSBTRF_R231: what is in another folder is not found', async () => {
    const [drafts, id] = [await alice.folderId('drafts'), await alice.idBySubject('inbox', 'Travel claims')];
    const [data = ''] = await dataOf(id);
    expect((await alice.call(upload('Update', drafts.id, data, itemRef(id)))).codes).toEqual(['ErrorItemNotFound']);
  });

  it.each(['Update', 'UpdateOrCreate'])('MS-OXWSBTRF_R242, MS-OXWSBTRF_R234: %s without an id is a fault', async (action) => {
    const answer = await alice.call(upload(action, (await alice.folderId('inbox')).id, encoded('FXI1{}')));
    expect([answer.status, answer.fault]).toEqual([500, 'ErrorInvalidRequest']);
  });

  it.each([
    ['nothing', ''],
    ['other data', encoded('AAAA')],
    ['no JSON', encoded('FXI1{')],
    ['a list', encoded('FXI1[]')],
    ['too little', encoded('FXI1{"isRead":true,"itemClass":"IPM.Note"}')],
    ['a member more', encoded('FXI1{"isRead":true,"itemClass":"IPM.Note","properties":{},"recipients":[],"attachments":[],"__proto__":1}')],
    ['an unknown property', encoded('FXI1{"isRead":true,"itemClass":"IPM.Note","properties":{"Subject":"x"},"recipients":[],"attachments":[]}')],
    ['a property of another type', encoded('FXI1{"isRead":true,"itemClass":"IPM.Note","properties":{"PidTagSubject":5},"recipients":[],"attachments":[]}')],
    ['a recipient that is none', encoded('FXI1{"isRead":true,"itemClass":"IPM.Note","properties":{},"recipients":[{"type":"to"}],"attachments":[]}')],
    ['an attachment without content', encoded('FXI1{"isRead":true,"itemClass":"IPM.Note","properties":{},"recipients":[],"attachments":[{"id":1,"name":"","contentType":"","isInline":false,"lastModified":0,"size":0}]}')],
  ])('refuses %s as corrupt', async (_what, data) => {
    expect((await alice.call(upload('CreateNew', (await alice.folderId('inbox')).id, data))).codes).toEqual(['ErrorCorruptData']);
  });

  it('survives every truncation of an export', async () => {
    const [data = ''] = await dataOf(await alice.idBySubject('inbox', 'Travel claims'));
    const whole = Buffer.from(data, 'base64');
    const inbox = await alice.folderId('inbox');
    for (let length = 0; length < whole.length; length += 97) {
      expect((await alice.call(upload('CreateNew', inbox.id, whole.subarray(0, length).toString('base64')))).codes).toEqual(['ErrorCorruptData']);
    }
  });

  it('asks for rights: a reviewer exports, and uploads nothing', async () => {
    const [carol, dave] = [new EwsClient(ews, 'carol'), new EwsClient(ews, 'dave')];
    const [inbox, id] = [await alice.folderId('inbox'), await alice.idBySubject('inbox', 'Travel claims')];
    const exported = (await carol.call(exportOf(id))).ok().texts('Data')[0] ?? '';
    expect((await carol.call(upload('CreateNew', inbox.id, exported))).codes).toEqual(['ErrorAccessDenied']);
    expect((await carol.call(upload('Update', inbox.id, exported, itemRef(id)))).codes).toEqual(['ErrorAccessDenied']);
    expect((await dave.call(exportOf(id))).codes).toEqual(['ErrorItemNotFound']);
    expect((await dave.call(upload('CreateNew', inbox.id, exported))).codes).toEqual(['ErrorFolderNotFound']);
  });

  it.each([
    ['a folder id', async () => alice.folderId('inbox'), 'ErrorCannotUseFolderIdForItemId'],
    ['an id that is none', async () => ({ id: 'AAAA', changeKey: '' }), 'ErrorInvalidIdMalformed'],
  ])('refuses to export %s', async (_what, id, code) => {
    expect((await alice.call(exportOf({ id: (await id()).id } as Id))).codes).toEqual([code]);
  });
});
