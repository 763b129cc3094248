import { htmlToTextLibrary } from '../libraries.ts';

/** Longest HTML that is converted, in characters; what is beyond is left out. */
const longest = 4 * 1024 * 1024;
/** Deepest nesting that the library gets: it needs seconds for a hundred thousand levels. */
const deepest = 500;

const options = {
  wordwrap: false,
  limits: { maxDepth: deepest },
  selectors: [
    { selector: 'img', format: 'skip' },
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'], noAnchorUrl: true } },
    { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 2 } },
    { selector: 'ul', options: { itemPrefix: '  * ' } },
    { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false, maxColumnWidth: 200 } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false, leadingLineBreaks: 1, trailingLineBreaks: 2 } })),
  ],
};

/** Elements that are never left open, or that the next of their kind closes. */
const shallow = /^(?:br|img|hr|meta|link|input|col|area|base|wbr|p|li|t[dhr]|d[dt]|option)$/i;

function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, end, name = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]{0,20})/gi)) {
    if (shallow.test(name)) continue;
    depth = end ? Math.max(depth - 1, 0) : depth + 1;
    if (depth > deepest) return true;
  }
  return false;
}

/** What is left of HTML that nobody means to be read: the text without the tags. */
function stripTags(html: string): string {
  return html.replace(/<(?:br|p|div|tr|li)\b[^<>]{0,1000}>/gi, '\n').replace(/<[^<>]{0,10000}>/g, '').trim();
}

let compiled: ((html: string) => string) | undefined;

/** Compiled on the first call: takes longer than a small body does, and holds nothing of any. */
function convert(html: string): string {
  compiled ??= htmlToTextLibrary().compile(options);
  return compiled(html);
}

/**
 * The text of an HTML body, CRLF between lines, addresses of links in angle brackets.
 *
 * @example
 * htmlToText('<p>Hello <b>you</b></p>'); // 'Hello you'
 */
export function htmlToText(html: string): string {
  const bounded = html.slice(0, longest);
  const text = isTooDeep(bounded) ? stripTags(bounded) : convert(bounded);
  return text.replace(/\r?\n/g, '\r\n');
}
