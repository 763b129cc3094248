import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { deleteField, EwsClient, idOf, setField } from './support/client.ts';
import { setFolderField, updateFolder } from './support/folders.ts';
import { child, names, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
beforeAll(async () => {
  ews = await createEwsEmulator();
});
afterAll(() => ews.close());

const tagsOf = async (user: string, from = ews): Promise<readonly XmlElement[]> => (await new EwsClient(from, user).call('<m:GetUserRetentionPolicyTags/>')).ok().all('RetentionPolicyTag');

it('a mailbox with an archive has the default policy', async () => {
  const tags = await tagsOf('alice');
  expect(tags.map((tag) => ['DisplayName', 'RetentionPeriod', 'Type', 'RetentionAction', 'IsVisible', 'OptedInto', 'IsArchive'].map((name) => textAt(tag, name)).join(' | '))).toEqual([
    'Default 2 years move to archive | 730 | All | MoveToArchive | false | false | true',
    'Recoverable Items 14 days move to archive | 14 | RecoverableItems | MoveToArchive | false | false | true',
    'Personal 1 year move to archive | 365 | Personal | MoveToArchive | true | false | true',
    'Personal 5 year move to archive | 1825 | Personal | MoveToArchive | true | false | true',
    'Personal never move to archive | 0 | Personal | MoveToArchive | true | false | true',
    '1 Week Delete | 7 | Personal | DeleteAndAllowRecovery | true | false | false',
    '1 Month Delete | 30 | Personal | DeleteAndAllowRecovery | true | false | false',
    '6 Month Delete | 180 | Personal | DeleteAndAllowRecovery | true | false | false',
    '1 Year Delete | 365 | Personal | DeleteAndAllowRecovery | true | false | false',
    '5 Year Delete | 1825 | Personal | DeleteAndAllowRecovery | true | false | false',
    'Never Delete | 0 | Personal | DeleteAndAllowRecovery | true | false | false',
  ]);
  expect(names(tags[0] as XmlElement)).toEqual(['DisplayName', 'RetentionId', 'RetentionPeriod', 'Type', 'RetentionAction', 'Description', 'IsVisible', 'OptedInto', 'IsArchive']);
});

it('ids are different, and the same whenever asked', async () => {
  const ids = (await tagsOf('alice')).map((tag) => textAt(tag, 'RetentionId'));
  expect(new Set(ids).size).toBe(11);
  await using again = await createEwsEmulator();
  expect((await tagsOf('alice', again)).map((tag) => textAt(tag, 'RetentionId'))).toEqual(ids);
});

it('a mailbox without an archive has no policy', async () => {
  expect(await tagsOf('bob')).toEqual([]);
});

describe('PolicyTag and ArchiveTag', () => {
  afterEach(() => ews.reset());
  const alice = (): EwsClient => new EwsClient(ews);
  const idOfTag = async (name: string): Promise<string> => textAt((await tagsOf('alice')).find((tag) => textAt(tag, 'DisplayName') === name) as XmlElement, 'RetentionId') ?? '';
  const element = (kind: string, id: string, isExplicit = true): string => `<t:${kind} IsExplicit="${isExplicit}">${id}</t:${kind}>`;
  const told = (item: XmlElement, kind: string): unknown => {
    const found = child(item, kind);
    return found && [found.attributes['IsExplicit'], found.text];
  };

  it.each([['PolicyTag', '1 Month Delete'], ['ArchiveTag', 'Personal 5 year move to archive']])('%s of an item is set, told and taken away', async (kind, name) => {
    const tag = await idOfTag(name);
    const made = await alice().createMessage(`<t:Subject>kept</t:Subject>${element(kind, tag.toUpperCase())}`);
    expect(told(await alice().item(made), kind)).toEqual(['true', tag]);
    const { id, changeKey } = idOf((await alice().updateItem(made, deleteField(`item:${kind}`))).ok().first('ItemId'));
    expect(told(await alice().item({ id, changeKey }), kind)).toBeUndefined();
    await alice().updateItem({ id, changeKey }, setField(`item:${kind}`, element(kind, tag)));
    expect(told(await alice().item({ id, changeKey }), kind)).toEqual(['true', tag]);
  });

  it('of a folder', async () => {
    const tag = await idOfTag('1 Year Delete');
    const { id } = await alice().createFolder('Kept');
    (await alice().call(updateFolder(id, setFolderField('folder:PolicyTag', element('PolicyTag', tag))))).ok();
    expect(told((await alice().getFolder(id)).ok().first('Folders').children[0] as XmlElement, 'PolicyTag')).toEqual(['true', tag]);
  });

  it.each<[code: string, what: string, user: string, kind: string, tag: string, isExplicit: boolean]>([
    ['ErrorInvalidRetentionTagInheritance', 'one that is inherited', 'alice', 'PolicyTag', '1 Week Delete', false],
    ['ErrorInvalidRetentionTagIdGuid', 'nothing', 'alice', 'PolicyTag', '00000000-0000-0000-0000-000000000000', true],
    ['ErrorInvalidRetentionTagInvisible', 'one that nobody knows', 'alice', 'PolicyTag', '11111111-2222-3333-4444-555555555555', true],
    ['ErrorInvalidRetentionTagInvisible', 'one that people do not choose', 'alice', 'ArchiveTag', 'Default 2 years move to archive', true],
    ['ErrorInvalidRetentionTagTypeMismatch', 'one that archives', 'alice', 'PolicyTag', 'Personal 1 year move to archive', true],
    ['ErrorInvalidRetentionTagNone', 'any, in a mailbox without a policy', 'bob', 'PolicyTag', '1 Week Delete', true],
  ])('%s: %s', async (code, _what, user, kind, tag, isExplicit) => {
    const id = tag.includes('-') ? tag : await idOfTag(tag);
    const answer = await new EwsClient(ews, user).createItem(`<t:Message><t:Subject>x</t:Subject>${element(kind, id, isExplicit)}</t:Message>`);
    expect(answer.codes).toEqual([code]);
  });
});
