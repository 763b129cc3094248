import type { ContainsMode } from './restriction.ts';

const combining = /\p{Mn}/gu;
const ascii = /^[\x20-\x7e]*$/;

/** Ignoring case, and accents too where asked: what an Exchange store's comparison in its usual locale ignores. */
export function fold(text: string, ignores: { case: boolean; nonSpacing: boolean } = { case: true, nonSpacing: true }): string {
  const bare = ignores.nonSpacing && !ascii.test(text) ? text.normalize('NFD').replace(combining, '').normalize('NFC') : text;
  return ignores.case ? bare.toLowerCase() : bare;
}

const isWordCharacter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}_]/u.test(character);

function* occurrences(haystack: string, needle: string): IterableIterator<number> {
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) yield at;
}

function occursAtWord(haystack: string, needle: string, isWhole: boolean): boolean {
  for (const at of occurrences(haystack, needle)) {
    if (isWordCharacter(haystack[at - 1])) continue;
    if (!isWhole || !isWordCharacter(haystack[at + needle.length])) return true;
  }
  return false;
}

const tests: { readonly [M in ContainsMode]: (haystack: string, needle: string) => boolean } = {
  fullString: (haystack, needle) => haystack === needle,
  prefix: (haystack, needle) => haystack.startsWith(needle),
  substring: (haystack, needle) => haystack.includes(needle),
  prefixOnWords: (haystack, needle) => occursAtWord(haystack, needle, false),
  exactPhrase: (haystack, needle) => occursAtWord(haystack, needle, true),
};

/** A test for texts, with the needle folded once. */
export function textTest(needle: string, mode: ContainsMode, ignores: { case: boolean; nonSpacing: boolean }): (text: string) => boolean {
  const folded = fold(needle, ignores);
  const test = tests[mode];
  if (!ignores.case && !ignores.nonSpacing) return (text) => test(text, folded);
  // Most texts fail at once when they are shorter than what they should contain; folding costs most of the time.
  return (text) => (text.length * 3 < folded.length ? false : test(fold(text, ignores), folded));
}
