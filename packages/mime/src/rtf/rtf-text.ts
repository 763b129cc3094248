/** A plain text as RTF, marked as one that was text ([MS-OXRTFEX] 2.1.3.2). */
export function textToRtf(text: string): Uint8Array {
  const words = text.replaceAll(/[\\{}]/g, '\\$&').replaceAll(/\r\n|\r|\n/g, '\\par\r\n').replaceAll('\t', '\\tab ')
    .replaceAll(/[^\u0020-\u007e\r\n]/g, (character) => `\\u${(character.charCodeAt(0) << 16) >> 16}?`);
  return Buffer.from(`{\\rtf1\\ansi\\ansicpg1252\\fromtext \\deff0{\\fonttbl{\\f0\\fswiss Arial;}}\r\n\\uc1\\pard\\plain\\deftab360 \\f0\\fs20 ${words}\\par\r\n}\r\n`, 'latin1');
}

/** Groups whose content is no text of the document. */
const destinations: ReadonlySet<string> = new Set([
  'fonttbl', 'colortbl', 'stylesheet', 'info', 'pict', 'object', 'header', 'footer', 'headerl', 'headerr', 'headerf', 'footerl', 'footerr', 'footerf', 'listtable', 'listoverridetable',
]);
const words: Readonly<Record<string, string>> = {
  par: '\r\n', line: '\r\n', tab: '\t', emdash: '\u2014', endash: '\u2013', lquote: '\u2018', rquote: '\u2019', ldblquote: '\u201c', rdblquote: '\u201d', bullet: '\u2022',
};

interface Group {
  readonly isHidden: boolean;
  /** Characters that stand in for one of Unicode, for readers that know none. */
  readonly standIns: number;
}

/** The text of an RTF document; of RTF that encloses HTML ([MS-OXRTFEX]) what is shown without it. */
export function rtfToText(rtf: Uint8Array): string {
  const source = Buffer.from(rtf.buffer, rtf.byteOffset, rtf.byteLength).toString('latin1');
  const ansi = new TextDecoder('windows-1252');
  const groups: Group[] = [];
  let group: Group = { isHidden: false, standIns: 1 };
  let skip = 0;
  let text = '';
  const put = (shown: string): void => {
    if (skip > 0) skip -= 1;
    else if (!group.isHidden) text += shown;
  };
  for (const [token, hex, word, number, symbol, plain] of source.matchAll(/\\'([0-9a-f]{2})|\\([a-z]+)(-?\d+)? ?|\\([^a-z])|[{}]|([^\\{}\r\n]+)/gi)) {
    if (token === '{') groups.push(group);
    else if (token === '}') group = groups.pop() ?? group;
    else if (hex !== undefined) put(ansi.decode(Buffer.from(hex, 'hex')));
    else if (plain !== undefined) {
      const shown = plain.slice(skip);
      skip = Math.max(0, skip - plain.length);
      if (!group.isHidden) text += shown;
    } else if (word === 'u') {
      put(String.fromCharCode(Number(number) & 0xffff));
      skip = group.standIns;
    } else if (word === 'uc') group = { ...group, standIns: Number(number ?? 1) };
    else if (word === 'htmlrtf') group = { ...group, isHidden: number !== '0' };
    else if (symbol === '*' || destinations.has(word ?? '')) group = { ...group, isHidden: true };
    else if (word !== undefined) put(words[word] ?? '');
    else if (symbol !== undefined) put(symbol === '~' ? '\u00a0' : symbol === '_' ? '\u2011' : symbol === '-' ? '' : symbol);
  }
  return text.replace(/\r\n$/, '');
}
