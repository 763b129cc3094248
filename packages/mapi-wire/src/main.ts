#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { WireError } from './errors.ts';
import { requestText, responseText } from './text/rops-text.ts';

const help = `mapi-wire: the bytes of MAPI over HTTP, as text

  mapi-wire request FILE|-    the ROPs that a client sends
  mapi-wire response FILE|-   what a server answers

  --hex                 the bytes are hexadecimal digits; white space between them does not matter
  --extended            the bytes are extended buffers, with RPC_HEADER_EXT: a whole RopBuffer of Execute
  --columns TAG,TAG     property tags of the rows in responses, in hexadecimal digits
  --code-page N         Windows code page of 8-bit text (1252)
  -h, --help            this text

Exit codes: 0 done, 1 the input is not what it should be (the message names the offset), 2 usage, 4 a file cannot be read.
`;

/** Exit codes, as the help tells them. */
const exitCodes = { input: 1, usage: 2, file: 4 } as const;

class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

const usage = (message: string): CommandError => new CommandError(exitCodes.usage, `${message} (mapi-wire --help)`);

const definitions = {
  hex: { type: 'boolean' }, extended: { type: 'boolean' }, columns: { type: 'string' }, 'code-page': { type: 'string' }, help: { type: 'boolean', short: 'h' },
} as const;

const kinds = { request: requestText, response: responseText } as const;
interface Command {
  readonly kind: keyof typeof kinds;
  readonly file: string;
  readonly isHex: boolean;
  readonly isExtended: boolean;
  readonly columns: readonly number[] | undefined;
  readonly codePage: number | undefined;
}
const isKind = (kind: string | undefined): kind is keyof typeof kinds => kind !== undefined && kind in kinds;

/** Undefined for the help. */
function parseCommand(args: readonly string[]): Command | undefined {
  const { values, positionals } = parsed(args);
  const [kind, file, ...more] = positionals;
  if (values.help) return undefined;
  if (!isKind(kind)) throw usage(kind === undefined ? 'what to read is missing: request or response' : `'${kind}' is neither request nor response`);
  if (file === undefined) throw usage('the file is missing; - is the standard input');
  if (more.length > 0) throw usage('one file only');
  return { kind, file, isHex: values.hex ?? false, isExtended: values.extended ?? false, columns: values.columns?.split(',').map(parseTag), codePage: parseCodePage(values['code-page']) };
}

function parseTag(text: string): number {
  if (!/^(?:0x)?[0-9a-f]{1,8}$/i.test(text)) throw usage(`'${text}' is no property tag`);
  return parseInt(text.replace(/^0x/i, ''), 16);
}

function parseCodePage(text: string | undefined): number | undefined {
  if (text !== undefined && !/^\d{1,5}$/.test(text)) throw usage('--code-page takes a number');
  return text === undefined ? undefined : Number(text);
}

function parsed(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof definitions; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options: definitions, allowPositionals: true });
  } catch (error) {
    throw usage((error as Error).message);
  }
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new CommandError(exitCodes.file, `${file}: ${(error as Error).message}`);
  }
}

function fromHex(input: Uint8Array): Uint8Array {
  const digits = new TextDecoder().decode(input).replace(/\s+/g, '');
  if (!/^(?:[0-9a-f]{2})*$/i.test(digits)) throw new CommandError(exitCodes.input, 'the input is not hexadecimal digits');
  return Buffer.from(digits, 'hex');
}

/** Runs the command; returns its exit code. `output` gets the standard output. */
export function run(args: readonly string[], output: (text: string) => void, complain: (line: string) => void): number {
  try {
    const command = parseCommand(args);
    if (!command) {
      output(help);
      return 0;
    }
    const input = read(command.file);
    output(kinds[command.kind](command.isHex ? fromHex(input) : input, command));
    return 0;
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof WireError)) throw error;
    complain(`mapi-wire: ${error instanceof WireError ? `${error.message}${error.path === '' ? '' : `, in ${error.path}`} (${error.code})` : error.message}`);
    return error instanceof CommandError ? error.exitCode : exitCodes.input;
  }
}

if (require.main === module) {
  process.exitCode = run(process.argv.slice(2), (text) => void process.stdout.write(text), (line) => void process.stderr.write(`${line}\n`));
}
