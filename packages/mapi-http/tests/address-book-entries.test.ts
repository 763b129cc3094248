import { decode, encode, ephemeralEntryId, nspiRequestTypes, permanentEntryId, type PropertyValue, type Stat } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { AddressBookClient, cells, named, newStat, tag, valueIn } from './support/address-book.ts';

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
const notFound = 0x8004_010f;
const errorsReturned = 0x4_0380;
const propsOf = async (name: string, PropertyTags: readonly number[] | null, Flags = 0, changes: Partial<Stat> = {}) => book.call('GetProps', { Flags, State: newStat({ CurrentRec: await book.midOf(name), ...changes }), PropertyTags });
const valueOf = async (name: string, wanted: number): Promise<PropertyValue | undefined> => valueIn((await propsOf(name, [wanted])).PropertyValues ?? [], wanted) as PropertyValue | undefined;
const typeOf = (one: number): number => one & 0xffff;

describe('QueryColumns', () => {
  it('MS-OXNSPI_R801 MS-OXNSPI_R802 MS-OXNSPI_R820 MS-OXNSPI_R827 MS-OXNSPI_R115 MS-OXCMAPIHTTP_R865: all properties, text as Unicode', async () => {
    const { ErrorCode, Columns } = await book.call('QueryColumns');
    expect(ErrorCode).toBe(0);
    expect(Columns).toEqual(expect.arrayContaining([tag.displayName, tag.entryId, tag.smtpAddress, 0x800f_101f, tag.member, tag.smimeCertificate]));
    expect(Columns?.filter((one) => [0x1e, 0x101e].includes(typeOf(one)))).toEqual([]);
  });

  it('MS-OXNSPI_R116 MS-OXNSPI_R822: text as of 8 bits', async () => {
    const [unicode, eightBit] = [await book.call('QueryColumns'), await book.call('QueryColumns', { MapiFlags: 0 })];
    expect(eightBit.Columns).toEqual(unicode.Columns?.map((one) => ([0x1f, 0x101f].includes(typeOf(one)) ? one - 1 : one)));
  });

  it('MS-OXNSPI_R1922 MS-OXNSPI_R1923 MS-OXCMAPIHTTP_R1412: what is reserved, and flags that there are not, make no difference', async () => {
    const answer = await book.call('QueryColumns');
    expect(await book.call('QueryColumns', { Reserved: 1 })).toEqual(answer);
    expect(await book.call('QueryColumns', { MapiFlags: 0x8000_0001 })).toEqual(answer);
  });

  it('nothing is told that is not listed', async () => {
    const { Columns } = await book.call('QueryColumns', { MapiFlags: 0 });
    for (const name of ['alice', 'team', 'frank@contoso.test', 'room1']) {
      const { PropertyTags } = await book.call('GetPropList', { MinimalId: await book.midOf(name) });
      expect(Columns).toEqual(expect.arrayContaining([...(PropertyTags ?? [])]));
    }
  });
});

describe('GetPropList', () => {
  it('MS-OXNSPI_R828 MS-OXNSPI_R852 MS-OXNSPI_R854 MS-OXNSPI_R855 MS-OXNSPI_R858 MS-OXCMAPIHTTP_R558 MS-OXCMAPIHTTP_R583: what somebody has, text as of 8 bits', async () => {
    const { ErrorCode, PropertyTags } = await book.call('GetPropList', { MinimalId: await book.midOf('alice') });
    expect(ErrorCode).toBe(0);
    expect(PropertyTags).toEqual(expect.arrayContaining([tag.displayName8, tag.entryId, 0x3a06_001e, 0x800f_101e, tag.reports]));
    expect(PropertyTags?.filter((one) => [0x1f, 0x101f].includes(typeOf(one)))).toEqual([]);
    expect(PropertyTags).not.toContain(tag.manager);
    const { PropertyValues } = await propsOf('alice', PropertyTags);
    expect(PropertyValues?.map((one) => one.tag)).toEqual(PropertyTags);
  });

  it('MS-OXNSPI_R848 MS-OXNSPI_R104: without objects', async () => {
    const MinimalId = await book.midOf('team');
    const all = (await book.call('GetPropList', { MinimalId })).PropertyTags ?? [];
    const some = (await book.call('GetPropList', { MinimalId, Flags: 1 })).PropertyTags;
    expect(all).toEqual(expect.arrayContaining([tag.member, tag.containerContents]));
    expect(some).toEqual(all.filter((one) => typeOf(one) !== 0xd));
  });

  it('MS-OXNSPI_R1924 MS-OXCMAPIHTTP_R1321: flags that there are not make no difference', async () => {
    const MinimalId = await book.midOf('team');
    for (const Flags of [0x2, 0x10, 0x8000_0000]) expect(await book.call('GetPropList', { MinimalId, Flags })).toEqual(await book.call('GetPropList', { MinimalId }));
  });

  it('nobody, and no code page', async () => {
    expect(await book.call('GetPropList', { MinimalId: 0x9999 })).toMatchObject({ ErrorCode: 0, PropertyTags: [] });
    expect(await book.call('GetPropList', { MinimalId: await book.midOf('alice'), CodePage: unicodePage })).toMatchObject({ ErrorCode: 0x8004_0102, PropertyTags: null });
  });
});

describe('GetProps', () => {
  it('MS-OXNSPI_R859 MS-OXNSPI_R868 MS-OXNSPI_R886 MS-OXNSPI_R905 MS-OXNSPI_R911 MS-OXNSPI_R912 MS-OXNSPI_R913 MS-OXNSPI_R915 MS-OXCMAPIHTTP_R624 MS-OXPROPS_R6014 MS-OXPROPS_R6015: the properties that are asked for, in their order, twice where twice asked for', async () => {
    const answer = await propsOf('alice', [tag.smtpAddress, tag.displayName, tag.displayName8, tag.smtpAddress]);
    expect(answer).toMatchObject({ ErrorCode: 0, CodePage: 1252 });
    expect(answer.PropertyValues).toEqual([
      { tag: tag.smtpAddress, value: 'alice@example.test' }, { tag: tag.displayName, value: 'Alice Archer' }, { tag: tag.displayName8, value: 'Alice Archer' }, { tag: tag.smtpAddress, value: 'alice@example.test' },
    ]);
  });

  it('MS-OXNSPI_R1693: for who names none, those of GetPropList', async () => {
    for (const Flags of [0, 1]) {
      const { PropertyTags } = await book.call('GetPropList', { Flags, MinimalId: await book.midOf('team') });
      expect((await propsOf('team', null, Flags)).PropertyValues?.map((one) => one.tag)).toEqual(PropertyTags);
    }
  });

  it('MS-OXNSPI_R909 MS-OXNSPI_R910 MS-OXCDATA_R2054 MS-OXCDATA_R2055 MS-OXCDATA_R2070 MS-OXCDATA_R2071: what there is not is an error of its own', async () => {
    const answer = await propsOf('alice', [tag.manager, tag.displayName, 0x6666_001f]);
    expect(answer).toMatchObject({ ErrorCode: errorsReturned, PropertyValues: [{ tag: 0x8005_000a, value: notFound }, { tag: tag.displayName, value: 'Alice Archer' }, { tag: 0x6666_000a, value: notFound }] });
  });

  it.each([['MS-OXNSPI_R907 MS-OXNSPI_R2003005: nobody', 0x9999], ['MS-OXNSPI_R1985: the current row', 1], ['the beginning', 0], ['the end', 2]])('%s has nothing', async (_what, CurrentRec) => {
    const PropertyTags = [tag.displayName, tag.entryId];
    expect(await book.call('GetProps', { State: newStat({ CurrentRec }), PropertyTags })).toMatchObject({ ErrorCode: errorsReturned, PropertyValues: PropertyTags.map((one) => ({ tag: (one & ~0xffff) + 0xa >>> 0, value: notFound })) });
  });

  it('MS-OXNSPI_R2003005: a list that there is not makes no difference', async () => {
    expect(await propsOf('alice', [tag.manager], 0, { ContainerID: 0x9999 })).toMatchObject({ ErrorCode: errorsReturned });
  });

  it('MS-OXNSPI_R1925 MS-OXCMAPIHTTP_R1323: flags that there are not make no difference', async () => {
    for (const Flags of [0x4, 0x10, 0x8000_0000]) expect(await propsOf('team', null, Flags)).toEqual(await propsOf('team', null));
  });

  it.each<[string, readonly number[] | null, Partial<Stat> | null, number]>([
    ['MS-OXNSPI_R873 MS-OXNSPI_R877: text of 8 bits in no code page', [tag.displayName8], { CodePage: unicodePage }, 0x8004_0102],
    ['a list of its own making in no code page', null, { CodePage: unicodePage }, 0x8004_0102],
    ['no state', [tag.displayName], null, 0x8007_0057],
  ])('%s', async (_what, PropertyTags, changes, ErrorCode) => {
    const State = changes && newStat({ CurrentRec: await book.midOf('alice'), ...changes });
    expect(await book.call('GetProps', { State, PropertyTags })).toMatchObject({ ErrorCode, PropertyValues: null });
  });

  it('Unicode needs no code page', async () => {
    expect(await propsOf('alice', [tag.displayName], 0, { CodePage: unicodePage })).toMatchObject({ ErrorCode: 0, PropertyValues: [{ value: 'Alice Archer' }] });
  });

  it.each<[string, string, number, unknown]>([
    ['MS-OXNSPI_R48', 'alice', tag.displayType, 0],
    ['MS-OXNSPI_R49 MS-OXPROPS_R6035 MS-OXPROPS_R6036', 'team', tag.displayType, 1],
    ['MS-OXNSPI_R55', 'frank@contoso.test', tag.displayType, 6],
    ['a user: ObjectType', 'alice', tag.objectType, 6],
    ['MS-OXOABK_R892 MS-OXPROPS_R7109 MS-OXPROPS_R7110', 'team', tag.objectType, 8],
    ['DisplayTypeEx of a user', 'alice', 0x3905_0003, 0x4000_0000],
    ['DisplayTypeEx of a room', 'room1', 0x3905_0003, 7],
    ['DisplayTypeEx of equipment', 'projector', 0x3905_0003, 8],
    ['Account', 'alice', 0x3a00_001f, 'alice'],
    ['GivenName', 'dave', 0x3a06_001f, 'Dave'],
    ['Surname', 'dave', 0x3a11_001f, 'Dürrenmatt'],
    ['Title', 'dave', 0x3a17_001f, 'Meteorologist'],
    ['MS-OXPROPS_R5986', 'dave', 0x3a18_001f, 'Forecast'],
    ['CompanyName', 'dave', 0x3a16_001f, 'Example Weather'],
    ['MS-OXPROPS_R7116', 'dave', 0x3a19_001f, 'Lighthouse 3'],
    ['MS-OXPROPS_R7545', 'dave', 0x3a1a_001f, '+44 20 7946 0104'],
    ['BusinessTelephoneNumber', 'dave', 0x3a08_001f, '+44 20 7946 0104'],
    ['MobileTelephoneNumber', 'alice', 0x3a1c_001f, '+44 7700 900101'],
    ['proxy addresses', 'alice', 0x800f_101f, ['SMTP:alice@example.test', 'smtp:a.archer@example.test']],
    ['target address', 'frank@contoso.test', 0x8011_001f, 'SMTP:frank@contoso.test'],
    ['room capacity', 'room1', 0x0807_0003, 12],
    ['rich text inside', 'alice', 0x3a40_000b, true],
    ['no rich text outside', 'frank@contoso.test', 0x3a40_000b, false],
    ['members', 'everyone', 0x8ce2_0003, 3],
    ['members outside', 'everyone', 0x8ce3_0003, 1],
    ['the names of members', 'rooms', 0x8009_101f, ['room1', 'room2']],
    ['the manager', 'bob', tag.manager, null],
  ])('%s: %s', async (_what, name, wanted, expected) => {
    const value = await valueOf(name, wanted);
    expect(value).toEqual(wanted === 0x8009_101f ? (expected as string[]).map((each) => book.dnOf(each)) : expected);
  });

  it.each<[string, number]>([['alice', tag.member], ['alice', tag.containerContents], ['alice', 0x0807_0003], ['frank@contoso.test', 0x8006_001f], ['alice', 0x3001_0003], ['team', 0x3001_101f]])('%s has no %i', async (name, wanted) => {
    expect((await propsOf(name, [wanted])).ErrorCode).toBe(errorsReturned);
  });

  it('MS-OXNSPI_R50: a public folder', async () => {
    await mapi.organization.add({ recipientType: 'PublicFolder', displayName: 'Wind', primarySmtpAddress: 'wind@example.test' });
    expect(await valueOf('wind', tag.displayType)).toBe(2);
    const { ColumnsAndRows } = await book.call('QueryRows', { State: newStat({ ContainerID: await book.listNamed('Public Folders') }), Columns: [tag.displayName] });
    expect(cells(ColumnsAndRows?.RowData)).toEqual([['Wind']]);
  });
});

describe('values in bytes', () => {
  const bytesOf = async (wanted: number): Promise<string> => {
    const CurrentRec = await book.midOf('room1');
    const body = encode(nspiRequestTypes.GetProps.request, { Flags: 0, State: newStat({ CurrentRec }), PropertyTags: [wanted], AuxiliaryBuffer: new Uint8Array(0) });
    const answer = await book.client.send('GetProps', body);
    // StatusCode, ErrorCode, CodePage, HasPropertyValues, count, tag; AuxiliaryBufferSize.
    return answer.body.subarray(21, -4).toString('hex');
  };

  it.each<[string, number, () => string]>([
    ['MS-OXCMAPIHTTP_R2001: PtypString', tag.displayName, () => `ff${Buffer.from('Board Room\0', 'utf16le').toString('hex')}`],
    ['MS-OXCMAPIHTTP_R2002: PtypString8', tag.displayName8, () => `ff${Buffer.from('Board Room\0').toString('hex')}`],
    ['MS-OXCMAPIHTTP_R2003: PtypBinary', 0x0ff8_0102, () => 'ff10000000dca740c8c042101ab4b908002b2fe182'],
    ['MS-OXCMAPIHTTP_R2004 MS-OXCMAPIHTTP_R2257: PtypMultipleString', 0x800f_101f, () => `ff01000000ff${Buffer.from('SMTP:room1@example.test\0', 'utf16le').toString('hex')}`],
    ['MS-OXCMAPIHTTP_R2258: PtypMultipleString8', 0x800f_101e, () => `ff01000000ff${Buffer.from('SMTP:room1@example.test\0').toString('hex')}`],
    ['MS-OXCMAPIHTTP_R2010: PtypInteger32, which is always there', 0x3905_0003, () => '07000000'],
  ])('MS-OXCMAPIHTTP_R2006 MS-OXCMAPIHTTP_R2009 %s', async (_what, wanted, expected) => {
    expect(await bytesOf(wanted)).toBe(expected());
  });

  it.each<[string, readonly number[], string]>([
    ['MS-OXCMAPIHTTP_R450: values alone, where each has one', [0x3905_0003, 0x0ffe_0003], '000700000006000000'],
    ['MS-OXCMAPIHTTP_R453 MS-OXCMAPIHTTP_R2021 MS-OXCMAPIHTTP_R2022 MS-OXCMAPIHTTP_R2024: else each behind what it is', [0x3905_0003, 0x3a11_001f], '0100070000000a0f010480'],
  ])('MS-OXCMAPIHTTP_R16 MS-OXCMAPIHTTP_R18 MS-OXCMAPIHTTP_R2036 %s', async (_what, Columns, expected) => {
    const ExplicitTable = [await book.midOf('room1')];
    const body = encode(nspiRequestTypes.QueryRows.request, { Flags: 0, State: newStat(), ExplicitTable, RowCount: 1, Columns, AuxiliaryBuffer: new Uint8Array(0) });
    const answer = await book.client.send('QueryRows', body);
    // In front of it: StatusCode, ErrorCode, HasState, State, HasColumnsAndRows, columns, RowCount.
    expect(answer.body.subarray(8 + 37 + 1 + 12 + 4, -4).toString('hex')).toBe(expected);
  });
});

describe('required properties', () => {
  it.each<[string, number, (name: string) => unknown]>([
    ['MS-OXNSPI_R1721: ObjectType', tag.objectType, (name) => (name === 'team' ? 8 : 6)],
    ['MS-OXNSPI_R1722 MS-OXPROPS_R6605 MS-OXPROPS_R6606: InitialDetailsPane', 0x3f08_0003, () => 0],
    ['MS-OXNSPI_R1723 MS-OXPROPS_R4981 MS-OXPROPS_R4982: AddressBookDisplayNamePrintable', tag.printable, (name) => displayNameOf(name)],
    ['MS-OXNSPI_R1724: AddressBookContainerId', 0xfffd_0003, () => 0],
    ['MS-OXNSPI_R1725: EntryId', tag.entryId, (name) => permanentIdOf(name)],
    ['MS-OXNSPI_R1726 MS-OXPROPS_R6626 MS-OXPROPS_R6627: InstanceKey', 0x0ff6_0102, () => expect.objectContaining({ length: 4 }) as unknown],
    ['MS-OXNSPI_R1727 MS-OXPROPS_R8385 MS-OXPROPS_R8386: SearchKey', 0x300b_0102, (name) => new Uint8Array(Buffer.from(`EX:${book.dnOf(name).toUpperCase()}\0`))],
    ['MS-OXNSPI_R1728 MS-OXPROPS_R7825 MS-OXPROPS_R7826: RecordKey', 0x0ff9_0102, (name) => permanentIdOf(name)],
    ['MS-OXNSPI_R1729 MS-OXPROPS_R5316 MS-OXPROPS_R5317: AddressType', 0x3002_001f, () => 'EX'],
    ['MS-OXNSPI_R1730 MS-OXPROPS_R6056 MS-OXPROPS_R6057: EmailAddress', 0x3003_001f, (name) => book.dnOf(name)],
    ['MS-OXNSPI_R1731: DisplayType', tag.displayType, (name) => (name === 'team' ? 1 : name === 'frank@contoso.test' ? 6 : 0)],
    ['MS-OXNSPI_R1732 MS-OXPROPS_R8770 MS-OXPROPS_R8771: Templateid', 0x3902_0102, (name) => permanentIdOf(name)],
    ['MS-OXNSPI_R1733 MS-OXPROPS_R8815 MS-OXPROPS_R8816: TransmittableDisplayName', 0x3a20_001f, (name) => displayNameOf(name)],
    ['MS-OXNSPI_R1734: DisplayName', tag.displayName, (name) => displayNameOf(name)],
    ['MS-OXNSPI_R1735 MS-OXPROPS_R6889 MS-OXPROPS_R6890 MS-OXPROPS_R6891: MappingSignature', 0x0ff8_0102, () => new Uint8Array(Buffer.from('dca740c8c042101ab4b908002b2fe182', 'hex'))],
    ['MS-OXNSPI_R1736 MS-OXPROPS_R5163 MS-OXPROPS_R5164: AddressBookObjectDistinguishedName', 0x803c_001f, (name) => book.dnOf(name)],
  ])('%s', async (_what, wanted, expected) => {
    for (const name of ['alice', 'team', 'frank@contoso.test', 'room1']) expect(await valueOf(name, wanted)).toEqual(expected(name));
  });

  it('MS-OXNSPI_R1737 MS-OXNSPI_R1738 MS-OXPROPS_R5798 MS-OXPROPS_R5799 MS-OXPROPS_R5800: of groups only, their contents and what they are as containers', async () => {
    expect(await propsOf('team', [tag.containerContents, 0x3600_0003])).toMatchObject({ ErrorCode: 0, PropertyValues: [{ tag: tag.containerContents, value: null }, { tag: 0x3600_0003, value: 9 }] });
    expect(await propsOf('alice', [tag.containerContents, 0x3600_0003])).toMatchObject({ PropertyValues: [{ tag: 0x360f_000a }, { tag: 0x3600_000a }] });
  });

  const permanentIdOf = (name: string): Uint8Array => encode(permanentEntryId, { DisplayType: name === 'team' ? 1 : name === 'frank@contoso.test' ? 6 : 0, DistinguishedName: book.dnOf(name) });
  const displayNameOf = (name: string): string => mapi.organization.directory.byAddress(name.includes('@') ? name : `${name}@example.test`)?.displayName ?? '';
});

describe('who is who', () => {
  it('MS-OXNSPI_R1243 MS-OXNSPI_R1260 MS-OXNSPI_R1263 MS-OXNSPI_R1266 MS-OXNSPI_R347 MS-OXCMAPIHTTP_R405 MS-OXCMAPIHTTP_R436: numbers of names, 0 for nobody', async () => {
    const { ErrorCode, MinimalIds = [] } = await book.call('DNToMId', { Names: [book.dnOf('bob'), '/o=First Organization/cn=nobody', book.dnOf('alice').toUpperCase(), '', book.dnOf('svc')] });
    const [bob = 0, nobody, alice = 0, empty, hidden = 0] = MinimalIds ?? [];
    expect([ErrorCode, nobody, empty]).toEqual([0, 0, 0]);
    for (const [mid, name] of [[bob, 'Bob Baker'], [alice, 'Alice Archer'], [hidden, 'Service Account']] as const) {
      expect(mid).toBeGreaterThanOrEqual(0x10);
      expect((await book.call('GetProps', { State: newStat({ CurrentRec: mid }), PropertyTags: [tag.displayName] })).PropertyValues).toEqual([{ tag: tag.displayName, value: name }]);
    }
  });

  it('MS-OXNSPI_R1700: what is reserved makes no difference; names there have to be', async () => {
    const Names = [book.dnOf('bob')];
    expect(await book.call('DNToMId', { Reserved: 1, Names })).toEqual(await book.call('DNToMId', { Names }));
    expect(await book.call('DNToMId', { Names: null })).toMatchObject({ ErrorCode: 0x8007_0057, MinimalIds: null });
  });

  it('MS-OXNSPI_R1706 MS-OXNSPI_R609: numbers stay, whatever becomes of the book', async () => {
    const before = await book.midsOf('alice', 'bob', 'team');
    await mapi.organization.add({ recipientType: 'MailContact', displayName: 'Aaron', primarySmtpAddress: 'aaron@contoso.test' });
    await book.call('QueryRows', { Columns: [0x0ff6_0102] });
    expect(await book.midsOf('alice', 'bob', 'team')).toEqual(before);
    expect(await (await new AddressBookClient(mapi, 'bob').bind()).midsOf('alice', 'bob', 'team')).toEqual(before);
  });

  it('who was removed is nobody any more', async () => {
    const [MinimalId1 = 0, MinimalId2 = 0] = await book.midsOf('grace@contoso.test', 'bob');
    mapi.organization.directory.remove(mapi.organization.directory.byAddress('grace@contoso.test')?.id ?? '');
    expect((await book.call('GetProps', { State: newStat({ CurrentRec: MinimalId1 }), PropertyTags: [tag.displayName] })).ErrorCode).toBe(errorsReturned);
    expect((await book.call('CompareMIds', { MinimalId1, MinimalId2 })).ErrorCode).toBe(0x8000_4005);
  });

  it('MS-OXNSPI_R105 MS-OXNSPI_R899 MS-OXNSPI_R605 MS-OXNSPI_R1994 MS-OXNSPI_R1995: ephemeral entry ids, the same each time', async () => {
    const { ServerGuid } = await new AddressBookClient(mapi).call('Bind');
    const [{ value } = { value: null }] = (await propsOf('team', [tag.entryId], 2)).PropertyValues ?? [];
    expect((value as Uint8Array).length).toBe(32);
    const id = decode(value as Uint8Array, ephemeralEntryId);
    expect(id).toMatchObject({ DisplayType: 1, MinimalId: await book.midOf('team') });
    expect(id.ProviderUid.slice(-12)).toBe(ServerGuid.slice(-12));
    expect((await propsOf('team', [tag.entryId], 2)).PropertyValues).toEqual([{ tag: tag.entryId, value }]);
  });

  it('MS-OXNSPI_R901 MS-OXNSPI_R2001: permanent entry ids, the same in each session', async () => {
    const [{ value } = { value: null }] = (await propsOf('team', [tag.entryId])).PropertyValues ?? [];
    expect(decode(value as Uint8Array, permanentEntryId)).toEqual({ DisplayType: 1, DistinguishedName: book.dnOf('team') });
    const other = await new AddressBookClient(mapi, 'bob').bind();
    expect((await other.call('GetProps', { State: newStat({ CurrentRec: await other.midOf('team') }), PropertyTags: [tag.entryId] })).PropertyValues).toEqual([{ tag: tag.entryId, value }]);
  });
});

describe('ResolveNames', () => {
  const resolve = (changes: Parameters<typeof book.call<'ResolveNames'>>[1]) => book.call('ResolveNames', changes);

  it.each<[string, string, number, string | undefined]>([
    ['MS-OXNSPI_R88 MS-OXNSPI_R618', 'nobody at all', 0, undefined],
    ['MS-OXNSPI_R624', '', 0, undefined],
    ['MS-OXNSPI_R89 MS-OXNSPI_R620', 'b', 1, undefined],
    ['MS-OXNSPI_R90 MS-OXNSPI_R622', 'bob', 2, 'Bob Baker'],
    ['a surname', 'DURRENMATT', 2, 'Dave Dürrenmatt'],
    ['several words', 'car cha', 2, 'Carol Chaudhry'],
    ['an address', 'a.archer@example.test', 2, 'Alice Archer'],
    ['an address with its type', 'smtp:dave@example.test', 2, 'Dave Dürrenmatt'],
    ['exactly', '=Bob Baker', 2, 'Bob Baker'],
    ['exactly a word of a name', '=Bob', 2, 'Bob Baker'],
    ['exactly what is only its beginning', '=Bo', 0, undefined],
    ['who is hidden', 'Service Account', 0, undefined],
  ])('MS-OXNSPI_R1393 MS-OXNSPI_R1394 MS-OXNSPI_R616 MS-OXNSPI_R1426 MS-OXNSPI_R1443 MS-OXCMAPIHTTP_R895 %s: %j', async (_ids, name, mid, displayName) => {
    const answer = await resolve({ Names: [name], PropertyTags: [tag.displayName] });
    expect(answer).toMatchObject({ ErrorCode: 0, CodePage: 1252, MinimalIds: [mid] });
    expect(cells(answer.RowsAndCols?.RowData)).toEqual(displayName === undefined ? [] : [[displayName]]);
  });

  it('MS-OXNSPI_R1395 MS-OXNSPI_R1399 MS-OXNSPI_R1405 MS-OXNSPI_R1430 MS-OXNSPI_R1650 MS-OXCMAPIHTTP_R913 MS-OXCMAPIHTTP_R942 MS-OXCMAPIHTTP_R946: several at once, rows for those that mean one', async () => {
    const PropertyTags = [tag.smtpAddress, tag.displayType];
    const answer = await resolve({ Names: ['bob', 'zzz', 'b', 'Stations Team'], PropertyTags });
    expect([answer.MinimalIds, answer.RowsAndCols?.Columns]).toEqual([[2, 0, 1, 2], PropertyTags]);
    expect(cells(answer.RowsAndCols?.RowData)).toEqual([['bob@example.test', 0], ['team@example.test', 1]]);
  });

  it('columns for who names none', async () => {
    expect((await resolve({ Names: ['bob'] })).RowsAndCols?.Columns).toHaveLength(7);
  });

  it('in one list only', async () => {
    const State = newStat({ ContainerID: await book.listNamed('All Rooms') });
    expect((await resolve({ State, Names: ['b', 'bob', 'bar'] })).MinimalIds).toEqual([1, 0, 2]);
  });

  it('MS-OXNSPI_R1414: what is reserved is not looked at, as clients send something there', async () => {
    expect(await resolve({ Reserved: 0x8000_0000, Names: ['bob'] })).toEqual(await resolve({ Names: ['bob'] }));
  });

  it.each<[string, Parameters<typeof book.call<'ResolveNames'>>[1], number]>([
    ['MS-OXNSPI_R1410: no code page', { State: newStat({ CodePage: unicodePage }) }, 0x8004_0102],
    ['MS-OXNSPI_R1423: a list that there is not', { State: newStat({ ContainerID: 0x9999 }) }, 0x8004_0405],
    ['no names', { Names: null }, 0x8007_0057],
    ['no state', { State: null }, 0x8007_0057],
    ['too many names', { Names: Array.from({ length: 10_001 }, () => '') }, 0x8004_0403],
    ['too many cells', { Names: Array.from({ length: 2_001 }, () => 'bob'), PropertyTags: Array.from({ length: 100 }, () => tag.displayType) }, 0x8004_0403],
  ])('MS-OXNSPI_R1418 MS-OXNSPI_R1761: %s', async (_what, changes, ErrorCode) => {
    expect(await resolve({ Names: ['bob'], ...changes })).toMatchObject({ ErrorCode, MinimalIds: null, RowsAndCols: null });
  });
});

/** Text of one entry by each of the operations that tell rows. */
const methods: Readonly<Record<string, (Columns: readonly number[], CodePage: number) => Promise<readonly unknown[]>>> = {
  GetProps: async (PropertyTags, CodePage) => ((await propsOf('dave', PropertyTags, 0, { CodePage })).PropertyValues ?? []).map(({ value }) => value),
  QueryRows: async (Columns, CodePage) => cells((await book.call('QueryRows', { State: newStat({ CodePage }), ExplicitTable: await book.midsOf('dave'), Columns })).ColumnsAndRows?.RowData)[0] ?? [],
  GetMatches: async (Columns, CodePage) => cells((await book.call('GetMatches', { State: newStat({ CodePage }), Filter: named('Dave Dürrenmatt'), Columns })).ColumnsAndRows?.RowData)[0] ?? [],
  SeekEntries: async (Columns, CodePage) => cells((await book.call('SeekEntries', { State: newStat({ CodePage }), Target: { tag: tag.displayName, value: 'dave' }, Columns })).ColumnsAndRows?.RowData)[0] ?? [],
  ResolveNames: async (PropertyTags, CodePage) => cells((await book.call('ResolveNames', { State: newStat({ CodePage }), PropertyTags, Names: ['dave'] })).RowsAndCols?.RowData)[0] ?? [],
};

describe('text in code pages', () => {
  it.each([
    ['MS-OXNSPI_R1934 MS-OXNSPI_R455 MS-OXNSPI_R1969', 'GetProps'], ['MS-OXNSPI_R1935 MS-OXNSPI_R456 MS-OXNSPI_R1971', 'QueryRows'], ['MS-OXNSPI_R1936 MS-OXNSPI_R457 MS-OXNSPI_R1973', 'GetMatches'],
    ['MS-OXNSPI_R1937 MS-OXNSPI_R458 MS-OXNSPI_R1975', 'SeekEntries'], ['MS-OXNSPI_R1939 MS-OXNSPI_R460 MS-OXNSPI_R1979', 'ResolveNames'],
  ])('MS-OXNSPI_R446 %s: %s, Unicode asked for as 8 bits, in the code page of the request', async (_ids, method) => {
    expect(await methods[method]?.([tag.displayName8], 1252)).toEqual(['Dave Dürrenmatt']);
    expect(await methods[method]?.([tag.displayName8], 65001)).toEqual(['Dave Dürrenmatt']);
    expect(await methods[method]?.([tag.displayName8], 1251)).toEqual(['Dave D?rrenmatt']);
  });

  it.each([
    ['MS-OXNSPI_R1942 MS-OXNSPI_R1968', 'GetProps'], ['MS-OXNSPI_R1943 MS-OXNSPI_R1970', 'QueryRows'], ['MS-OXNSPI_R1944 MS-OXNSPI_R1972', 'GetMatches'],
    ['MS-OXNSPI_R1945 MS-OXNSPI_R1974', 'SeekEntries'], ['MS-OXNSPI_R1947 MS-OXNSPI_R1978', 'ResolveNames'],
  ])('MS-OXNSPI_R447 %s: %s, Unicode as it is', async (_ids, method) => {
    for (const CodePage of [1252, 1251]) expect(await methods[method]?.([tag.displayName], CodePage)).toEqual(['Dave Dürrenmatt']);
  });

  // PidTagAddressBookDisplayNamePrintable is of 8 bits by nature, [MS-OXNSPI] 3.1.4.3.1.
  it.each([['MS-OXNSPI_R1950', 'GetProps'], ['MS-OXNSPI_R1951', 'QueryRows'], ['MS-OXNSPI_R1952', 'GetMatches'], ['MS-OXNSPI_R1953', 'SeekEntries'], ['MS-OXNSPI_R1955', 'ResolveNames']])('MS-OXNSPI_R448 %s: %s, 8 bits asked for as Unicode', async (_ids, method) => {
    expect(await methods[method]?.([tag.printable], 1251)).toEqual(['Dave Durrenmatt']);
  });

  it.each([['MS-OXNSPI_R1958', 'GetProps'], ['MS-OXNSPI_R1959', 'QueryRows'], ['MS-OXNSPI_R1960', 'GetMatches'], ['MS-OXNSPI_R1961', 'SeekEntries'], ['MS-OXNSPI_R1963', 'ResolveNames']])('MS-OXNSPI_R450 %s: %s, 8 bits as they are', async (_ids, method) => {
    for (const CodePage of [1252, 1251, 932]) expect(await methods[method]?.([tag.printable8], CodePage)).toEqual(['Dave Durrenmatt']);
  });
});
