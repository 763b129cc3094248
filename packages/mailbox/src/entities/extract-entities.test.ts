import { performance } from 'node:perf_hooks';
import fc from 'fast-check';
import { extractEntities } from './extract-entities.ts';

const ronnie = { name: 'Ronnie Sturgis', address: 'ronnie@contoso.test' };
const sadie = { name: 'Sadie Daniels', address: 'sadie@contoso.test' };
const first = (text: string) => extractEntities(text, ronnie, [sadie])[0];

describe('what a text tells of', () => {
  it.each([
    ['Call +41 44 555 01 10 now', ['+41 44 555 01 10']], ['1-425-555-0100 or (425) 555-0101', ['1-425-555-0100', '(425) 555-0101']], ['order 2026-555-01012 of 12.5.2026', []], ['no 5550100', []],
  ])('telephone numbers of "%s"', (text, numbers) => expect((first(text)?.phones ?? []).map(({ original }) => original)).toEqual(numbers));

  it.each([
    ['my home number is 425-555-0100', 'Home'], ['at work: 425-555-0100', 'Business'], ['cell 425-555-0100', 'Mobile'], ['home is elsewhere. 425-555-0100', 'Unspecified'],
  ])('"%s" is %s', (text, type) => expect(first(text)?.phones.map((one) => one.type)).toEqual([type]));

  it.each([
    ['See http://x.test/a?b=c, and www.y.test.', ['http://x.test/a?b=c', 'www.y.test']], ['(https://x.test)', ['https://x.test']], ['a.b@c.test', []],
  ])('addresses of pages in "%s"', (text, urls) => expect(first(text)?.urls).toEqual(urls));

  it.each([
    ['Let\'s meet for lunch at 12:15pm on March 3rd, 2026.', 'lunch', '2026-03-03T12:15:00.000Z', '2026-03-03T12:45:00.000Z'],
    ['Shall we meet for the review from 9am to 11:30am, June 1, 2026?', 'review', '2026-06-01T09:00:00.000Z', '2026-06-01T11:30:00.000Z'],
    ['Are you free for dinner at 7, June 1 2026?', 'dinner', '2026-06-01T19:00:00.000Z', '2026-06-01T19:30:00.000Z'],
    ['Can we meet tomorrow?', undefined, undefined, undefined],
  ])('a meeting in "%s"', (text, subject, start, end) => {
    const [meeting] = first(text)?.meetings ?? [];
    const iso = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : new Date(ms).toISOString());
    expect([meeting?.sentence, meeting?.subject, iso(meeting?.time?.start), iso(meeting?.time?.end)]).toEqual([text, subject, start, end]);
  });

  it.each(['We met yesterday.', 'Please RSVP by Friday.', 'The meeting was long.', ''])('neither meeting nor task in "%s"', (text) => expect([first(text)?.meetings ?? [], first(text)?.tasks ?? []]).toEqual([[], []]));

  it('tells what is new from what is quoted', () => {
    const found = extractEntities('Mine is 425-555-0100.\n\n-----Original Message-----\nYours is 425-555-0199.', ronnie, [sadie]);
    expect(found.map(({ position, phones }) => [position, phones.map(({ digits }) => digits)])).toEqual([['LatestReply', ['4255550100']], ['Other', ['4255550199']]]);
  });

  it('takes any text, in time that grows no faster than the text', () => {
    fc.assert(fc.property(fc.string(), (text) => void extractEntities(text, undefined, [])));
    const took = (text: string): number => { const start = performance.now(); extractEntities(text, ronnie, [sadie]); return performance.now() - start; };
    for (const piece of ['A', 'A ', '1 ', '1', 'a.', '@', 'http://', '1 Main St A ', 'contact A from B of ', '(425) ', '+1 22', 'Please ', 'for ', '\n', 'from 1 ']) expect(took(piece.repeat(65_536 / piece.length))).toBeLessThan(1500);
  });
});
