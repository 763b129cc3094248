import fc from 'fast-check';
import { WireError } from '../errors.ts';
import { decode, encode, type Layout } from '../layout/layout.ts';
import { nspiRequestTypes, type NspiRequestType } from './nspi.ts';
import { stat } from './stat.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const caught = (action: () => unknown): unknown => {
  try {
    return action();
  } catch (thrown) {
    return thrown;
  }
};
const AuxiliaryBuffer = new Uint8Array();
const request = (type: NspiRequestType): Layout<unknown> => nspiRequestTypes[type].request as Layout<unknown>;
const response = (type: NspiRequestType): Layout<unknown> => nspiRequestTypes[type].response as Layout<unknown>;
const zero = '00 00 00 00';
const success = { StatusCode: 0, ErrorCode: 0, AuxiliaryBuffer };
const ok = `${zero} ${zero}`;

const State = { SortType: 0, ContainerID: 0x10, CurrentRec: 2, Delta: -1, NumPos: 3, TotalRecs: 4, CodePage: 1252, TemplateLocale: 0x409, SortLocale: 0x407 };
const state = '00 00 00 00 10 00 00 00 02 00 00 00 ff ff ff ff 03 00 00 00 04 00 00 00 e4 04 00 00 09 04 00 00 07 04 00 00';
const Guid = 'dca740c8-c042-101a-b4b9-08002b2fe182';
const guidOnWire = 'c8 40 a7 dc 42 c0 1a 10 b4 b9 08 00 2b 2f e1 82';
const Columns = [0x3001001f, 0x0ffe0003];
const columns = '02 00 00 00 1f 00 01 30 03 00 fe 0f';
const ColumnsAndRows = { Columns, RowData: [[{ value: 'a' }, { value: 6 }], [{ value: null }, { error: 0x8004010f }]] };
const table = `${columns} 02 00 00 00 00 ff 61 00 00 00 06 00 00 00 01 00 00 0a 0f 01 04 80`;
const values = [{ tag: 0x3001001f, value: 'a' }, { tag: 0x0fff0102, value: bytes('01') }];
const list = '02 00 00 00 1f 00 01 30 ff 61 00 00 00 02 01 ff 0f ff 01 00 00 00 01';
const ids = '02 00 00 00 10 00 00 00 11 00 00 00';

const rows: readonly (readonly [string, Layout<unknown>, unknown, string])[] = [
  ['STAT', stat as Layout<unknown>, State, state],
  ['Bind request', request('Bind'), { Flags: 0, State, AuxiliaryBuffer: bytes('01') }, `${zero} ff ${state} 01 00 00 00 01`],
  ['Bind request without a state', request('Bind'), { Flags: 0, State: null, AuxiliaryBuffer }, `${zero} 00 ${zero}`],
  ['Bind response', response('Bind'), { ...success, ServerGuid: Guid }, `${ok} ${guidOnWire} ${zero}`],
  ['Unbind request', request('Unbind'), { Reserved: 0, AuxiliaryBuffer }, `${zero} ${zero}`],
  ['Unbind response', response('Unbind'), { ...success, ErrorCode: 1 }, `${zero} 01 00 00 00 ${zero}`],
  ['CompareMIds request', request('CompareMIds'), { Reserved: 0, State, MinimalId1: 0x10, MinimalId2: 0x11, AuxiliaryBuffer }, `${zero} ff ${state} 10 00 00 00 11 00 00 00 ${zero}`],
  ['CompareMIds response', response('CompareMIds'), { ...success, Result: -1 }, `${ok} ff ff ff ff ${zero}`],
  ['DNToMId request', request('DNToMId'), { Reserved: 0, Names: ['/o=a', '/'], AuxiliaryBuffer }, `${zero} ff 02 00 00 00 2f 6f 3d 61 00 2f 00 ${zero}`],
  ['DNToMId response', response('DNToMId'), { ...success, MinimalIds: [0x10, 0x11] }, `${ok} ff ${ids} ${zero}`],
  [
    'GetMatches request', request('GetMatches'),
    {
      Reserved: 0, State, MinimalIds: null, InterfaceOptionFlags: 0, Filter: { kind: 'Exist', PropTag: 0x39fe001f },
      PropertyName: { PropertyNameGuid: Guid, PropertyNameId: 5 }, RowCount: 50, Columns, AuxiliaryBuffer,
    },
    `${zero} ff ${state} 00 ${zero} ff 08 1f 00 fe 39 ff ${guidOnWire} 05 00 00 00 32 00 00 00 ff ${columns} ${zero}`,
  ],
  ['GetMatches response', response('GetMatches'), { ...success, State, MinimalIds: [0x10, 0x11], ColumnsAndRows }, `${ok} ff ${state} ff ${ids} ff ${table} ${zero}`],
  ['GetPropList request', request('GetPropList'), { Flags: 1, MinimalId: 0x10, CodePage: 1252, AuxiliaryBuffer }, `01 00 00 00 10 00 00 00 e4 04 00 00 ${zero}`],
  ['GetPropList response', response('GetPropList'), { ...success, PropertyTags: Columns }, `${ok} ff ${columns} ${zero}`],
  ['GetProps request', request('GetProps'), { Flags: 2, State, PropertyTags: Columns, AuxiliaryBuffer }, `02 00 00 00 ff ${state} ff ${columns} ${zero}`],
  ['GetProps response', response('GetProps'), { ...success, CodePage: 1252, PropertyValues: values }, `${ok} e4 04 00 00 ff ${list} ${zero}`],
  ['GetSpecialTable request', request('GetSpecialTable'), { Flags: 4, State, Version: 7, AuxiliaryBuffer }, `04 00 00 00 ff ${state} ff 07 00 00 00 ${zero}`],
  ['GetSpecialTable response', response('GetSpecialTable'), { ...success, CodePage: 1200, Version: 8, Rows: [values] }, `${ok} b0 04 00 00 ff 08 00 00 00 ff 01 00 00 00 ${list} ${zero}`],
  [
    'GetTemplateInfo request', request('GetTemplateInfo'), { Flags: 1, DisplayType: 0, TemplateDn: '/a', CodePage: 1252, LocaleId: 0x409, AuxiliaryBuffer },
    `01 00 00 00 ${zero} ff 2f 61 00 e4 04 00 00 09 04 00 00 ${zero}`,
  ],
  ['GetTemplateInfo response', response('GetTemplateInfo'), { ...success, CodePage: 1252, Row: values }, `${ok} e4 04 00 00 ff ${list} ${zero}`],
  [
    'ModLinkAtt request', request('ModLinkAtt'), { Flags: 1, PropertyTag: 0x8009000d, MinimalId: 0x10, EntryIds: [bytes('aa bb')], AuxiliaryBuffer },
    `01 00 00 00 0d 00 09 80 10 00 00 00 ff 01 00 00 00 02 00 00 00 aa bb ${zero}`,
  ],
  ['ModLinkAtt response', response('ModLinkAtt'), success, `${ok} ${zero}`],
  ['ModProps request', request('ModProps'), { Reserved: 0, State, PropertyTags: Columns, PropertyValues: values, AuxiliaryBuffer }, `${zero} ff ${state} ff ${columns} ff ${list} ${zero}`],
  ['ModProps response', response('ModProps'), success, `${ok} ${zero}`],
  [
    'QueryRows request', request('QueryRows'), { Flags: 2, State, ExplicitTable: [0x10, 0x11], RowCount: 50, Columns: null, AuxiliaryBuffer },
    `02 00 00 00 ff ${state} ${ids} 32 00 00 00 00 ${zero}`,
  ],
  ['QueryRows response', response('QueryRows'), { ...success, State, ColumnsAndRows }, `${ok} ff ${state} ff ${table} ${zero}`],
  ['QueryRows response with an error', response('QueryRows'), { ...success, ErrorCode: 0x80040405, State: null, ColumnsAndRows: null }, `${zero} 05 04 04 80 00 00 ${zero}`],
  ['QueryColumns request', request('QueryColumns'), { Reserved: 0, MapiFlags: 0x80000000, AuxiliaryBuffer }, `${zero} 00 00 00 80 ${zero}`],
  ['QueryColumns response', response('QueryColumns'), { ...success, Columns }, `${ok} ff ${columns} ${zero}`],
  [
    'ResolveNames request', request('ResolveNames'), { Reserved: 0, State, PropertyTags: Columns, Names: ['a', ''], AuxiliaryBuffer },
    `${zero} ff ${state} ff ${columns} ff 02 00 00 00 61 00 00 00 00 00 ${zero}`,
  ],
  ['ResolveNames response', response('ResolveNames'), { ...success, CodePage: 1200, MinimalIds: [2], RowsAndCols: ColumnsAndRows }, `${ok} b0 04 00 00 ff 01 00 00 00 02 00 00 00 ff ${table} ${zero}`],
  ['ResortRestriction request', request('ResortRestriction'), { Reserved: 0, State, MinimalIds: [0x10, 0x11], AuxiliaryBuffer }, `${zero} ff ${state} ff ${ids} ${zero}`],
  ['ResortRestriction response', response('ResortRestriction'), { ...success, State, MinimalIds: [0x10, 0x11] }, `${ok} ff ${state} ff ${ids} ${zero}`],
  [
    'SeekEntries request', request('SeekEntries'), { Reserved: 0, State, Target: values[0], ExplicitTable: null, Columns, AuxiliaryBuffer },
    `${zero} ff ${state} ff 1f 00 01 30 ff 61 00 00 00 00 ff ${columns} ${zero}`,
  ],
  ['SeekEntries response', response('SeekEntries'), { ...success, State, ColumnsAndRows }, `${ok} ff ${state} ff ${table} ${zero}`],
  ['UpdateStat request', request('UpdateStat'), { Reserved: 0, State, DeltaRequested: true, AuxiliaryBuffer }, `${zero} ff ${state} ff ${zero}`],
  ['UpdateStat response', response('UpdateStat'), { ...success, State, Delta: -3 }, `${ok} ff ${state} ff fd ff ff ff ${zero}`],
  ['GetMailboxUrl request', request('GetMailboxUrl'), { Flags: 0, ServerDn: '/a', AuxiliaryBuffer }, `${zero} 2f 00 61 00 00 00 ${zero}`],
  ['GetMailboxUrl response', response('GetMailboxUrl'), { ...success, ServerUrl: 'h' }, `${ok} 68 00 00 00 ${zero}`],
  ['GetAddressBookUrl request', request('GetAddressBookUrl'), { Flags: 0, UserDn: '/a', AuxiliaryBuffer }, `${zero} 2f 00 61 00 00 00 ${zero}`],
  ['GetAddressBookUrl response', response('GetAddressBookUrl'), { ...success, ServerUrl: 'h' }, `${ok} 68 00 00 00 ${zero}`],
  ['a failure', response('QueryRows'), { StatusCode: 5, AuxiliaryBuffer }, `05 00 00 00 ${zero}`],
];

it.each(rows)('%s', (_what, of, value, wire) => {
  expect(hex(encode(of, value))).toBe(wire.replaceAll(' ', ''));
  expect(decode(bytes(wire), of)).toEqual(value);
});

it.each(rows)('%s, cut anywhere, is refused', (_what, of, _value, wire) => {
  const whole = bytes(wire);
  for (let length = 0; length < whole.length; length++) expect(caught(() => decode(whole.subarray(0, length), of))).toMatchObject({ name: 'WireError', code: 'truncated' });
});

it('every request type has a row for its request and one for its response', () => {
  const named = new Set(rows.map(([what]) => what));
  for (const type of Object.keys(nspiRequestTypes)) expect([named.has(`${type} request`), named.has(`${type} response`)]).toEqual([true, true]);
  expect(Object.keys(nspiRequestTypes)).toHaveLength(19);
});

it('whatever is not 0 says that something is there', () => {
  expect(decode(bytes(`${zero} 01 ${state} ${zero}`), nspiRequestTypes.Bind.request)).toEqual({ Flags: 0, State, AuxiliaryBuffer });
});

it('a column that says no type has it in each row', () => {
  const of = nspiRequestTypes.QueryRows.response;
  const value = { StatusCode: 0, ErrorCode: 0, State: null, ColumnsAndRows: { Columns: [0x30010000], RowData: [[{ type: 0x1f, value: 'a' }]] }, AuxiliaryBuffer } as const;
  expect(decode(encode(of, value), of)).toEqual(value);
});

it('any bytes are a body or a WireError', () => {
  const layouts = Object.values(nspiRequestTypes).flatMap((type) => [type.request, type.response]) as readonly Layout<unknown>[];
  fc.assert(fc.property(fc.array(fc.oneof(fc.constantFrom(0, 0, 1, 2, 0xff), fc.integer({ min: 0, max: 255 })), { maxLength: 120 }), fc.constantFrom(...layouts), (wire, of) => {
    const read = caught(() => decode(Uint8Array.from(wire), of));
    expect(read instanceof WireError || !(read instanceof Error)).toBe(true);
  }), { numRuns: 2000 });
});
