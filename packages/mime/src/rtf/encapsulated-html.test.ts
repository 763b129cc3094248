import { htmlToRtf, rtfToHtml } from './encapsulated-html.ts';
import { textToRtf } from './rtf-text.ts';

it.each([
  ['a document', '<html>\r\n<head>\r\n<title>No {text}</title>\r\n<style>p { margin: 0 }</style>\r\n</head>\r\n<body>\r\n<p class="a">One\ttwo &amp; \\three</p>\r\n</body>\r\n</html>\r\n'],
  ['letters of all kinds', '<p>Grüße, 日本, 😀 &eacute; &#233; &nbsp;</p>'],
  ['lines and what is no tag', '<p>a\r\nb < c && d</p><!-- {a} --><br>'],
])('%s comes out of RTF as it went in', (_what, html) => expect(rtfToHtml(htmlToRtf(html))).toBe(html));

it('RTF that was text encloses no HTML', () => expect(rtfToHtml(textToRtf('x'))).toBeUndefined());
it('what Outlook writes: fonts, code pages, what is for others', () => {
  const rtf = '{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\fbidis \\deff0{\\fonttbl{\\f0\\fswiss Arial;}}{\\colortbl\\red0;}\\uc1\\pard\\plain{\\*\\htmltag19 <html>}{\\*\\htmltag64 <p>}\\htmlrtf {\\f0 \\htmlrtf0 Gr\\\'fc\\\'dfe\\htmlrtf\\par}\\htmlrtf0{\\*\\mhtmltag84 <a>}{\\*\\htmltag72 </p>}}';
  expect(rtfToHtml(Buffer.from(rtf, 'latin1'))).toBe('<html><p>Grüße</p>');
});
