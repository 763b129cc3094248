import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../src/main.ts';
import { bytes } from './bytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'wbxml-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function call(...args: string[]): { code: number; output: string; complaint: string } {
  const output: Uint8Array[] = [];
  let complaint = '';
  const code = run(args, (more) => void output.push(more), (line) => void (complaint += line));
  return { code, output: Buffer.concat(output).toString('latin1'), complaint };
}

const document = bytes("03016a00 00 0d 45 47 03 '2' 00 01 01");
const xml = '<?xml version="1.0" encoding="utf-8"?>\n<Ping xmlns="Ping:">\n  <Status>2</Status>\n</Ping>\n';

it.each<[string, string[], string]>([
  ['bytes', ['decode', file('ping.wbxml', document)], xml],
  ['hexadecimal digits', ['decode', '--hex', file('ping.hex', '03016a00 000d\n4547 033200 0101\n')], xml],
  ['base64', ['decode', '--base64', file('ping.b64', `${Buffer.from(document).toString('base64')}\n`)], xml],
  ['one line', ['decode', '--indent', '0', file('ping.wbxml', document)], xml.replace(/\n +|\n(?=<\/)/g, '')],
  ['old tokens', ['decode', '--legacy', '--hex', file('old.hex', '03016a00 19')], '<?xml version="1.0" encoding="utf-8"?>\n<Truncation xmlns="AirSync:"/>\n'],
  ['XML', ['encode', file('ping.xml', `\ufeff${xml}`)], Buffer.from(document).toString('latin1')],
  ['XML to hexadecimal digits', ['encode', '--hex', file('ping.xml', xml)], '03016a00000d45470332000101\n'],
  ['XML to base64', ['encode', '--base64', file('ping.xml', xml)], `${Buffer.from(document).toString('base64')}\n`],
])('converts %s', (_, args, output) => {
  expect(call(...args)).toEqual({ code: 0, output, complaint: '' });
});

it('writes into a file', () => {
  expect(call('encode', '-o', join(folder, 'out.wbxml'), file('ping.xml', xml))).toEqual({ code: 0, output: '', complaint: '' });
  expect(readFileSync(join(folder, 'out.wbxml')).equals(document)).toBe(true);
});

it.each<[string, string[], number, string]>([
  ['cut bytes', ['decode', file('cut.wbxml', document.subarray(0, 9))], 1, 'wbxml: a string without its end at offset 8 (0x8) (truncated)'],
  ['an unknown token', ['decode', '--hex', file('old.hex', '03016a00 19')], 1, 'offset 4 (0x4) (unknown-token)'],
  ['digits that are none', ['decode', '--hex', file('bad.hex', '03x')], 1, 'not hexadecimal digits'],
  ['base64 that is none', ['decode', '--base64', file('bad.b64', '?')], 1, 'not base64'],
  ['XML that is none', ['encode', file('bad.xml', '<Ping')], 1, 'line 1'],
  ['an unknown element', ['encode', file('bad2.xml', '<Pong xmlns="Ping:"/>')], 1, 'the code page Ping has no element Pong at line 1, column 21'],
  ['a file that is not there', ['decode', join(folder, 'nothing')], 4, 'ENOENT'],
  ['a file that cannot be written', ['encode', '-o', join(folder, 'no/where'), file('ping.xml', xml)], 4, 'ENOENT'],
  ['no command', [], 2, 'decode or encode'], ['another command', ['query', 'x'], 2, "'query' is neither"], ['no file', ['decode'], 2, 'file is missing'], ['two files', ['decode', 'a', 'b'], 2, 'one file only'],
  ['two forms', ['decode', '--hex', '--base64', 'a'], 2, 'not both'], ['an indent that is none', ['decode', '--indent', 'x', 'a'], 2, 'from 0 to 16'], ['an unknown option', ['decode', '--xml', 'a'], 2, '--xml'],
])('complains of %s', (_, args, code, complaint) => {
  expect(call(...args)).toEqual({ code, output: '', complaint: expect.stringContaining(complaint) });
});

it('helps', () => {
  expect(call('--help')).toMatchObject({ code: 0, complaint: '', output: expect.stringMatching(/wbxml decode FILE\|-[\s\S]*Exit codes/) });
});
