import { createHash } from 'node:crypto';
import { createClock } from '@fauxchange/kernel';
import { createOabEmulator, decodeContainer, decodeDetails, oabPath, type DetailsFile, type OabEmulator, type OabValue } from '../src/index.ts';

const authorization = `Basic ${btoa('alice@example.test:alice-pass')}`;
let oab: OabEmulator;
beforeAll(async () => { oab = await createOabEmulator({ clock: createClock({ at: Date.UTC(2026, 5, 1, 12, 0, 0, 700), frozen: true }) }); });
beforeEach(() => oab.reset());
afterAll(() => oab.close());

const get = (name: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> => fetch(oab.oabUrl + name, { method, headers: { authorization, ...headers } });
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

interface Listed { readonly seq: number; readonly ver: number; readonly size: number; readonly uncompressedsize: number; readonly SHA: string; readonly name: string; readonly id: string }
async function manifest(): Promise<Listed> {
  const text = await (await get('oab.xml')).text();
  const found = /^<\?xml version="1\.0" encoding="utf-8"\?><OAB><OAL id="([0-9a-f-]{36})" dn="\/" name="\\Global Address List"><Full seq="(\d+)" ver="(\d+)" size="(\d+)" uncompressedsize="(\d+)" SHA="([0-9A-F]{40})">([^<]+)<\/Full><\/OAL><\/OAB>$/.exec(text);
  if (!found) throw new Error(text);
  const [, id = '', seq, ver, size, uncompressedsize, SHA = '', name = ''] = found;
  return { id, seq: Number(seq), ver: Number(ver), size: Number(size), uncompressedsize: Number(uncompressedsize), SHA, name };
}
const details = async ({ name }: Listed): Promise<DetailsFile> => decodeDetails(decodeContainer(await bytesOf(await get(name))));
const valueOf = (file: DetailsFile, name: string, tag: number): OabValue | undefined => file.records.find((record) => record.get(0x3001_001f) === name)?.get(tag);

describe('the manifest', () => {
  it('names one full file, by its size and its hash, and the list that it is of', async () => {
    const listed = await manifest();
    const content = await bytesOf(await get(listed.name));
    expect(listed).toMatchObject({ seq: 1, ver: 32, size: content.length, uncompressedsize: decodeContainer(content).length, SHA: createHash('sha1').update(content).digest('hex').toUpperCase(), name: `${listed.id}-data-1.lzx` });
    const { header } = decodeDetails(decodeContainer(content));
    expect([...header]).toEqual([[0x6800_001f, '\\Global Address List'], [0x6804_001e, '/'], [0x6801_0003, 1], [0x6802_001e, listed.id]]);
  });

  it('the folder is the same whenever an organization of the same seed is made', async () => {
    await using other = await createOabEmulator();
    expect(oabPath(other.organization)).toBe(oabPath(oab.organization));
    expect(new URL(oab.oabUrl).pathname).toBe(oabPath(oab.organization));
  });
});

describe('the records', () => {
  it('are those of the global address list, without the hidden', async () => {
    const { directory } = oab.organization;
    const names = async (): Promise<readonly unknown[]> => (await details(await manifest())).records.map((record) => record.get(0x3001_001f));
    const shown = directory.list().filter(({ isHiddenFromAddressLists }) => !isHiddenFromAddressLists).map(({ displayName }) => displayName);
    expect([...await names()].sort()).toEqual([...shown].sort());
    directory.update(directory.byAddress('bob@example.test')?.id ?? '', { isHiddenFromAddressLists: true });
    expect(await names()).not.toContain('Bob Baker');
  });

  it.each<[string, string, Readonly<Record<number, OabValue | undefined>>]>([
    ['a person', 'Alice Archer', {
      0x39fe_001f: 'alice@example.test', 0x3a00_001f: 'alice', 0x3a11_001f: 'Archer', 0x3a06_001f: 'Alice', 0x3900_0003: 0, 0x3905_0003: 0x4000_0000, 0x0ffe_0003: 6, 0x3a40_000b: true, 0x3a18_001f: 'Field',
      0x800f_101f: ['SMTP:alice@example.test', 'smtp:a.archer@example.test'], 0x3a08_001f: '+44 20 7946 0101', 0x3a1c_001f: '+44 7700 900101', 0x8ce2_0003: undefined,
    }],
    ['a name beyond ASCII, and how it is printed', 'Dave Dürrenmatt', { 0x3a11_001f: 'Dürrenmatt', 0x39ff_001e: 'Dave Durrenmatt' }],
    ['a room', 'Board Room', { 0x3900_0003: 0, 0x3905_0003: 7, 0x0ffe_0003: 6 }],
    ['a group, of whose members only the number is told', 'Stations Team', { 0x3900_0003: 1, 0x0ffe_0003: 8, 0x8ce2_0003: 3, 0x8009_101e: undefined }],
  ])('%s', async (_, name, expected) => {
    const file = await details(await manifest());
    expect(Object.fromEntries(Object.keys(expected).map((tag) => [tag, valueOf(file, name, Number(tag))]))).toEqual(Object.fromEntries(Object.entries(expected)));
    expect(valueOf(file, name, 0x3003_001e)).toBe(oab.organization.directory.list().find(({ displayName }) => displayName === name)?.legacyExchangeDN);
  });

  it('what leads to other entries is named and left out: members, and the groups that one is in', async () => {
    const file = await details(await manifest());
    expect(valueOf(file, 'Stations Team', 0x6805_1003)).toContain(0x8009_101e);
    expect(valueOf(file, 'Alice Archer', 0x6805_1003)).toEqual([0x8008_101e]);
    oab.organization.directory.add({ recipientType: 'MailContact', displayName: 'Nobody of Nowhere', primarySmtpAddress: 'nobody@elsewhere.test' });
    expect(valueOf(await details(await manifest()), 'Nobody of Nowhere', 0x6805_1003)).toBeUndefined();
  });

  it.each<[string, readonly number[], readonly number[]]>([
    ['all of them', [30_000, 30_001], [30_000, 30_001]],
    ['those that have room in 64 KiB', [30_000, 30_001, 30_002, 5000], [30_000, 30_001, 5000]],
  ])('of certificates: %s', async (_, sizes, expected) => {
    oab.organization.directory.add({ recipientType: 'MailContact', displayName: 'Large', primarySmtpAddress: 'large@elsewhere.test', certificates: sizes.map((size) => Buffer.alloc(size, 1).toString('base64')) });
    const file = await details(await manifest());
    expect((valueOf(file, 'Large', 0x8c6a_1102) as readonly Uint8Array[]).map(({ length }) => length)).toEqual(expected);
    expect(valueOf(file, 'Large', 0x6805_1003)).toEqual(sizes.length === expected.length ? undefined : [0x8c6a_1102]);
  });

  it('the schema: keys and ambiguous names, in the order of Exchange', async () => {
    const { properties } = await details(await manifest());
    expect(properties.filter(({ ulFlags }) => ulFlags !== 0).map(({ ulPropId, ulFlags }) => [ulPropId.toString(16), ulFlags])).toEqual([
      ['3003001e', 2], ['39fe001f', 2], ['3001001f', 1], ['8c92001f', 1], ['3a00001f', 1], ['3a11001f', 1], ['3a06001f', 1], ['800f101f', 1], ['3a19001f', 1],
    ]);
    expect(properties.at(-1)?.ulPropId).toBe(0x6805_1003);
  });
});

describe('generations', () => {
  const rename = (displayName: string): unknown => oab.organization.directory.update(oab.organization.directory.byAddress('bob@example.test')?.id ?? '', { displayName });

  it('the sequence rises when the list changes, and only then', async () => {
    const first = await manifest();
    const headers = (await get('oab.xml')).headers;
    expect(await manifest()).toEqual(first);
    // What no address list shows makes no other book.
    oab.organization.directory.update(oab.organization.directory.byAddress('bob@example.test')?.id ?? '', { password: 'other-pass' });
    expect(await manifest()).toEqual(first);
    rename('Robert Baker');
    const second = await manifest();
    expect(second).toMatchObject({ seq: 2, id: first.id, name: `${first.id}-data-2.lzx` });
    expect((await details(second)).header.get(0x6801_0003)).toBe(2);
    const later = (await get('oab.xml')).headers;
    expect(later.get('etag')).not.toBe(headers.get('etag'));
    expect(Date.parse(later.get('last-modified') ?? '')).toBeGreaterThan(Date.parse(headers.get('last-modified') ?? ''));
  });

  it('the file that a manifest named is there until another manifest is made', async () => {
    const first = await manifest();
    rename('Robert Baker');
    expect(valueOf(await details(first), 'Bob Baker', 0x39fe_001f)).toBe('bob@example.test');
    await manifest();
    expect((await get(first.name)).status).toBe(404);
  });

  it('a reset begins anew', async () => {
    const first = await manifest();
    rename('Robert Baker');
    await manifest();
    await oab.reset();
    expect(await manifest()).toEqual(first);
  });
});

describe('HTTP', () => {
  it.each([['oab.xml', 'text/xml'], ['data', 'application/octet-stream']])('%s: headers, and HEAD tells the same without the body', async (which, type) => {
    const name = which === 'data' ? (await manifest()).name : which;
    const [whole, head] = [await get(name), await get(name, {}, 'HEAD')];
    const body = await bytesOf(whole);
    expect(Object.fromEntries(['content-type', 'content-length', 'last-modified', 'accept-ranges', 'etag'].map((header) => [header, whole.headers.get(header)]))).toEqual({
      'content-type': type, 'content-length': String(body.length), 'last-modified': 'Mon, 01 Jun 2026 12:00:00 GMT', 'accept-ranges': 'bytes', etag: '"1dcf1be2c162000:0"',
    });
    expect([head.status, head.headers.get('content-length'), head.headers.get('etag'), (await bytesOf(head)).length]).toEqual([200, String(body.length), whole.headers.get('etag'), 0]);
  });

  const before = 'Mon, 01 Jun 2026 11:59:59 GMT';
  const then = 'Mon, 01 Jun 2026 12:00:00 GMT';
  const tag = '"1dcf1be2c162000:0"';
  it.each<[string, Record<string, string>, number]>([
    ['the tag that it has', { 'if-none-match': tag }, 304],
    ['that tag among others, weak', { 'if-none-match': `"x", W/${tag}` }, 304],
    ['any tag', { 'if-none-match': '*' }, 304],
    ['another tag', { 'if-none-match': '"x"' }, 200],
    ['its date', { 'if-modified-since': then }, 304],
    ['an earlier date', { 'if-modified-since': before }, 200],
    ['no date', { 'if-modified-since': 'yesterday' }, 200],
    ['another tag and its date: the tag counts', { 'if-none-match': '"x"', 'if-modified-since': then }, 200],
    ['only this one', { 'if-match': tag }, 200],
    ['only another one', { 'if-match': '"x"' }, 412],
    ['only if it is no newer', { 'if-unmodified-since': then }, 200],
    ['only if it is no newer than before', { 'if-unmodified-since': before }, 412],
  ])('conditions: %s', async (_, headers, status) => {
    const answer = await get('oab.xml', headers);
    expect([answer.status, answer.headers.get('etag'), (await bytesOf(answer)).length > 0]).toEqual([status, tag, status === 200]);
    if (status === 304) expect(answer.headers.get('content-length')).toBeNull();
  });

  it.each<[string, Record<string, string>, number, (size: number) => [number, number] | undefined]>([
    ['the beginning', { range: 'bytes=0-9' }, 206, () => [0, 9]],
    ['one byte', { range: 'bytes=16-16' }, 206, () => [16, 16]],
    ['from there on', { range: 'bytes=100-' }, 206, (size) => [100, size - 1]],
    ['the end', { range: 'bytes=-20' }, 206, (size) => [size - 20, size - 1]],
    ['more than there is', { range: 'bytes=100-99999999' }, 206, (size) => [100, size - 1]],
    ['more of the end than there is', { range: 'bytes=-99999999' }, 206, (size) => [0, size - 1]],
    ['the same file still', { range: 'bytes=0-9', 'if-range': tag }, 206, () => [0, 9]],
    ['the same date still', { range: 'bytes=0-9', 'if-range': then }, 206, () => [0, 9]],
    ['another file now', { range: 'bytes=0-9', 'if-range': '"x"' }, 200, () => undefined],
    ['behind the end', { range: 'bytes=99999999-' }, 416, () => undefined],
    ['nothing of the end', { range: 'bytes=-0' }, 416, () => undefined],
    ['backwards', { range: 'bytes=9-0' }, 200, () => undefined],
    ['other units', { range: 'lines=0-9' }, 200, () => undefined],
    ['several at once', { range: 'bytes=0-1,4-5' }, 200, () => undefined],
    ['nonsense', { range: 'bytes=-' }, 200, () => undefined],
  ])('a range: %s', async (_, headers, status, expected) => {
    const { name } = await manifest();
    const whole = await bytesOf(await get(name));
    const answer = await get(name, headers);
    const body = await bytesOf(answer);
    const part = expected(whole.length);
    expect([answer.status, answer.headers.get('content-range')]).toEqual([status, part ? `bytes ${part[0]}-${part[1]}/${whole.length}` : status === 416 ? `bytes */${whole.length}` : null]);
    expect(Buffer.compare(body, part ? whole.subarray(part[0], part[1] + 1) : status === 416 ? Buffer.alloc(0) : whole)).toBe(0);
  });

  it('names are compared as IIS does, without case', async () => {
    const { name } = await manifest();
    for (const path of [name.toUpperCase(), 'OAB.XML']) expect((await get(path)).status).toBe(200);
    expect((await fetch(oab.oabUrl.replace('/OAB/', '/oab/') + name, { headers: { authorization } })).status).toBe(200);
  });

  it.each(['', 'other.xml', 'oab.xml/', 'x-data-1.lzx', '../oab.xml', '%2e%2e/oab.xml', `${'x'.repeat(2000)}.lzx`, 'constructor', 'oab%00.xml'])('there is no %s', async (name) => {
    expect((await get(name)).status).toBe(404);
  });
  it('there is no other folder', async () => {
    for (const folder of ['/OAB', '/OAB/', '/OAB/oab.xml', '/OAB/00000000-0000-0000-0000-000000000000/oab.xml']) expect((await fetch(oab.url + folder, { headers: { authorization } })).status).toBe(404);
  });
  it.each(['POST', 'PUT', 'DELETE', 'PROPFIND'])('%s is not allowed', async (method) => {
    const answer = await fetch(`${oab.oabUrl}oab.xml`, { method, headers: { authorization }, ...(method !== 'DELETE' && { body: 'x'.repeat(100_000) }) });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('nobody comes in without a password, whatever is asked for', async () => {
    for (const name of ['oab.xml', 'x.lzx', '']) {
      const answer = await fetch(oab.oabUrl + name);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Basic')]);
    }
    expect((await get('oab.xml', { authorization: `Basic ${btoa('alice@example.test:wrong')}` })).status).toBe(401);
  });

  it('the journal has who fetched what, and fault rules strike', async () => {
    const { name } = await manifest();
    await get(name);
    oab.faults.add({ match: { protocol: 'oab', operation: 'full' }, effect: { kind: 'error', code: '503' } });
    oab.faults.add({ match: { protocol: 'oab', operation: 'manifest' }, effect: { kind: 'error', code: 'Whatever' } });
    expect([(await get(name)).status, (await get('oab.xml')).status]).toEqual([503, 500]);
    expect(oab.journal.entries({ protocol: 'oab' }).map(({ operation, user, status, errorCode }) => [operation, user, status, errorCode])).toEqual([
      ['manifest', 'alice@example.test', 200, undefined], ['full', 'alice@example.test', 200, undefined], ['full', 'alice@example.test', 503, '503'], ['manifest', 'alice@example.test', 500, 'Whatever'],
    ]);
    expect(oab.journal.entries({ protocol: 'oab' })[0]?.response.value).toMatchObject({ name: '\\Global Address List', Full: { seq: 1, name } });
  });
});
