import type { Arbitrary } from 'fast-check';

/**
 * Any code point that is no surrogate: the characters of fast-check's unit `binary`, which makes a map of all 1,112,064 of them in
 * every test file that uses it (about a second each).
 * @example
 * fc.string({ unit: anyCharacter })
 */
export declare const anyCharacter: Arbitrary<string>;
