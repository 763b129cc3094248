import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeExtendedBuffers } from '../buffers/rpc-header-ext.ts';
import { run } from '../main.ts';
import { encodeRows } from '../rops/parts.ts';
import { encodeRops } from '../rops/rop-requests.ts';
import { encodeRopResponses } from '../rops/rop-responses.ts';
import { requestText, responseText } from './rops-text.ts';

const request = encodeRops({
  rops: [
    { name: 'RopOpenFolder', logonId: 0, handleIndex: 0, request: { OutputHandleIndex: 1, FolderId: 0x0800_0000_0000_0001n, OpenModeFlags: 0 } },
    { name: 'RopSetProperties', logonId: 0, handleIndex: 1, request: { PropertyValues: [{ tag: 0x3001_001f, value: 'New' }, { tag: 0x3fe3_0102, value: new Uint8Array(70) }] } },
    { name: 'RopSetColumns', logonId: 0, handleIndex: 1, request: { SetColumnsFlags: 0, PropertyTags: [0x3001_001f, 0x3602_0003] } },
    { name: 'RopRelease', logonId: 0, handleIndex: 1, request: {} },
  ],
  handles: [1, 0xffff_ffff],
});
const requestLines = `RopOpenFolder (0x02) logon 0, handle 0
  OutputHandleIndex: 1
  FolderId: 0x0800000000000001
  OpenModeFlags: 0x00
RopSetProperties (0x0a) logon 0, handle 1
  PropertyValues:
    0:
      tag: 0x3001001f
      value: "New"
    1:
      tag: 0x3fe30102
      value: ${'00'.repeat(64)}… (70 bytes)
RopSetColumns (0x12) logon 0, handle 1
  SetColumnsFlags: 0x00
  PropertyTags: [0x3001001f 0x36020003]
RopRelease (0x01) logon 0, handle 1
handles: 0x00000001 0xffffffff
`;
const columns = [0x3001_001f, 0x3602_0003] as const;
const response = encodeRopResponses({
  rops: [
    { name: 'RopQueryRows', handleIndex: 1, returnValue: 0, body: { Origin: 2, RowCount: 2, RowData: encodeRows([[{ value: 'A' }, { value: 7 }], [{ error: 0x8004_010f }, { isAbsent: true }]], columns) } },
    { name: 'RopOpenFolder', handleIndex: 2, returnValue: 0x8004_010f },
    { name: 'RopPending', body: { SessionIndex: 3 } },
  ],
  handles: [],
});
const responseLines = `RopQueryRows (0x15) handle 1: 0x00000000
  Origin: 2
  RowCount: 2
  RowData:
    0:
      0x3001001f: "A"
      0x36020003: 7
    1:
      0x3001001f:
        error: 0x8004010f
      0x36020003:
        isAbsent: true
RopOpenFolder (0x02) handle 2: 0x8004010f
RopPending (0x6e)
  SessionIndex: 3
handles: none
`;

it('requests as text', () => {
  expect(requestText(request)).toBe(requestLines);
  expect(requestText(encodeExtendedBuffers([request, request], { isCompressed: true, isObfuscated: true }), { isExtended: true })).toBe(`${requestLines}\n${requestLines}`);
});
it('responses as text', () => expect(responseText(response, { columns })).toBe(responseLines));

describe('the command', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'mapi-wire-'))));
  afterAll(() => rmSync(folder, { recursive: true }));
  const ran = (...args: readonly string[]): readonly [number, string, string] => {
    const output: string[] = [];
    const errors: string[] = [];
    const code = run(args, (text) => output.push(text), (line) => errors.push(line));
    return [code, output.join(''), errors.join('\n')];
  };
  const file = (name: string, content: Uint8Array | string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  it('reads bytes', () => expect(ran('request', file('request', request))).toEqual([0, requestLines, '']));
  it('reads extended buffers as digits', () => {
    const digits = Buffer.from(encodeExtendedBuffers([response])).toString('hex').replace(/.{32}/g, '$&\n');
    expect(ran('response', file('digits', digits), '--hex', '--extended', '--columns', '0x3001001f,36020003', '--code-page', '1252')).toEqual([0, responseLines, '']);
  });
  it('tells what is wrong, and where', () => {
    expect(ran('request', file('cut', '06 00 02 00 00 01'), '--hex')).toEqual([1, '', expect.stringMatching(/^mapi-wire: .* at byte 6, in \/0\/RopOpenFolder\/FolderId \(truncated\)$/)]);
    expect(ran('request', file('text', 'xyz'), '--hex')).toEqual([1, '', 'mapi-wire: the input is not hexadecimal digits']);
    expect(ran('request', join(folder, 'none'))[0]).toBe(4);
  });
  it.each([[], ['other'], ['request'], ['request', 'a', 'b'], ['request', 'a', '--columns', 'x'], ['request', 'a', '--code-page', 'x'], ['request', 'a', '--unknown']].map((args) => [args]))('%j is no way to call it', (args) => {
    expect(ran(...args)).toEqual([2, '', expect.stringMatching(/^mapi-wire: .*--help/)]);
  });
  it('has help', () => expect(ran('--help')).toEqual([0, expect.stringContaining('mapi-wire request FILE|-'), '']));
});
