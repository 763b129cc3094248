import { runTarget } from '../child.mjs';
import { quotient } from '../statistics.mjs';

export async function codec({ rounds }) {
  const results = await runTarget('codec', { rounds });
  return results.map(({ what, against, ours, theirs, megabytes }) => ({ what, unit: `of the speed of ${against}`, value: quotient(ours, theirs), detail: `${megabytes.toFixed(0)} MB/s` }));
}
