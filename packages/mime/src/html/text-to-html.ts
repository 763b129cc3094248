import { escapeHtml } from './escape.ts';

const address = /\b(?:https?:\/\/|www\.)[^\s<>"]{1,2000}/gi;

/** White space that HTML would swallow is kept by no-break spaces. */
function keepSpaces(html: string): string {
  return html.replace(/\t/g, '        ').replace(/^ | {2,}/gm, (run) => `${'&nbsp;'.repeat(run.length > 1 ? run.length - 1 : 1)}${run.length > 1 ? ' ' : ''}`);
}

function line(text: string): string {
  let html = '';
  let at = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    let length = found.length;
    while (length > 0 && '.,;:!?)]'.includes(found[length - 1] ?? ' ')) length -= 1;
    const shown = found.slice(0, length);
    const target = shown.toLowerCase().startsWith('www.') ? `http://${shown}` : shown;
    html += `${keepSpaces(escapeHtml(text.slice(at, index)))}<a href="${escapeHtml(target)}">${escapeHtml(shown)}</a>`;
    at = index + shown.length;
  }
  return html + keepSpaces(escapeHtml(text.slice(at)));
}

/**
 * A whole HTML document that shows a plain text, in the form in which Exchange makes one: a generator
 * mark, one `div` of class PlainText, addresses as links.
 */
export function textToHtml(text: string): string {
  const body = text.split(/\r\n|\r|\n/).map(line).join('<br>\r\n');
  return [
    '<html>',
    '<head>',
    '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">',
    '<meta name="Generator" content="Microsoft Exchange Server">',
    '<!-- converted from text -->',
    '<style><!-- .EmailQuote { margin-left: 1pt; padding-left: 4pt; border-left: #800000 2px solid; } --></style>',
    '</head>',
    '<body>',
    `<font size="2"><span style="font-size:11pt;"><div class="PlainText">${body}</div></span></font>`,
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
}
