import fc from 'fast-check';
import { retouchHtml } from '../index.ts';

describe('retouchHtml', () => {
  it.each([
    ['nothing asked', '<IMG src="http://x.test/a.png"><a href=x>', {}, '<IMG src="http://x.test/a.png"><a href=x>', false],
    ['pictures of elsewhere', '<p><img alt=a SRC=http://x.test/a.png><img src="cid:b"></p>', { blockExternalImages: true }, '<p><img alt=a blockedimagesrc="http://x.test/a.png"><img src="cid:b"></p>', true],
    ['pictures without a scheme of their own', '<img src="//x.test/a.png"/>', { blockExternalImages: true }, '<img blockedimagesrc="//x.test/a.png"/>', true],
    ['no pictures of elsewhere', '<img src="cid:b">', { blockExternalImages: true }, '<img src="cid:b">', false],
    ['links', '<a href="http://x.test">a</a><a name=b>b</a><A target="_self" HREF=c>c</A>', { addBlankTarget: true }, '<a href="http://x.test" target="_blank">a</a><a name=b>b</a><A target="_blank" HREF=c>c</A>', false],
    ['inline pictures', '<img src="cid:a&amp;b"><img src="cid:c">', { inlineImage: (id: string) => (id === 'a&b' ? 'get?x=1&id=7' : undefined) }, '<img src="get?x=1&amp;id=7"><img src="cid:c">', false],
    ['the character set', '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><meta charset=\'x\'>', { charset: 'utf-8' }, '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"><meta charset=\'utf-8\'>', false],
    ['what only looks like a tag', '<!-- <img src="http://x"> --><script>"<img src=http://x>"</script>a < b', { blockExternalImages: true }, '<!-- <img src="http://x"> --><script>"<img src=http://x>"</script>a < b', false],
  ])('changes %s', (_what, html, retouches, expected, hasBlockedImages) => {
    expect(retouchHtml(html, retouches)).toEqual({ html: expected, hasBlockedImages });
  });

  it('leaves everything else as it is, whatever it is', () => {
    const piece = fc.constantFrom('<', '>', '"', "'", 'a', ' href=', '<img ', 'src=', '<!--', '-->', '</', '/', 'x', '=', '&', '<script>', '</script>');
    fc.assert(fc.property(fc.array(piece).map((pieces) => pieces.join('')), (html) => expect(retouchHtml(html, {}).html).toBe(html)));
  });
});
