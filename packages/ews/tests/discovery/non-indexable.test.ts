import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, idOf, type Answer } from '../support/client.ts';
import { below, names, textAt } from '../support/xml.ts';
import { discoverer, dnOf, failedMailboxes } from './discovery.ts';

let ews: EwsEmulator;
let svc: EwsClient;
let alice: EwsClient;
let dn: string;
beforeAll(async () => {
  ews = await createEwsEmulator({ seed: 'empty', clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [svc, alice] = [new EwsClient(ews, discoverer), new EwsClient(ews)];
  dn = dnOf(ews, 'alice');
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const mailboxes = (dns: readonly string[]): string => `<m:Mailboxes>${dns.map((one) => `<t:LegacyDN>${one}</t:LegacyDN>`).join('')}</m:Mailboxes>`;
const statistics = (dns = [dn], more = '', client = svc): Promise<Answer> => client.call(`<m:GetNonIndexableItemStatistics>${mailboxes(dns)}${more}</m:GetNonIndexableItemStatistics>`);
const details = (dns = [dn], more = '', client = svc): Promise<Answer> => client.call(`<m:GetNonIndexableItemDetails>${mailboxes(dns)}${more}</m:GetNonIndexableItemDetails>`);
const withFile = (name: string, folder = 'inbox'): ReturnType<EwsClient['createMessage']> =>
  alice.createMessage(`<t:Subject>${name}</t:Subject><t:Attachments><t:FileAttachment><t:Name>${name}</t:Name><t:Content>aGVsbG8=</t:Content></t:FileAttachment></t:Attachments>`, folder);
const archiveOnly = '<m:SearchArchiveOnly>true</m:SearchArchiveOnly>';

describe('GetNonIndexableItemStatistics', () => {
  it.each([['binaryfile.abc', '1'], ['report.DOCX', '0'], ['photo.jpg', '0'], ['README', '0']])('%s: %s', async (name, expected) => {
    await withFile(name);
    const answer = (await statistics()).ok();
    expect([answer.body.attributes['ResponseClass'], names(answer.body), answer.texts('Mailbox'), answer.texts('ItemCount')]).toEqual(['Success', ['ResponseCode', 'NonIndexableItemStatistics'], [dn], [expected]]);
  });

  it('of the archive too, or alone', async () => {
    await withFile('a.abc');
    await withFile('b.abc', 'archiveinbox');
    expect([(await statistics()).texts('ItemCount'), (await statistics([dn], archiveOnly)).texts('ItemCount')]).toEqual([['2'], ['1']]);
  });

  it('tells of a mailbox that is not there', async () => {
    const answer = (await statistics(['/o=x/cn=nobody'])).ok();
    expect([answer.texts('ItemCount'), answer.texts('ErrorMessage')]).toEqual([['0'], ['The mailbox cannot be found.']]);
  });
});

describe('GetNonIndexableItemDetails', () => {
  it("tells of the operation's example", async () => {
    const id = await withFile('binaryfile.abc');
    const answer = (await details()).ok();
    const detail = answer.first('NonIndexableItemDetail');
    expect([answer.body.attributes['ResponseClass'], names(answer.first('NonIndexableItemDetailsResult')), idOf(below(detail, 'ItemId')).id]).toEqual(['Success', ['Items'], id.id]);
    expect(detail.children.slice(1).map(({ name, text }) => [name, text])).toEqual([
      ['ErrorCode', 'DocumentParserFailure'], ['ErrorDescription', 'The document parser encountered a processing error.'], ['IsPartiallyIndexed', 'false'], ['IsPermanentFailure', 'true'],
      ['SortValue', expect.stringMatching(/^\d+$/)], ['AttemptCount', '0'], ['LastAttemptTime', '2026-01-05T09:00:00Z'], ['AdditionalInfo', expect.stringContaining('binaryfile.abc')],
    ]);
  });

  it('pages', async () => {
    const ids: string[] = [];
    for (const name of ['a.abc', 'b.abc', 'c.abc']) ids.push((await withFile(name)).id);
    const page = (reference = '', direction = 'Next'): Promise<Answer> => details([dn], `<m:PageSize>2</m:PageSize>${reference && `<m:PageItemReference>${reference}</m:PageItemReference><m:PageDirection>${direction}</m:PageDirection>`}`);
    const idsOf = (answer: Answer): string[] => answer.ok().all('ItemId').map((one) => idOf(one).id);
    const first = await page();
    const second = await page(first.texts('SortValue')[1]);
    expect([idsOf(first), idsOf(second), idsOf(await page(second.texts('SortValue')[0], 'Previous'))]).toEqual([ids.slice(0, 2), ids.slice(2), ids.slice(0, 2)]);
    expect((await details([dn], '<m:PageSize>0</m:PageSize>')).codes).toEqual(['ErrorInvalidArgument']);
    expect((await details([dn], archiveOnly)).ok().all('NonIndexableItemDetail')).toEqual([]);
  });

  it('tells of a mailbox that is not there', async () => {
    expect(failedMailboxes((await details(['/o=x/cn=nobody'])).ok())).toEqual([['/o=x/cn=nobody', '0', 'The mailbox cannot be found.', 'false']]);
  });
});

describe.each([['GetNonIndexableItemStatistics', () => statistics], ['GetNonIndexableItemDetails', () => details]] as const)('%s', (_operation, ask) => {
  it('takes a single mailbox', async () => {
    const answer = await ask()([dn, dnOf(ews, 'bob')]);
    expect([answer.codes, answer.body.attributes['ResponseClass'], answer.texts('MessageText')]).toEqual([['ErrorInvalidArgument'], 'Error', ['Multiple mailboxes is currently not supported, only single mailbox is supported.']]);
  });
  it('is for Discovery Management', async () => {
    expect((await ask()([dn], '', alice)).codes).toEqual(['ErrorAccessDenied']);
  });
});

describe('FindMailboxStatisticsByKeywords', () => {
  const find = (users: readonly string[], keywords: readonly string[], more = '', client = svc): Promise<Answer> =>
    client.call(`<m:FindMailboxStatisticsByKeywords><m:Mailboxes>${users.join('')}</m:Mailboxes><m:Keywords>${keywords.map((one) => `<t:String>${one}</t:String>`).join('')}</m:Keywords>${more}</m:FindMailboxStatisticsByKeywords>`);
  const user = (id: string, isArchive = false): string => `<t:UserMailbox Id="${id}" IsArchive="${String(isArchive)}"/>`;
  const hits = (answer: Answer): (readonly (string | undefined)[])[] =>
    answer.ok().messages.map((message) => [below(message, 'UserMailbox').attributes['Id'], textAt(message, 'MailboxStatisticsSearchResult', 'KeywordStatisticsSearchResult', 'Keyword'), textAt(message, 'MailboxStatisticsSearchResult', 'KeywordStatisticsSearchResult', 'ItemHits')]);

  it('tells each keyword of each mailbox', async () => {
    await withFile('tide.txt');
    const bob = dnOf(ews, 'bob');
    const answer = (await find([user(dn), user(bob)], ['tide', 'subject:storm'])).ok();
    expect([new Set(answer.messages.map(({ name }) => name)), hits(answer)]).toEqual([new Set(['FindMailboxStatisticsByKeywordsResponseMessage']), [[dn, 'tide', '1'], [dn, 'subject:storm', '0'], [bob, 'tide', '0'], [bob, 'subject:storm', '0']]]);
    const guid = ews.organization.mailboxByAddress('alice@example.test')?.guid as string;
    expect(hits(await find([user(guid)], ['tide']))).toEqual([[guid, 'tide', '1']]);
    const size = textAt(await alice.item(await alice.idBySubject('inbox', 'tide.txt'), 'IdOnly', ['item:Size']), 'Size');
    expect([answer.texts('Size')[0], answer.texts('Size')[1]]).toEqual([size, '0']);
  });

  it.each([
    ['', '2'], ['<m:SearchDumpster>true</m:SearchDumpster>', '3'], ['<m:IncludePersonalArchive>true</m:IncludePersonalArchive>', '3'], ['<m:SearchDumpster>false</m:SearchDumpster>', '2'],
    ['<m:MessageTypes><t:SearchItemKind>Tasks</t:SearchItemKind></m:MessageTypes>', '1'], ['<m:MessageTypes><t:SearchItemKind>Tasks</t:SearchItemKind><t:SearchItemKind>Email</t:SearchItemKind></m:MessageTypes>', '2'],
    ['<m:Recipients><t:SmtpAddress>x@contoso.test</t:SmtpAddress></m:Recipients>', '1'], ['<m:Senders><t:SmtpAddress>x@contoso.test</t:SmtpAddress></m:Senders>', '0'],
    ['<m:ToDate>2026-01-06T00:00:00Z</m:ToDate>', '2'], ['<m:ToDate>2026-01-04T00:00:00Z</m:ToDate>', '0'], ['<m:FromDate>2026-01-04T00:00:00Z</m:FromDate>', '2'], ['<m:FromDate>2026-01-06T00:00:00Z</m:FromDate>', '0'],
  ])('looks where it is told to: %s', async (more, expected) => {
    await alice.createMessage('<t:Subject>Tide</t:Subject><t:ToRecipients><t:Mailbox><t:EmailAddress>x@contoso.test</t:EmailAddress></t:Mailbox></t:ToRecipients>');
    await alice.createMessage('<t:Subject>Tide</t:Subject>', 'archiveinbox');
    (await alice.createItem('<t:Task><t:Subject>Tide</t:Subject></t:Task>')).ok();
    (await alice.deleteItem(await alice.createMessage('<t:Subject>Tide, deleted</t:Subject>'), 'SoftDelete')).ok();
    expect(hits(await find([user(dn)], ['tide'], more))[0]?.[2]).toBe(expected);
  });

  it('of the archive', async () => {
    await alice.createMessage('<t:Subject>Tide</t:Subject>', 'archiveinbox');
    expect([hits(await find([user(dn, true)], ['tide']))[0]?.[2], hits(await find([user(dn)], ['tide']))[0]?.[2]]).toEqual(['1', '0']);
  });

  it('refuses what it cannot count', async () => {
    const answer = await find([user('nobody'), user(dn)], ['tide', '']);
    expect([answer.codes, answer.all('UserMailbox').map(({ attributes }) => attributes['Id'])]).toEqual([['ErrorNonExistentMailbox', 'ErrorInvalidArgument', 'NoError', 'ErrorInvalidArgument'], ['nobody', 'nobody', dn, dn]]);
    expect((await find([user(dn)], ['tide'], '', alice)).codes).toEqual(['ErrorAccessDenied']);
  });
});
