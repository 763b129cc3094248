import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, idOf, type Answer } from '../support/client.ts';
import { createFolders, named } from '../support/folders.ts';
import { forms } from '../support/forms.ts';
import { below, names, textAt, type XmlElement } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const permission = (user: string, more: string, level = 'Custom'): string => `<t:Permission><t:UserId>${user}</t:UserId>${more}<t:PermissionLevel>${level}</t:PermissionLevel></t:Permission>`;
const permissions = (...all: string[]): string => `<t:PermissionSet><t:Permissions>${all.join('')}</t:Permissions></t:PermissionSet>`;
const carol = '<t:PrimarySmtpAddress>carol@example.test</t:PrimarySmtpAddress>';
const make = (set: string, kind = 'Folder'): Promise<Answer> => alice.call(createFolders('inbox', named('New', kind, '', set)));
const heads = (answer: Answer): (string | undefined)[] => answer.messages.flatMap((one) => [one.attributes['ResponseClass'], textAt(one, 'ResponseCode')]);
const setOf = async (made: Answer): Promise<XmlElement> => (await alice.getFolder(idOf(made.ok().first('FolderId')).id, 'IdOnly', ['folder:PermissionSet'])).ok().first('PermissionSet');
const hers = (set: XmlElement): XmlElement => {
  const found = below(set, 'Permissions').children.find((one) => textAt(one, 'UserId', 'PrimarySmtpAddress') === 'carol@example.test');
  if (!found) throw new Error('carol has no permission');
  return found;
};

describe('the elements of a permission', () => {
  const action = /^(?:None|Owned|All)$/;
  it.each([
    ['MS-OXWSFOLD_R45, MS-OXWSFOLD_R4601, MS-OXWSFOLD_R460101, MS-OXWSFOLD_R460102', 'CanCreateItems', forms.boolean, 'true', 'false'],
    ['MS-OXWSFOLD_R47, MS-OXWSFOLD_R4703, MS-OXWSFOLD_R470301, MS-OXWSFOLD_R470302', 'CanCreateSubFolders', forms.boolean, 'true', 'false'],
    ['MS-OXWSFOLD_R48, MS-OXWSFOLD_R4803, MS-OXWSFOLD_R480301, MS-OXWSFOLD_R480302', 'IsFolderOwner', forms.boolean, 'true', 'false'],
    ['MS-OXWSFOLD_R49, MS-OXWSFOLD_R4903, MS-OXWSFOLD_R490301, MS-OXWSFOLD_R490302', 'IsFolderVisible', forms.boolean, 'true', 'false'],
    ['MS-OXWSFOLD_R50, MS-OXWSFOLD_R5003, MS-OXWSFOLD_R500301, MS-OXWSFOLD_R500302', 'IsFolderContact', forms.boolean, 'true', 'false'],
    ['MS-OXWSFOLD_R5102, MS-OXWSFOLD_R510201, MS-OXWSFOLD_R510202', 'EditItems', action, 'All', 'None'],
    ['MS-OXWSFOLD_R5202, MS-OXWSFOLD_R520201, MS-OXWSFOLD_R520202', 'DeleteItems', action, 'Owned', 'None'],
    ['MS-OXWSFOLD_R122, MS-OXWSFOLD_R1223, MS-OXWSFOLD_R122301, MS-OXWSFOLD_R122302', 'ReadItems', /^(?:None|FullDetails)$/, 'FullDetails', 'None'],
  ])('%s: %s may be there or not, and is told in its type', async (_requirements, element, form, value, absent) => {
    for (const [more, expected] of [[`<t:${element}>${value}</t:${element}>`, value], ['', absent]] as const) {
      const made = await make(permissions(permission(carol, more)));
      expect(heads(made)).toEqual(['Success', 'NoError']);
      const text = textAt(hers(await setOf(made)), element);
      expect([text, form.test(text ?? '')]).toEqual([expected, true]);
      await ews.reset();
    }
  });

  it('MS-OXWSFOLD_R1232, MS-OXWSFOLD_R123201: PermissionLevel is taken and told', async () => {
    const made = await make(permissions(permission(carol, '', 'Editor')));
    expect(heads(made)).toEqual(['Success', 'NoError']);
    expect(textAt(hers(await setOf(made)), 'PermissionLevel')).toBe('Editor');
  });

  it('a permission without its level is not what the schema has', async () => {
    const made = await make(permissions(`<t:Permission><t:UserId>${carol}</t:UserId></t:Permission>`));
    expect(made.fault).toBe('ErrorSchemaValidation');
  });
});

describe('PermissionSet', () => {
  const whole = ['UserId', 'CanCreateItems', 'CanCreateSubFolders', 'IsFolderOwner', 'IsFolderVisible', 'IsFolderContact', 'EditItems', 'DeleteItems', 'ReadItems', 'PermissionLevel'];

  it.each([
    ['MS-OXWSFOLD_R98, MS-OXWSFOLD_R9803, MS-OXWSFOLD_R980301, MS-OXWSFOLD_R120302', 'Folder'],
    ['MS-OXWSCONT_R217', 'ContactsFolder'],
    ['a folder of tasks too', 'TasksFolder'],
  ])('%s: the PermissionSet of a %s is one of Permissions', async (_requirements, kind) => {
    const made = await make(permissions(permission(carol, '', 'Author'), permission('<t:DistinguishedUser>Default</t:DistinguishedUser>', '', 'Reviewer')), kind);
    expect(heads(made)).toEqual(['Success', 'NoError']);
    const set = await setOf(made);
    expect([names(set), names(hers(set))]).toEqual([['Permissions'], whole]);
  });

  it('MS-OXWSFOLD_R9802, MS-OXWSFOLD_R1182: it has all permissions of the folder', async () => {
    const set = await setOf(await make(permissions(permission(carol, '', 'Author'), permission('<t:DistinguishedUser>Default</t:DistinguishedUser>', '', 'Reviewer'), permission('<t:DistinguishedUser>Anonymous</t:DistinguishedUser>', '', 'Contributor'))));
    const told = below(set, 'Permissions').children.map((one) => [textAt(one, 'UserId', 'PrimarySmtpAddress') ?? textAt(one, 'UserId', 'DistinguishedUser'), textAt(one, 'PermissionLevel')]);
    expect(told).toEqual([['carol@example.test', 'Author'], ['Default', 'Reviewer'], ['Anonymous', 'Contributor']]);
  });

  it.each([
    ['Folder', 'Permissions'], ['CalendarFolder', 'CalendarPermissions'],
  ])('MS-OXWSFOLD_R1203: UnknownEntries of a %s are the SIDs of those who are not in the directory any more', async (kind, container) => {
    const set = (...levels: string[]): string => permissions(...levels).replaceAll('Permissions>', `${container}>`);
    const one = (who: string): string => permission(`<t:PrimarySmtpAddress>${who}</t:PrimarySmtpAddress>`, '', 'Author').replaceAll('t:Permission>', `t:${container.slice(0, -1)}>`).replaceAll('PermissionLevel>', `${container.slice(0, -1)}Level>`);
    const made = await make(set(one('carol@example.test'), one('dave@example.test')), kind);
    const dave = ews.organization.directory.byAddress('dave@example.test');
    ews.organization.directory.remove(dave?.id ?? '');
    const told = await setOf(made);
    expect([names(told), names(below(told, 'UnknownEntries')), textAt(told, 'UnknownEntries', 'UnknownEntry')]).toEqual([[container, 'UnknownEntries'], ['UnknownEntry'], dave?.sid]);
    expect(below(told, container).children.map((entry) => textAt(entry, 'UserId', 'PrimarySmtpAddress'))).toEqual(['carol@example.test']);
  });

  it('MS-OXWSFOLD_R980302: a folder is made without any', async () => {
    const made = await make('');
    expect(heads(made)).toEqual(['Success', 'NoError']);
    // It has those of where it is.
    expect(names(await setOf(made))).toEqual(['Permissions']);
  });
});

describe('UserId', () => {
  it('MS-OXWSFOLD_R4302, MS-OXWSCDATA_R1298, MS-OXWSCDATA_R1299, MS-OXWSCDATA_R1300: tells the SID, the address and the name of who has the permission', async () => {
    const user = below(hers(await setOf(await make(permissions(permission(carol, '', 'Author'))))), 'UserId');
    expect(names(user)).toEqual(['SID', 'PrimarySmtpAddress', 'DisplayName']);
    const entry = ews.organization.directory.byAddress('carol@example.test');
    expect([textAt(user, 'PrimarySmtpAddress'), textAt(user, 'DisplayName'), textAt(user, 'SID')]).toEqual(['carol@example.test', entry?.displayName, entry?.sid]);
    expect(textAt(user, 'SID')).toMatch(forms.sid);
  });

  it('MS-OXWSCDATA_R1298: the SID alone says who it is', async () => {
    const sid = ews.organization.directory.byAddress('carol@example.test')?.sid ?? '';
    expect(textAt(hers(await setOf(await make(permissions(permission(`<t:SID>${sid}</t:SID>`, '', 'Author'))))), 'PermissionLevel')).toBe('Author');
  });

  it.each(['Default', 'Anonymous'])('MS-OXWSCDATA_R1301: %s is a DistinguishedUser', async (name) => {
    const set = await setOf(await make(permissions(permission(`<t:DistinguishedUser>${name}</t:DistinguishedUser>`, '', 'Reviewer'))));
    expect(below(set, 'Permissions').children.map((one) => [names(below(one, 'UserId')), textAt(one, 'UserId', 'DistinguishedUser'), textAt(one, 'PermissionLevel')])).toEqual([[['DistinguishedUser'], name, 'Reviewer']]);
  });

  it('nobody of that address is refused', async () => {
    expect((await make(permissions(permission('<t:PrimarySmtpAddress>nobody@example.test</t:PrimarySmtpAddress>', '', 'Author')))).codes).toEqual(['ErrorInvalidUserInfo']);
  });
});
