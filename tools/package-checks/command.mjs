// The packed command: starts on free ports, answers, and ends clean when told to.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export async function runCommandOfTarball(folder) {
  const child = spawn(join(folder, 'consumer/node_modules/.bin/fauxchange'), ['--http-port', '0', '--https-port', '0', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  let complaints = '';
  child.stderr.on('data', (chunk) => (complaints += chunk));
  const giveUp = setTimeout(() => child.kill('SIGKILL'), 30_000);
  try {
    const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line'), closed.then(() => [undefined])]);
    if (line === undefined) return [`it ended before it was ready:\n${complaints}`];
    const { httpUrl } = JSON.parse(line);
    const { status } = await fetch(`${httpUrl}/readyz`);
    child.kill('SIGTERM');
    const [code] = await closed;
    return status === 200 && code === 0 ? [] : [`/readyz said ${status}, the exit code was ${code}:\n${complaints}`];
  } finally {
    clearTimeout(giveUp);
    child.kill('SIGKILL');
  }
}
