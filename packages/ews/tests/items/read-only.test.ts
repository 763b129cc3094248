import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, idOf, setField } from '../support/client.ts';
import { names, textAt } from '../support/xml.ts';

// Elements of ItemType that only the server says, [MS-OXWSCORE] 2.2.4.24: refused in CreateItem and in UpdateItem, and the value stays.
let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator();
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const rights = '<t:EffectiveRights><t:CreateAssociated>true</t:CreateAssociated><t:CreateContents>true</t:CreateContents><t:CreateHierarchy>true</t:CreateHierarchy><t:Delete>false</t:Delete><t:Modify>false</t:Modify><t:Read>false</t:Read></t:EffectiveRights>';

it.each([
  ['MS-OXWSCORE_R2014, MS-OXWSCORE_R2347', 'ItemId', '<t:ItemId Id="AAMk"/>'],
  ['MS-OXWSCORE_R2016, MS-OXWSCORE_R2348', 'ParentFolderId', '<t:ParentFolderId Id="AAMk"/>'],
  ['MS-OXWSCORE_R2025, MS-OXWSCORE_R2349', 'DateTimeReceived', '<t:DateTimeReceived>2020-01-01T00:00:00Z</t:DateTimeReceived>'],
  ['MS-OXWSCORE_R2027, MS-OXWSCORE_R2272', 'Size', '<t:Size>3</t:Size>'],
  ['MS-OXWSCORE_R2031, MS-OXWSCORE_R2273', 'DateTimeSent', '<t:DateTimeSent>2020-01-01T00:00:00Z</t:DateTimeSent>'],
  ['MS-OXWSCORE_R2033, MS-OXWSCORE_R2274', 'DateTimeCreated', '<t:DateTimeCreated>2020-01-01T00:00:00Z</t:DateTimeCreated>'],
  ['MS-OXWSCORE_R2035, MS-OXWSCORE_R2275', 'DisplayTo', '<t:DisplayTo>x</t:DisplayTo>'],
  ['MS-OXWSCORE_R2037, MS-OXWSCORE_R2276', 'EffectiveRights', rights],
  ['MS-OXWSCORE_R2039, MS-OXWSCORE_R2277', 'LastModifiedName', '<t:LastModifiedName>x</t:LastModifiedName>'],
  ['MS-OXWSCORE_R2043', 'WebClientReadFormQueryString', '<t:WebClientReadFormQueryString>x</t:WebClientReadFormQueryString>'],
  ['MS-OXWSCORE_R2046, MS-OXWSCORE_R2350', 'InstanceKey', '<t:InstanceKey>AAAA</t:InstanceKey>'],
  ['MS-OXWSCORE_R2048, MS-OXWSCORE_R2351', 'NormalizedBody', '<t:NormalizedBody BodyType="Text">x</t:NormalizedBody>'],
  ['MS-OXWSCORE_R2050, MS-OXWSCORE_R2352', 'Preview', '<t:Preview>x</t:Preview>'],
  ['MS-OXWSCORE_R2052, MS-OXWSCORE_R2353', 'RightsManagementLicenseData', '<t:RightsManagementLicenseData><t:EditAllowed>true</t:EditAllowed></t:RightsManagementLicenseData>'],
  ['MS-OXWSCORE_R2355', 'BlockStatus', '<t:BlockStatus>true</t:BlockStatus>'],
  ['MS-OXWSCORE_R2060, MS-OXWSCORE_R2356', 'TextBody', '<t:TextBody BodyType="Text">x</t:TextBody>'],
  ['MS-OXWSCORE_R2062, MS-OXWSCORE_R2358', 'IconIndex', '<t:IconIndex>MailReplied</t:IconIndex>'],
])('%s: %s is refused with ErrorInvalidPropertySet', async (_ids, element, content) => {
  const create = await alice.createItem(`<t:Message>${content}</t:Message>`);
  expect([create.codes, create.messages[0]?.attributes['ResponseClass'], create.first('FieldURI').attributes]).toEqual([['ErrorInvalidPropertySet'], 'Error', { FieldURI: `item:${element}` }]);
  const id = await alice.createMessage('<t:Subject>mine</t:Subject><t:Body BodyType="Text">words</t:Body>');
  const before = await alice.item(id, 'AllProperties', [`item:${element}`]);
  const update = await alice.updateItem(id, setField(`item:${element}`, content));
  expect([update.codes, update.messages[0]?.attributes['ResponseClass'], update.first('FieldURI').attributes]).toEqual([['ErrorInvalidPropertySet'], 'Error', { FieldURI: `item:${element}` }]);
  expect(await alice.item(id, 'AllProperties', [`item:${element}`])).toEqual(before);
});

it.each([
  ['MS-OXWSCORE_R2043: WebClientReadFormQueryString', 'WebClientReadFormQueryString', /^\?ItemID=/],
  ['MS-OXWSCORE_R2063: IconIndex', 'IconIndex', /^MailRead$/],
])('%s may be returned', async (_what, element, form) => {
  const item = await alice.item(await alice.createMessage(), 'IdOnly', [`item:${element}`]);
  expect([names(item), textAt(item, element)]).toEqual([['ItemId', element], expect.stringMatching(form)]);
});

it('MS-OXWSCORE_R1917: the icon of a task that recurs', async () => {
  const recurring = '<t:Task><t:Subject>water</t:Subject><t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NoEndRecurrence><t:StartDate>2026-02-02Z</t:StartDate></t:NoEndRecurrence></t:Recurrence></t:Task>';
  const icon = async (task: string): Promise<string | undefined> => textAt(await alice.item(idOf((await alice.createItem(task, { disposition: null })).ok().first('ItemId')), 'IdOnly', ['item:IconIndex']), 'IconIndex');
  expect([await icon(recurring), await icon('<t:Task><t:Subject>once</t:Subject></t:Task>')]).toEqual(['TaskRecur', 'TaskItem']);
});
