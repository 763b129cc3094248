import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient } from './support/client.ts';
import { folderRef } from './support/soap.ts';
import { names, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const nameOf = (name: string, folder: string, prefix = 't'): string => `<${prefix}:UserConfigurationName Name="${name}">${folderRef(folder)}</${prefix}:UserConfigurationName>`;
const write = (operation: 'Create' | 'Update', name: string, folder: string, content: string): string => `<m:${operation}UserConfiguration><m:UserConfiguration>${nameOf(name, folder)}${content}</m:UserConfiguration></m:${operation}UserConfiguration>`;
const read = (name: string, folder: string, properties = 'All'): string => `<m:GetUserConfiguration>${nameOf(name, folder, 'm')}<m:UserConfigurationProperties>${properties}</m:UserConfigurationProperties></m:GetUserConfiguration>`;
const remove = (name: string, folder: string): string => `<m:DeleteUserConfiguration>${nameOf(name, folder, 'm')}</m:DeleteUserConfiguration>`;
const object = (element: string, type: string, values: readonly string[]): string => `<t:${element}><t:Type>${type}</t:Type>${values.map((value) => `<t:Value>${value}</t:Value>`).join('')}</t:${element}>`;
const entry = (keyType: string, key: string, type: string, ...values: string[]): string => `<t:DictionaryEntry>${object('DictionaryKey', keyType, [key])}${object('DictionaryValue', type, values)}</t:DictionaryEntry>`;
const dictionary = (...entries: string[]): string => `<t:Dictionary>${entries.join('')}</t:Dictionary>`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a user configuration', () => {
  const entries: [string, string, string, ...string[]][] = [
    ['String', 'timezone', 'String', 'Pacific Standard Time'], ['String', 'a &lt; &quot;b&quot; &amp; c', 'String', 'line\nbreak'], ['String', 'on', 'Boolean', 'true'],
    ['Integer32', '-7', 'Integer32', '2147483647'], ['Byte', '255', 'UnsignedInteger32', '4294967295'], ['Integer64', '1', 'Integer64', '-9223372036854775808'],
    ['Boolean', 'false', 'UnsignedInteger64', '18446744073709551615'], ['String', 'when', 'DateTime', '2026-01-05T09:00:00Z'], ['ByteArray', 'AAH/', 'ByteArray', 'AAEC/w=='],
    ['String', 'list', 'StringArray', 'one', '', '3:three'],
  ];

  it('keeps every type of key and value, XML and bytes', async () => {
    const all = dictionary(...entries.map((one) => entry(...one)));
    (await alice.call(write('Create', 'Test.Config1', 'drafts', `${all}<t:XmlData>${base64('<a>ü</a>')}</t:XmlData><t:BinaryData>AP8B</t:BinaryData>`))).ok();
    const answer = (await alice.call(read('test.config1', 'drafts'))).ok();
    expect(names(answer.first('UserConfiguration'))).toEqual(['UserConfigurationName', 'ItemId', 'Dictionary', 'XmlData', 'BinaryData']);
    const found = answer.all('DictionaryEntry').map((one) => [textAt(one, 'DictionaryKey', 'Type'), textAt(one, 'DictionaryKey', 'Value'), textAt(one, 'DictionaryValue', 'Type'), ...(one.children[1]?.children.slice(1).map(({ text }) => text) ?? [])]);
    const plain = (text: string): string => text.replace('&lt;', '<').replaceAll('&quot;', '"').replace('&amp;', '&');
    expect(found).toEqual(entries.map((one) => one.map(plain)));
    expect([answer.texts('XmlData'), answer.texts('BinaryData')]).toEqual([[base64('<a>ü</a>')], ['AP8B']]);
  });

  it.each([
    ['Id', ['ItemId']],
    ['Dictionary', ['Dictionary']],
    ['XmlData', ['XmlData']],
    ['BinaryData', []],
    ['Id XmlData', ['ItemId', 'XmlData']],
  ])('tells %s and nothing more', async (properties, told) => {
    (await alice.call(write('Create', 'X', 'inbox', `${dictionary(entry('String', 'k', 'String', 'v'))}<t:XmlData>${base64('<a/>')}</t:XmlData>`))).ok();
    const answer = (await alice.call(read('X', 'inbox', properties))).ok();
    expect(names(answer.first('UserConfiguration'))).toEqual(['UserConfigurationName', ...told]);
  });

  it('takes parts of an update as wholes and leaves the others', async () => {
    (await alice.call(write('Create', 'X', 'root', `${dictionary(entry('String', 'a', 'String', '1'), entry('String', 'b', 'String', '2'))}<t:XmlData>${base64('<a/>')}</t:XmlData>`))).ok();
    (await alice.call(write('Update', 'X', 'root', dictionary(entry('String', 'c', 'String', '3'))))).ok();
    const answer = (await alice.call(read('X', 'root'))).ok();
    expect([answer.texts('Value'), answer.texts('XmlData')]).toEqual([['c', '3'], [base64('<a/>')]]);
  });

  it('is a hidden item with the properties of [MS-OXOCFG], out of the way of mail', async () => {
    const before = await alice.subjects('inbox');
    (await alice.call(write('Create', 'CategoryList', 'inbox', dictionary(entry('String', 'k', 'Boolean', 'true'), entry('String', 'n', 'Integer32', '7'))))).ok();
    expect(await alice.subjects('inbox')).toEqual(before);
    const paths = ['item:ItemClass', '<t:ExtendedFieldURI PropertyTag="0x7C07" PropertyType="Binary"/>', '<t:ExtendedFieldURI PropertyTag="0x7C06" PropertyType="Integer"/>'];
    const answer = (await alice.findItem('inbox', { attributes: 'Traversal="Associated"', paths })).ok();
    expect(answer.texts('ItemClass')).toEqual(['IPM.Configuration.CategoryList']);
    const [stream, types] = answer.texts('Value');
    expect(types).toBe('4');
    expect(Buffer.from(stream ?? '', 'base64').toString()).toContain('<e k="18-k" v="3-True"/><e k="18-n" v="9-7"/>');
  });

  it('is gone once deleted, and recoverable', async () => {
    (await alice.call(write('Create', 'X', 'inbox', ''))).ok();
    (await alice.call(remove('X', 'inbox'))).ok();
    expect((await alice.call(read('X', 'inbox'))).codes).toEqual(['ErrorItemNotFound']);
    const deletions = await alice.findItem('recoverableitemsdeletions', { attributes: 'Traversal="Associated"', paths: ['item:ItemClass'] });
    expect(deletions.ok().texts('ItemClass')).toEqual(['IPM.Configuration.X']);
  });

  it.each([
    ['one that is not there, read', read('OWA.UserOptions', 'root'), 'ErrorItemNotFound'],
    ['one that is not there, changed', write('Update', 'X', 'inbox', ''), 'ErrorItemNotFound'],
    ['one that is not there, deleted', remove('X', 'inbox'), 'ErrorItemNotFound'],
    ['a name with other signs', write('Create', 'a b', 'inbox', ''), 'ErrorInvalidArgument'],
    ['a name that is the class', write('Create', 'IPM.Configuration.X', 'inbox', ''), 'ErrorInvalidArgument'],
    ['a name of 237 letters', write('Create', 'x'.repeat(237), 'inbox', ''), 'ErrorInvalidArgument'],
    ['a key twice', write('Create', 'X', 'inbox', dictionary(entry('String', 'k', 'String', '1'), entry('String', 'k', 'String', '2'))), 'ErrorInvalidArgument'],
    ['a value not of its type', write('Create', 'X', 'inbox', dictionary(entry('String', 'k', 'Integer32', 'many'))), 'ErrorInvalidArgument'],
    ['a folder that is not there', read('X', 'archiveroot/bob@example.test'), 'ErrorFolderNotFound'],
    ['a search folder', write('Create', 'X', 'todosearch', ''), 'ErrorInvalidFolderTypeForOperation'],
  ])('refuses %s', async (_what, request, code) => {
    expect((await alice.call(request)).codes).toEqual([code]);
  });

  it('refuses a second one of the name', async () => {
    (await alice.call(write('Create', 'X', 'inbox', ''))).ok();
    expect((await alice.call(write('Create', 'x', 'inbox', ''))).codes).toEqual(['ErrorItemSave']);
  });

  it('of others is read by who may read the folder, and made by its owners', async () => {
    const [bob, carol, dave] = ['bob', 'carol', 'dave'].map((user) => new EwsClient(ews, user)) as [EwsClient, EwsClient, EwsClient];
    (await alice.call(write('Create', 'X', 'inbox', ''))).ok();
    expect((await carol.call(read('X', 'inbox/alice@example.test'))).codes).toEqual(['NoError']);
    expect((await carol.call(write('Create', 'Y', 'inbox/alice@example.test', ''))).codes).toEqual(['ErrorAccessDenied']);
    expect((await dave.call(read('X', 'inbox/alice@example.test'))).codes).toEqual(['ErrorFolderNotFound']);
    expect((await bob.call(write('Create', 'Y', 'inbox/support@example.test', ''))).codes).toEqual(['NoError']);
  });
});
