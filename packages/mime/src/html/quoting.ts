import { escapeHtml } from './escape.ts';

/** What the block above a quoted message tells of it. */
export interface QuotedHeader {
  readonly from: string;
  readonly fromAddress: string;
  /** As the reader's clock shows it. */
  readonly sent: string;
  readonly to: string;
  readonly cc: string;
  readonly subject: string;
}

const rule = '_'.repeat(40);
/** Marks where the answer ends and the quoted message begins; mail clients look for it too. */
const headerId = 'divRplyFwdMsg';

const lines = ({ from, fromAddress, sent, to, cc, subject }: QuotedHeader, person: string): readonly (readonly [string, string])[] => [
  ['From', fromAddress ? person : from], ['Sent', sent], ...(to ? [['To', to] as const] : []), ...(cc ? [['Cc', cc] as const] : []), ['Subject', subject],
];

/** New text, the header block, and the original below it. */
export function quoteText(added: string, header: QuotedHeader, original: string): string {
  const block = lines(header, `${header.from} [${header.fromAddress}]`).map(([name, value]) => `${name}: ${value}`);
  return `${added}\r\n\r\n${rule}\r\n${block.join('\r\n')}\r\n\r\n${original}`;
}

/** The same in HTML: head and style of the original stay, the answer comes first in its body. */
export function quoteHtml(added: string, header: QuotedHeader, original: string): string {
  const block = lines(header, `${header.from} <${header.fromAddress}>`).map(([name, value]) => `<b>${name}:</b> ${escapeHtml(value)}`).join('<br>\r\n');
  const marked = `<hr tabindex="-1" style="display:inline-block; width:98%"><div id="${headerId}" dir="ltr"><font face="Calibri, sans-serif" color="#000000" style="font-size:11pt">${block}</font><div>&nbsp;</div></div>`;
  const quoted = bodyParts(original);
  return `<html>\r\n<head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">${quoted.head}\r\n</head>\r\n<body${quoted.attributes}>\r\n${bodyParts(added).body}\r\n${marked}\r\n<div>${quoted.body}</div>\r\n</body>\r\n</html>\r\n`;
}

/** Positions are found by looking for the tags: a parser would lose what it does not know. */
function bodyParts(html: string): { readonly head: string; readonly attributes: string; readonly body: string } {
  const open = /<body\b([^>]*)>/i.exec(html);
  const close = html.toLowerCase().lastIndexOf('</body');
  const from = open ? open.index + open[0].length : 0;
  const head = /<head\b[^>]*>([\s\S]*?)<\/head\s*>/i.exec(html)?.[1] ?? '';
  const body = html.slice(from, close >= from ? close : undefined);
  return {
    head: head.replaceAll(/<meta\b[^>]*charset[^>]*>/gi, ''),
    attributes: open?.[1] ?? '',
    body: open ? body : body.replaceAll(/<\/?html\b[^>]*>|<head\b[\s\S]*?<\/head\s*>/gi, ''),
  };
}

/** Where what others wrote begins, by the marks that mail programs leave. */
const htmlMarks: readonly RegExp[] = [
  new RegExp(`<hr\\b[^>]*>\\s*(?:<div[^>]*>\\s*)?<div\\b[^>]*\\bid="?(?:x_)?${headerId}`, 'i'),
  new RegExp(`<div\\b[^>]*\\bid="?(?:x_)?(?:${headerId}|appendonsend)`, 'i'),
  /<div\b[^>]*\bclass="?gmail_(?:quote|attr)/i,
  /<div\b[^>]*\bclass="?moz-cite-prefix/i,
  /<blockquote\b[^>]*\btype="?cite/i,
  /<div>\s*<div\b[^>]*\bstyle=["'][^"'>]*border-top:\s*solid #(?:E1E1E1|B5C4DF) 1\.0pt/i,
];
const textMarks: readonly RegExp[] = [
  /^_{20,}\r?\n\s*From: /m,
  /^-{3,} ?(?:Original Message|Forwarded message) ?-{3,}/im,
  /^On [^\n]{1,300}(?:\n[^\n]{1,200})?wrote:\s*\n+>/m,
  /^From: [^\n]*\r?\nSent: /m,
];

const firstOf = (marks: readonly RegExp[], text: string): number => marks.reduce((first, mark) => Math.min(first, mark.exec(text)?.index ?? first), text.length);

/** The text without what it quotes: item:UniqueBody. */
export function uniqueText(text: string): string {
  return text.slice(0, firstOf(textMarks, text)).trimEnd();
}

/** The same of HTML; elements that were open where the quotation begins are closed. */
export function uniqueHtml(html: string): string {
  const { body } = bodyParts(html);
  const unique = body.slice(0, firstOf(htmlMarks, body));
  return `<html><body>${unique.trim()}${closing(unique)}</body></html>`;
}

const voidElements: ReadonlySet<string> = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);

function closing(html: string): string {
  const open: string[] = [];
  for (const [whole, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9:]*)\b[^>]*>/gi)) {
    const element = name.toLowerCase();
    if (voidElements.has(element) || whole.endsWith('/>')) continue;
    if (!slash) open.push(element);
    else if (open.includes(element)) open.length = open.lastIndexOf(element);
  }
  return open.reverse().map((element) => `</${element}>`).join('');
}
