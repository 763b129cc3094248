import { WireEncodeError } from '../errors.ts';
import { layout, type Layout, type LayoutValue, type Scope } from '../layout/layout.ts';
import { u16, u32, u8 } from '../layout/numbers.ts';
import { blob, scoped, sized, sizedOrNull } from '../layout/sequences.ts';
import { conditional, depending, reserved, struct, when } from '../layout/struct.ts';
import { astr, wstr } from '../layout/text.ts';
import { propertyRow, type PropertyRow } from './property-row.ts';

/** [MS-OXCDATA] 2.8.3.1: the low three bits say what the recipient is, the others what of it is there. */
export const recipientFlag = {
  Email: 0x0008, DisplayName: 0x0010, TransmittableDisplayName: 0x0020,
  /** The transmittable name is the display name. */
  SameAsDisplayName: 0x0040,
  /** Another transport delivers it. */
  Responsible: 0x0080,
  /** Must not be sent rich text. */
  NonRich: 0x0100,
  /** Texts are in Unicode. */
  Unicode: 0x0200,
  SimpleDisplayName: 0x0400,
  /** Of a type that `AddressType` says. */
  Other: 0x8000,
} as const;
export const recipientKind = { None: 0, X500Dn: 1, MsMail: 2, Smtp: 3, Fax: 4, ProfessionalOfficeSystem: 5, PersonalDistributionList1: 6, PersonalDistributionList2: 7 } as const;
const kindMask = 0x0007;

type Before = Readonly<Record<string, unknown>>;
const flagsOf = ({ RecipientFlags }: Before): number => RecipientFlags as number;
const isOf = (...kinds: readonly number[]) => (before: Before): boolean => kinds.includes(flagsOf(before) & kindMask);
const isList = isOf(recipientKind.PersonalDistributionList1, recipientKind.PersonalDistributionList2);
const isX500 = isOf(recipientKind.X500Dn);
const isOther = (before: Before): boolean => (flagsOf(before) & (kindMask | recipientFlag.Other)) === recipientFlag.Other;
/** Text that is there where the flag says so, in Unicode where another does. */
const text = (flag: number) => conditional((before) => ((flagsOf(before) & flag) === 0 ? undefined : (flagsOf(before) & recipientFlag.Unicode) === 0 ? astr : wstr));

const first = (scope: Scope, count: number): Scope => ({ ...scope, columns: scope.columns?.slice(0, count) });
/** How many of the columns there are, then a row of those. */
const properties: Layout<PropertyRow> = layout(3, (reader, scope) => {
  const count = reader.u16();
  if (count > (scope.columns ?? []).length) reader.fail('invalid', `${count} columns are more than there are`);
  return propertyRow.read(reader, first(scope, count));
}, (writer, row, scope) => {
  if (row.length > (scope.columns ?? []).length) throw new WireEncodeError(`${row.length} cells are more than there are columns`);
  writer.u16(row.length);
  propertyRow.write(writer, row, first(scope, row.length));
});

/** [MS-OXCDATA] 2.8.3.2: `RecipientProperties` are cells of the first of `scope.columns`. */
export const recipientRow = struct({
  RecipientFlags: u16,
  AddressPrefixUsed: when(isX500, u8),
  DisplayType: when(isX500, u8),
  X500DN: when(isX500, astr),
  EntryId: when(isList, blob(u16)),
  SearchKey: when(isList, blob(u16)),
  AddressType: when(isOther, astr),
  EmailAddress: text(recipientFlag.Email),
  DisplayName: text(recipientFlag.DisplayName),
  SimpleDisplayName: text(recipientFlag.SimpleDisplayName),
  TransmittableDisplayName: text(recipientFlag.TransmittableDisplayName),
  RecipientProperties: properties,
});
export type RecipientRow = LayoutValue<typeof recipientRow>;

/** [MS-OXCROPS] 2.2.6.5.1.1: a row of RopModifyRecipients; one whose `RecipientRow` is null is removed. */
export const modifyRecipientRow = struct({ RowId: u32, RecipientType: u8, RecipientRow: sizedOrNull(u16, recipientRow) });
export type ModifyRecipientRow = LayoutValue<typeof modifyRecipientRow>;

const opened = {
  RecipientType: u8,
  CodePageId: u16,
  Reserved: reserved(u16, 0),
  RecipientRow: depending(({ CodePageId }) => sized(u16, scoped({ codePage: CodePageId as number }, recipientRow))),
};
/** [MS-OXCROPS] 2.2.6.1.2.1: a row of RopOpenMessage, RopOpenEmbeddedMessage and RopReloadCachedInformation. */
export const openRecipientRow = struct(opened);
export type OpenRecipientRow = LayoutValue<typeof openRecipientRow>;

/** [MS-OXCROPS] 2.2.6.6.2.1: a row of RopReadRecipients. */
export const readRecipientRow = struct({ RowId: u32, ...opened });
export type ReadRecipientRow = LayoutValue<typeof readRecipientRow>;
