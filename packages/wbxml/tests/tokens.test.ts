import { findElement, peekRoot, TokenKind, TokenReader, TokenWriter, toXmlText, WbxmlError, WbxmlFault } from '../src/index.ts';
import type { TokenReaderOptions } from '../src/index.ts';
import { bytes, caught, hex } from './bytes.ts';

const names = { [TokenKind.Open]: 'open', [TokenKind.Empty]: 'empty', [TokenKind.Close]: 'close', [TokenKind.Text]: 'text', [TokenKind.Opaque]: 'opaque', [TokenKind.End]: 'end' };

/** All tokens of a document, in words. */
function tokensOf(document: Uint8Array, options?: TokenReaderOptions): string[] {
  const reader = new TokenReader(document, options);
  const told: string[] = [];
  for (let kind = reader.next(); kind !== TokenKind.End; kind = reader.next()) {
    const what = kind === TokenKind.Text ? ` ${reader.text()}` : kind === TokenKind.Opaque ? ` ${hex(reader.opaque())}` : kind === TokenKind.Close ? '' : ` ${reader.element.name}`;
    told.push(names[kind] + what);
  }
  return told;
}

const header = '03016a00';

describe('what is read', () => {
  it.each<[string, string, string[]]>([
    ['a tag without content', `${header} 05`, ['empty AirSync:Sync']],
    ['a tag with content that has none', `${header} 45 01`, ['open AirSync:Sync', 'close']],
    ['inline text', `${header} 45 4b 03 '17' 00 01 01`, ['open AirSync:Sync', 'open AirSync:SyncKey', 'text 17', 'close', 'close']],
    ['UTF-8', `${header} 45 4b 03 c3bc e282ac f09f9880 00 01 01`, ['open AirSync:Sync', 'open AirSync:SyncKey', 'text ü€😀', 'close', 'close']],
    ['the replacement character itself', `${header} 4b 03 efbfbd 00 01`, ['open AirSync:SyncKey', 'text \ufffd', 'close']],
    ['a page that changes and changes back', `${header} 45 00 02 54 03 'Hi' 00 01 00 00 0b 01`, ['open AirSync:Sync', 'open Email:Subject', 'text Hi', 'close', 'empty AirSync:SyncKey', 'close']],
    ['switches that change nothing', `${header} 00 00 00 00 45 00 02 00 00 0b 00 11 01`, ['open AirSync:Sync', 'empty AirSync:SyncKey', 'close']],
    ['opaque content, none and some', `${header} 4b c3 00 c3 03 010203 01`, ['open AirSync:SyncKey', 'opaque ', 'opaque 010203', 'close']],
    ['a length in more bytes than it needs', `${header} 4b c3 80808002 0102 01`, ['open AirSync:SyncKey', 'opaque 0102', 'close']],
    ['a length of two bytes', `${header} 4b c3 8101 ${'7a'.repeat(129)} 01`, ['open AirSync:SyncKey', `opaque ${'7a'.repeat(129)}`, 'close']],
    ['strings of the table', `03016a 07 'one' 00 'tw' 00 4b 83 00 01`, ['open AirSync:SyncKey', 'text one', 'close']],
    ['the second string, and the middle of one', `03016a 08 'one' 00 'two' 00 4b 83 04 83 01 01`, ['open AirSync:SyncKey', 'text two', 'text ne', 'close']],
    ['WBXML 1.1, a public identifier of two bytes, US-ASCII', '01 8f51 03 00 05', ['empty AirSync:Sync']],
    ['a public identifier of the string table, no character set', "03 00 00 00 03 'x.' 00 05", ['empty AirSync:Sync']],
    ['text after opaque content', `${header} 4b 03 'a' 00 c3 01 62 01`, ['open AirSync:SyncKey', 'text a', 'opaque 62', 'close']],
  ])('%s', (_, notation, expected) => {
    expect(tokensOf(bytes(notation))).toEqual(expected);
  });

  it('the tokens of 2.5 alone, when it is told to', () => {
    expect(tokensOf(bytes(`${header} 45 59 03 '5' 00 01 01`), { legacyTokens: true })).toEqual(['open AirSync:Sync', 'open AirSync:Truncation', 'text 5', 'close', 'close']);
  });

  it('a view into a larger buffer', () => {
    const whole = bytes(`ffff ${header} 4b c3 02 0102 03 '${'x'.repeat(40)}' 00 01 ff`);
    expect(tokensOf(whole.subarray(2, whole.length - 1))).toEqual(['open AirSync:SyncKey', 'opaque 0102', `text ${'x'.repeat(40)}`, 'close']);
  });
});

const long = `'${'x'.repeat(100)}'`;

describe('what is refused', () => {
  it.each<[string, string, WbxmlFault, number]>([
    ['nothing', '', 'truncated', 0],
    ['WBXML 1.0', '00 01 6a 00 05', 'version', 0],
    ['WBXML 1.4', '04 01 6a 00 05', 'version', 0],
    ['XML', "'<?xml version'", 'version', 0],
    ['a public identifier outside of the table', '03 00 02 6a 00 05', 'public-id', 2],
    ['Latin-1', '03 01 04 00 05', 'charset', 2],
    ['UTF-16', '03 01 87f7 00 05', 'charset', 2],
    ['a string table that is longer than the document', '03 01 6a 09 4b 83 00 01', 'truncated', 3],
    ['no root', header, 'truncated', 4],
    ['only a switch of pages', `${header} 00 02`, 'truncated', 6],
    ['half a switch of pages', `${header} 00`, 'truncated', 5],
    ['text instead of the root', `${header} 03 'a' 00`, 'no-root', 4],
    ['an end instead of the root', `${header} 01`, 'no-root', 4],
    ['a page that is not there', `${header} 00 1a 05`, 'unknown-page', 5],
    ['a token that is not there', `${header} 45 3f 01`, 'unknown-token', 5],
    ['any token of a page that has none but old ones', `${header} 00 03 05`, 'unknown-token', 6],
    ['a token that only 2.5 had', `${header} 45 59 03 '5' 00 01 01`, 'unknown-token', 5],
    ['MS-ASWBXML_R656: attributes', `${header} c5 01 01`, 'attributes', 4],
    ['attributes of an empty tag', `${header} 45 8b 01 01`, 'attributes', 5],
    ['MS-ASWBXML_R656: entities', `${header} 4b 02 20 01`, 'entity', 5],
    ['an entity instead of the root', `${header} 02 20`, 'entity', 4],
    ['MS-ASWBXML_R656: a processing instruction', `${header} 43 05 01 05`, 'processing-instruction', 4],
    ['a literal', `${header} 45 04 00 01`, 'literal', 5],
    ['a literal with content', `${header} 44 00 01`, 'literal', 4],
    ...['40', '41', '42', '80', '81', '82', 'c0', 'c1', 'c2'].map((token): [string, string, WbxmlFault, number] => [`the extension ${token}`, `${header} 4b ${token} 00 00 01`, 'extension', 5]),
    ['a string without its end', `${header} 4b 03 'abc'`, 'truncated', 5],
    ['a long string without its end', `${header} 4b 03 ${long}`, 'truncated', 5],
    ['opaque content that is longer than the document', `${header} 4b c3 7f 00 01`, 'truncated', 5],
    ['opaque content of four gigabytes', `${header} 4b c3 8fffffff7f 00 01`, 'truncated', 5],
    ['a length of 33 bits', `${header} 4b c3 9fffffff7f 00 01`, 'integer', 6],
    ['a length of six bytes', `${header} 4b c3 808080808001 00 01`, 'integer', 6],
    ['a reference into no table', `${header} 4b 83 00 01`, 'string-reference', 5],
    ['a reference behind the table', "03016a 04 'one' 00 4b 83 04 01", 'string-reference', 9],
    ['a string of the table without its end', "03016a 03 'one' 4b 83 00 01", 'string-reference', 8],
    ['missing ends', `${header} 45 4b 03 'a' 00`, 'truncated', 9],
    ['a byte after the end', `${header} 45 01 00`, 'trailing', 6],
    ['a second root', `${header} 05 05`, 'trailing', 5],
    ['an end too many', `${header} 05 01`, 'trailing', 5],
    ['text that is not UTF-8', `${header} 4b 03 'caf' e9 00 01`, 'encoding', 6],
    ['long text that is not UTF-8', `${header} 4b 03 ${long} c3 00 01`, 'encoding', 6],
    ['half a surrogate', `${header} 4b 03 eda080 00 01`, 'encoding', 6],
    ['a character in more bytes than it needs', `${header} 4b 03 c0af 00 01`, 'encoding', 6],
  ])('%s', (_, notation, code, offset) => {
    const error = caught(() => tokensOf(bytes(notation)));
    expect(error).toBeInstanceOf(WbxmlError);
    expect(error).toMatchObject({ code, offset });
    expect((error as Error).message).toContain(`offset ${offset} (0x`);
  });

  it('has a name for every way in which it fails', () => {
    const all = Object.values(WbxmlFault);
    expect(new Set(all).size).toBe(all.length);
  });

  it.each<[string, Uint8Array, TokenReaderOptions['limits'], WbxmlFault, number]>([
    ['too many bytes', bytes(`${header} 05`), { bytes: 4 }, 'too-large', 4],
    ['too deep', bytes(`${header} 45 45 45 01 01 01`), { depth: 2 }, 'too-deep', 6],
    ['64 open elements by default', bytes(`${header} ${'45'.repeat(65)}`), undefined, 'too-deep', 68],
    ['too many elements', bytes(`${header} 45 05 05 05 01`), { elements: 3 }, 'too-many', 7],
    ['a million elements by default', bytes(`${header} 45 ${'05'.repeat(1_000_000)} 01`), undefined, 'too-many', 1_000_004],
  ])('%s', (_, document, limits, code, offset) => {
    expect(caught(() => tokensOf(document, { limits }))).toMatchObject({ name: 'WbxmlError', code, offset });
  });

  it('a document cut at any byte', () => {
    const document = bytes(`03 00 00 6a 04 'one' 00 45 5c 4f 4b 03 'abc' 00 01 00 02 54 03 c3bc 00 83 00 c3 8101 ${'7a'.repeat(129)} 01 00 00 05 01 01 01`);
    expect(tokensOf(document)).toHaveLength(15);
    for (let length = 0; length < document.length; length += 1) {
      expect(caught(() => tokensOf(document.subarray(0, length)))).toMatchObject({ name: 'WbxmlError', code: 'truncated' });
    }
  });
});

describe('peekRoot', () => {
  it('looks at the root alone', () => {
    expect(peekRoot(bytes(`${header} 00 0d 45 ff`))).toBe('Ping:Ping');
    expect(caught(() => peekRoot(bytes(`${header} 00`)))).toMatchObject({ code: 'truncated' });
  });
});

describe('what is written', () => {
  const write = (name: string, writer: TokenWriter): void => {
    const { page = 0, token = 0 } = findElement(name) ?? {};
    writer.open(page, token);
  };

  it('begins as every message, changes pages when they change, writes empty tags as such', () => {
    const writer = new TokenWriter();
    write('AirSync:Sync', writer);
    write('AirSync:SyncKey', writer);
    writer.text('17');
    writer.close();
    write('Email:Subject', writer);
    writer.text('');
    writer.close();
    write('Email:Body', writer);
    writer.opaque(new Uint8Array(300).fill(0x7a));
    writer.close();
    write('AirSync:Fetch', writer);
    writer.close();
    writer.close();
    expect(hex(writer.finish())).toBe(hex(bytes(`${header} 45 4b 03 '17' 00 01 00 02 14 4c c3 822c ${'7a'.repeat(300)} 01 00 00 0a 01`)));
  });

  it.each([
    ['NUL', 'a\0b', 'ab'], ['control characters', '\x01a\x02\tb\r\nc\x1f', 'a\tb\r\nc'], ['nothing else', '\x00', ''],
    ['the two characters that are none', `${'ü'.repeat(30)}\ufffe\uffff`, 'ü'.repeat(30)], ['a half surrogate', 'a\ud800b', 'a\ufffdb'],
    ['NUL in long text', `${'x'.repeat(100)}\0${'y'.repeat(100)}`, 'x'.repeat(100) + 'y'.repeat(100)], ['controls in long text with others', `${'ü'.repeat(50)}\x0b${'\n'.repeat(50)}\x0c`, 'ü'.repeat(50) + '\n'.repeat(50)],
  ])('no string with characters that XML forbids: %s', (_, text, expected) => {
    const writer = new TokenWriter();
    writer.open(0, 0x0b);
    writer.text(text);
    writer.close();
    const document = writer.finish();
    expect(tokensOf(document)).toEqual(expected === '' ? ['empty AirSync:SyncKey'] : ['open AirSync:SyncKey', `text ${expected}`, 'close']);
    expect(toXmlText(document)).not.toContain('\0');
  });

  it('keeps large opaque content apart, and the same bytes', () => {
    const content = new Uint8Array(20_000).map((_, at) => at);
    const write2 = (apart: boolean): TokenWriter => {
      const writer = new TokenWriter();
      writer.open(0, 0x05);
      writer.open(0, 0x0b);
      writer.opaque(content, apart);
      writer.close();
      writer.open(0, 0x0c);
      writer.text('x'.repeat(200_000));
      writer.close();
      writer.close();
      return writer;
    };
    const chunks = write2(true).finishChunks();
    expect(chunks).toContain(content);
    const whole = write2(false).finish();
    expect(Buffer.concat(chunks).equals(whole)).toBe(true);
    expect(Buffer.from(write2(true).finish()).equals(whole)).toBe(true);
    expect(tokensOf(whole)[2]).toBe(`opaque ${hex(content)}`);
  });
});
