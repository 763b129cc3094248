// eslint with the module boundaries really checked: the rule skips silently when Nx's project graph is not there.
import { createProjectGraphAsync } from '@nx/devkit';
import { commandOf, nodeEnvironment, runNode } from './run.mjs';

Object.assign(process.env, nodeEnvironment);
await createProjectGraphAsync();
const { code } = await runNode(commandOf('eslint'), ['--max-warnings', '0', ...(process.argv.length > 2 ? process.argv.slice(2) : ['.'])]);
process.exit(code);
