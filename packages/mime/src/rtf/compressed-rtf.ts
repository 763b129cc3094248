/** What the dictionary begins with, [MS-OXRTFCP] 2.1.2.1. */
const beginning = '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';
const window = 4096;
const headLength = 16;
const types = { compressed: 0x75465a4c, plain: 0x414c454d } as const;
const longestMatch = 17;
/** Places looked at for a match: more make it no shorter to speak of. */
const mostTried = 16;

/** [MS-OXRTFCP] 2.1.3.2: the CRC of ZIP, beginning with 0 and not inverted. */
function checksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) !== 0 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return crc >>> 0;
}

/** RTF as PidTagRtfCompressed holds it: LZFu. */
export function compressRtf(rtf: Uint8Array): Uint8Array {
  const content = Buffer.from(compress(Buffer.concat([Buffer.from(beginning, 'latin1'), rtf])));
  const head = Buffer.alloc(headLength);
  head.writeUInt32LE(content.length + 12, 0);
  head.writeUInt32LE(rtf.length, 4);
  head.writeUInt32LE(types.compressed, 8);
  head.writeUInt32LE(checksum(content), 12);
  return Buffer.concat([head, content]);
}

/** Runs of up to eight tokens, each run behind a byte whose bits tell references from literals. */
function compress(all: Uint8Array): number[] {
  const out: number[] = [];
  const earlier = new Earlier(all);
  let at = beginning.length;
  let control = 0;
  let bit = 8;
  const token = (isReference: boolean, ...bytes: readonly number[]): void => {
    if (bit === 8) {
      control = out.push(0) - 1;
      bit = 0;
    }
    if (isReference) out[control] = (out[control] ?? 0) | (1 << bit);
    out.push(...bytes);
    bit += 1;
  };
  const reference = (place: number, length: number): void => token(true, (place % window) >> 4, ((place & 0xf) << 4) | length);
  while (at < all.length) {
    const { from, length } = earlier.find(at);
    if (length < 2) token(false, all[at] ?? 0);
    else reference(from, length - 2);
    for (let end = at + Math.max(1, length); at < end; at += 1) earlier.add(at);
  }
  // A reference to where the next byte would go is the end.
  reference(at, 0);
  return out;
}

/** Where pairs of bytes stood before. */
class Earlier {
  readonly #all: Uint8Array;
  readonly #last = new Int32Array(0x10000).fill(-1);
  readonly #before: Int32Array;

  constructor(all: Uint8Array) {
    this.#all = all;
    this.#before = new Int32Array(all.length).fill(-1);
    for (let at = 0; at < beginning.length; at += 1) this.add(at);
  }

  add(at: number): void {
    const pair = this.#pair(at);
    this.#before[at] = this.#last[pair] ?? -1;
    this.#last[pair] = at;
  }

  find(at: number): { readonly from: number; readonly length: number } {
    let best = { from: 0, length: 0 };
    let from = this.#last[this.#pair(at)] ?? -1;
    for (let tried = 0; from >= 0 && at - from < window && tried < mostTried; tried += 1) {
      const most = Math.min(longestMatch, at - from, this.#all.length - at);
      let length = 0;
      while (length < most && this.#all[from + length] === this.#all[at + length]) length += 1;
      if (length > best.length) best = { from, length };
      from = this.#before[from] ?? -1;
    }
    return best;
  }

  #pair(at: number): number {
    return ((this.#all[at] ?? 0) << 8) | (this.#all[at + 1] ?? 0);
  }
}

/** The RTF in a PidTagRtfCompressed, compressed or not. @throws RangeError for what is none */
export function decompressRtf(bytes: Uint8Array): Uint8Array {
  if (bytes.length < headLength) throw new RangeError('compressed RTF has a head of 16 bytes');
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = input.readUInt32LE(4);
  const type = input.readUInt32LE(8);
  if (type === types.plain) return input.subarray(headLength, headLength + size);
  if (type !== types.compressed) throw new RangeError('neither compressed nor plain RTF');
  if (checksum(input.subarray(headLength)) !== input.readUInt32LE(12)) throw new RangeError('the checksum of compressed RTF is wrong');
  return decompress(input.subarray(headLength), size);
}

function decompress(input: Buffer, size: number): Uint8Array {
  const dictionary = Buffer.alloc(window, ' ');
  let write = dictionary.write(beginning, 'latin1');
  const out: number[] = [];
  const put = (byte: number): void => {
    out.push(byte);
    dictionary[write] = byte;
    write = (write + 1) % window;
  };
  for (let at = 0; at < input.length && out.length <= size;) {
    const control = input[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < input.length; bit += 1) {
      if ((control & (1 << bit)) === 0) {
        put(input[at++] ?? 0);
        continue;
      }
      const [high = 0, low = 0] = [input[at++], input[at++]];
      let from = (high << 4) | (low >> 4);
      if (from === write) return Buffer.from(out);
      for (let left = (low & 0xf) + 2; left > 0; left -= 1, from = (from + 1) % window) put(dictionary[from] ?? 0);
    }
  }
  return Buffer.from(out);
}
