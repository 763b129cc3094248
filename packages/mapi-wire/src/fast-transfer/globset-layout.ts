import { layout, type Layout } from '../layout/layout.ts';
import type { ByteReader } from '../byte-reader.ts';
import type { ByteWriter } from '../byte-writer.ts';
import { GlobSet, type CounterRange } from './globset.ts';

/** [MS-OXCFXICS] 2.2.2.6.1 to 2.2.2.6.5. A push is the number of its bytes, 1 to 6. */
const command = { End: 0x00, Bitmask: 0x42, Pop: 0x50, Range: 0x52 } as const;
const counterSize = 6;
/** What a bitmask tells apart, and how far it reaches beyond its first counter. */
const mostMasked = { ranges: 5, reach: 8 } as const;

/** A counter stands with its highest byte first. */
const byteAt = (counter: number, place: number): number => Math.floor(counter / 2 ** (8 * (counterSize - 1 - place))) & 0xff;
const counterOf = (bytes: readonly number[]): number => bytes.reduce((counter, byte) => counter * 0x100 + byte, 0);

function sharedBytes(low: number, high: number): number {
  let shared = 0;
  while (shared < counterSize && byteAt(low, shared) === byteAt(high, shared)) shared++;
  return shared;
}

function writeBytes(writer: ByteWriter, counter: number, from: number, to: number = counterSize): void {
  for (let place = from; place < to; place++) writer.u8(byteAt(counter, place));
}

/** Where the ranges that begin at `from` cease to have the byte at `depth` in common. */
function endOfRun(ranges: readonly CounterRange[], from: number, depth: number): number {
  const { low } = ranges[from] as CounterRange;
  let to = from;
  while (to < ranges.length && sharedBytes(low, (ranges[to] as CounterRange).high) > depth) to++;
  return Math.max(to, from + 1);
}

function endOfMask(ranges: readonly CounterRange[], from: number): number {
  const { low } = ranges[from] as CounterRange;
  let to = from;
  while (to < ranges.length && to - from < mostMasked.ranges && (ranges[to] as CounterRange).high <= low + mostMasked.reach) to++;
  return to;
}

function writeMask(writer: ByteWriter, ranges: readonly CounterRange[]): void {
  const start = (ranges[0] as CounterRange).low;
  let mask = 0;
  for (const { low, high } of ranges) for (let counter = Math.max(low, start + 1); counter <= high; counter++) mask |= 1 << (counter - start - 1);
  writer.u8(command.Bitmask);
  writeBytes(writer, start, counterSize - 1);
  writer.u8(mask);
}

/** [MS-OXCFXICS] 3.1.5.4.3.1: what ranges have in common is pushed once; `depth` bytes of it are on the stack. */
function writeRanges(writer: ByteWriter, ranges: readonly CounterRange[], depth: number): void {
  for (let from = 0, to = 0; from < ranges.length; from = to) {
    const masked = depth === counterSize - 1 ? endOfMask(ranges, from) : 0;
    if (masked > from + 1) {
      writeMask(writer, ranges.slice(from, masked));
      to = masked;
      continue;
    }
    to = depth === counterSize - 1 ? from + 1 : endOfRun(ranges, from, depth);
    writeRun(writer, ranges.slice(from, to), depth);
  }
}

function writeRun(writer: ByteWriter, run: readonly CounterRange[], depth: number): void {
  const { low } = run[0] as CounterRange;
  const { high } = run.at(-1) as CounterRange;
  const shared = sharedBytes(low, high);
  if (shared > depth) {
    writer.u8(shared - depth);
    writeBytes(writer, low, depth, shared);
    if (shared === counterSize) return;
    writeRanges(writer, run, shared);
    writer.u8(command.Pop);
  } else {
    writer.u8(command.Range);
    writeBytes(writer, low, depth);
    writeBytes(writer, high, depth);
  }
}

function readMask(reader: ByteReader, stack: readonly number[], ranges: CounterRange[]): void {
  if (stack.length !== counterSize - 1) reader.fail('invalid', `a bitmask stands where ${stack.length} bytes are in common`);
  const start = reader.u8();
  const mask = reader.u8();
  const first = counterOf([...stack, start]);
  ranges.push({ low: first, high: first });
  for (let bit = 0; bit < mostMasked.reach; bit++) {
    if ((mask & (1 << bit)) === 0) continue;
    if (start + 1 + bit > 0xff) reader.fail('invalid', 'a bitmask goes beyond its byte');
    ranges.push({ low: first + 1 + bit, high: first + 1 + bit });
  }
}

function readRange(reader: ByteReader, stack: readonly number[], ranges: CounterRange[]): void {
  const size = counterSize - stack.length;
  const low = counterOf([...stack, ...reader.bytes(size)]);
  const high = counterOf([...stack, ...reader.bytes(size)]);
  if (low > high) reader.fail('invalid', 'a range ends before it begins');
  ranges.push({ low, high });
}

/** [MS-OXCFXICS] 3.1.5.4.3.2. */
function readCommands(reader: ByteReader): GlobSet {
  const ranges: CounterRange[] = [];
  const stack: number[] = [];
  const pushes: number[] = [];
  for (let code = reader.u8(); code !== command.End; code = reader.u8()) {
    if (code === command.Bitmask) readMask(reader, stack, ranges);
    else if (code === command.Range) readRange(reader, stack, ranges);
    else if (code === command.Pop) stack.length -= pushes.pop() ?? reader.fail('invalid', 'nothing is there to be popped');
    else if (code <= counterSize - stack.length) {
      stack.push(...reader.bytes(code));
      if (stack.length < counterSize) {
        pushes.push(code);
        continue;
      }
      ranges.push({ low: counterOf(stack), high: counterOf(stack) });
      stack.length -= code;
    } else reader.fail('invalid', `no command 0x${code.toString(16)} where ${stack.length} bytes are in common`);
  }
  if (stack.length > 0) reader.fail('invalid', `${stack.length} bytes are left in common at the end`);
  return GlobSet.ofRanges(ranges);
}

/** [MS-OXCFXICS] 2.2.2.6, up to its End command. */
export const globSet: Layout<GlobSet> = layout(1, readCommands, (writer, value) => {
  writeRanges(writer, value.ranges, 0);
  writer.u8(command.End);
});
