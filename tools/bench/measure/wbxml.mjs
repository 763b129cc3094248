import { runTarget } from '../child.mjs';
import { quotient } from '../statistics.mjs';

export async function wbxml({ rounds }) {
  const results = await runTarget('wbxml', { rounds });
  return results.map(({ what, aim, ours, theirs, megabytes }) => ({ what, unit: 'of the speed of a bare tree', value: quotient(ours, theirs), aim, detail: `${megabytes.toFixed(0)} MB/s` }));
}
