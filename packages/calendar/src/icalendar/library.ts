// Loaded when first needed; `require` and not `import()`: jest's CommonJS loader cannot run one.
/* eslint-disable @typescript-eslint/no-require-imports */

/** A property as jCal has it: name, parameters, type of the value, values. */
export type Property = readonly [name: string, parameters: Readonly<Record<string, string | readonly string[]>>, type: string, ...values: readonly unknown[]];

/** What we use of ical.js: lines to properties and back. The tree, times and recurrences are ours, more tolerant than it is. */
interface LineCodec {
  readonly parse: { property(line: string): Property };
  readonly stringify: { property(property: Property, design: undefined, isUnfolded: true): string };
}

export const icalJs = (): LineCodec => {
  const loaded = require('ical.js') as LineCodec & { readonly default?: LineCodec };
  return loaded.default ?? loaded;
};
