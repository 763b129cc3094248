#!/usr/bin/env node
import { CommandError, help, parseCommand } from './options.ts';
import { serve } from './serve.ts';

/** Runs the command; resolves to its exit code. */
export async function run(args: readonly string[], print: (line: string) => void, printError: (line: string) => void, stop: Promise<unknown>): Promise<number> {
  try {
    const command = parseCommand(args);
    if (command.kind === 'help') print(help);
    else if (command.kind === 'healthcheck') return await healthcheck(command.url, printError);
    else await serve(command.options, print, stop);
    return 0;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    printError(`fauxchange: ${error.message}`);
    return error.exitCode;
  }
}

async function healthcheck(url: string, printError: (line: string) => void): Promise<number> {
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/readyz`, { signal: AbortSignal.timeout(5000) });
    if (response.ok) return 0;
    printError(`fauxchange: ${url} is not ready: HTTP ${response.status}`);
  } catch (error) {
    printError(`fauxchange: ${url} does not answer: ${(error as Error).message}`);
  }
  return 1;
}

/** Resolves when the process is told to end. */
function endOfProcess(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

if (require.main === module) {
  void run(process.argv.slice(2), (line) => void process.stdout.write(`${line}\n`), (line) => void process.stderr.write(`${line}\n`), endOfProcess()).then((code) => {
    process.exitCode = code;
  });
}
