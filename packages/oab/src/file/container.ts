import { crc } from './crc.ts';
import { ByteReader, ByteWriter, constant, decode, encode, fixed, layout, rest, sized, struct, u16, u32, u8, type Layout } from '@fauxchange/mapi-wire';

/** LZX_HDR, [MS-OXOAB] 2.11.1. */
const lzxHdr = struct({ ulVersionHigh: constant(u32, 3), ulVersionLow: constant(u32, 1), ulBlockMax: u32, ulTargetSize: u32 });
const lzxBlkHead = struct({ ulFlags: u32, ulCompSize: u32, ulUncompSize: u32, ulCRC: u32 });
const lzxFlag = { Stored: 0, Lzx: 1 } as const;

/** The largest block, read or written, that a client has to have room for. */
const blockMax = 0x4_0000;
/** Bytes of a chunk of LZX DELTA, [MS-PATCH] 2.3: each block has one. */
const chunkSize = 0x8000;
const mostBytes = 0x1000_0000;

/**
 * A chunk of LZX DELTA that holds its bytes as they are, [MS-PATCH] 2.3.1.1: after its size, a bit for the translation of calls, 3 for
 * the type of block and 24 for its size, in 16-bit words; the three offsets of repeated matches, which nobody uses; the bytes, and one
 * more where they are odd.
 */
const offsets = Buffer.from('010000000100000001000000', 'hex');
const uncompressedBlock = 3;
const chunk: Layout<Uint8Array> = sized(u16, layout<Uint8Array>(16, (reader) => {
  const bits = reader.u16() * 0x1_0000 + reader.u16();
  const [translates, type, size] = [bits >>> 31, (bits >>> 28) & 7, (bits >>> 4) & 0xff_ffff];
  if (translates !== 0 || type !== uncompressedBlock) reader.fail('invalid', 'what LZX has really compressed is not read');
  fixed(offsets.length).read(reader, {});
  const bytes = reader.bytes(size);
  if (size % 2 === 1) reader.u8();
  return bytes;
}, (writer, bytes) => {
  const bits = uncompressedBlock * 0x1000_0000 + bytes.length * 0x10;
  writer.u16(Math.floor(bits / 0x1_0000));
  writer.u16(bits & 0xffff);
  writer.bytes(offsets);
  writer.bytes(bytes);
  if (bytes.length % 2 === 1) u8.write(writer, 0, {});
}));

/**
 * A compressed file, [MS-OXOAB] 2.11. Its blocks say that they are compressed, as those of Exchange do, because Outlook 2021 takes all
 * blocks for LZX whatever their flag says; what LZX has in them is bytes as they are.
 */
export function encodeContainer(content: Uint8Array): Uint8Array {
  const writer = new ByteWriter();
  lzxHdr.write(writer, { ulBlockMax: blockMax, ulTargetSize: content.length }, {});
  for (let at = 0; at < content.length; at += chunkSize) {
    const bytes = content.subarray(at, at + chunkSize);
    const data = encode(chunk, bytes);
    lzxBlkHead.write(writer, { ulFlags: lzxFlag.Lzx, ulCompSize: data.length, ulUncompSize: bytes.length, ulCRC: crc(bytes) }, {});
    writer.bytes(data);
  }
  return writer.finish();
}

/** What a compressed file holds, where nothing of it is really compressed. @throws WireError */
export function decodeContainer(bytes: Uint8Array): Uint8Array {
  const reader = new ByteReader(bytes);
  const { ulBlockMax, ulTargetSize } = lzxHdr.read(reader, {});
  if (ulTargetSize > mostBytes) reader.fail('invalid', `${ulTargetSize} bytes are more than are read`);
  const blocks: Uint8Array[] = [];
  while (reader.left > 0) {
    const { ulFlags, ulCompSize, ulUncompSize, ulCRC } = lzxBlkHead.read(reader, {});
    if (ulCompSize > ulBlockMax || ulUncompSize > ulBlockMax) reader.fail('invalid', 'a block is larger than the largest');
    const block = decode(reader.bytes(ulCompSize), ulFlags === lzxFlag.Stored ? rest : chunk);
    if (block.length !== ulUncompSize || crc(block) !== ulCRC) reader.fail('invalid', 'a block is not what its head says');
    blocks.push(block);
  }
  const content = Buffer.concat(blocks);
  if (content.length !== ulTargetSize) reader.fail('invalid', `${content.length} bytes stand where ${ulTargetSize} have to`);
  return content;
}
