// Loaded when first needed: programs that only read and write bytes do without. `require` and not `import()`: the latter stays
// a dynamic import in the CommonJS build, and jest's CommonJS loader cannot run one.
/* eslint-disable @typescript-eslint/no-require-imports */
import type * as Saxes from 'saxes';

export const saxes = (): typeof Saxes => require('saxes') as typeof Saxes;
