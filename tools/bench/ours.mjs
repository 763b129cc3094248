// The built packages, as users load them, and the files inside that are not exported.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const require = createRequire(import.meta.url);
export const builtFile = (path) => join(root, 'packages', path);
export const serverMain = join(root, 'apps/server/dist/main.js');
