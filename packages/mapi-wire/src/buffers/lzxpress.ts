import { ByteReader } from '../byte-reader.ts';
import { ByteWriter } from '../byte-writer.ts';

/** What a match may reach back, and the fewest bytes that are worth one: [MS-OXCRPC] 3.1.4.1.1.2.2.3 and 3.1.4.1.1.2.1.4. */
const windowSize = 0x2000;
const leastLength = 3;
/** Beyond them, a length is continued elsewhere: in three bits, in half a byte, in a byte, in two. */
const most = { bits: 7, nibble: 15, byte: 255 } as const;
const maskBits = 32;
const mostCandidates = 32;

/**
 * Plain LZ77, called DIRECT2 here: [MS-OXCRPC] 3.1.4.1.1.2.2, [MS-XCA] 2.4. Groups of 32 elements, each a byte or a match, behind a
 * mask that says which, from its top bit down.
 *
 * @param size what is made of it: neither more nor less
 * @throws WireError
 */
export function decompressLz77(bytes: Uint8Array, size: number): Uint8Array {
  const reader = new ByteReader(bytes);
  const output = new Uint8Array(size);
  const nibbles = nibblesOf(reader);
  let mask = 0;
  let bitsLeft = 0;
  for (let at = 0; at < size;) {
    if (bitsLeft === 0) {
      mask = reader.u32();
      bitsLeft = maskBits;
    }
    bitsLeft--;
    if (((mask >>> bitsLeft) & 1) === 0) {
      output[at++] = reader.u8();
      continue;
    }
    const match = reader.u16();
    const distance = (match >>> 3) + 1;
    const length = readLength(reader, match & most.bits, nibbles);
    if (distance > at) reader.fail('invalid', `a match goes ${distance} bytes back where ${at} are written`);
    if (length > size - at) reader.fail('invalid', `a match makes more than the ${size} bytes that were announced`);
    // Byte by byte: a match may run into what it writes itself.
    for (const end = at + length; at < end; at++) output[at] = output[at - distance] ?? 0;
  }
  return output;
}

/** Two lengths share a byte: the second takes the upper half of the one that the first has read. */
function nibblesOf(reader: ByteReader): () => number {
  let kept: number | undefined;
  return () => {
    const shared = kept;
    kept = shared === undefined ? reader.u8() : undefined;
    return shared === undefined ? (kept ?? 0) & 0xf : shared >>> 4;
  };
}

/** [MS-OXCRPC] 3.1.4.1.1.2.2.4. */
function readLength(reader: ByteReader, bits: number, nibbles: () => number): number {
  if (bits < most.bits) return bits + leastLength;
  const nibble = nibbles();
  if (nibble < most.nibble) return nibble + most.bits + leastLength;
  const byte = reader.u8();
  if (byte < most.byte) return byte + most.nibble + most.bits + leastLength;
  const whole = reader.u16() || reader.u32();
  if (whole < most.nibble + most.bits) reader.fail('invalid', `a length of ${whole} has no need of so many bytes`);
  return whole + leastLength;
}

/** What `decompressLz77` takes. It can be longer than what it was made of. */
export function compressLz77(bytes: Uint8Array): Uint8Array {
  const writer = new ByteWriter();
  const elements = elementsTo(writer);
  const find = matchesIn(bytes);
  for (let at = 0; at < bytes.length;) {
    const { distance, length } = find(at);
    if (length < leastLength) {
      elements.flag(0);
      writer.u8(bytes[at++] ?? 0);
    } else {
      elements.flag(1);
      elements.match(distance, length - leastLength);
      at += length;
    }
  }
  elements.end();
  return writer.finish();
}

interface Elements {
  readonly flag: (bit: 0 | 1) => void;
  readonly match: (distance: number, over: number) => void;
  readonly end: () => void;
}

function elementsTo(writer: ByteWriter): Elements {
  let maskAt = 0;
  let mask = 0;
  let bitsLeft = 0;
  let nibble: { readonly at: number; readonly low: number } | undefined;
  const flag = (bit: number): void => {
    if (bitsLeft === 0) {
      maskAt = writer.size;
      mask = 0;
      writer.u32(0);
      bitsLeft = maskBits;
    }
    bitsLeft--;
    mask = (mask | (bit << bitsLeft)) >>> 0;
    writer.patchU32(maskAt, mask);
  };
  const writeNibble = (value: number): void => {
    if (nibble) writer.patchU8(nibble.at, nibble.low | (value << 4));
    else writer.u8(value);
    nibble = nibble ? undefined : { at: writer.size - 1, low: value };
  };
  const match = (distance: number, over: number): void => {
    writer.u16(((distance - 1) << 3) | Math.min(over, most.bits));
    if (over < most.bits) return;
    writeNibble(Math.min(over - most.bits, most.nibble));
    const left = over - most.bits - most.nibble;
    if (left < 0) return;
    writer.u8(Math.min(left, most.byte));
    if (left < most.byte) return;
    writer.u16(over <= 0xffff ? over : 0);
    if (over > 0xffff) writer.u32(over);
  };
  // The bit behind the last element is set, and so are those that are left of its mask: [MS-OXCRPC] 3.1.4.1.1.2.2.1.
  const end = (): void => {
    do flag(1);
    while (bitsLeft > 0);
  };
  return { flag, match, end };
}

interface Match {
  readonly distance: number;
  readonly length: number;
}

/** The longest match for each place, asked for in their order: places are found again by the three bytes that stand there. */
function matchesIn(bytes: Uint8Array): (at: number) => Match {
  const places = new Map<number, number[]>();
  let known = 0;
  const keyAt = (at: number): number => ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  const learn = (end: number): void => {
    for (; known < end; known++) {
      const same = places.get(keyAt(known));
      if (same) same.push(known);
      else places.set(keyAt(known), [known]);
    }
  };
  const lengthOf = (from: number, at: number): number => {
    let length = 0;
    while (at + length < bytes.length && bytes[from + length] === bytes[at + length]) length++;
    return length;
  };
  return (at) => {
    learn(at);
    let best: Match = { distance: 0, length: 0 };
    const same = places.get(keyAt(at)) ?? [];
    const oldest = Math.max(0, same.length - mostCandidates);
    for (let index = same.length - 1; index >= oldest; index--) {
      const from = same[index] ?? 0;
      if (at - from > windowSize) break;
      const length = lengthOf(from, at);
      if (length > best.length) best = { distance: at - from, length };
    }
    return best;
  };
}
