import { compressRtf, decompressRtf } from './compressed-rtf.ts';
import { rtfToText, textToRtf } from './rtf-text.ts';

describe('compressed RTF', () => {
  it('reads the example of [MS-OXRTFCP] 3.1.1, and refuses a broken one', () => {
    const compressed = Buffer.from('2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0', 'hex');
    expect(Buffer.from(decompressRtf(compressed)).toString('latin1')).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
    expect(() => decompressRtf(compressed.fill(0, 20, 22))).toThrow(RangeError);
    expect(() => decompressRtf(Buffer.alloc(4))).toThrow(RangeError);
  });

  it('reads RTF that is not compressed', () => {
    const head = Buffer.from('0f000000030000004d454c4100000000', 'hex');
    expect(Buffer.from(decompressRtf(Buffer.concat([head, Buffer.from('{a}')]))).toString()).toBe('{a}');
  });

  it.each(['', 'x', 'ab'.repeat(5000), Array.from({ length: 9000 }, (_, n) => `${n * 7919} `).join('')])('comes back (%#)', (text) => {
    const rtf = Buffer.from(text, 'latin1');
    expect(Buffer.from(decompressRtf(compressRtf(rtf))).equals(rtf)).toBe(true);
  });
});

describe('text in RTF', () => {
  it.each(['hello', 'a {b} \\c\r\nnext\tline', 'é 日本 👋', ''])('comes back: %j', (text) => expect(rtfToText(textToRtf(text))).toBe(text));

  it('leaves out what is not text', () => {
    const rtf = '{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\*\\generator x;}\\uc2 caf\\\'e9 \\u8364 EU!{\\*\\htmltag64 <p>}\\htmlrtf {\\b hidden}\\htmlrtf0 \\endash end\\par}';
    expect(rtfToText(Buffer.from(rtf, 'latin1'))).toBe('café €!\u2013end');
  });
});
