import { crc32 } from 'node:zlib';

/** What a distribution list keeps of a member: the entry id, and the one-off beside it by which everybody can read it. */
export interface ListMember {
  readonly entryId: Uint8Array;
  readonly oneOff: Uint8Array;
}
export interface MemberFacts {
  readonly name: string;
  readonly addressType: string;
  readonly address: string;
}
/** Whom a member's entry id means. */
export type MemberTarget =
  | { readonly kind: 'oneOff' }
  | { readonly kind: 'contact' | 'privateList' | 'mailbox' | 'publicList'; readonly entryId: Buffer };

/** MAPI_ONE_OFF_UID, [MS-OXCDATA] 2.2.5.1; the UID of WrappedEntryId, [MS-OXOCNTC] 2.2.2.4.1.1. */
const oneOffUid = Buffer.from('812b1fa4bea310199d6e00dd010f5402', 'hex');
const wrappedUid = Buffer.from('c091add3519dcf11a4a900aa0047faa4', 'hex');
/** No rich text, Unicode. */
const oneOffFlags = 0x9001;
const headBytes = 24;
const wrappedHeadBytes = 21;
const mostMembers = 10_000;

/** Types of WrappedEntryId: the kind in the lower half; the e-mail address of a contact and "has a one-off" in the upper. */
const wrappedTypes = { contact: 0xc3, privateList: 0xb4, mailbox: 0xb5, publicList: 0xb6 } as const;
const kindsByType = { 3: 'contact', 4: 'privateList', 5: 'mailbox', 6: 'publicList' } as const;

export function oneOffEntryId({ name, addressType, address }: MemberFacts): Buffer {
  const head = Buffer.alloc(headBytes);
  oneOffUid.copy(head, 4);
  head.writeUInt16LE(oneOffFlags, 22);
  return Buffer.concat([head, Buffer.from(`${name}\0${addressType}\0${address}\0`, 'utf16le')]);
}

export function wrappedEntryId(kind: keyof typeof wrappedTypes, entryId: Uint8Array): Buffer {
  return Buffer.concat([Buffer.alloc(4), wrappedUid, Buffer.from([wrappedTypes[kind]]), entryId]);
}

/** The facts in a one-off entry id; undefined where it is none. */
export function decodeOneOff(bytes: Uint8Array): MemberFacts | undefined {
  const id = Buffer.from(bytes);
  if (id.length <= headBytes || !id.subarray(4, 20).equals(oneOffUid) || (id.readUInt16LE(22) & 0x8000) === 0) return undefined;
  const [name = '', addressType = 'SMTP', address = ''] = id.toString('utf16le', headBytes).split('\0');
  return { name, addressType, address };
}

/** Undefined for an entry id of another kind: EWS shows the member as unrecognized. */
export function memberTarget(bytes: Uint8Array): MemberTarget | undefined {
  const id = Buffer.from(bytes);
  if (id.length > headBytes && id.subarray(4, 20).equals(oneOffUid)) return { kind: 'oneOff' };
  if (id.length <= wrappedHeadBytes || !id.subarray(4, 20).equals(wrappedUid)) return undefined;
  const kind = (kindsByType as Readonly<Record<number, keyof typeof wrappedTypes>>)[(id[20] as number) & 0xf];
  return kind && { kind, entryId: id.subarray(wrappedHeadBytes) };
}

/** PidLidDistributionListChecksum: a CRC over all entry ids that starts at 0 and is not inverted, [MS-OXOCNTC] 2.2.2.2.3. */
export function membersChecksum(entryIds: readonly Uint8Array[]): number {
  return entryIds.reduce((crc, id) => ~crc32(id, ~crc >>> 0), 0) | 0;
}

export function isTooLong(members: readonly unknown[]): boolean {
  return members.length > mostMembers;
}
