import { alternativesOf, keywordsOf } from './query-string.ts';

it.each<[string, string[]]>([
  ['Test Item', ['Test Item']], ['a OR b c OR d', ['a', 'b c', 'd']], ['subject:(a OR b) OR c', ['subject:(a OR b)', 'c']], ['"a OR b" or c', ['"a OR b" or c']], ['(a OR b)', ['(a OR b)']], ['', []], ['OR', []],
])('alternatives of %s', (query, expected) => {
  expect(alternativesOf(query)).toEqual(expected);
});

it.each<[string, string[]]>([
  ['Test Item', ['Test', 'Item']], ['from:alice AND NOT "exact phrase"', ['alice', 'exact phrase']], ['subject:(a OR -b)', ['a', 'b']], ['', []],
])('keywords of %s', (query, expected) => {
  expect(keywordsOf(query)).toEqual(expected);
});
