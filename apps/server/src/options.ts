import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { profileNames, type ProfileName } from '@fauxchange/exchange';

/** Something the person at the keyboard can put right; `exitCode` as README lists them. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
export const exitCodes = { usage: 2, address: 3, file: 4 } as const;

export interface ServerOptions {
  readonly host: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly users: readonly { readonly address: string; readonly password: string }[];
  readonly seed: string | undefined;
  readonly import: string | undefined;
  readonly exportOnExit: string | undefined;
  readonly profile: ProfileName;
  readonly isThrottling: boolean;
  readonly isEwsBlocked: boolean;
  readonly caOut: string | undefined;
  readonly isJson: boolean;
  readonly isQuiet: boolean;
}
export type Command = { readonly kind: 'serve'; readonly options: ServerOptions } | { readonly kind: 'healthcheck'; readonly url: string } | { readonly kind: 'help' };

const definitions = {
  host: { type: 'string' },
  'http-port': { type: 'string' },
  'https-port': { type: 'string' },
  user: { type: 'string', multiple: true },
  seed: { type: 'string' },
  import: { type: 'string' },
  'export-on-exit': { type: 'string' },
  profile: { type: 'string' },
  throttling: { type: 'boolean' },
  'ews-blocked': { type: 'boolean' },
  'ca-out': { type: 'string' },
  config: { type: 'string' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean' },
  url: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
type Values = { -readonly [K in keyof typeof definitions]?: (typeof definitions)[K] extends { multiple: true } ? string[] : (typeof definitions)[K] extends { type: 'boolean' } ? boolean : string };

export const help: string = `fauxchange: a fake Microsoft Exchange for the people who write mail clients

  fauxchange [options]              run the server until Ctrl-C
  fauxchange healthcheck [--url U]  exit 0 if a server answers at U (default http://127.0.0.1:8080)

  --host ADDRESS          where to listen (127.0.0.1)
  --http-port PORT        plain HTTP (8080); 0 takes any free port
  --https-port PORT       HTTPS (8443)
  --user EMAIL:PASSWORD   add a user, or give one a new password; may be repeated
  --seed DIR              mail from DIR/<user>/<folder>/*.eml instead of the default mailboxes
  --import FILE           start from an export
  --export-on-exit FILE   write everything down when the server ends
  --profile NAME          ${profileNames.join(', ')} (exchangeSE)
  --throttling            EWS keeps to the whole throttling policy of the profile, concurrency and time included
  --ews-blocked           EWS answers 403, as where the organization's EwsEnabled is false
  --ca-out FILE           write the certificate of the CA that signed the server's
  --config FILE           a JSON file with any of these options: { "http-port": 9000, "user": ["a@b.test:x"] }
  --json                  print one JSON line when ready, and one a request
  --quiet                 print nothing but errors
`;

export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  if (values.help) return { kind: 'help' };
  const [command, ...rest] = positionals;
  if (rest.length > 0 || (command !== undefined && command !== 'serve' && command !== 'healthcheck')) throw usage(`unknown command '${positionals.join(' ')}'`);
  const merged: Values = { ...(values.config === undefined ? {} : readConfig(values.config)), ...values };
  if (command === 'healthcheck') return { kind: 'healthcheck', url: merged.url ?? `http://127.0.0.1:${port('http-port', merged['http-port'], 8080)}` };
  return { kind: 'serve', options: serverOptions(merged) };
}

function parse(args: readonly string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options: definitions, allowPositionals: true });
  } catch (error) {
    throw usage((error as Error).message);
  }
}

function serverOptions(values: Values): ServerOptions {
  const profile = values.profile ?? 'exchangeSE';
  if (!profileNames.includes(profile as ProfileName)) throw usage(`unknown profile '${profile}': use one of ${profileNames.join(', ')}`);
  if (values.seed !== undefined && values.import !== undefined) throw usage('--seed and --import exclude each other');
  return {
    host: values.host ?? '127.0.0.1',
    httpPort: port('http-port', values['http-port'], 8080),
    httpsPort: port('https-port', values['https-port'], 8443),
    users: (values.user ?? []).map(user),
    seed: values.seed,
    import: values.import,
    exportOnExit: values['export-on-exit'],
    profile: profile as ProfileName,
    isThrottling: values.throttling ?? false,
    isEwsBlocked: values['ews-blocked'] ?? false,
    caOut: values['ca-out'],
    isJson: values.json ?? false,
    isQuiet: values.quiet ?? false,
  };
}

function port(option: string, text: string | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65_535) throw usage(`--${option}: '${text}' is not a port`);
  return value;
}

function user(text: string): { address: string; password: string } {
  const colon = text.indexOf(':');
  const address = text.slice(0, colon);
  if (colon < 1 || !/^[^@\s]+@[^@\s]+$/.test(address) || colon === text.length - 1) throw usage(`--user wants EMAIL:PASSWORD, not '${text}'`);
  return { address, password: text.slice(colon + 1) };
}

/** The file's values, as if they had been arguments. */
function readConfig(file: string): Values {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CommandError(exitCodes.file, `cannot read the configuration ${file}: ${(error as Error).message}`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new CommandError(exitCodes.file, `the configuration ${file} is not a JSON object`);
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(parsed)) {
    const definition = Object.hasOwn(definitions, key) ? (definitions as Readonly<Record<string, { type: string; multiple?: boolean }>>)[key] : undefined;
    if (!definition || key === 'config' || key === 'help') throw new CommandError(exitCodes.file, `the configuration ${file} has an unknown option "${key}"`);
    if (definition.type === 'boolean' && typeof value !== 'boolean') throw new CommandError(exitCodes.file, `the configuration ${file} has "${key}" as something else than true or false`);
    if (definition.type === 'boolean') values[key] = value;
    else values[key] = definition.multiple ? [value].flat().map(String) : String(value);
  }
  return values as Values;
}

function usage(message: string): CommandError {
  return new CommandError(exitCodes.usage, `${message}\nTry: fauxchange --help`);
}
