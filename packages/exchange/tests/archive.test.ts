import { anyCharacter } from '@fauxchange/arbitraries';
import * as fc from 'fast-check';
import { createClock } from '@fauxchange/kernel';
import { createExchange, DumpError, dumpSeed, exportOrganization, importMessage, type Exchange, type ExchangeOptions } from '../src/index.ts';

const opened: Exchange[] = [];
async function open(seed?: ExchangeOptions['seed']): Promise<Exchange> {
  const exchange = await createExchange({ seed, clock: createClock({ at: Date.UTC(2026, 5, 1), frozen: true }) });
  opened.push(exchange);
  return exchange;
}
afterEach(async () => { await Promise.all(opened.splice(0).map((exchange) => exchange.close())); });

/** As it goes through a file. */
const written = async ({ organization }: Exchange): Promise<string> => JSON.stringify(await exportOrganization(organization));
const imported = async (file: string): Promise<Exchange> => open(dumpSeed(JSON.parse(file)));

const nested = [
  'From: bob@example.test', 'To: alice@example.test', 'Subject: outer', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=o', '',
  '--o', 'Content-Type: text/html; charset=utf-8', '', '<p>Grüße <img src="cid:pic"></p>',
  '--o', 'Content-Type: image/png; name=pic.png', 'Content-ID: <pic>', 'Content-Disposition: inline', 'Content-Transfer-Encoding: base64', '', 'iVBORw0KGgo=',
  '--o', 'Content-Type: message/rfc822', '', 'From: carol@example.test', 'Subject: inner', 'Content-Type: multipart/mixed; boundary=i', '',
  '--i', 'Content-Type: text/plain', '', 'inner text',
  '--i', 'Content-Type: application/octet-stream; name=deep.bin', 'Content-Disposition: attachment', 'Content-Transfer-Encoding: base64', '', 'AAECAwQ=', '--i--',
  '--o--', '',
].join('\r\n');

describe('an export', () => {
  it('comes back the same to the last property: attachments, messages within messages, rights, grants, groups', async () => {
    const first = await open();
    const { organization } = first;
    const alice = organization.mailboxByAddress('alice@example.test')!;
    await importMessage(alice, 'inbox', Buffer.from(nested));
    const session = alice.openAs(alice.owner);
    const folder = await session.createFolder((await session.distinguished('inbox')).id, { displayName: 'Sub / folder "ä"' });
    await session.updateFolder(folder.id, { permissions: [...folder.permissions, { member: { directoryId: organization.directory.byAddress('bob@example.test')!.id }, rights: folder.permissions[0]!.rights }] });
    await organization.add({ recipientType: 'MailUniversalDistributionGroup', displayName: 'Nested', primarySmtpAddress: 'nested@example.test', members: [organization.directory.byAddress('team@example.test')!.id] });
    organization.directory.grant(alice.owner.id, organization.directory.byAddress('carol@example.test')!.id, 'sendAs');

    const file = await written(first);
    const second = await imported(file);
    expect(await written(second)).toBe(file);
    expect(second.organization.users).toEqual(organization.users);
    // Whoever signs in sees it, deep attachment and all.
    const again = second.organization.mailboxByAddress('alice@example.test')!;
    const [outer] = await again.store.find({ folderIds: [again.wellKnown('inbox')!], restriction: { kind: 'compare', property: 'PidTagSubject', operator: 'eq', value: 'outer' } });
    const [inner] = outer!.attachments.flatMap((each) => (each.kind === 'item' ? [each.item] : []));
    const [deep] = inner!.attachments.flatMap((each) => (each.kind === 'file' ? [each] : []));
    expect([deep!.name, ...(await deep!.content.read())]).toEqual(['deep.bin', 0, 1, 2, 3, 4]);
    expect(second.organization.directory.grants(again.owner.id, second.organization.directory.byAddress('carol@example.test')!.id)).toContain('sendAs');
    await second.organization.deliver('Subject: to all\r\n\r\nx', { to: ['nested@example.test'] });
    expect((await again.openAs(again.owner).distinguished('inbox')).totalCount).toBe((await session.distinguished('inbox')).totalCount + 1);
  });

  it('reset() after an import goes back to what was imported', async () => {
    const first = await open();
    await first.organization.deliver('Subject: kept\r\n\r\nx', { to: ['bob@example.test'] });
    const file = await written(first);
    const second = await imported(file);
    await second.organization.deliver('Subject: forgotten\r\n\r\nx', { to: ['bob@example.test'] });
    await second.clear();
    await second.reset();
    expect(await written(second)).toBe(file);
  });

  it('keeps any value of any type, of items and folders', async () => {
    const set = '{00020329-0000-0000-c000-000000000046}';
    const text = fc.string({ unit: anyCharacter, maxLength: 40 });
    const float = fc.double({ noNaN: true });
    const binary = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
    const big = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const values = fc.record({
      String: text, Integer16: fc.integer({ min: -32768, max: 32767 }), Integer32: fc.integer(), Integer64: big, Currency: big, Floating64: float, FloatingTime: float, Boolean: fc.boolean(),
      Time: fc.integer({ min: -11_644_473_600_000, max: 253_402_300_799_999 }), Guid: fc.uuid(), Binary: binary,
      MultipleString: fc.array(text, { maxLength: 4 }), MultipleInteger32: fc.array(fc.integer(), { maxLength: 4 }), MultipleInteger64: fc.array(big, { maxLength: 4 }), MultipleBinary: fc.array(binary, { maxLength: 4 }),
    }, { requiredKeys: [] });
    const first = await open('empty');
    const alice = first.organization.mailboxByAddress('alice@example.test')!;
    const session = alice.openAsSystem();
    const inbox = alice.wellKnown('inbox')!;
    const samples = fc.sample(values, { numRuns: 150, seed: 7 }).map((one) => Object.fromEntries(Object.entries(one).map(([type, value]) => [`${set}:x ${type}:${type}`, value])));
    for (const properties of samples) await session.createItem(inbox, { itemClass: 'IPM.Note', recipients: [], attachments: [], isRead: true, isAssociated: false, properties: properties as never });
    for (const [nth, properties] of samples.slice(0, 20).entries()) await session.createFolder(inbox, { displayName: `f${nth}`, properties: properties as never });
    const bags = async ({ organization }: Exchange) => {
      const mailbox = organization.mailboxByAddress('alice@example.test')!;
      const items = await mailbox.store.find({ folderIds: [mailbox.wellKnown('inbox')!], restriction: { kind: 'always' } });
      return [...items, ...(await mailbox.store.folders())].map(({ id, bag }) => [id, [...bag.entries()].sort(([a], [b]) => (a < b ? -1 : 1))]);
    };
    const second = await imported(await written(first));
    expect(await bags(second)).toEqual(await bags(first));
  });

  it.each<[string, string, RegExp]>([
    ['a word', '"export"', /not the dump/], ['null', 'null', /not the dump/],
    ['another format', '{"format":"mbox","version":1,"entries":[],"mailboxes":[]}', /not the dump/],
    ['a version to come', '{"format":"fauxchange-organization","version":9,"entries":[],"mailboxes":[]}', /version 1/],
    ['no mailboxes', '{"format":"fauxchange-organization","version":1,"entries":[]}', /lists/],
  ])('%s is no export', (_what, file, message) => {
    expect(() => dumpSeed(JSON.parse(file))).toThrow(DumpError);
    expect(() => dumpSeed(JSON.parse(file))).toThrow(message);
  });

  it('what does not fit is refused while starting, and nothing stays open', async () => {
    const file = JSON.parse(await written(await open('empty'))) as { entries: { primarySmtpAddress?: unknown }[] };
    file.entries[0]!.primarySmtpAddress = undefined;
    await expect(createExchange({ seed: dumpSeed(file) })).rejects.toBeInstanceOf(DumpError);
  });
});
