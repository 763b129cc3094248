import { WireEncodeError } from '../errors.ts';
import { layout, type Layout, type LayoutValue } from '../layout/layout.ts';
import { u16, u64 } from '../layout/numbers.ts';
import { reserved, struct } from '../layout/struct.ts';
import { guid } from '../layout/text.ts';

/** [MS-OXCDATA] 2.2.1.1: as it stands on the wire, a number of eight bytes. */
export const folderId: Layout<bigint> = u64;
/** [MS-OXCDATA] 2.2.1.2. */
export const messageId: Layout<bigint> = u64;

const counterSize = 6;
const mostCounter = 0xffff_ffff_ffffn;

function reversed(counter: bigint): bigint {
  let turned = 0n;
  for (let place = 0; place < counterSize; place++) turned |= ((counter >> BigInt(place * 8)) & 0xffn) << BigInt((counterSize - 1 - place) * 8);
  return turned;
}
function checked(counter: bigint): bigint {
  if (counter < 0n || counter > mostCounter) throw new WireEncodeError(`${counter} is no counter of six bytes`);
  return counter;
}

/** The replica that made an id: its first two bytes. */
export const replIdOf = (id: bigint): number => Number(id & 0xffffn);
/** The counter of an id: its other six bytes, the first the highest. */
export const globalCounterOf = (id: bigint): bigint => reversed(id >> 16n);
/** The folder or message id of a replica and a counter, and the change number too. */
export const objectId = (replId: number, globalCounter: bigint): bigint => (reversed(checked(globalCounter)) << 16n) | BigInt(replId);

/** Six bytes, the first the highest. */
export const globalCounter: Layout<bigint> = layout(counterSize, (reader) => reader.bytes(counterSize).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n), (writer, value) => {
  checked(value);
  for (let place = counterSize - 1; place >= 0; place--) writer.u8(Number((value >> BigInt(place * 8)) & 0xffn));
});

/** [MS-OXCDATA] 2.2.1.3.1: an id that means the same in every store. */
export const longTermId = struct({ DatabaseGuid: guid, GlobalCounter: globalCounter, Pad: reserved(u16, 0) });
export type LongTermId = LayoutValue<typeof longTermId>;
