/** Milliseconds from 1601 to 1970. */
const EPOCH_1601_MS = 11_644_473_600_000n;

/** A time in ms since 1970 UTC as FILETIME: units of 100 ns since 1601. */
export function fileTime(ms: number): bigint {
  return BigInt.asUintN(64, (BigInt(Math.trunc(ms)) + EPOCH_1601_MS) * 10_000n);
}
