import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator, type EwsEmulatorOptions, type ProfileName, type ThrottlingSetting } from '../src/index.ts';
import { EwsClient } from './support/client.ts';
import { folderRef, shape } from './support/soap.ts';
import { allBelow, textAt, type XmlElement } from './support/xml.ts';

const opened: EwsEmulator[] = [];
afterEach(async () => {
  for (const ews of opened.splice(0)) await ews.close();
});

async function open(throttling: ThrottlingSetting | undefined, options: EwsEmulatorOptions = {}): Promise<{ ews: EwsEmulator; alice: EwsClient }> {
  const ews = await createEwsEmulator({ seed: 'empty', clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }), throttling, ...options });
  opened.push(ews);
  return { ews, alice: new EwsClient(ews) };
}

const getInbox = `<m:GetFolder><m:FolderShape>${shape('IdOnly')}</m:FolderShape><m:FolderIds>${folderRef('inbox')}</m:FolderIds></m:GetFolder>`;
const sync = `<m:SyncFolderHierarchy><m:FolderShape>${shape('IdOnly')}</m:FolderShape></m:SyncFolderHierarchy>`;
const as = (address: string): { header: string } => ({ header: `<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>${address}</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>` });
const codeOf = async (call: ReturnType<EwsClient['call']>): Promise<string> => {
  const answer = await call;
  return answer.fault ?? answer.codes.join(' ');
};

describe('EwsMaxConcurrency', () => {
  /** So many requests that wait until a minute has passed, then one more. */
  async function crowd(ews: EwsEmulator, count: number, request: () => Promise<string>, last: () => Promise<string>): Promise<[string[], string]> {
    const fault = ews.faults.add({ effect: { kind: 'delay', ms: 60_000 }, match: { operation: '*' } });
    const waiting = Array.from({ length: count }, request);
    await ews.clock.advance(0);
    while (fault.hits < count) await new Promise((resolve) => setImmediate(resolve));
    fault.remove();
    const refused = await last();
    await ews.clock.advance(60_000);
    return [await Promise.all(waiting), refused];
  }

  it('one more than allowed is refused, and those before it are answered', async () => {
    const { ews, alice } = await open({ maxConcurrency: 3 });
    const [answers, refused] = await crowd(ews, 3, () => codeOf(alice.call(getInbox)), () => codeOf(alice.call(getInbox)));
    expect([answers, refused]).toEqual([['NoError', 'NoError', 'NoError'], 'ErrorExceededConnectionCount']);
    expect(await codeOf(alice.call(getInbox))).toBe('NoError');
  });

  it('others have budgets of their own, and so has whoever impersonates', async () => {
    const { ews, alice } = await open({ maxConcurrency: 1 });
    const svc = new EwsClient(ews, 'svc');
    const others = async (): Promise<string> => [await codeOf(new EwsClient(ews, 'bob').call(getInbox)), await codeOf(svc.call(getInbox, as('alice@example.test'))), await codeOf(alice.call(getInbox))].join(' ');
    const [, answers] = await crowd(ews, 1, () => codeOf(alice.call(getInbox)), others);
    expect(answers).toBe('NoError NoError ErrorExceededConnectionCount');
  });

  it('ConcurrentSyncCalls: ErrorServerBusy for one more synchronization, not for other requests', async () => {
    const { ews, alice } = await open({ concurrentSyncCalls: 1 });
    const [answers, last] = await crowd(ews, 1, () => codeOf(alice.call(sync)), async () => `${await codeOf(alice.call(sync))} ${await codeOf(alice.call(getInbox))}`);
    expect([answers, last]).toEqual([['NoError'], 'ErrorServerBusy NoError']);
  });

  it.each<[ProfileName, number | undefined]>([['exchange2007', undefined], ['exchange2010', 10], ['exchange2013', 27], ['exchangeSE', 27], ['exchangeOnline', 27]])('%s allows %s at once under its whole policy', async (profile, most) => {
    const { ews, alice } = await open(true, { profile });
    const [answers, last] = await crowd(ews, most ?? 40, () => codeOf(alice.call(getInbox, { version: null })), () => codeOf(alice.call(getInbox, { version: null })));
    expect([new Set(answers), last]).toEqual([new Set(['NoError']), most === undefined ? 'NoError' : 'ErrorExceededConnectionCount']);
  });

  it('is off unless asked for', async () => {
    const { ews, alice } = await open(undefined);
    const [answers, last] = await crowd(ews, 40, () => codeOf(alice.call(getInbox)), () => codeOf(alice.call(getInbox)));
    expect(new Set([...answers, last])).toEqual(new Set(['NoError']));
  });
});

describe('EwsMaxBurst, EwsRechargeRate, EwsCutoffBalance', () => {
  it('work is refused when the budget is overdrawn too far, with the time until it is not', async () => {
    // A minute of work, a minute of credit, a minute back every hour; a request is a quarter of a minute.
    const { ews, alice } = await open({ maxBurst: 60_000, cutoffBalance: 60_000, rechargeRate: 60_000, requestCost: 15_000 });
    for (let n = 0; n < 8; n++) expect(await codeOf(alice.call(getInbox))).toBe('NoError');
    const refused = await alice.call(getInbox);
    expect([refused.status, refused.fault, textAt(refused.body, 'faultstring')]).toEqual([500, 'ErrorServerBusy', 'The server cannot service this request right now. Try again later.']);
    const [value] = refused.all('Value');
    expect([value?.attributes['Name'], value?.text]).toEqual(['BackOffMilliseconds', '60']);
    await ews.clock.advance(59);
    expect(await codeOf(alice.call(getInbox))).toBe('ErrorServerBusy');
    await ews.clock.advance(1);
    expect(await codeOf(alice.call(getInbox))).toBe('NoError');
    // That one drew another quarter: the rest of it has to come back first.
    const { text } = (await alice.call(getInbox)).first('Value');
    expect(Number(text)).toBeGreaterThan(890_000);
    expect(await codeOf(new EwsClient(ews, 'bob').call(getInbox))).toBe('NoError');
  });

  it("the time that a request took counts, by the server's clock", async () => {
    const { ews, alice } = await open({ maxBurst: 10_000, cutoffBalance: 0, rechargeRate: 1 });
    ews.faults.add({ effect: { kind: 'delay', ms: 10_000 }, match: { operation: 'GetFolder' }, times: 1 });
    const slow = codeOf(alice.call(getInbox));
    while ((await ews.journal.entries()).length === 0) await ews.clock.advance(1_000);
    expect([await slow, await codeOf(alice.call(getInbox))]).toEqual(['NoError', 'ErrorServerBusy']);
  });

  it('a batch that uses the budget up fails inside: ErrorInternalServerError, with ErrorServerBusy and the back-off within', async () => {
    const { alice } = await open({ maxBurst: 100, entryCost: 40, cutoffBalance: 0, rechargeRate: 3_600_000 });
    const folders = ['inbox', 'drafts', 'sentitems', 'outbox', 'junkemail'].map(folderRef).join('');
    const answer = await alice.call(`<m:GetFolder><m:FolderShape>${shape('IdOnly')}</m:FolderShape><m:FolderIds>${folders}</m:FolderIds></m:GetFolder>`);
    expect([answer.status, answer.codes]).toEqual([200, ['NoError', 'NoError', 'NoError', 'ErrorInternalServerError', 'ErrorInternalServerError']]);
    const last = answer.messages.at(-1);
    const values = Object.fromEntries((last ? allBelow(last, 'Value') : []).map(({ attributes, text }) => [attributes['Name'], text]));
    expect(values).toEqual({ InnerErrorMessageText: 'The server cannot service this request right now. Try again later.', InnerErrorResponseCode: 'ErrorServerBusy', InnerErrorDescriptiveLinkKey: '0', BackOffMilliseconds: '21' });
  });

  it('reset gives everything back', async () => {
    const { ews, alice } = await open({ maxBurst: 10, requestCost: 11, cutoffBalance: 0, rechargeRate: 1 });
    expect([await codeOf(alice.call(getInbox)), await codeOf(alice.call(getInbox))]).toEqual(['NoError', 'ErrorServerBusy']);
    await ews.reset();
    expect(await codeOf(alice.call(getInbox))).toBe('NoError');
  });
});

describe('EWSFindCountLimit', () => {
  const withMessages = async (count: number, throttling: ThrottlingSetting): Promise<EwsClient> => {
    const { alice } = await open(throttling);
    for (let n = 0; n < count; n++) await alice.createMessage(`<t:Subject>number ${n}</t:Subject>`);
    return alice;
  };
  const find = (alice: EwsClient, view: string, restriction = '', version = 'Exchange2016'): ReturnType<EwsClient['call']> =>
    alice.call(`<m:FindItem Traversal="Shallow"><m:ItemShape>${shape('IdOnly')}</m:ItemShape>${view}${restriction}<m:ParentFolderIds>${folderRef('inbox')}</m:ParentFolderIds></m:FindItem>`, { version });
  const page = (most: number, offset = 0): string => `<m:IndexedPageItemView MaxEntriesReturned="${most}" Offset="${offset}" BasePoint="Beginning"/>`;
  const numbered = '<m:Restriction><t:Contains ContainmentMode="Prefixed" ContainmentComparison="IgnoreCase"><t:FieldURI FieldURI="item:Subject"/><t:Constant Value="number"/></t:Contains></m:Restriction>';

  it('a page is cut and says so; what was not asked for in pages is refused', async () => {
    const alice = await withMessages(5, { findCountLimit: 3, searchFindCountLimit: 2 });
    const first = (await find(alice, page(100))).ok();
    expect([first.all('Message').length, first.first('RootFolder').attributes]).toEqual([3, { IndexedPagingOffset: '3', TotalItemsInView: '5', IncludesLastItemInRange: 'false' }]);
    const second = (await find(alice, page(100, 3))).ok();
    expect([second.all('Message').length, second.first('RootFolder').attributes['IncludesLastItemInRange']]).toEqual([2, 'true']);
    expect((await find(alice, '')).codes).toEqual(['ErrorExceededFindCountLimit']);
    expect((await find(alice, page(2))).ok().all('Message')).toHaveLength(2);
  });

  it('is less where something is searched for', async () => {
    const alice = await withMessages(5, { findCountLimit: 3, searchFindCountLimit: 2 });
    expect((await find(alice, page(100), numbered)).ok().all('Message')).toHaveLength(2);
    expect((await find(alice, '', numbered)).codes).toEqual(['ErrorExceededFindCountLimit']);
  });

  it.each([['Exchange2010', ['ErrorServerBusy', 'ErrorServerBusy', 'NoError']], ['Exchange2010_SP1', ['NoError', 'ErrorExceededFindCountLimit', 'NoError']]])('asked as %s: a page that would be cut, no page, a page that fits', async (version, expected) => {
    const alice = await withMessages(4, { findCountLimit: 3 });
    const codes = [];
    for (const view of [page(100), '', page(3)]) codes.push(...(await find(alice, view, '', version)).codes);
    expect(codes).toEqual(expected);
  });

  it('FindFolder keeps to it too', async () => {
    const { alice } = await open({ findCountLimit: 2 });
    const findFolder = (view: string): ReturnType<EwsClient['call']> => alice.call(`<m:FindFolder Traversal="Shallow"><m:FolderShape>${shape('IdOnly')}</m:FolderShape>${view}<m:ParentFolderIds>${folderRef('msgfolderroot')}</m:ParentFolderIds></m:FindFolder>`);
    expect((await findFolder('')).codes).toEqual(['ErrorExceededFindCountLimit']);
    const cut = (await findFolder('<m:IndexedPageFolderView MaxEntriesReturned="100" Offset="0" BasePoint="Beginning"/>')).ok();
    expect([cut.first('Folders').children.length, cut.first('RootFolder').attributes['IncludesLastItemInRange']]).toEqual([2, 'false']);
  });

  it('there is none without throttling', async () => {
    const { alice } = await open(false);
    expect((await alice.findItem('inbox')).codes).toEqual(['NoError']);
  });
});

describe('by fault rule', () => {
  const folders = (count: number): string => `<m:GetFolder><m:FolderShape>${shape('IdOnly')}</m:FolderShape><m:FolderIds>${folderRef('inbox').repeat(count)}</m:FolderIds></m:GetFolder>`;
  const valuesOf = (message: XmlElement | undefined): Readonly<Record<string, string>> => Object.fromEntries((message ? allBelow(message, 'Value') : []).map(({ attributes, text }) => [attributes['Name'] ?? '', text]));

  it('the first response message says ErrorServerBusy and for how long, as Thunderbird reads it', async () => {
    const { ews, alice } = await open(undefined);
    ews.faults.add({ match: { operation: 'GetFolder' }, effect: { kind: 'error', code: 'ErrorServerBusy', backOffMs: 750, entry: 1 }, times: 1 });
    const answer = await alice.call(folders(2));
    expect([answer.status, answer.codes, valuesOf(answer.messages[0])]).toEqual([200, ['ErrorServerBusy', 'ErrorServerBusy'], { BackOffMilliseconds: '750' }]);
    expect((await alice.call(folders(2))).codes).toEqual(['NoError', 'NoError']);
  });

  it('entries fail from the third on, with the code inside', async () => {
    const { ews, alice } = await open(undefined);
    ews.faults.add({ effect: { kind: 'error', code: 'ErrorInternalServerError', innerCode: 'ErrorServerBusy', entry: 3 }, times: 1 });
    const answer = await alice.call(folders(4));
    expect([answer.codes, valuesOf(answer.messages[3])['InnerErrorResponseCode']]).toEqual([['NoError', 'NoError', 'ErrorInternalServerError', 'ErrorInternalServerError'], 'ErrorServerBusy']);
  });

  it('ErrorBatchProcessingStopped: what stops a batch stops it', async () => {
    const { ews, alice } = await open(undefined);
    ews.faults.add({ effect: { kind: 'error', code: 'ErrorAccessDenied', entry: 2 }, times: 1 });
    expect((await alice.call(folders(4))).codes).toEqual(['NoError', 'ErrorAccessDenied', 'Warning ErrorBatchProcessingStopped', 'Warning ErrorBatchProcessingStopped']);
  });

  it('an operation with one message fails in it', async () => {
    const { ews, alice } = await open(undefined);
    ews.faults.add({ effect: { kind: 'error', code: 'ErrorItemNotFound', entry: 1 }, times: 1 });
    const answer = await alice.call('<m:GetRoomLists/>');
    expect([answer.status, answer.codes]).toEqual([200, ['ErrorItemNotFound']]);
  });

  it('an entry before the first is none', async () => {
    const { ews } = await open(undefined);
    expect(() => ews.faults.add({ effect: { kind: 'error', code: 'ErrorServerBusy', entry: 0 } })).toThrow('entry');
  });
});

it('figures that make no sense are refused at once', async () => {
  await expect(createEwsEmulator({ throttling: { maxConcurrency: -1 } })).rejects.toThrow('throttling.maxConcurrency is a whole number');
});
