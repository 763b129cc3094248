import { binary } from '@fauxchange/properties';
import { childConversationIndex, newConversationIndex } from './conversation.ts';

const started = Date.UTC(2026, 0, 5, 9);
const parent = newConversationIndex(started, new Uint8Array(16).fill(7));
const levelAfter = (ms: number): Buffer => Buffer.from(binary.toBytes(childConversationIndex(parent, started + ms, 0x5a))).subarray(22);

describe('a level of the conversation index', () => {
  it('is added to the one that is there', () => {
    const child = childConversationIndex(parent, started, 1);
    const bytes = Buffer.from(binary.toBytes(child));
    expect([bytes.length, bytes.subarray(0, 22).equals(Buffer.from(binary.toBytes(parent)))]).toEqual([27, true]);
    expect(binary.toBytes(childConversationIndex(child, started, 1))).toHaveLength(32);
  });

  // The header keeps the upper 40 bits of the time: what it cut off is counted to the first level.
  it.each([['at once', 0], ['after a minute', 60_000], ['after a year', 365 * 86_400_000]])('tells the time %s in units of 2^18 of 100 ns', (_what, ms) => {
    const level = levelAfter(ms);
    const delta = level.readUInt32BE(0);
    expect([delta >>> 31, level[4]]).toEqual([0, 0x5a]);
    const told = (delta * 2 ** 18) / 10_000;
    expect(told - ms).toBeGreaterThanOrEqual(-27);
    expect(told - ms).toBeLessThan(2 ** 24 / 10_000 + 1);
  });

  it('tells long times in units of 2^23, and says so', () => {
    const delta = levelAfter(5 * 365 * 86_400_000).readUInt32BE(0);
    expect([delta >>> 31, Math.round((((delta & 0x7fff_ffff) * 2 ** 23) / 10_000 / 86_400_000 / 365) * 100) / 100]).toEqual([1, 5]);
  });

  it('a clock that ran backwards tells nothing', () => {
    expect(levelAfter(-86_400_000).readUInt32BE(0)).toBe(0);
  });
});
