import { parseHoldPeriod } from './hold-period.ts';

it.each<[string, number | undefined]>([
  ['Unlimited', Infinity], ['unlimited', Infinity], ['30', 30 * 86_400_000], ['30.00:00:00', 30 * 86_400_000], ['1.02:03:04.5', 93_784_500], ['12:30', 45_000_000], ['00:00:00', 0],
  ['', undefined], ['-1', undefined], ['24:00:00', undefined], ['1:60', undefined], ['00:00:60', undefined], ['a month', undefined], ['999999999', undefined],
])('%s', (text, expected) => {
  expect(parseHoldPeriod(text)).toBe(expected);
});
