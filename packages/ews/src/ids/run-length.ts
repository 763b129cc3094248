/**
 * The run-length coding of ids, [MS-OXWSITEMID] 2.1.3.1: a byte that repeats is written twice, followed by the number
 * of further repetitions; others stand for themselves.
 */
export function expandRuns(bytes: Buffer, maxLength: number): Buffer | undefined {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const value = bytes[at] as number;
    out.push(value);
    if (bytes[at + 1] === value) {
      const further = bytes[at + 2];
      if (further === undefined) return undefined;
      for (let n = 0; n <= further; n++) out.push(value);
      at += 2;
    }
    if (out.length > maxLength) return undefined;
  }
  return Buffer.from(out);
}

/** The other way. A run is two bytes and a count, so that no more than 257 go into one. */
export function shortenRuns(bytes: Buffer): Buffer {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const value = bytes[at] as number;
    let run = 1;
    while (bytes[at + run] === value && run < 257) run++;
    out.push(value);
    if (run > 1) out.push(value, run - 2);
    at += run;
  }
  return Buffer.from(out);
}
