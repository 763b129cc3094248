import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient, type Answer } from './support/client.ts';
import { mailbox } from './support/soap.ts';
import { below, names, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let bob: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, bob] = [new EwsClient(ews), new EwsClient(ews, 'bob')];
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const address = (element: string, of: string): string => `<m:${element}><t:EmailAddress>${of}</t:EmailAddress></m:${element}>`;
const now = (): string => new Date(ews.clock.now()).toISOString().replace('.000', '');
const find = (filters = '', { client = alice, domain = 'example.test' } = {}): Promise<Answer> =>
  client.call(`<m:FindMessageTrackingReport><m:Scope>Forest</m:Scope><m:Domain>${domain}</m:Domain>${filters}</m:FindMessageTrackingReport>`);
const get = (id: string, { client = alice, template = 'Summary', recipient = '' } = {}): Promise<Answer> =>
  client.call(`<m:GetMessageTrackingReport><m:Scope>Forest</m:Scope><m:ReportTemplate>${template}</m:ReportTemplate>${recipient && address('RecipientFilter', recipient)}<m:MessageTrackingReportId>${id.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</m:MessageTrackingReportId></m:GetMessageTrackingReport>`);
const subjects = async (filters = '', client = alice): Promise<string[]> => (await find(filters, { client })).ok().texts('Subject');
async function send(subject: string, to: readonly string[], more = ''): Promise<void> {
  (await alice.send(subject, to, more)).ok();
  await ews.settle();
}
const idOf = async (subject: string, client = alice): Promise<string> => (await find(`<m:Subject>${subject}</m:Subject>`, { client })).ok().first('MessageTrackingReportId').text;
const eventsOf = (answer: Answer): string[] => answer.ok().all('RecipientTrackingEvent').map((event) => [textAt(event, 'Recipient', 'EmailAddress'), textAt(event, 'EventDescription'), textAt(event, 'DeliveryStatus'), textAt(event, 'RootAddress')].join(' '));

describe('FindMessageTrackingReport', () => {
  it('tells a message that was sent', async () => {
    await send('Tide tables', ['bob@example.test', 'x@contoso.test']);
    const answer = (await find('<m:Subject>tide</m:Subject>')).ok();
    const result = answer.first('MessageTrackingSearchResult');
    expect(names(answer.body)).toEqual(['ResponseCode', 'MessageTrackingSearchResults', 'ExecutedSearchScope']);
    expect([textAt(result, 'Subject'), textAt(result, 'Sender', 'EmailAddress'), textAt(result, 'Sender', 'Name'), textAt(result, 'PurportedSender', 'EmailAddress'), textAt(result, 'SubmittedTime'), textAt(result, 'FirstHopServer'), answer.texts('ExecutedSearchScope')]).toEqual([
      'Tide tables', 'alice@example.test', 'Alice Archer', 'alice@example.test', '2026-01-05T09:00:00Z', 'MAIL01.example.test', ['Forest'],
    ]);
    expect(below(result, 'Recipients').children.map((one) => textAt(one, 'EmailAddress'))).toEqual(['bob@example.test', 'x@contoso.test']);
    expect(textAt(result, 'MessageTrackingReportId')).toMatch(/^Message-Id=<.+@.+>,Server=MAIL01\.example\.test,Internal-Id=\d+,Sender=alice@example\.test,Domain=example\.test$/);
  });

  it('by sender, recipient, subject, time, message id; the newest first', async () => {
    await send('First', ['bob@example.test']);
    await ews.clock.advance(60_000);
    await send('Second', ['carol@example.test', 'x@contoso.test']);
    const messageId = (await alice.item(await alice.idBySubject('sentitems', 'Second'), 'IdOnly', ['message:InternetMessageId']));
    const id = (textAt(messageId, 'InternetMessageId') ?? '').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['', ['Second', 'First']], [address('Sender', 'Alice@example.test'), ['Second', 'First']], [address('PurportedSender', 'bob@example.test'), []], [address('Sender', 'bob@example.test'), []],
      [address('Recipient', 'x@contoso.test'), ['Second']], [address('Recipient', 'bob@example.test'), ['First']], ['<m:Subject>SEC</m:Subject>', ['Second']], [`<m:MessageId>${id}</m:MessageId>`, ['Second']],
      ['<m:StartDateTime>2026-01-05T09:00:30Z</m:StartDateTime>', ['Second']], ['<m:EndDateTime>2026-01-05T09:00:30Z</m:EndDateTime>', ['First']],
      ['<m:StartDateTime>2026-01-05T09:00:00Z</m:StartDateTime><m:EndDateTime>2026-01-05T09:01:00Z</m:EndDateTime>', ['Second', 'First']],
    ];
    for (const [filters, expected] of cases) expect([filters, await subjects(filters)]).toEqual([filters, expected]);
  });

  it('only what one sent or received', async () => {
    await send('For Bob', ['bob@example.test']);
    expect([await subjects('', bob), await subjects('', new EwsClient(ews, 'carol'))]).toEqual([['For Bob'], []]);
    await ews.organization.deliver('From: x@contoso.test\r\nTo: bob@example.test\r\nSubject: From outside\r\nMessage-ID: <1@contoso.test>\r\n\r\nHi', { to: ['bob@example.test'], from: 'x@contoso.test' });
    expect(await subjects('<m:MessageId>&lt;1@contoso.test&gt;</m:MessageId>', bob)).toEqual(['From outside']);
  });

  it('what was sent before a reset is forgotten', async () => {
    await send('Gone', ['bob@example.test']);
    await ews.reset();
    expect(await subjects()).toEqual([]);
  });

  it.each([
    ['a domain that is not ours', '', 'contoso.test', 'ErrorMessageTrackingNoSuchDomain'],
    ['an end before the start', '<m:StartDateTime>2026-01-05T09:00:00Z</m:StartDateTime><m:EndDateTime>2026-01-04T09:00:00Z</m:EndDateTime>', 'EXAMPLE.test', 'ErrorInvalidArgument'],
  ])('refuses %s', async (_what, filters, domain, code) => {
    expect((await find(filters, { domain })).codes).toEqual([code]);
  });
});

describe('GetMessageTrackingReport', () => {
  it('Summary tells what has become of it for each', async () => {
    await send('Storm warning', ['team@example.test', 'dave@example.test', 'x@contoso.test', 'nobody@example.test']);
    const answer = (await get(await idOf('Storm warning'))).ok();
    expect(eventsOf(answer)).toEqual([
      'dave@example.test Delivered Delivered dave@example.test', 'x@contoso.test TransferredToForeignOrg Transferred x@contoso.test', 'nobody@example.test FailedGeneral Unsuccessful nobody@example.test',
      'alice@example.test Delivered Delivered team@example.test', 'bob@example.test Delivered Delivered team@example.test', 'carol@example.test Delivered Delivered team@example.test',
    ]);
    const report = answer.first('MessageTrackingReport');
    expect([textAt(report, 'Subject'), textAt(report, 'SubmitTime'), textAt(report, 'Sender', 'EmailAddress'), textAt(report, 'PurportedSender', 'EmailAddress')]).toEqual(['Storm warning', now(), 'alice@example.test', 'alice@example.test']);
    expect(below(report, 'OriginalRecipients').children.map((one) => textAt(one, 'EmailAddress'))).toEqual(['team@example.test', 'dave@example.test', 'x@contoso.test', 'nobody@example.test']);
  });

  it.each([
    ['bob@example.test', ['bob@example.test Delivered Delivered team@example.test']],
    ['dave@example.test', ['dave@example.test Submitted Pending dave@example.test', 'dave@example.test Delivered Delivered dave@example.test']],
    ['team@example.test', [
      'team@example.test Submitted Pending team@example.test', 'team@example.test Expanded Pending team@example.test',
      'alice@example.test Delivered Delivered team@example.test', 'bob@example.test Delivered Delivered team@example.test', 'carol@example.test Delivered Delivered team@example.test',
    ]],
  ])('RecipientPath tells all that happened for %s', async (recipient, events) => {
    await send('Storm warning', ['team@example.test', 'dave@example.test']);
    expect(eventsOf(await get(await idOf('Storm warning'), { template: 'RecipientPath', recipient }))).toEqual(events);
  });

  it('an event has its time, server and number', async () => {
    await send('Storm warning', ['bob@example.test']);
    const [first, second] = (await get(await idOf('Storm warning'), { template: 'RecipientPath', recipient: 'bob@example.test' })).ok().all('RecipientTrackingEvent') as [XmlElement, XmlElement];
    expect(['Date', 'Server', 'InternalId', 'BccRecipient', 'HiddenRecipient', 'UniquePathId'].map((name) => textAt(first, name))).toEqual([now(), 'MAIL01.example.test', '0', 'false', 'false', 'bob@example.test']);
    expect(textAt(second, 'InternalId')).toBe('1');
  });

  it('blind copies are for the sender to see; others see how it came to them', async () => {
    const message = `<t:Message><t:Subject>Secret</t:Subject><t:ToRecipients>${mailbox('bob@example.test')}</t:ToRecipients><t:BccRecipients>${mailbox('carol@example.test')}</t:BccRecipients></t:Message>`;
    (await alice.createItem(message, { disposition: 'SendAndSaveCopy' })).ok();
    await ews.settle();
    const told = async (client: EwsClient): Promise<[string[], string[]]> => {
      const answer = await get(await idOf('Secret', client), { client });
      return [eventsOf(answer).map((event) => event.split(' ')[0] as string), below(answer.first('MessageTrackingReport'), 'OriginalRecipients').children.map((one) => textAt(one, 'EmailAddress') as string)];
    };
    expect(await told(alice)).toEqual([['bob@example.test', 'carol@example.test'], ['bob@example.test', 'carol@example.test']]);
    expect(await told(bob)).toEqual([['bob@example.test'], ['bob@example.test']]);
    expect(await told(new EwsClient(ews, 'carol'))).toEqual([['carol@example.test'], ['bob@example.test']]);
    expect([await subjects(address('Recipient', 'carol@example.test')), await subjects(address('Recipient', 'carol@example.test'), bob)]).toEqual([['Secret'], []]);
    expect((await get(await idOf('Secret'))).ok().texts('BccRecipient')).toEqual(['false', 'true']);
  });

  it('refuses what it cannot track', async () => {
    await send('For Bob', ['bob@example.test']);
    const id = await idOf('For Bob');
    const carol = new EwsClient(ews, 'carol');
    expect([(await get('nonsense')).codes, (await get(id.replace(/Internal-Id=\d+/, 'Internal-Id=999'))).codes, (await get(id, { client: carol })).codes]).toEqual(Array.from({ length: 3 }, () => ['ErrorMessageTrackingPermanentError']));
    expect((await get(id, { template: 'RecipientPath' })).codes).toEqual(['ErrorInvalidArgument']);
  });
});
