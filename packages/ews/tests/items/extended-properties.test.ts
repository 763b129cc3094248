import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, type Id } from '../support/client.ts';
import { below, names, type XmlElement } from '../support/xml.ts';

// [MS-OXWSXPROP]: what names an extended property, and what comes back of it.
let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator();
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const guid = '11111111-AAAA-bbbb-4444-555566667777';
const path = (attributes: string): string => `<t:ExtendedFieldURI ${attributes}/>`;
const property = (attributes: string, value: string): string => `<t:ExtendedProperty>${path(attributes)}${value}</t:ExtendedProperty>`;
const told = async (id: Id, attributes: string): Promise<XmlElement> => below(await alice.item(id, 'AllProperties', [path(attributes)]), 'ExtendedProperty');
const single = '<t:Value>one</t:Value>';
const several = '<t:Values><t:Value>one</t:Value><t:Value>two</t:Value></t:Values>';

describe('a property comes back with the path that names it and its value', () => {
  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['MS-OXWSXPROP_R148: DistinguishedPropertySetId and PropertyName', 'DistinguishedPropertySetId="PublicStrings" PropertyName="mine" PropertyType="String"', { DistinguishedPropertySetId: 'PublicStrings', PropertyName: 'mine', PropertyType: 'String' }],
    ['MS-OXWSXPROP_R43: DistinguishedPropertySetId and PropertyId', 'DistinguishedPropertySetId="Common" PropertyId="34200" PropertyType="String"', { DistinguishedPropertySetId: 'Common', PropertyId: '34200', PropertyType: 'String' }],
    ['MS-OXWSXPROP_R149, MS-OXWSXPROP_R151: PropertySetId and PropertyName', `PropertySetId="${guid}" PropertyName="a name" PropertyType="String"`, { PropertySetId: guid, PropertyName: 'a name', PropertyType: 'String' }],
    ['MS-OXWSXPROP_R152: PropertySetId and PropertyId', `PropertySetId="${guid}" PropertyId="7" PropertyType="String"`, { PropertySetId: guid, PropertyId: '7', PropertyType: 'String' }],
    ['MS-OXWSXPROP_R150: PropertyTag', 'PropertyTag="0x6645" PropertyType="String"', { PropertyTag: '0x6645', PropertyType: 'String' }],
  ])('MS-OXWSXPROP_R145, MS-OXWSXPROP_R146, MS-OXWSXPROP_R153, MS-OXWSCORE_R1336, MS-OXWSCORE_R101, %s', async (_what, attributes, expected) => {
    const element = await told(await alice.createMessage(property(attributes, single)), attributes);
    expect(names(element)).toEqual(['ExtendedFieldURI', 'Value']);
    expect([below(element, 'ExtendedFieldURI').attributes, below(element, 'Value').text]).toEqual([expected, 'one']);
  });

  it('MS-OXWSXPROP_R147, MS-OXWSXPROP_R144, MS-OXWSXPROP_R23: one of several values has them as a list', async () => {
    const attributes = `PropertySetId="${guid}" PropertyName="many" PropertyType="StringArray"`;
    const element = await told(await alice.createMessage(property(attributes, several)), attributes);
    expect([names(element), below(element, 'Values').children.map(({ name, text }) => [name, text])]).toEqual([['ExtendedFieldURI', 'Values'], [['Value', 'one'], ['Value', 'two']]]);
  });

  it('MS-OXWSXPROP_R23: a list of no values is no request', async () => {
    const answer = await alice.createItem(`<t:Message>${property(`PropertySetId="${guid}" PropertyName="many" PropertyType="StringArray"`, '<t:Values/>')}</t:Message>`);
    expect([answer.status, answer.fault]).toEqual([500, 'ErrorSchemaValidation']);
  });

  it('MS-OXWSXPROP_R37: the path stands where the other kinds of paths do', async () => {
    const item = await alice.item(await alice.createMessage('<t:Subject>plain</t:Subject>'), 'IdOnly', ['item:Subject', path('PropertyTag="0x37" PropertyType="String"'), '<t:IndexedFieldURI FieldURI="item:InternetMessageHeader" FieldIndex="X-Mine"/>']);
    expect([names(item), below(item, 'ExtendedProperty').children[1]?.text]).toEqual([['ItemId', 'Subject', 'ExtendedProperty'], 'plain']);
  });
});

describe('what does not name one', () => {
  const set = 'DistinguishedPropertySetId="Common"';
  const type = 'PropertyType="String"';
  it.each([
    ['MS-OXWSXPROP_R42, MS-OXWSXPROP_R157: both sets', `${set} PropertySetId="${guid}" PropertyName="a" ${type}`],
    ['MS-OXWSXPROP_R161, MS-OXWSXPROP_R51: a distinguished set and a tag', `${set} PropertyTag="0x6645" ${type}`],
    ['MS-OXWSXPROP_R158, MS-OXWSXPROP_R138: a set and a tag', `PropertySetId="${guid}" PropertyTag="0x6645" ${type}`],
    ['MS-OXWSXPROP_R139: a tag and a name', `PropertyTag="0x6645" PropertyName="a" ${type}`],
    ['MS-OXWSXPROP_R140: a tag and a number', `PropertyTag="0x6645" PropertyId="1" ${type}`],
    ['MS-OXWSXPROP_R43: a distinguished set without name and number', `${set} ${type}`],
    ['MS-OXWSXPROP_R47: a set without name and number', `PropertySetId="${guid}" ${type}`],
    ['MS-OXWSXPROP_R53: a name without a set', `PropertyName="a" ${type}`],
    ['MS-OXWSXPROP_R55: a number without a set', `PropertyId="1" ${type}`],
  ])('%s: ErrorInvalidExtendedProperty', async (_what, attributes) => {
    const created = await alice.createItem(`<t:Message>${property(attributes, single)}</t:Message>`);
    const asked = await alice.getItem(await alice.createMessage(), 'IdOnly', [path(attributes)]);
    expect([created.codes, asked.codes]).toEqual([['ErrorInvalidExtendedProperty'], ['ErrorInvalidExtendedProperty']]);
  });

  it.each([
    ['MS-OXWSXPROP_R43: a distinguished set without a type', `${set} PropertyName="a"`],
    ['MS-OXWSXPROP_R47: a set without a type', `PropertySetId="${guid}" PropertyName="a"`],
    ['MS-OXWSXPROP_R153: a type that is none', `PropertySetId="${guid}" PropertyName="a" PropertyType="Text"`],
    ['MS-OXWSXPROP_R148: a distinguished set that is none', `DistinguishedPropertySetId="Mine" PropertyName="a" ${type}`],
    ['MS-OXWSXPROP_R152: a number that is none', `PropertySetId="${guid}" PropertyId="one" ${type}`],
    ['MS-OXWSXPROP_R124: a GUID in braces', `PropertySetId="{${guid}}" PropertyName="a" ${type}`],
    ['MS-OXWSXPROP_R124: a GUID of too few digits', `PropertySetId="${guid.slice(1)}" PropertyName="a" ${type}`],
    ['MS-OXWSXPROP_R124: a GUID with other letters', `PropertySetId="${guid.replace('A', 'G')}" PropertyName="a" ${type}`],
    ['MS-OXWSXPROP_R122: a tag of five digits', `PropertyTag="0x16645" ${type}`],
    ['MS-OXWSXPROP_R122: a tag without digits', `PropertyTag="0x" ${type}`],
    ['MS-OXWSXPROP_R122: a tag with other letters', `PropertyTag="0x66G5" ${type}`],
  ])('%s: ErrorSchemaValidation', async (_what, attributes) => {
    const answer = await alice.getItem(await alice.createMessage(), 'IdOnly', [path(attributes)]);
    expect([answer.status, answer.fault]).toEqual([500, 'ErrorSchemaValidation']);
  });
});

it.each([
  ['MS-OXWSXPROP_R50: hexadecimal', '0x37'], ['MS-OXWSXPROP_R50: a short integer', '55'], ['MS-OXWSXPROP_R122: with X in capitals', '0X37'], ['MS-OXWSXPROP_R122: of four digits', '0x0037'],
])('a tag may be written %s', async (_how, tag) => {
  const attributes = `PropertyTag="${tag}" PropertyType="String"`;
  expect(below(await told(await alice.createMessage('<t:Subject>plain</t:Subject>'), attributes), 'Value').text).toBe('plain');
});

it('MS-OXWSXPROP_R124: a GUID is told by its digits, in capitals or not', async () => {
  const attributes = (id: string): string => `PropertySetId="${id}" PropertyName="mine" PropertyType="String"`;
  const id = await alice.createMessage(property(attributes(guid.toLowerCase()), single));
  expect(below(await told(id, attributes(guid.toUpperCase())), 'Value').text).toBe('one');
});
