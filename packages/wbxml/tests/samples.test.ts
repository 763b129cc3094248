import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { SaxesParser } from 'saxes';
import { fromXmlText, peekRoot, toXmlText, WbxmlError } from '../src/index.ts';
import type { WbxmlFault } from '../src/index.ts';
import { caught } from './bytes.ts';

// Documents of real servers and clients, which are not ours to ship.
const shared = join(process.env['FAUXCHANGE_SHARED'] ?? join(__dirname, '../../../../shared'), 'wbxml-samples');
const isThere = existsSync(shared);
if (!isThere) console.warn('skipped: the WBXML samples are not beside this project (FAUXCHANGE_SHARED names another place)');
const files = isThere ? readdirSync(shared).filter((file) => file.endsWith('.wbxml')) : [];
const read = (file: string): Uint8Array => readFileSync(join(shared, file));
const describeSamples = isThere ? describe : describe.skip;

/** What is no document of ActiveSync; the last four are well-formed WBXML, but of unknown tokens, too long a length and attributes. */
const refused: Readonly<Record<string, readonly [WbxmlFault, number]>> = {
  'invalid-attributes-flag': ['attributes', 6], 'invalid-opaque-overrun': ['truncated', 7], 'invalid-truncated': ['truncated', 8], 'invalid-unknown-token': ['unknown-token', 4],
  'invalid-unsupported-global-c2': ['unknown-token', 5], 'invalid-unterminated-string': ['truncated', 8],
  'aosp-parsertest-00-unsupportedWbxmlTag': ['unknown-token', 5], 'aosp-parsertest-15-malformedData': ['unknown-page', 11],
  'aosp-parsertest-01-unknownCodePage': ['unknown-page', 6], 'aosp-parsertest-02-unknownTag': ['unknown-token', 5], 'aosp-parsertest-16-runOnIntegerEncoding': ['integer', 7], 'aosp-parsertest-17-tagWithAttributes': ['attributes', 5],
};
const name = (file: string): string => basename(file, '.wbxml');
const wellFormed = files.filter((file) => !(name(file) in refused));

/** Horde's files are an ApplicationData or what stands in one: they get a header, and that root where it is missing. */
const documentOf = (file: string): Uint8Array => (file.startsWith('horde-') ? wrapped(read(file)) : read(file));
const wrapped = (fragment: Uint8Array): Uint8Array => (fragment[0] === 0x5d ? bytes('03016a00', fragment) : bytes('03016a005d', fragment, '01'));
const bytes = (...parts: readonly (string | Uint8Array)[]): Uint8Array => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part)));

/** A name without what libwbxml writes otherwise: other names of the same token, and prefixes that Microsoft's names do not have. */
const commonName = (local: string): string => local.toLowerCase().replace(/[-_]/g, '').replace(/^deviceencryptionenabled$/, 'requirestoragecardencryption').replace(/^(recurrence|attendee|exception)(?=[a-z]{3})/, '');

/** Names and texts in their order, whatever the prefixes, the white space and the mark of opaque content. */
function outline(xml: string): string[] {
  const parser = new SaxesParser({ xmlns: true });
  const told: string[] = [];
  parser.on('opentag', ({ local }) => {
    if (local !== 'opaque') told.push(`<${commonName(local)}`);
  });
  parser.on('closetag', ({ local }) => void (local === 'opaque' || told.push('>')));
  const text = (data: string): void => void (/\S/.test(data) && told.push(data.replace(/\s+/g, '')));
  parser.on('text', text);
  parser.on('cdata', text);
  parser.write(xml).close();
  return told;
}

describeSamples('samples', () => {
  it('are there', () => expect(files.length).toBeGreaterThanOrEqual(60));

  it.each(Object.entries(refused))('%s is refused', (file, [code, offset]) => {
    const error = caught(() => toXmlText(read(`${file}.wbxml`)));
    expect(error).toBeInstanceOf(WbxmlError);
    expect(error).toMatchObject({ code, offset });
  });

  it.each(wellFormed)('%s is read, and survives XML and back', (file) => {
    const xml = toXmlText(documentOf(file), { legacyTokens: true });
    expect(xml).toContain(`<${peekRoot(documentOf(file)).split(':')[1]} xmlns="`);
    expect(toXmlText(fromXmlText(xml), { legacyTokens: true })).toBe(xml);
  });

  it.each(wellFormed)('%s is refused wherever it is cut', (file) => {
    const document = documentOf(file);
    const lengths = Array.from({ length: document.length }, (_, length) => length);
    const told = lengths.filter((length) => {
      const error = caught(() => toXmlText(document.subarray(0, length), { legacyTokens: true }));
      return error instanceof WbxmlError && error.code === 'truncated';
    });
    expect(told).toEqual(lengths);
  });

  it.each(wellFormed.filter((file) => existsSync(join(shared, `${name(file)}.xml`))))('%s says what the XML beside it says', (file) => {
    expect(outline(toXmlText(read(file), { legacyTokens: true }))).toEqual(outline(readFileSync(join(shared, `${name(file)}.xml`), 'utf8')));
  });
});

// Debian's libwbxml2-utils, an implementation of others.
const wbxml2xml = '/usr/bin/wbxml2xml';
const hasTool = existsSync(wbxml2xml);
if (!hasTool) console.warn('skipped: wbxml2xml is not installed (apt-get install libwbxml2-utils)');

(isThere && hasTool ? describe : describe.skip)('wbxml2xml', () => {
  // It writes opaque content as it is, not as base64, where it knows no reason for bytes.
  const asItIs = ['aosp-parsertest-06-textTagWithOpaqueData', 'aosp-parsertest-11-opaqueTagWithOpaqueData', 'go-opaque-policy'];
  it.each(wellFormed.filter((file) => !asItIs.includes(name(file))))('reads %s as we do, and what we write', (file) => {
    const document = documentOf(file);
    const xml = toXmlText(document, { legacyTokens: true });
    for (const input of [document, fromXmlText(xml)]) {
      const path = join(folder, file);
      writeFileSync(path, input);
      const theirs = execFileSync(wbxml2xml, ['-k', '-l', 'ACTIVESYNC', '-o', '-', path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
      expect(outline(xml)).toEqual(outline(theirs));
    }
  });
  let folder = '';
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'wbxml-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
});
