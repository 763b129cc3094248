/** One code unit as RTF: a byte of ASCII, or a number with a stand-in. */
const escaped = (text: string): string => text.replaceAll(/[\\{}]/g, '\\$&').replaceAll('\t', '\\tab ').replaceAll(/[^\u0020-\u007e\r\n]/g, (character) => `\\u${(character.charCodeAt(0) << 16) >> 16}?`);
/** The same within \*\htmltag, where line ends are \par and tabulators \tab ([MS-OXRTFEX] 2.1.3.1.4). */
const inTag = (text: string): string => escaped(text).replaceAll(/\r\n|\r|\n/g, '\\par ');

/** The low bits of an HTMLTAG number: where the fragment stands. [MS-OXRTFEX] 2.1.3.1.3: only a hint. */
const tagNumber = 84;
/** What a reader without HTML sees in the place of an element. */
const shown: Readonly<Record<string, string>> = { br: '\\line ', p: '\\par ', '/p': '\\par ', '/div': '\\par ', '/tr': '\\par ', '/li': '\\par ', '/h1': '\\par ', '/h2': '\\par ', '/h3': '\\par ' };
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0', apos: "'" };

function entityText(entity: string): string {
  const code = /^&#(?:x([0-9a-f]{1,6})|(\d{1,7}));$/i.exec(entity);
  const point = code ? Number.parseInt(code[1] ?? code[2] ?? '', code[1] ? 16 : 10) : undefined;
  if (point !== undefined) return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '';
  return entities[entity.slice(1, -1).toLowerCase()] ?? '';
}

/**
 * HTML within RTF: each tag stands in a group that readers of RTF pass over, what is shown stands between them. Whoever
 * knows takes the same HTML out again. [MS-OXRTFEX] 2.1.2
 */
export function htmlToRtf(html: string): Uint8Array {
  let body = '';
  let isHidden = false;
  // A comment, the content of a style or script, a tag, an entity, a text.
  for (const [token, raw, name, entity] of html.matchAll(/<!--[\s\S]*?(?:-->|$)|(<(?:style|script|title)\b[\s\S]*?(?:<\/(?:style|script|title)\s*>|$))|<(\/?[a-z][a-z0-9]*)[^>]*>?|(&(?:#x?[0-9a-f]+|[a-z][a-z0-9]*);)|<[^>]*>?|[^<&]+|[<&]/gi)) {
    if (entity !== undefined) body += `{\\*\\htmltag${tagNumber} ${escaped(entity)}}\\htmlrtf ${escaped(entityText(entity))}\\htmlrtf0 `;
    else if (token.startsWith('<') && (raw !== undefined || token.length > 1)) {
      const look = name === undefined ? undefined : shown[name.toLowerCase()];
      body += `{\\*\\htmltag${tagNumber} ${inTag(token)}}${look === undefined ? '' : `\\htmlrtf ${look}\\htmlrtf0 `}`;
      if (name?.toLowerCase() === 'head') isHidden = true;
      if (name?.toLowerCase() === '/head') isHidden = false;
    } else if (isHidden || token.trim() === '') body += `{\\*\\htmltag${tagNumber} ${inTag(token)}}`;
    else body += token.split(/(\r\n|\r|\n)/).map((part) => (/^[\r\n]/.test(part) ? `{\\*\\htmltag${tagNumber} \\par }\\htmlrtf  \\htmlrtf0 ` : escaped(part))).join('');
  }
  return Buffer.from(`{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fswiss Arial;}}\r\n\\uc1\\pard\\plain\\deftab360 \\f0\\fs24 ${body}}\r\n`, 'latin1');
}

const enclosesHtml = (source: string): boolean => /^\{\\rtf1?[^{}]{0,200}\\fromhtml1\b/.test(source);

interface Group {
  /** Nothing in it is HTML: fonts, colours, what is for readers of RTF only. */
  readonly isPassedOver: boolean;
  readonly isTag: boolean;
  readonly standIns: number;
}
const words: Readonly<Record<string, string>> = {
  par: '\r\n', line: '\r\n', tab: '\t', emdash: '&mdash;', endash: '&ndash;', lquote: '&lsquo;', rquote: '&rsquo;', ldblquote: '&ldquo;', rdblquote: '&rdquo;', bullet: '&bull;',
};
const passedOver: ReadonlySet<string> = new Set(['fonttbl', 'colortbl', 'stylesheet', 'info', 'pict', 'object', 'mhtmltag', 'listtable', 'listoverridetable', 'generator']);

/** The HTML that an RTF document encloses, [MS-OXRTFEX] 2.2; undefined for one that encloses none. */
export function rtfToHtml(rtf: Uint8Array): string | undefined {
  const source = Buffer.from(rtf.buffer, rtf.byteOffset, rtf.byteLength).toString('latin1');
  if (!enclosesHtml(source)) return undefined;
  const codePage = /\\ansicpg(\d{3,5})/.exec(source)?.[1] ?? '1252';
  const groups: Group[] = [];
  let group: Group = { isPassedOver: false, isTag: false, standIns: 1 };
  let [isForRtf, skip, isStarred, html] = [false, 0, false, ''];
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length > 0) html += decoderOf(codePage).decode(Uint8Array.from(bytes));
    bytes = [];
  };
  const put = (text: string): void => {
    flush();
    if (skip > 0) skip -= 1;
    else if (!group.isPassedOver && (group.isTag || !isForRtf)) html += text;
  };
  for (const [token, hex, word, number, symbol, plain] of source.matchAll(/\\'([0-9a-f]{2})|\\([a-z]+)(-?\d+)? ?|\\([^a-z])|[{}]|([^\\{}\r\n]+)/gi)) {
    const wasStarred = isStarred;
    isStarred = false;
    if (token === '{') groups.push(group);
    else if (token === '}') {
      flush();
      group = groups.pop() ?? group;
    } else if (hex !== undefined) {
      if (skip > 0) skip -= 1;
      else if (!group.isPassedOver && (group.isTag || !isForRtf)) bytes.push(Number.parseInt(hex, 16));
    } else if (plain !== undefined) {
      const text = plain.slice(skip);
      skip = Math.max(0, skip - plain.length);
      flush();
      if (!group.isPassedOver && (group.isTag || !isForRtf)) html += text;
    } else if (word === 'u') {
      put(String.fromCharCode(Number(number) & 0xffff));
      skip = group.standIns;
    } else if (word === 'uc') group = { ...group, standIns: Number(number ?? 1) };
    else if (word === 'htmltag') group = { ...group, isTag: true };
    else if (word === 'htmlrtf') {
      flush();
      isForRtf = number !== '0';
    } else if (symbol === '*') isStarred = true;
    else if (wasStarred || passedOver.has(word ?? '')) group = { ...group, isPassedOver: true };
    else if (word !== undefined) {
      if (words[word] !== undefined) put(words[word]);
    } else if (symbol !== undefined) put(symbol === '~' ? '&nbsp;' : symbol === '_' ? '&shy;' : symbol === '-' ? '' : symbol);
  }
  flush();
  return html;
}

function decoderOf(codePage: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(codePage === '65001' ? 'utf-8' : `windows-${codePage}`);
  } catch {
    return new TextDecoder('windows-1252');
  }
}
