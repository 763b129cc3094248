// Programs in processes of their own.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Starts a program of targets/ that takes one message, its argument, and sends one message when it is ready: `{ ready, child, stop }`. */
export async function startTarget(name, argument, execArgv = []) {
  const child = fork(pathOf(`targets/${name}.mjs`), [], { execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with ${code} before it was ready`);
  });
  ended.catch(() => undefined);
  child.send(argument ?? {});
  const [ready] = await Promise.race([once(child, 'message'), ended]);
  return { ready, child, stop: () => child.kill('SIGKILL') };
}

/** Asks a started program, whose message is then `{ answer }`. */
export function ask({ child }, what, value) {
  return new Promise((resolve) => {
    child.once('message', ({ answer }) => resolve(answer));
    child.send({ what, value });
  });
}

/** Runs a program of targets/ to its one message. */
export async function runTarget(name, argument, execArgv) {
  const { ready, stop } = await startTarget(name, argument, execArgv);
  stop();
  return ready;
}

/** Milliseconds from spawning a process to its first output; the process is ended then. */
export async function timeToFirstLine(args) {
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const elapsed = performance.now() - started;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
  return elapsed;
}

/** What a process prints, as a number. */
export async function numberFrom(args) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}`);
  return Number(text);
}
