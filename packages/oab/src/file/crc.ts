import { crc32 } from 'node:zlib';

/** The CRC of IEEE 802.3 as [MS-OXOAB] 2 has it: begun with ones, and not turned over at the end as that of zip files is. */
export const crc = (bytes: Uint8Array): number => ~crc32(bytes) >>> 0;
