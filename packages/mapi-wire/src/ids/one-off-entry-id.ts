import type { Layout, LayoutValue } from '../layout/layout.ts';
import { u16, u32 } from '../layout/numbers.ts';
import { constant, depending, struct } from '../layout/struct.ts';
import { astr, hex, wstr } from '../layout/text.ts';

/** [MS-OXCDATA] 2.2.5.1. */
export const oneOffFlag = {
  /** Texts are in Unicode, else in the code page. */
  Unicode: 0x8000,
  /** Not to be looked up in the address book. */
  DoNotLookUp: 0x1000,
  /** How Macintosh attachments are encoded: two bits. */
  MacintoshEncoding: 0x0060,
  /** The format of the body: four bits. */
  BodyFormat: 0x001e,
  /** The recipient gets MIME and no TNEF. */
  Mime: 0x0001,
} as const;

const text: Layout<string> = depending(({ Flags }) => ((Flags as number) & oneOffFlag.Unicode) === 0 ? astr : wstr);

/** [MS-OXCDATA] 2.2.5.1: a recipient who is in no address book. */
export const oneOffEntryId = struct({
  LongTerm: constant(u32, 0),
  ProviderUid: constant(hex(16), '812b1fa4bea310199d6e00dd010f5402'),
  Version: constant(u16, 0),
  Flags: u16,
  DisplayName: text,
  AddressType: text,
  EmailAddress: text,
});
export type OneOffEntryId = LayoutValue<typeof oneOffEntryId>;
