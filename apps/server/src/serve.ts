import { readFileSync, writeFileSync } from 'node:fs';
import { createExchange, DumpError, dumpSeed, exportOrganization, type Exchange, type Organization, type Seed } from '@fauxchange/exchange';
import { ListenError } from '@fauxchange/kernel';
import { emlSeed } from './eml-seed.ts';
import { CommandError, exitCodes, type ServerOptions } from './options.ts';
import { printReady, printRequest, type Print } from './print.ts';

/** Runs the server until `stop` resolves, then ends it clean. */
export async function serve(options: ServerOptions, print: Print, stop: Promise<unknown>): Promise<void> {
  const exchange = await start(options);
  try {
    await addUsers(exchange.organization, options);
    if (options.caOut !== undefined) writeFile(options.caOut, exchange.caCertificate ?? '');
    if (!options.isQuiet) {
      exchange.journal.subscribe((entry) => printRequest(entry, options, print));
      printReady(exchange, options, print);
    }
    await stop;
    if (options.exportOnExit !== undefined) writeFile(options.exportOnExit, JSON.stringify(await exportOrganization(exchange.organization), undefined, 1));
  } finally {
    await exchange.close();
  }
}

async function start(options: ServerOptions): Promise<Exchange> {
  const { host, httpPort, httpsPort, profile } = options;
  const dump = options.import === undefined ? undefined : readDump(options.import);
  try {
    return await createExchange({ host, profile, domain: dump?.domain, http: { port: httpPort }, https: { port: httpsPort }, seed: dump?.seed ?? seedOf(options), strict: false });
  } catch (error) {
    if (error instanceof DumpError) throw new CommandError(exitCodes.file, `cannot import ${options.import}: ${error.message}`);
    if (error instanceof ListenError) throw new CommandError(exitCodes.address, `${error.message}\nChoose another with --http-port and --https-port.`);
    throw error;
  }
}

function seedOf({ seed }: ServerOptions): Seed | undefined {
  return seed === undefined ? undefined : emlSeed(seed);
}

/** What an export holds: the organization comes back under its own domain. */
function readDump(file: string): { readonly domain: string | undefined; readonly seed: Seed } {
  try {
    const dump = JSON.parse(readFileSync(file, 'utf8')) as { readonly domain?: string };
    return { seed: dumpSeed(dump), domain: dump.domain };
  } catch (error) {
    throw new CommandError(exitCodes.file, `cannot import ${file}: ${(error as Error).message}`);
  }
}

async function addUsers(organization: Organization, { users }: ServerOptions): Promise<void> {
  for (const { address, password } of users) {
    const known = organization.directory.byAddress(address);
    const alias = address.slice(0, address.indexOf('@'));
    if (known) organization.directory.update(known.id, { password });
    else await organization.add({ recipientType: 'UserMailbox', displayName: alias, primarySmtpAddress: address, password });
  }
}

function writeFile(file: string, content: string): void {
  try {
    writeFileSync(file, content);
  } catch (error) {
    throw new CommandError(exitCodes.file, `cannot write ${file}: ${(error as Error).message}`);
  }
}
