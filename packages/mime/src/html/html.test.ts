import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { htmlToText, sanitizeHtml, textToHtml } from '../index.ts';

describe('htmlToText', () => {
  it.each([
    ['<p>one</p><p>two</p>', 'one\r\n\r\ntwo'],
    ['a<br>b<br/>c', 'a\r\nb\r\nc'],
    ['<div>a</div><div>b</div>', 'a\r\nb'],
    ['a &amp; b &lt;c&gt; &euro;&nbsp;5', 'a & b <c> €\u00a05'],
    ['<style>p{}</style><script>x()</script>a', 'a'],
    ['<a href="http://x.test/">link</a>', 'link <http://x.test/>'],
    ['<a href="http://x.test/">http://x.test/</a>', 'http://x.test/'],
    ['<h1>Title</h1>text', 'Title\r\n\r\ntext'],
    ['<pre>a\n  b</pre>', 'a\r\n  b'],
    ['<img src="cid:x" alt="picture">a', 'a'],
    ['<ul><li>a</li><li>b</li></ul>', '  * a\r\n  * b'],
    [`<p>${'word '.repeat(60)}</p>`, 'word '.repeat(60).trim()],
    ['', ''],
  ])('%s', (html, text) => expect(htmlToText(html).trim()).toBe(text.trim()));
});

describe('htmlToText and depth', () => {
  it('keeps the text of what is nested too deep', () => expect(htmlToText(`${'<div>'.repeat(600)}deep${'</div>'.repeat(600)}`)).toBe('deep'));
  it('takes paragraphs left open for no depth', () => expect(htmlToText('<p>x'.repeat(600)).split('\r\n\r\n')).toHaveLength(600));
});

describe('textToHtml', () => {
  it.each([
    ['a<b> & "c"', 'a&lt;b&gt; &amp; &quot;c&quot;'],
    ['one\r\ntwo\nthree', 'one<br>\r\ntwo<br>\r\nthree'],
    ['  a  b', '&nbsp; a&nbsp; b'],
    ['see http://x.test/?a=1&b=2.', 'see <a href="http://x.test/?a=1&amp;b=2">http://x.test/?a=1&amp;b=2</a>.'],
    ['www.x.test', '<a href="http://www.x.test">www.x.test</a>'],
  ])('%j', (text, html) => expect(textToHtml(text)).toContain(`<div class="PlainText">${html}</div>`));

  it('comes back as the same text', () => {
    fc.assert(fc.property(fc.array(fc.string({ minLength: 1, maxLength: 40 }).map((line) => line.replace(/\s+/g, ' ').trim()).filter((line) => line !== '' && !/www|http/i.test(line)), { maxLength: 6 }), (lines) => {
      expect(htmlToText(textToHtml(lines.join('\r\n')))).toBe(lines.join('\r\n'));
    }));
  });
});

describe('sanitizeHtml', () => {
  it.each([
    ['<p class="a" style="color:red">Hi <b>you</b></p>', '<p class="a" style="color:red">Hi <b>you</b></p>'],
    ['<script>alert(1)</script>a', 'a'],
    ['<SCRIPT SRC="x">alert("</p>")</SCRIPT >a', 'a'],
    ['<p onclick="x()" ONMOUSEOVER=y id=z>a</p>', '<p id="z">a</p>'],
    ['<a href="javascript:x()">a</a>', '<a>a</a>'],
    ['<a href=" java\tscript&colon;x()">a</a>', '<a>a</a>'],
    ['<a href="&#106;&#x61;vascript:x()">a</a>', '<a>a</a>'],
    ['<a href="http://x.test/?a=1&amp;b=2">a</a>', '<a href="http://x.test/?a=1&amp;b=2">a</a>'],
    ['<img src="cid:pic@x"><img src="data:image/png;base64,AA=="><img src="data:text/html,x">', '<img src="cid:pic@x"><img src="data:image/png;base64,AA=="><img>'],
    ['<form action="x"><input name=a value=b>text<button>go</button></form>', 'text'],
    ['<object data=x><embed src=y>alt</object>a<iframe src="http://x"></iframe>b', 'ab'],
    ['<svg><script>x</script><circle onload=y></svg>a', 'a'],
    ['<div style="width:expression(alert(1))">a</div>', '<div>a</div>'],
    ['<div style="background:url(java\\73 cript:x)">a</div>', '<div>a</div>'],
    ['<div style="width:ex/**/pression(1)">a</div>', '<div>a</div>'],
    ['<style>p{color:red}</style>', '<style>p{color:red}</style>'],
    ['<style>@import url(x)</style>a', 'a'],
    ['<style><!-- @im<port url(x) --></style>a', 'a'],
    ['<style><!-- a > b{} --></style>', '<style> a > b{} --></style>'],
    ['<!-- comment --><![if mso]>a<![endif]>', 'a'],
    ['<!--[if gte mso 9]><xml><o:p/></xml><![endif]-->a', 'a'],
    ['<meta http-equiv=refresh content="0;url=x"><link rel=stylesheet href=x><base href=x>a', 'a'],
    ['<p title="a > b" data-x=\'"\'>a</p>', '<p title="a &gt; b" data-x="&quot;">a</p>'],
    ['1 < 2 > 1 & x', '1 &lt; 2 &gt; 1 & x'],
    ['<<script>x()</script>p>a', '&lt;p&gt;a'],
    ['<scr<script>ipt>x()</script>', 'ipt&gt;x()'],
    ['<img src=x onerror=y()//', '<img src="x">'],
    ['<p a="', '<p a>'],
    ['<a href="x" href="javascript:y">a</a>', '<a href="x">a</a>'],
    ['<math><mi xlink:href="javascript:x">a</mi></math>b', 'b'],
    ['<template><p>x</p></template>a', 'a'],
    ['<o:p>&nbsp;</o:p>', '<o:p>&nbsp;</o:p>'],
  ])('%s', (html, safe) => expect(sanitizeHtml(html)).toBe(safe));

  it('finds nothing more in what it has made, whatever it was given', () => {
    const token = fc.constantFrom('<', '>', '"', "'", '=', ' ', '/', '<script', '</script>', '<style>', '</style>', '<!--', '-->', 'onclick=', 'href=', 'javascript:', '<a ', '<img src=', '<svg>', '</svg>', '&#', 'x', '\0', '<p ', '`', '/>');
    fc.assert(fc.property(fc.array(token, { maxLength: 40 }).map((all) => all.join('')), (html) => {
      const once = sanitizeHtml(html);
      expect(sanitizeHtml(once)).toBe(once);
      expect(once).not.toMatch(/<(?:script|svg)[\s/>]|<[^>]*\son\w+=/i);
    }), { numRuns: 2000 });
  });

  it.each([
    ['unclosed tags', '<p '.repeat(300_000)],
    ['unclosed styles', '<style>'.repeat(100_000)],
    ['unclosed comments', '<!--'.repeat(300_000)],
    ['unclosed style comments', `<p style="${'/*'.repeat(300_000)}">`],
    ['quotes', `<p ${'a="'.repeat(200_001)}`],
    ['apostrophes and quotes', `<p ${'a=\'" '.repeat(200_000)}>`],
    ['nested elements', '<div>'.repeat(200_000)],
    ['nested removed ones', '<svg>'.repeat(200_000)],
    ['angle brackets', '<'.repeat(1_000_000)],
    ['names', `<p ${'a '.repeat(300_000)}>`],
    ['spaces', `<p a${' '.repeat(100_000)}b>`],
  ])('is not slowed down by %s, nor are the others', (_, html) => {
    for (const work of [sanitizeHtml, htmlToText, textToHtml]) {
      const begin = performance.now();
      work(html);
      expect([work.name, performance.now() - begin < 10_000]).toEqual([work.name, true]);
    }
  }, 40_000);
});
