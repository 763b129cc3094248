import fc from 'fast-check';
import { itIsNotWritten, itIsRefused, itIsWrittenAndRead } from '../../tests/wire-table.ts';
import { decode, encode } from '../layout/layout.ts';
import { modifyRecipientRow, openRecipientRow, readRecipientRow, recipientFlag, recipientKind, recipientRow, type RecipientRow } from './recipient-row.ts';

const { Email, DisplayName, TransmittableDisplayName, SimpleDisplayName, SameAsDisplayName, Unicode, Other } = recipientFlag;
const scope = { columns: [0x0ffe0003, 0x39fe001f] };
const smtp = { RecipientFlags: recipientKind.Smtp | Email | DisplayName, EmailAddress: 'a@b', DisplayName: 'Ü', RecipientProperties: [{ value: 6 }] };
const smtpWire = '1b 00 61 40 62 00 dc 00 01 00 00 06 00 00 00';
const bare = { RecipientFlags: 0, RecipientProperties: [] };

itIsWrittenAndRead([
  ['nothing of it', recipientRow, bare, '00 00 00 00 00'],
  ['MS-OXCDATA_R111, R112, R113, R114, R160, R161, R164, R165, R176, R177: SMTP', recipientRow, smtp, smtpWire, scope],
  ['MS-OXCDATA_R123, R162, R166: SMTP in Unicode', recipientRow, { ...smtp, RecipientFlags: smtp.RecipientFlags | Unicode }, '1b 02 61 00 40 00 62 00 00 00 dc 00 00 00 01 00 00 06 00 00 00', scope],
  ['MS-OXCDATA_R131, R134: X500', recipientRow, { RecipientFlags: recipientKind.X500Dn, AddressPrefixUsed: 4, DisplayType: 0, X500DN: 'cn', RecipientProperties: [] }, '01 00 04 00 63 6e 00 00 00 00'],
  ['MS-OXCDATA_R140, R148: a personal list', recipientRow, { RecipientFlags: recipientKind.PersonalDistributionList1, EntryId: Uint8Array.of(1), SearchKey: Uint8Array.of(2, 3), RecipientProperties: [] }, '06 00 01 00 01 02 00 02 03 00 00 00'],
  ['the other personal list', recipientRow, { RecipientFlags: recipientKind.PersonalDistributionList2, EntryId: new Uint8Array(), SearchKey: new Uint8Array(), RecipientProperties: [] }, '07 00 00 00 00 00 00 00 00'],
  ['another type', recipientRow, { RecipientFlags: Other | Email, AddressType: 'X', EmailAddress: 'a', RecipientProperties: [] }, '08 80 58 00 61 00 00 00 00'],
  ['another type in Unicode, whose name is not', recipientRow, { RecipientFlags: Other | Email | Unicode, AddressType: 'X', EmailAddress: 'a', RecipientProperties: [] }, '08 82 58 00 61 00 00 00 00 00 00'],
  [
    'MS-OXCDATA_R121, R122, R168, R169: all names',
    recipientRow,
    { RecipientFlags: recipientKind.Smtp | DisplayName | SimpleDisplayName | TransmittableDisplayName, DisplayName: 'd', SimpleDisplayName: 's', TransmittableDisplayName: 't', RecipientProperties: [] },
    '33 04 64 00 73 00 74 00 00 00 00',
  ],
  ['a transmittable name that is the display name', recipientRow, { RecipientFlags: recipientKind.Smtp | DisplayName | SameAsDisplayName, DisplayName: 'd', RecipientProperties: [] }, '53 00 64 00 00 00 00'],
  ['all columns, one with an error', recipientRow, { RecipientFlags: 0, RecipientProperties: [{ value: 6 }, { isAbsent: true }] }, '00 00 02 00 01 00 06 00 00 00 01', scope],
  ['MS-OXCROPS_R1871, R1873, R1876, R1877, R1878, R1882: one that is changed', modifyRecipientRow, { RowId: 2, RecipientType: 1, RecipientRow: smtp }, `02 00 00 00 01 0f 00 ${smtpWire}`, scope],
  ['MS-OXCROPS_R1880: one that is removed', modifyRecipientRow, { RowId: 2, RecipientType: 0x11, RecipientRow: null }, '02 00 00 00 11 00 00'],
  ['MS-OXCROPS_R1724, R1727, R1730, R1731, R1732, R1733, R1735: one that is opened', openRecipientRow, { RecipientType: 2, CodePageId: 1252, RecipientRow: smtp }, `02 e4 04 00 00 0f 00 ${smtpWire}`, scope],
  ['MS-OXCROPS_R1728: one in its own code page', openRecipientRow, { RecipientType: 2, CodePageId: 1251, RecipientRow: { RecipientFlags: 0x13, DisplayName: 'П', RecipientProperties: [] } }, '02 e3 04 00 00 07 00 13 00 cf 00 00 00 00'],
  ['MS-OXCROPS_R1920, R1922, R1925: one that is read', readRecipientRow, { RowId: 7, RecipientType: 3, CodePageId: 1252, RecipientRow: smtp }, `07 00 00 00 03 e4 04 00 00 0f 00 ${smtpWire}`, scope],
]);

itIsRefused([
  ['more columns than there are', recipientRow, '00 00 03 00 00', { code: 'invalid', path: '/RecipientProperties' }, scope],
  ['a row that is shorter than it says', modifyRecipientRow, '02 00 00 00 01 06 00 00 00 00 00 00 00', { code: 'trailing', path: '/RecipientRow' }],
  ['a row that is longer than it says', modifyRecipientRow, '02 00 00 00 01 04 00 00 00 00 00', { code: 'truncated', path: '/RecipientRow/RecipientProperties' }],
]);

itIsNotWritten([
  ['an address that the flags do not tell of', recipientRow, { RecipientFlags: 0, EmailAddress: 'a', RecipientProperties: [] }, { path: '/EmailAddress' }],
  ['flags that tell of an address that is not there', recipientRow, { RecipientFlags: Email, RecipientProperties: [] }, { path: '/EmailAddress' }],
  ['more cells than there are columns', recipientRow, { RecipientFlags: 0, RecipientProperties: [{ value: 1 }] }, { path: '/RecipientProperties' }],
]);

it('MS-OXCDATA_R115, R117, R142, R145, R150, R153, R158: any flags say what is there', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffff }), (RecipientFlags) => {
      const has = (flag: number): boolean => (RecipientFlags & flag) !== 0;
      const kind = RecipientFlags & 7;
      const row: RecipientRow = {
        RecipientFlags,
        ...(kind === 1 && { AddressPrefixUsed: 1, DisplayType: 2, X500DN: 'cn=x' }),
        ...(kind >= 6 && { EntryId: Uint8Array.of(1), SearchKey: Uint8Array.of(2) }),
        ...(kind === 0 && has(Other) && { AddressType: 'FAX' }),
        ...(has(Email) && { EmailAddress: 'ä' }),
        ...(has(DisplayName) && { DisplayName: 'ö' }),
        ...(has(SimpleDisplayName) && { SimpleDisplayName: 'ü' }),
        ...(has(TransmittableDisplayName) && { TransmittableDisplayName: 'ß' }),
        RecipientProperties: [{ value: 6 }],
      };
      expect(decode(encode(recipientRow, row, scope), recipientRow, scope)).toEqual(row);
    }),
  ));
