import { anyCharacter } from '@fauxchange/arbitraries';
import { encodeEnvelope, readSchemaTable } from '@fauxchange/xml';
import fc from 'fast-check';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import type { OperationName } from '../src/operation.ts';
import { ewsSchema } from '../src/schema/ews-schema.ts';
import { operationElements } from '../src/schema/operation-types.generated.ts';
import { schemaLines } from '../src/schema/schema.generated.ts';
import { mutations, pieces } from './mutations.ts';
import { RandomValues, seededRandom } from './random-value.ts';
import { EwsClient, type Id } from './support/client.ts';
import { envelope, folderRef, itemRef, shape } from './support/soap.ts';
import { expectValid } from './support/xsd.ts';

/** Runs a test; FUZZ multiplies them for a long night, FUZZ_SEED makes them others. */
const runs = (count: number): number => count * Number(process.env['FUZZ'] ?? 1);
const seed = (own: number): number => own + 1000 * Number(process.env['FUZZ_SEED'] ?? 0);

jest.setTimeout(60_000 * runs(1));

let ews: EwsEmulator;
let alice: EwsClient;
beforeEach(async () => {
  // Strict: close() rejects with every fault of ours that a request met.
  ews = await createEwsEmulator({ maxRequestBytes: 1_000_000 });
  alice = new EwsClient(ews);
});
afterEach(async () => {
  expect((await alice.getFolder('inbox')).ok().texts('DisplayName')).toEqual(['Inbox']);
  await ews.close();
});

/** Exchange says so of add-ins that cannot be installed or found: the error examples of InstallApp and UninstallApp. */
const refusedAddIn = /<m:(?:Uni|I)nstallAppResponse [^>]*ResponseClass="Error"[^>]*><m:MessageText>(?:This app can't be installed\.|Extension ID [^<]* can't be found\.)/;

/** Whatever is sent, the answer is one of Exchange's, valid, and never that the server broke. */
async function expectAnswered(body: string | Uint8Array): Promise<void> {
  const response = await alice.fetch(body);
  const text = await response.text();
  expect([200, 400, 413, 500]).toContain(response.status);
  if (text === '') return;
  if (text.includes('ErrorInternalServerError') && !refusedAddIn.test(text)) throw new Error(`ErrorInternalServerError for ${Buffer.from(body).toString().slice(0, 4000)}`);
  expectValid(text);
}

const table = readSchemaTable(schemaLines, 'V2017_07_11');
/** Streams stay open, and pushing goes to strangers: both have their own tests. */
const closed = Object.values(operationElements).filter(({ request, inWsdl, since }) => inWsdl && since <= ewsSchema().at('V2017_07_11').level && request !== 'GetStreamingEvents' && request !== 'Subscribe');
/** Those that do much with many kinds of things come more often. */
const rich = ['CreateItem', 'CreateItem', 'CreateItem', 'UpdateItem', 'FindItem', 'FindItem', 'CreateFolder', 'UpdateFolder', 'CreateAttachment', 'ResolveNames', 'UpdateInboxRules', 'GetUserAvailability', 'SyncFolderItems', 'CreateUserConfiguration', 'FindPeople', 'SetUserOofSettings'].map((name) => operationElements[name as OperationName]);
const randomRequest = (values: RandomValues): string => {
  const { request } = values.chance(0.5) ? values.pick(rich) : values.pick(closed);
  return Buffer.concat(encodeEnvelope(ewsSchema().at('V2017_07_11'), `m:${request}`, values.element(`m:${request}`), { header: { RequestServerVersion: { Version: 'V2017_07_11' } } })).toString();
};

it('any bytes are answered', async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), expectAnswered), { seed: seed(1), numRuns: runs(100) });
});

it('any text is answered', async () => {
  await fc.assert(fc.asyncProperty(fc.string({ unit: anyCharacter, maxLength: 500 }).map((text) => envelope(text)), expectAnswered), { seed: seed(2), numRuns: runs(100) });
});

it('any soup of elements is answered', async () => {
  const names = [...table.elements.keys()];
  const children = [...new Set([...table.complexTypes.values()].flatMap(({ slots }) => slots.flatMap(({ alternatives }) => alternatives.map(({ name }) => `t:${name}`))))];
  const attributes = fc.dictionary(fc.constantFrom('Id', 'ChangeKey', 'Traversal', 'DeleteType', 'xsi:type', 'xmlns:t', 'FieldURI'), fc.string({ maxLength: 20 }).map((text) => text.replaceAll(/[<&"]/g, '')), { maxKeys: 3 });
  const { soup } = fc.letrec<{ soup: string; element: string }>((tie) => ({
    element: fc.tuple(fc.constantFrom(...names, ...children), attributes, tie('soup')).map(([name, own, inner]) => `<${name}${Object.entries(own).map(([key, value]) => ` ${key}="${value}"`).join('')}>${inner}</${name}>`),
    soup: fc.oneof({ depthSize: 'small' }, fc.constant(''), fc.string({ maxLength: 20 }).map((text) => text.replaceAll(/[<&]/g, '')), fc.array(tie('element'), { maxLength: 4 }).map((all) => all.join(''))),
  }));
  await fc.assert(fc.asyncProperty(soup.map((inner) => envelope(inner)), expectAnswered), { seed: seed(3), numRuns: runs(200) });
});

it('valid requests of any operation, with any values, are answered', async () => {
  const values = new RandomValues(table, seed(4));
  for (let n = 0; n < runs(300); n++) await expectAnswered(randomRequest(values));
});

it('valid requests, spoilt, are answered', async () => {
  const values = new RandomValues(table, seed(5));
  const random = seededRandom(seed(6));
  const ways = Object.values(mutations);
  const elementNames = [...table.elements.keys()];
  for (let n = 0; n < runs(300); n++) {
    let body = randomRequest(values);
    for (let times = 1 + Math.floor(random() * 3); times > 0; times--) {
      const found = pieces(body).filter(({ start }) => start > body.indexOf('Body>'));
      const way = ways[Math.floor(random() * ways.length)];
      if (way && found.length > 0) body = way(body, values, found, elementNames);
    }
    await expectAnswered(body);
  }
});

describe('real ids', () => {
  /** What a client might do with the ids that it has: any operation, any fields, in any combination. */
  const fields = ['item:Subject', 'item:Body', 'item:ItemId', 'item:Flag', 'item:Attachments', 'item:MimeContent', 'message:ToRecipients', 'message:From', 'message:IsRead', 'item:Categories', 'item:Size', 'calendar:Start', 'contacts:GivenName', 'task:DueDate', 'folder:DisplayName', 'postitem:PostedTime'];
  const contents = [
    '<t:Subject>x</t:Subject>', '<t:Body BodyType="HTML">&lt;b&gt;x</t:Body>', '<t:IsRead>true</t:IsRead>', '<t:Flag><t:FlagStatus>Complete</t:FlagStatus></t:Flag>', '<t:Categories/>', '<t:Categories><t:String/></t:Categories>',
    '<t:MimeContent/>', '<t:MimeContent>AAAA</t:MimeContent>', '<t:ToRecipients/>', '<t:ToRecipients><t:Mailbox/></t:ToRecipients>', '<t:ToRecipients><t:Mailbox><t:Name>no address</t:Name></t:Mailbox></t:ToRecipients>', '<t:From><t:Mailbox/></t:From>',
    '<t:ItemClass>IPM.Appointment</t:ItemClass>', '<t:ItemClass/>', '<t:ItemClass>x</t:ItemClass>', '<t:Culture>de</t:Culture>', '<t:Importance>High</t:Importance>', '<t:ReminderMinutesBeforeStart>2147483648</t:ReminderMinutesBeforeStart>',
    '<t:InternetMessageHeaders><t:InternetMessageHeader HeaderName="X">y</t:InternetMessageHeader></t:InternetMessageHeaders>', '<t:ReplyTo><t:Mailbox><t:EmailAddress>a@b.test</t:EmailAddress></t:Mailbox></t:ReplyTo>',
    '<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0xe07" PropertyType="Integer"/><t:Value>-1</t:Value></t:ExtendedProperty>', '<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x1a" PropertyType="String"/><t:Value/></t:ExtendedProperty>',
    '<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0xe06" PropertyType="SystemTime"/><t:Value>0001-01-01T00:00:00Z</t:Value></t:ExtendedProperty>', '<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x1013" PropertyType="Binary"/><t:Value>/////w==</t:Value></t:ExtendedProperty>',
    '<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x1000" PropertyType="String"/><t:Value>body</t:Value></t:ExtendedProperty>', '<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x3007" PropertyType="Integer"/><t:Value>5</t:Value></t:ExtendedProperty>',
  ];
  const restrictions = ['IsEqualTo', 'IsGreaterThan', 'IsLessThanOrEqualTo', 'IsNotEqualTo'];

  it('whatever is done with them is answered', async () => {
    const item = await alice.idBySubject('inbox', 'FW: Complaint of a gull');
    const others: Id[] = [item, await alice.createMessage(), await alice.folderId('inbox'), await alice.folderId('drafts'), await alice.idBySubject('inbox', 'Keys for station 9'), { id: '', changeKey: '' }];
    const known = fc.constantFrom(...others);
    // A bit of an id, or of a change key, may be another one.
    const flipped = fc.tuple(known, fc.nat(200), fc.constantFrom('A', 'Q', 'g', '/', '=', '')).map(([one, at, char]) => ({ id: one.id.slice(0, at) + char + one.id.slice(at + 1), changeKey: at > 150 ? one.changeKey : one.changeKey.slice(0, at % 40) + char + one.changeKey.slice((at % 40) + 1) }));
    const id = fc.oneof({ weight: 3, arbitrary: known }, flipped);
    const folder = fc.constantFrom('inbox', 'drafts', 'root', 'msgfolderroot', 'calendar', 'deleteditems', 'recoverableitemsroot', 'archivemsgfolderroot', 'inbox/bob@example.test', 'inbox/nobody@x', others[2]?.id ?? '', item.id);
    const field = fc.constantFrom(...fields);
    const content = fc.constantFrom(...contents);
    const kind = fc.constantFrom('Message', 'PostItem', 'Item', 'CalendarItem', 'Contact', 'Task');
    const value = fc.oneof(fc.string({ maxLength: 10 }), fc.constantFrom('true', '2026-01-01T00:00:00Z', '5', '-1')).map((text) => text.replaceAll(/[<&"]/g, '').replaceAll(/[^\x20-\x7e]/g, ''));
    const request = fc.oneof(
      fc.tuple(id, field).map(([one, uri]) => `<m:GetItem><m:ItemShape>${shape('AllProperties', [uri])}</m:ItemShape><m:ItemIds>${itemRef(one)}</m:ItemIds></m:GetItem>`),
      fc.tuple(id, field, content, kind).map(([one, uri, element, holder]) => `<m:UpdateItem ConflictResolution="AutoResolve" MessageDisposition="SaveOnly"><m:ItemChanges><t:ItemChange>${itemRef(one)}<t:Updates><t:SetItemField><t:FieldURI FieldURI="${uri}"/><t:${holder}>${element}</t:${holder}></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`),
      fc.tuple(id, field).map(([one, uri]) => `<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly"><m:ItemChanges><t:ItemChange>${itemRef(one)}<t:Updates><t:DeleteItemField><t:FieldURI FieldURI="${uri}"/></t:DeleteItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`),
      fc.tuple(content, kind, fc.constantFrom('SaveOnly', 'SendOnly', 'SendAndSaveCopy')).map(([element, holder, disposition]) => `<m:CreateItem MessageDisposition="${disposition}"><m:Items><t:${holder}>${element}</t:${holder}></m:Items></m:CreateItem>`),
      fc.tuple(folder, field, fc.constantFrom(...restrictions), value).map(([parent, uri, operator, constant]) => `<m:FindItem Traversal="Shallow"><m:ItemShape>${shape('AllProperties')}</m:ItemShape><m:Restriction><t:${operator}><t:FieldURI FieldURI="${uri}"/><t:FieldURIOrConstant><t:Constant Value="${constant}"/></t:FieldURIOrConstant></t:${operator}></m:Restriction><m:ParentFolderIds>${folderRef(parent)}</m:ParentFolderIds></m:FindItem>`),
      fc.tuple(folder, value).map(([parent, query]) => `<m:FindItem Traversal="Shallow"><m:ItemShape>${shape('IdOnly')}</m:ItemShape><m:ParentFolderIds>${folderRef(parent)}</m:ParentFolderIds><m:QueryString>${query}</m:QueryString></m:FindItem>`),
      fc.tuple(folder, field, field).map(([parent, by, on]) => `<m:FindItem Traversal="Shallow"><m:ItemShape>${shape('Default')}</m:ItemShape><m:GroupBy Order="Ascending"><t:FieldURI FieldURI="${by}"/><t:AggregateOn Aggregate="Minimum"><t:FieldURI FieldURI="${on}"/></t:AggregateOn></m:GroupBy><m:ParentFolderIds>${folderRef(parent)}</m:ParentFolderIds></m:FindItem>`),
      fc.tuple(folder, id, fc.constantFrom('MoveItem', 'CopyItem')).map(([to, one, operation]) => `<m:${operation}><m:ToFolderId>${folderRef(to)}</m:ToFolderId><m:ItemIds>${itemRef(one)}</m:ItemIds></m:${operation}>`),
      fc.tuple(folder, folder, fc.constantFrom('MoveFolder', 'CopyFolder')).map(([to, one, operation]) => `<m:${operation}><m:ToFolderId>${folderRef(to)}</m:ToFolderId><m:FolderIds>${folderRef(one)}</m:FolderIds></m:${operation}>`),
      fc.tuple(folder, content).map(([to, element]) => `<m:CreateItem MessageDisposition="SaveOnly"><m:SavedItemFolderId>${folderRef(to)}</m:SavedItemFolderId><m:Items><t:Message>${element}</t:Message></m:Items></m:CreateItem>`),
      fc.tuple(id, content, kind).map(([one, element, holder]) => `<m:CreateAttachment><m:ParentItemId Id="${one.id}"/><m:Attachments><t:ItemAttachment><t:Name>a</t:Name><t:${holder}>${element}</t:${holder}></t:ItemAttachment></m:Attachments></m:CreateAttachment>`),
      fc.tuple(folder, fc.constantFrom('', 'AAAA', 'x')).map(([one, state]) => `<m:SyncFolderItems><m:ItemShape>${shape('AllProperties')}</m:ItemShape><m:SyncFolderId>${folderRef(one)}</m:SyncFolderId><m:SyncState>${state}</m:SyncState><m:MaxChangesReturned>100</m:MaxChangesReturned></m:SyncFolderItems>`),
      fc.tuple(folder, fc.boolean()).map(([one, subfolders]) => `<m:EmptyFolder DeleteType="SoftDelete" DeleteSubFolders="${subfolders}"><m:FolderIds>${folderRef(one)}</m:FolderIds></m:EmptyFolder>`),
      fc.tuple(folder, value).map(([one, name]) => `<m:UpdateFolder><m:FolderChanges><t:FolderChange>${folderRef(one)}<t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:DisplayName"/><t:Folder><t:DisplayName>${name}</t:DisplayName></t:Folder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>`),
    );
    await fc.assert(fc.asyncProperty(request, (body) => expectAnswered(envelope(body))), { seed: seed(7), numRuns: runs(400) });
  });
});
