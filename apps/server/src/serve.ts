import { accessSync, constants, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createExchange, defaultSeed, DumpError, dumpSeed, exportOrganization, type Exchange, type ExchangeOptions, type Organization, type Seed } from '@fauxchange/exchange';
import { ListenError } from '@fauxchange/kernel';
import { emlSeed } from './eml-seed.ts';
import { CommandError, exitCodes, type ServerOptions } from './options.ts';
import { printReady, printRequest, type Print } from './print.ts';

/** Runs the server until `stop` resolves, then ends it clean. */
export async function serve(options: ServerOptions, print: Print, stop: Promise<unknown>): Promise<void> {
  // Said now, not when the work of a day is to be written down.
  for (const file of [options.exportOnExit, options.caOut]) if (file !== undefined) requireWritable(file);
  const exchange = await start(options);
  try {
    if (options.caOut !== undefined) writeFile(options.caOut, exchange.caCertificate ?? '');
    if (!options.isQuiet) {
      exchange.journal.subscribe((entry) => printRequest(entry, options, print));
      printReady(exchange, options, print);
    }
    await stop;
    if (options.exportOnExit !== undefined) writeFile(options.exportOnExit, JSON.stringify(await exportOrganization(exchange.organization)));
  } finally {
    await exchange.close();
  }
}

async function start(options: ServerOptions): Promise<Exchange> {
  const { host, httpPort, httpsPort, profile } = options;
  const { domain, seed } = seedOf(options);
  try {
    return await createExchange({ host, profile, domain, http: { port: httpPort }, https: { port: httpsPort }, ews: ewsOptions(options), seed: withUsers(seed, options), strict: false });
  } catch (error) {
    if (error instanceof DumpError) throw new CommandError(exitCodes.file, `cannot import ${options.import}: ${error.message}`);
    if (error instanceof ListenError) throw new CommandError(exitCodes.address, `${error.message}\nChoose another with --http-port, --https-port or --host.`);
    throw error;
  }
}

interface Origin {
  readonly domain?: string | undefined;
  readonly seed: Seed;
}

function seedOf({ seed, import: file }: ServerOptions): Origin {
  if (seed !== undefined) return { seed: emlSeed(seed) };
  return file === undefined ? { seed: defaultSeed } : readDump(file);
}

/** What an export holds: the organization comes back under its own domain. */
function readDump(file: string): Origin {
  try {
    const dump = JSON.parse(readFileSync(file, 'utf8')) as { readonly domain?: string };
    return { seed: dumpSeed(dump), domain: dump.domain };
  } catch (error) {
    throw new CommandError(exitCodes.file, `cannot import ${file}: ${(error as Error).message}`);
  }
}

/** The users of the command line belong to the seed: they are there before the first client is. */
function withUsers(seed: Seed, { users }: ServerOptions): Seed {
  return async (organization) => {
    await seed(organization);
    for (const user of users) await addUser(organization, user);
  };
}

async function addUser(organization: Organization, { address, password }: ServerOptions['users'][number]): Promise<void> {
  const { directory } = organization;
  const known = directory.byAddress(address);
  if (known && known.mailboxGuid === undefined) throw new CommandError(exitCodes.usage, `--user ${address}: that is ${known.displayName}, which has no mailbox`);
  try {
    if (known) directory.update(known.id, { password });
    else await organization.add({ recipientType: 'UserMailbox', displayName: address.slice(0, address.indexOf('@')), primarySmtpAddress: address, password });
  } catch (error) {
    throw new CommandError(exitCodes.usage, `--user ${address}: ${(error as Error).message}`);
  }
}

function requireWritable(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK);
  } catch (error) {
    throw new CommandError(exitCodes.file, `cannot write ${file}: ${(error as Error).message}`);
  }
}

/** Whole or not at all: the file may be the one that the next run imports. */
function writeFile(file: string, content: string): void {
  const unfinished = `${file}.unfinished`;
  try {
    writeFileSync(unfinished, content);
    renameSync(unfinished, file);
  } catch (error) {
    throw new CommandError(exitCodes.file, `cannot write ${file}: ${(error as Error).message}`);
  }
}

/** `undefined` leaves the emulator's own defaults. */
const ewsOptions = ({ isThrottling, isEwsBlocked }: ServerOptions): ExchangeOptions['ews'] => ({
  throttling: isThrottling || undefined,
  access: isEwsBlocked ? { enabled: false } : undefined,
});
