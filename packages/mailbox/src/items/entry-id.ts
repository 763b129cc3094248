import { binary, type Binary } from '@fauxchange/properties';

const PROVIDER = 'dca740c8c042101ab4b908002b2fe182';
/** The provider of the address book, muidEMSAB: also PidTagMappingSignature, [MS-OXOABK] 2.2.3.32. */
export const addressBookProvider: Binary = binary.fromHex(PROVIDER);

/** The permanent entry id of somebody in the address book: flags, provider, version 1, type 0 (a person), DN ([MS-OXCDATA] 2.2.5.2). */
export function addressBookEntryId(legacyExchangeDN: string): Binary {
  return binary.from(Buffer.concat([Buffer.alloc(4), Buffer.from(PROVIDER, 'hex'), Buffer.from([1, 0, 0, 0, 0, 0, 0, 0]), Buffer.from(`${legacyExchangeDN}\0`, 'latin1')]));
}
