import { encode, ephemeralEntryId, errorCode, nspiRequestTypes, permanentEntryId, stat } from '@fauxchange/mapi-wire';
import fc from 'fast-check';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { AddressBookClient, cells, newStat, tag } from './support/address-book.ts';

let mapi: MapiHttpEmulator;
let book: AddressBookClient;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator({ seed: 'empty' });
});
beforeEach(async () => {
  await mapi.reset();
  book = await new AddressBookClient(mapi).bind();
});
afterAll(() => mapi.close());

const unicodePage = 0x4b0;
const accessDenied = 0x8007_0005;
const invalidParameter = 0x8007_0057;
const entryOf = (name: string) => mapi.organization.directory.byAddress(name.includes('@') ? name : `${name}@example.test`);
const permanent = (name: string, DisplayType = 0): Uint8Array => encode(permanentEntryId, { DisplayType, DistinguishedName: book.dnOf(name) });
/** As the server tells it. */
const ephemeral = async (name: string, DisplayType?: number): Promise<Uint8Array> => {
  const { PropertyValues } = await book.call('GetProps', { Flags: 2, State: newStat({ CurrentRec: await book.midOf(name) }), PropertyTags: [tag.entryId] });
  const bytes = new Uint8Array(PropertyValues?.[0]?.value as Uint8Array);
  if (DisplayType !== undefined) bytes[24] = DisplayType;
  return bytes;
};
const linkedTo = async (name: string, ContainerID: number): Promise<readonly unknown[]> => cells((await book.call('GetMatches', { State: newStat({ SortType: 0x3e8, ContainerID, CurrentRec: await book.midOf(name) }), Columns: [tag.displayName] })).ColumnsAndRows?.RowData).flat();

describe('ModLinkAtt', () => {
  const change = async (name: string, PropertyTag: number, EntryIds: readonly Uint8Array[] | null, Flags = 0, by = book) => (await by.call('ModLinkAtt', { Flags, PropertyTag, MinimalId: name === '' ? 0x9999 : await by.midOf(name), EntryIds })).ErrorCode;
  const team = ['Alice Archer', 'Bob Baker', 'Carol Chaudhry'];

  it('MS-OXNSPI_R129 MS-OXNSPI_R1306 MS-OXNSPI_R1335 MS-OXNSPI_R1340 MS-OXNSPI_R1893 MS-OXCMAPIHTTP_R724 MS-OXCMAPIHTTP_R1333 MS-OXCMAPIHTTP_R740 MS-OXCMAPIHTTP_R746: an owner adds members', async () => {
    expect(await change('team', tag.member, [permanent('dave'), await ephemeral('frank@contoso.test'), permanent('dave')])).toBe(0);
    expect(await linkedTo('team', tag.member)).toEqual([...team, 'Dave Dürrenmatt', 'Frank Fischer']);
    expect(await linkedTo('everyone', tag.member)).toHaveLength(3);
  });

  it('MS-OXNSPI_R128 MS-OXNSPI_R1332: and removes them', async () => {
    expect(await change('team', tag.member, [permanent('bob'), await ephemeral('alice')], 1)).toBe(0);
    expect(await linkedTo('team', tag.member)).toEqual(['Carol Chaudhry']);
    expect(await change('team', tag.member, [permanent('carol'), permanent('dave')], 1)).toBe(0);
    expect(await linkedTo('team', tag.member)).toEqual([]);
  });

  it('MS-OXNSPI_R2002 MS-OXCMAPIHTTP_R1335: who may send on behalf of the caller', async () => {
    expect(await change('alice', tag.publicDelegates, [permanent('bob')])).toBe(0);
    expect(await linkedTo('alice', tag.publicDelegates)).toEqual(['Bob Baker', 'Carol Chaudhry']);
    expect(mapi.organization.directory.grants(entryOf('alice')?.id ?? '', entryOf('bob')?.id ?? '')).toEqual(['sendOnBehalf']);
    expect(await change('alice', tag.publicDelegates, [permanent('bob'), permanent('carol')], 1)).toBe(0);
    expect(await linkedTo('alice', tag.publicDelegates)).toEqual([]);
  });

  it('MS-OXNSPI_R1665 MS-OXNSPI_R1666: whatever entry ids say of display types', async () => {
    for (const kind of [0, 5, 0x100]) {
      expect(await change('team', tag.member, [permanent('dave', kind), await ephemeral('frank@contoso.test', kind % 256)])).toBe(0);
      expect(await linkedTo('team', tag.member)).toEqual([...team, 'Dave Dürrenmatt', 'Frank Fischer']);
      expect(await change('team', tag.member, [permanent('dave', kind), await ephemeral('frank@contoso.test', kind % 256)], 1)).toBe(0);
      expect(await linkedTo('team', tag.member)).toEqual(team);
    }
  });

  it('MS-OXNSPI_R1927 MS-OXCMAPIHTTP_R1325: flags that there are not make no difference', async () => {
    expect(await change('team', tag.member, [permanent('dave')], 0x8000_0010)).toBe(0);
    expect(await linkedTo('team', tag.member)).toEqual([...team, 'Dave Dürrenmatt']);
  });

  const otherServer = encode(ephemeralEntryId, { ProviderUid: '00112233445566778899aabbccddeeff', DisplayType: 0, MinimalId: 0x10 });
  it.each<[string, string, number, () => readonly Uint8Array[] | null, number]>([
    ['MS-OXNSPI_R1326: a property that cannot be changed so', 'team', tag.displayName, () => [permanent('dave')], errorCode.NotFound],
    ['a property that there is not', 'team', 0x6666_000d, () => [permanent('dave')], errorCode.NotFound],
    ['a link that cannot be changed', 'bob', tag.manager, () => [permanent('dave')], errorCode.NotFound],
    ['MS-OXNSPI_R1328: nobody', '', tag.member, () => [permanent('dave')], invalidParameter],
    ['no entry ids', 'team', tag.member, () => null, invalidParameter],
    ['MS-OXNSPI_R1646 MS-OXNSPI_R1647: members of a user', 'alice', tag.member, () => [permanent('dave')], accessDenied],
    ['MS-OXNSPI_R1646 MS-OXNSPI_R1647: delegates of a group', 'team', tag.publicDelegates, () => [permanent('dave')], accessDenied],
    ['MS-OXNSPI_R1338: somebody that there is not', 'team', tag.member, () => [permanent('bob'), permanent('nobody')], accessDenied],
    ['bytes that are no entry id', 'team', tag.member, () => [new Uint8Array([1, 2, 3])], accessDenied],
    ["another server's entry id", 'team', tag.member, () => [otherServer], accessDenied],
    ["MS-OXCDATA_R907 MS-OXCDATA_R908: somebody else's delegates", 'bob', tag.publicDelegates, () => [permanent('dave')], accessDenied],
    ["a group that is not the caller's", 'everyone', tag.member, () => [permanent('carol')], accessDenied],
  ])('%s', async (_what, name, property, entryIds, code) => {
    const before = mapi.organization.directory.list();
    expect(await change(name, property, entryIds())).toBe(code);
    expect(mapi.organization.directory.list()).toEqual(before);
  });

  it('not by a member who is no owner, nor through a group that is one', async () => {
    const bob = await new AddressBookClient(mapi, 'bob').bind();
    expect(await change('team', tag.member, [permanent('dave')], 0, bob)).toBe(accessDenied);
    mapi.organization.directory.update(entryOf('everyone')?.id ?? '', { owners: [entryOf('team')?.id ?? ''] });
    expect(await change('everyone', tag.member, [permanent('carol')], 0, bob)).toBe(accessDenied);
  });
});

describe('ModProps', () => {
  const certificate = (byte: number): Uint8Array => new Uint8Array([0x30, 1, byte]);
  const modify = async (changes: Parameters<typeof book.call<'ModProps'>>[1]) => (await book.call('ModProps', { State: newStat({ CurrentRec: await book.midOf('alice') }), PropertyTags: [], ...changes })).ErrorCode;
  const certificatesOf = async (name: string) => ((await book.call('GetProps', { State: newStat({ CurrentRec: await book.midOf(name) }), PropertyTags: [tag.userCertificate, tag.smimeCertificate] })).PropertyValues ?? []).map(({ value }) => value);
  const none = [errorCode.NotFound, errorCode.NotFound];

  it('MS-OXNSPI_R1267 MS-OXNSPI_R1268 MS-OXNSPI_R1305 MS-OXPROPS_R5309 MS-OXPROPS_R5310 MS-OXPROPS_R8875 MS-OXPROPS_R8876: certificates are set, and removed', async () => {
    expect(await certificatesOf('alice')).toEqual(none);
    const [first, second] = [[certificate(1), certificate(2)], [certificate(3)]];
    expect(await modify({ PropertyTags: [tag.userCertificate], PropertyValues: [{ tag: tag.userCertificate, value: first }, { tag: tag.smimeCertificate, value: second }] })).toBe(0);
    expect(await certificatesOf('alice')).toEqual([first, second]);
    expect(await modify({ PropertyTags: [tag.userCertificate], PropertyValues: null })).toBe(0);
    expect(await certificatesOf('alice')).toEqual([errorCode.NotFound, second]);
    expect(await modify({ PropertyTags: [tag.userCertificate, tag.smimeCertificate], PropertyValues: [{ tag: tag.smimeCertificate, value: [] }] })).toBe(0);
    expect(await certificatesOf('alice')).toEqual(none);
  });

  it('MS-OXNSPI_R1289: what is reserved is not looked at', async () => {
    expect(await modify({ Reserved: 1, PropertyValues: [{ tag: tag.userCertificate, value: [certificate(1)] }] })).toBe(0);
    expect(await certificatesOf('alice')).toEqual([[certificate(1)], errorCode.NotFound]);
  });

  it.each<[string, () => Promise<Parameters<typeof book.call<'ModProps'>>[1]>, number]>([
    ['MS-OXNSPI_R1280: no code page', async () => ({ State: newStat({ CodePage: unicodePage }) }), errorCode.NotSupported],
    ['MS-OXNSPI_R1291 MS-OXCDATA_R903 MS-OXCDATA_R904: no tags', async () => ({ PropertyTags: null }), invalidParameter],
    ['MS-OXNSPI_R1293: nobody', async () => ({ State: newStat({ CurrentRec: 0x9999 }) }), invalidParameter],
    ['no state', async () => ({ State: null }), invalidParameter],
    ['somebody else', async () => ({ State: newStat({ CurrentRec: await book.midOf('bob') }) }), accessDenied],
    ['a group', async () => ({ State: newStat({ CurrentRec: await book.midOf('team') }) }), accessDenied],
    ['a property that cannot be written', async () => ({ PropertyTags: [tag.displayName] }), accessDenied],
    ['a value that cannot be written', async () => ({ PropertyValues: [{ tag: tag.userCertificate, value: [certificate(1)] }, { tag: tag.displayName, value: 'Mallory' }] }), accessDenied],
    ['a type that it has not', async () => ({ PropertyTags: [0x8c6a_0102] }), accessDenied],
    ['a certificate that is too large', async () => ({ PropertyValues: [{ tag: tag.userCertificate, value: [new Uint8Array(40_000)] }] }), accessDenied],
    ['a certificate of no bytes', async () => ({ PropertyValues: [{ tag: tag.userCertificate, value: [new Uint8Array(0)] }] }), accessDenied],
  ])('MS-OXNSPI_R1284: %s', async (_what, changes, code) => {
    const before = mapi.organization.directory.list();
    expect(await modify({ PropertyValues: [{ tag: tag.userCertificate, value: [certificate(1)] }], ...(await changes()) })).toBe(code);
    expect(mapi.organization.directory.list()).toEqual(before);
  });
});

describe('GetTemplateInfo', () => {
  const info = (changes: Parameters<typeof book.call<'GetTemplateInfo'>>[1]) => book.call('GetTemplateInfo', changes);
  /** Its controls: kind, property, text. */
  const controlsOf = (bytes: Uint8Array): readonly (readonly [number, number, string])[] => {
    const data = Buffer.from(bytes);
    expect(data.readUInt32LE(0)).toBe(1);
    return Array.from({ length: data.readUInt32LE(4) }, (_, at) => {
      const row = data.subarray(8 + 36 * at, 44 + 36 * at);
      const from = row.readUInt32LE(32);
      return [row.readUInt32LE(16), row.readUInt32LE(24), data.toString('latin1', from, data.indexOf(0, from))];
    });
  };

  it('MS-OXNSPI_R120 MS-OXNSPI_R1444 MS-OXNSPI_R1492 MS-OXCMAPIHTTP_R683 MS-OXCMAPIHTTP_R718: the template of a user', async () => {
    const { ErrorCode, CodePage, Row } = await info({});
    expect([ErrorCode, CodePage, Row?.map((one) => one.tag)]).toEqual([0, 1252, [0x0001_0102]]);
    const controls = controlsOf(Row?.[0]?.value as Uint8Array);
    expect(controls.filter(([kind]) => kind === 8).map(([, , text]) => text)).toEqual(['General', 'Organization', 'Phone', 'Member Of', 'E-mail Addresses']);
    expect(controls).toEqual(expect.arrayContaining([[1, tag.displayName8, '*'], [2, tag.manager, '*'], [2, tag.reports, '*'], [11, 0x800f_101e, '*']]));
  });

  it.each([[0], [1], [2], [6]])('shows what entries of display type %i may have', async (DisplayType) => {
    const { Row } = await info({ DisplayType });
    const { Columns } = await book.call('QueryColumns', { MapiFlags: 0 });
    const shown = controlsOf(Row?.[0]?.value as Uint8Array).map(([, property]) => property).filter((property) => property !== 0);
    expect(Columns).toEqual(expect.arrayContaining(shown));
  });

  it('MS-OXNSPI_R1692 MS-OXCMAPIHTTP_R1324: flags that there are not make no difference', async () => {
    for (const Flags of [0x3, 0x101, 0x8000_0001]) expect(await info({ Flags })).toEqual(await info({}));
    expect(await info({ Flags: 0x8000_0000 })).toMatchObject({ ErrorCode: 0, Row: [] });
  });

  it('MS-OXNSPI_R1982 MS-OXNSPI_R1983: beside a name, neither type nor language is looked at', async () => {
    const named = await info({ TemplateDn: '/o=First Organization/cn=nothing' });
    expect(named).toMatchObject({ ErrorCode: 0x8004_011f, Row: null });
    expect(await info({ TemplateDn: '/o=First Organization/cn=nothing', DisplayType: 0x100 })).toEqual(named);
    expect(await info({ TemplateDn: '/o=First Organization/cn=nothing', LocaleId: 0x40c })).toEqual(named);
  });

  it.each<[string, Parameters<typeof book.call<'GetTemplateInfo'>>[1], number]>([
    ['MS-OXNSPI_R1467: no code page', { CodePage: unicodePage }, 0x8004_011e],
    ['MS-OXNSPI_R1469: one that is not known', { CodePage: 3 }, 0x8004_011e],
    ['MS-OXNSPI_R1476 MS-OXCDATA_R975 MS-OXCDATA_R976: a language without templates', { LocaleId: 0xffff }, 0x8004_011f],
    ['a display type without a template', { DisplayType: 0x200 }, 0x8004_011f],
  ])('MS-OXNSPI_R1462: %s', async (_what, changes, ErrorCode) => {
    expect(await info(changes)).toMatchObject({ ErrorCode, Row: null });
  });
});

describe('URLs', () => {
  const mailboxId = (name: string): string => `${entryOf(name)?.mailboxGuid ?? ''}@example.test`;
  const serverDn = (server: string): string => `/o=First Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Configuration/cn=Servers/cn=${server}`;

  it('MS-OXCMAPIHTTP_R1089: of a mailbox, which answers there', async () => {
    const { ErrorCode, ServerUrl } = await book.call('GetMailboxUrl', { ServerDn: serverDn(mailboxId('alice')) });
    expect([ErrorCode, ServerUrl]).toEqual([0, `${mapi.url}/mapi/emsmdb/?MailboxId=${mailboxId('alice')}`]);
  });

  it('MS-OXCMAPIHTTP_R1106: of the address book', async () => {
    expect(await book.call('GetAddressBookUrl', { UserDn: book.dnOf('bob') })).toMatchObject({ ErrorCode: 0, ServerUrl: `${mapi.url}/mapi/nspi/?MailboxId=${mailboxId('bob')}` });
  });

  it('by the name that the client has for the server', async () => {
    const body = encode(nspiRequestTypes.GetAddressBookUrl.request, { Flags: 0, UserDn: book.dnOf('bob'), AuxiliaryBuffer: new Uint8Array(0) });
    const answer = await book.client.send('GetAddressBookUrl', body, { Host: 'mail.example.test' });
    expect(answer.body.toString('utf16le', 8)).toContain('http://mail.example.test/mapi/nspi/?MailboxId=');
  });

  it.each([['GetMailboxUrl of a server that there is not', 'GetMailboxUrl', { ServerDn: serverDn('00000000-0000-0000-0000-000000000000@example.test') }], ['GetMailboxUrl of what is no server', 'GetMailboxUrl', { ServerDn: '' }], ['GetAddressBookUrl of nobody', 'GetAddressBookUrl', { UserDn: '/o=x/cn=nobody' }], ['GetAddressBookUrl of who has no mailbox', 'GetAddressBookUrl', { UserDn: '' }]] as const)('%s', async (_what, name, changes) => {
    expect(await book.call(name, changes)).toMatchObject({ ErrorCode: errorCode.NotFound, ServerUrl: '' });
  });

  it('nothing of it without a session', async () => {
    await expect(new AddressBookClient(mapi).call('GetAddressBookUrl', { UserDn: book.dnOf('bob') })).rejects.toThrow('X-ResponseCode 13');
  });
});

describe('any bytes', () => {
  it.each(Object.keys(nspiRequestTypes).filter((name) => name !== 'Bind' && name !== 'Unbind'))('%s is answered, or refused as no body', async (name) => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 120 }), fc.nat(40), async (bytes, kept) => {
      // The beginning as clients send it, so that some of them get far.
      const head = [...new Uint8Array(4), 0xff, ...encode(stat, newStat())].slice(0, kept);
      const { status, code } = await book.client.send(name, Uint8Array.from([...head, ...bytes]));
      expect([status, [0, 12].includes(code)]).toEqual([200, true]);
    }), { numRuns: 40, seed: 7 });
  });
});
