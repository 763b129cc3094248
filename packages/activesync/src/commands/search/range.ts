/** `0-99`: indexes from zero, both ends included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Undefined for what is no range, [MS-ASCMD] 2.2.3.143.3. */
export function parseRange(text: string): Range | undefined {
  const [, first, last] = /^(\d{1,9})-(\d{1,9})$/.exec(text) ?? [];
  return first === undefined || last === undefined || Number(first) > Number(last) ? undefined : { first: Number(first), last: Number(last) };
}

/** The range of what is told; undefined when nothing is. */
export const formatRange = ({ first }: Range, count: number): string | undefined => (count === 0 ? undefined : `${first}-${first + count - 1}`);
