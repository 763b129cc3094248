import type { LayoutValue } from '../layout/layout.ts';
import { u32 } from '../layout/numbers.ts';
import { constant, reserved, struct } from '../layout/struct.ts';
import { astr, hex } from '../layout/text.ts';

/** [MS-OXCDATA] 2.2.5.2, [MS-OXNSPI] 2.2.1.3: what an entry of the address book is. */
export const displayType = { MailUser: 0x000, DistributionList: 0x001, Forum: 0x002, Agent: 0x003, Organization: 0x004, PrivateDistributionList: 0x005, RemoteMailUser: 0x006, Container: 0x100, Template: 0x101, AddressTemplate: 0x102, Search: 0x200 } as const;

/** [MS-OXNSPI] 2.2.9.3, [MS-OXCDATA] 2.2.5.2: an entry of the address book by its distinguished name. */
export const permanentEntryId = struct({ Flags: constant(u32, 0), ProviderUid: constant(hex(16), 'dca740c8c042101ab4b908002b2fe182'), Version: reserved(u32, 1), DisplayType: u32, DistinguishedName: astr });
export type PermanentEntryId = LayoutValue<typeof permanentEntryId>;

const ephemeralType = 0x87;
/** [MS-OXNSPI] 2.2.9.2: 32 bytes, an entry by its id of a session. `ProviderUid` is the server's, as hexadecimal digits. */
export const ephemeralEntryId = struct({ Flags: constant(u32, ephemeralType), ProviderUid: hex(16), Version: reserved(u32, 1), DisplayType: u32, MinimalId: u32 });
export type EphemeralEntryId = LayoutValue<typeof ephemeralEntryId>;
