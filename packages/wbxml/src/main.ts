#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fromBase64, toBase64 } from './base64.ts';
import { WbxmlError } from './errors.ts';
import { fromXmlText, XmlTextError } from './from-xml-text.ts';
import { toXmlText } from './to-xml-text.ts';

const help = `wbxml: WBXML of ActiveSync, to XML and back

  wbxml decode FILE|-   bytes in, XML out
  wbxml encode FILE|-   XML in, bytes out

  --hex                 the bytes are hexadecimal digits; white space between them does not matter
  --base64              the bytes are base64
  --indent N            spaces for each level of the XML (2); 0 puts all on one line
  --legacy              know the tokens that only ActiveSync 2.5 had
  -o, --out FILE        write there instead of to the standard output
  -h, --help            this text

Exit codes: 0 done, 1 the input is not what it should be (the message names the offset), 2 usage, 4 a file cannot be read or written.
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

const usage = (message: string): CommandError => new CommandError(exitCodes.usage, `${message} (wbxml --help)`);

const definitions = {
  hex: { type: 'boolean' }, base64: { type: 'boolean' }, indent: { type: 'string', default: '2' }, legacy: { type: 'boolean' },
  out: { type: 'string', short: 'o' }, help: { type: 'boolean', short: 'h' },
} as const;

interface Command {
  readonly kind: 'help' | 'decode' | 'encode';
  readonly file: string;
  readonly form: 'raw' | 'hex' | 'base64';
  readonly indent: number;
  readonly legacyTokens: boolean;
  readonly out: string | undefined;
}

function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const [kind, file, ...more] = positionals;
  const indent = Number(values.indent);
  const common = { form: values.hex ? 'hex' : values.base64 ? 'base64' : 'raw', indent, legacyTokens: values.legacy ?? false, out: values.out } as const;
  if (values.help) return { ...common, kind: 'help', file: '' };
  if (kind !== 'decode' && kind !== 'encode') throw usage(kind === undefined ? 'what to do is missing: decode or encode' : `'${kind}' is neither decode nor encode`);
  if (file === undefined) throw usage('the file is missing; - is the standard input');
  if (more.length > 0) throw usage('one file only');
  if (values.hex && values.base64) throw usage('--hex or --base64, not both');
  if (!Number.isInteger(indent) || indent < 0 || indent > 16) throw usage('--indent takes a number from 0 to 16');
  return { ...common, kind, file };
}

function parsed(args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof definitions; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options: definitions, allowPositionals: true });
  } catch (error) {
    throw usage((error as Error).message);
  }
}

function onFile<T>(what: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new CommandError(exitCodes.file, `${what}: ${(error as Error).message}`);
  }
}

function bytesIn(input: Uint8Array, form: Command['form']): Uint8Array {
  if (form === 'raw') return input;
  const text = new TextDecoder().decode(input);
  const digits = text.replace(/\s+/g, '');
  const bytes = form === 'base64' ? fromBase64(text) : /^(?:[0-9a-f]{2})*$/i.test(digits) ? Buffer.from(digits, 'hex') : undefined;
  if (!bytes) throw new CommandError(exitCodes.input, `the input is not ${form === 'hex' ? 'hexadecimal digits' : 'base64'}`);
  return bytes;
}

function bytesOut(bytes: Uint8Array, form: Command['form']): Uint8Array {
  if (form === 'raw') return bytes;
  return Buffer.from(`${form === 'hex' ? Buffer.from(bytes).toString('hex') : toBase64(bytes)}\n`);
}

function convert({ kind, form, indent, legacyTokens }: Command, input: Uint8Array): Uint8Array {
  if (kind === 'decode') return Buffer.from(toXmlText(bytesIn(input, form), { indent, legacyTokens }));
  return bytesOut(fromXmlText(new TextDecoder().decode(input)), form);
}

/** Runs the command; returns its exit code. `output` gets the standard output. */
export function run(args: readonly string[], output: (bytes: Uint8Array) => void, complain: (line: string) => void): number {
  try {
    const command = parseCommand(args);
    if (command.kind === 'help') {
      output(Buffer.from(help));
      return 0;
    }
    const input = onFile(command.file, () => readFileSync(command.file === '-' ? 0 : command.file));
    const result = convert(command, input);
    const { out } = command;
    if (out === undefined) output(result);
    else onFile(out, () => writeFileSync(out, result));
    return 0;
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof WbxmlError || error instanceof XmlTextError)) throw error;
    complain(`wbxml: ${error instanceof WbxmlError ? `${error.message} (${error.code})` : error.message}`);
    return error instanceof CommandError ? error.exitCode : exitCodes.input;
  }
}

if (require.main === module) {
  process.exitCode = run(process.argv.slice(2), (bytes) => void process.stdout.write(bytes), (line) => void process.stderr.write(`${line}\n`));
}
