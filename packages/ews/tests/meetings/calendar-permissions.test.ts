import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { CalendarClient } from '../support/calendar.ts';
import { EwsClient, idOf, type Answer, type Id } from '../support/client.ts';
import { setCalendar, span, texts } from '../support/meetings.ts';
import { folderRef } from '../support/soap.ts';
import { below, child, names, textAt, type XmlElement } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let carol: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2027, 0, 5, 9), frozen: true }), seed: 'empty' });
  [alice, carol] = [new EwsClient(ews), new EwsClient(ews, 'carol')];
  await alice.folderId('calendar');
}, 60_000);
afterEach(() => ews.reset());
afterAll(() => ews.close());

const carols = '<t:UserId><t:PrimarySmtpAddress>carol@example.test</t:PrimarySmtpAddress></t:UserId>';
const permission = (level: string, more = '', read = ''): string => `<t:CalendarPermission>${carols}${more}${read}<t:CalendarPermissionLevel>${level}</t:CalendarPermissionLevel></t:CalendarPermission>`;
const nobody = '<t:CalendarPermission><t:UserId><t:DistinguishedUser>Default</t:DistinguishedUser></t:UserId><t:CalendarPermissionLevel>None</t:CalendarPermissionLevel></t:CalendarPermission>';
const permissionSet = (inner: string): string => `<t:PermissionSet><t:CalendarPermissions>${nobody}${inner}</t:CalendarPermissions></t:PermissionSet>`;
const tryFolder = (inner: string): Promise<Answer> => alice.call(`<m:CreateFolder><m:ParentFolderId><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderId><m:Folders><t:CalendarFolder><t:DisplayName>Shared</t:DisplayName>${inner}</t:CalendarFolder></m:Folders></m:CreateFolder>`);
/** A calendar that carol has that permission on, and nobody else has any. */
const share = async (level: string, more = '', read = ''): Promise<string> => idOf((await tryFolder(permissionSet(permission(level, more, read)))).ok().first('FolderId')).id;
const shown = async (id: string): Promise<XmlElement> => (await alice.getFolder(id, 'AllProperties', ['folder:PermissionSet'])).ok().first('CalendarFolder');
const hersIn = (folder: XmlElement): XmlElement => {
  const found = below(folder, 'CalendarPermissions').children.find((one) => textAt(one, 'UserId', 'PrimarySmtpAddress') === 'carol@example.test');
  if (!found) throw new Error('carol has no permission');
  return found;
};
const hers = async (id: string): Promise<XmlElement> => hersIn(await shown(id));

const levels = ['Author', 'Contributor', 'Custom', 'Editor', 'FreeBusyTimeAndSubjectAndLocation', 'FreeBusyTimeOnly', 'None', 'NoneditingAuthor', 'Owner', 'PublishingAuthor', 'PublishingEditor', 'Reviewer'];
const reads = ['None', 'TimeOnly', 'TimeAndSubjectAndLocation', 'FullDetails'];
const boolean = /^(true|false)$/;
const action = /^(None|Owned|All)$/;

describe('a calendar folder', () => {
  it('MS-OXWSMTGS_R507: is a folder like others; MS-OXWSMTGS_R143: with its permissions after what every folder has', async () => {
    const folder = await shown(await share('Owner'));
    expect(names(folder)).toEqual(['FolderId', 'ParentFolderId', 'FolderClass', 'DisplayName', 'TotalCount', 'ChildFolderCount', 'EffectiveRights', 'PermissionSet']);
    expect(texts(folder, 'FolderClass', 'DisplayName', 'TotalCount', 'ChildFolderCount')).toEqual(['IPF.Appointment', 'Shared', '0', '0']);
  });
  it('MS-OXWSMTGS_R146: PermissionSet is of calendar permissions; MS-OXWSMTGS_R147: all that there are', async () => {
    const set = below(await shown(await share('Reviewer')), 'PermissionSet');
    expect(names(set)).toEqual(['CalendarPermissions']);
    expect(below(set, 'CalendarPermissions').children.map((one) => [textAt(one, 'UserId', 'DistinguishedUser') ?? textAt(one, 'UserId', 'PrimarySmtpAddress'), textAt(one, 'CalendarPermissionLevel')])).toEqual(expect.arrayContaining([['Default', 'None'], ['carol@example.test', 'Reviewer']]));
  });
  it('MS-OXWSMTGS_R237, MS-OXWSMTGS_R238: they are a list of CalendarPermission; MS-OXWSMTGS_R239: one for everybody who has one', async () => {
    const set = below(await shown(await share('Editor')), 'PermissionSet');
    const list = below(set, 'CalendarPermissions');
    expect([names(set), new Set(names(list))]).toEqual([['CalendarPermissions'], new Set(['CalendarPermission'])]);
    expect(list.children.filter((one) => textAt(one, 'UserId', 'PrimarySmtpAddress') === 'carol@example.test').length).toBe(1);
  });
  it('MS-OXWSMTGS_R534: each has what every permission has; MS-OXWSMTGS_R243: and what of a calendar may be read, and its level', async () => {
    const one = await hers(await share('Author'));
    expect(names(one)).toEqual(['UserId', 'CanCreateItems', 'CanCreateSubFolders', 'IsFolderOwner', 'IsFolderVisible', 'IsFolderContact', 'EditItems', 'DeleteItems', 'ReadItems', 'CalendarPermissionLevel']);
    for (const name of names(one).slice(1, 6)) expect(textAt(one, name)).toMatch(boolean);
    for (const name of ['EditItems', 'DeleteItems']) expect(textAt(one, name)).toMatch(action);
    expect([reads.includes(textAt(one, 'ReadItems') ?? ''), levels.includes(textAt(one, 'CalendarPermissionLevel') ?? '')]).toEqual([true, true]);
  });
  it('MS-OXWSMTGS_R248: a permission without its level is refused', async () => {
    expect((await tryFolder(permissionSet(`<t:CalendarPermission>${carols}</t:CalendarPermission>`))).fault).toBe('ErrorSchemaValidation');
    expect(child(await hers(await share('None')), 'CalendarPermissionLevel')?.text).toBe('None');
  });
  it('MS-OXWSMTGS_R1046: SharingEffectiveRights, one of four words, is read-only', async () => {
    for (const word of reads) {
      const answer = await tryFolder(`<t:SharingEffectiveRights>${word}</t:SharingEffectiveRights>`);
      expect([answer.codes, answer.first('FieldURI').attributes['FieldURI']]).toEqual([['ErrorInvalidPropertySet'], 'folder:SharingEffectiveRights']);
    }
    expect((await tryFolder('<t:SharingEffectiveRights>Everything</t:SharingEffectiveRights>')).fault).toBe('ErrorSchemaValidation');
  });
});

describe('levels', () => {
  const wholly = '<t:CanCreateItems>true</t:CanCreateItems><t:CanCreateSubFolders>true</t:CanCreateSubFolders><t:IsFolderVisible>true</t:IsFolderVisible>';

  it('MS-OXWSMTGS_R86, MS-OXWSMTGS_R246: are of twelve names; MS-OXWSMTGS_R247: each is kept', async () => {
    const kept: (string | undefined)[] = [];
    for (const level of levels) {
      kept.push(textAt(await hers(await share(level, level === 'Custom' ? wholly : '')), 'CalendarPermissionLevel'));
      await ews.reset();
    }
    expect(kept).toEqual(levels);
    expect((await tryFolder(permissionSet(permission('Guest')))).fault).toBe('ErrorSchemaValidation');
  });
  it('MS-OXWSMTGS_R102, MS-OXWSMTGS_R244: what may be read is of four names; MS-OXWSMTGS_R245: each is kept', async () => {
    const kept: (string | undefined)[] = [];
    for (const read of reads) {
      kept.push(textAt(await hers(await share('Custom', wholly, `<t:ReadItems>${read}</t:ReadItems>`)), 'ReadItems'));
      await ews.reset();
    }
    expect(kept).toEqual(reads);
    expect((await tryFolder(permissionSet(permission('Custom', '', '<t:ReadItems>Some</t:ReadItems>')))).fault).toBe('ErrorSchemaValidation');
  });
  it('MS-OXWSMTGS_R97: an Owner is owner of the folder and its contact', async () => {
    expect(texts(await hers(await share('Owner')), 'IsFolderOwner', 'IsFolderContact')).toEqual(['true', 'true']);
    await ews.reset();
    expect(texts(await hers(await share('PublishingEditor')), 'IsFolderOwner', 'IsFolderContact')).toEqual(['false', 'false']);
  });

  const done = async (answer: Promise<Answer>): Promise<boolean> => {
    const { codes } = await answer;
    if (codes.some((code) => code !== 'NoError' && !/AccessDenied|CannotDelete|NotFound/.test(code))) throw new Error(codes.join());
    return codes.every((code) => code === 'NoError');
  };
  /** What carol can do there: with an item of her own, with one of alice's, and below. */
  async function abilities(folder: string): Promise<Readonly<Record<string, string>>> {
    const [hersThere, his] = [new CalendarClient(carol), new CalendarClient(alice)];
    const item = `<t:Subject>Talk</t:Subject>${span('2027-02-02T10:00:00Z', '2027-02-02T11:00:00Z')}`;
    const other = await his.create(item, { folder });
    const created = await hersThere.tryCreate(item, { folder });
    const own: Id | undefined = created.codes[0] === 'NoError' ? idOf(created.first('ItemId')) : undefined;
    const fresh = ({ id }: Id): Id => ({ id }) as Id;
    const use = async (id: Id | undefined): Promise<string> => {
      if (!id) return '';
      const can: string[] = [];
      if (await done(hersThere.get(fresh(id)))) can.push('read');
      if (await done(hersThere.tryUpdate(fresh(id), setCalendar('Location', 'Roof')))) can.push('edit');
      if (await done(hersThere.tryRemove(fresh(id)))) can.push('delete');
      return can.join(' ');
    };
    const below = carol.call(`<m:CreateFolder><m:ParentFolderId>${folderRef(folder)}</m:ParentFolderId><m:Folders><t:CalendarFolder><t:DisplayName>Below</t:DisplayName></t:CalendarFolder></m:Folders></m:CreateFolder>`);
    return { create: String(own !== undefined), own: await use(own), others: await use(other), subfolders: String(await done(below)) };
  }
  const all = 'read edit delete';

  it.each<[level: string, create: string, own: string, others: string, subfolders: string, ids: string]>([
    ['Author', 'true', all, 'read', 'false', 'MS-OXWSMTGS_R88'],
    ['Editor', 'true', all, all, 'false', 'MS-OXWSMTGS_R91'],
    ['None', 'false', '', '', 'false', 'MS-OXWSMTGS_R94'],
    ['NoneditingAuthor', 'true', 'read delete', 'read', 'false', 'MS-OXWSMTGS_R95'],
    ['Owner', 'true', all, all, 'true', 'MS-OXWSMTGS_R96'],
    ['PublishingAuthor', 'true', all, 'read', 'true', 'MS-OXWSMTGS_R98'],
    ['PublishingEditor', 'true', all, all, 'true', 'MS-OXWSMTGS_R99'],
    ['Reviewer', 'false', '', 'read', 'false', 'MS-OXWSMTGS_R100'],
  ])('%s: creates %s, with items of her own "%s", with those of others "%s", makes folders %s (%s)', async (level, create, own, others, subfolders) => {
    expect(await abilities(await share(level))).toEqual({ create, own, others, subfolders });
  });
  it('MS-OXWSMTGS_R486: a Contributor creates items; MS-OXWSMTGS_R487: and sees none', async () => {
    const folder = await share('Contributor');
    const { create, own, others, subfolders } = await abilities(folder);
    expect([create, own, others, subfolders]).toEqual(['true', '', '', 'false']);
    const found = await carol.findItem(folder);
    expect(found.codes[0] === 'NoError' ? found.all('CalendarItem') : []).toEqual([]);
  });
  it('MS-OXWSMTGS_R90: Custom is what it says right by right', async () => {
    const folder = await share('Custom', '<t:CanCreateItems>false</t:CanCreateItems><t:CanCreateSubFolders>true</t:CanCreateSubFolders><t:IsFolderVisible>true</t:IsFolderVisible><t:EditItems>All</t:EditItems><t:DeleteItems>None</t:DeleteItems>', '<t:ReadItems>FullDetails</t:ReadItems>');
    expect(await abilities(folder)).toEqual({ create: 'false', own: '', others: 'read edit', subfolders: 'true' });
    expect(texts(await hers(folder), 'EditItems', 'DeleteItems', 'ReadItems', 'CalendarPermissionLevel')).toEqual(['All', 'None', 'FullDetails', 'Custom']);
  });
  it('MS-OXWSMTGS_R107: with FullDetails all of an appointment is to be read; MS-OXWSMTGS_R104: with None nothing of it', async () => {
    const details = `<t:Subject>Talk</t:Subject><t:Body BodyType="Text">all of it</t:Body>${span('2027-02-02T10:00:00Z', '2027-02-02T11:00:00Z')}<t:LegacyFreeBusyStatus>OOF</t:LegacyFreeBusyStatus><t:Location>Roof</t:Location>`;
    const seen = async (level: string): Promise<unknown> => {
      const folder = await share(level);
      const id = await new CalendarClient(alice).create(details, { folder });
      expect(textAt(await hers(folder), 'ReadItems')).toBe(level === 'Reviewer' ? 'FullDetails' : 'None');
      const answer = await new CalendarClient(carol).get(id);
      const [item] = answer.all('CalendarItem');
      return item ? texts(item, 'Subject', 'Body', 'Start', 'End', 'LegacyFreeBusyStatus', 'Location') : answer.messages[0]?.attributes['ResponseClass'];
    };
    expect(await seen('Reviewer')).toEqual(['Talk', 'all of it', '2027-02-02T10:00:00Z', '2027-02-02T11:00:00Z', 'OOF', 'Roof']);
    await ews.reset();
    expect(await seen('None')).toBe('Error');
  });
});
