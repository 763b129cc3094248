import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { Answer, EwsClient, idOf, setField } from './support/client.ts';
import { folderRef, itemRef, namespaces } from './support/soap.ts';
import { connectionOf, eventsOf, EventStream } from './support/stream.ts';
import { allBelow, below, child, names, readXml, textAt, type XmlElement } from './support/xml.ts';
import { expectValid } from './support/xsd.ts';

const start = Date.UTC(2026, 0, 5, 9);
const everything = ['CopiedEvent', 'CreatedEvent', 'DeletedEvent', 'ModifiedEvent', 'MovedEvent', 'NewMailEvent'];
const minute = 60_000;

let ews: EwsEmulator;
let alice: EwsClient;
let bob: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: start, frozen: true }) });
  [alice, bob] = [new EwsClient(ews), new EwsClient(ews, 'bob')];
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const folders = (...names: string[]): string => `<t:FolderIds>${names.map(folderRef).join('')}</t:FolderIds>`;
const types = (kinds: readonly string[]): string => `<t:EventTypes>${kinds.map((kind) => `<t:EventType>${kind}</t:EventType>`).join('')}</t:EventTypes>`;
const subscribe = (client: EwsClient, kind: 'Pull' | 'Push' | 'Streaming', content: string, attributes = '', headers: Record<string, string> = {}): Promise<Answer> => {
  const namespace = kind === 'Streaming' ? 'm:StreamingSubscriptionRequest' : `m:${kind}SubscriptionRequest`;
  return client.call(`<m:Subscribe><${namespace}${attributes}>${content}</${namespace}></m:Subscribe>`, { headers });
};
const streaming = async (client: EwsClient, content = folders('inbox') + types(everything)): Promise<string> => (await subscribe(client, 'Streaming', content)).ok().first('SubscriptionId').text;
const pull = async (client: EwsClient, content = folders('inbox') + types(everything)): Promise<{ id: string; watermark: string }> => {
  const answer = (await subscribe(client, 'Pull', `${content}<t:Timeout>10</t:Timeout>`)).ok();
  return { id: answer.first('SubscriptionId').text, watermark: answer.first('Watermark').text };
};
const getEvents = (client: EwsClient, id: string, watermark: string): Promise<Answer> => client.call(`<m:GetEvents><m:SubscriptionId>${id}</m:SubscriptionId><m:Watermark>${watermark}</m:Watermark></m:GetEvents>`);
const unsubscribe = (client: EwsClient, id: string): Promise<Answer> => client.call(`<m:Unsubscribe><m:SubscriptionId>${id}</m:SubscriptionId></m:Unsubscribe>`);
const lastWatermark = (answer: Answer): string => answer.texts('Watermark').at(-1) ?? '';

describe('Subscribe', () => {
  it('tells the id directly in the message; a watermark for pull, none for streaming', async () => {
    const pulled = (await subscribe(alice, 'Pull', `${folders('inbox')}${types(everything)}<t:Timeout>10</t:Timeout>`)).ok();
    expect(names(pulled.messages[0] ?? pulled.body)).toEqual(['ResponseCode', 'SubscriptionId', 'Watermark']);
    const streamed = (await subscribe(alice, 'Streaming', folders('inbox') + types(everything))).ok();
    expect(names(streamed.messages[0] ?? streamed.body)).toEqual(['ResponseCode', 'SubscriptionId']);
  });

  it.each([
    ['both folders and all folders', folders('inbox') + types(everything), ' SubscribeToAllFolders="true"', 'ErrorInvalidSubscriptionRequest'],
    ['no folder', types(everything), '', 'ErrorInvalidSubscriptionRequest'],
    ['folders of two mailboxes', folders('inbox/support@example.test', 'inbox') + types(everything), '', 'ErrorInvalidSubscriptionRequest'],
    ["somebody else's folder", folders('inbox/alice@example.test') + types(everything), '', 'ErrorFolderNotFound'],
    ['a folder id that is none', `<t:FolderIds><t:FolderId Id="x"/></t:FolderIds>${types(everything)}`, '', 'ErrorInvalidIdMalformed'],
  ])('refuses %s', async (_what, content, attributes, code) => {
    expect((await subscribe(bob, 'Streaming', content, attributes)).codes).toEqual([code]);
  });

  it('of a delegate: ErrorSubscriptionDelegateAccessNotSupported', async () => {
    expect((await subscribe(new EwsClient(ews, 'carol'), 'Streaming', folders('inbox/alice@example.test') + types(everything))).codes).toEqual(['ErrorSubscriptionDelegateAccessNotSupported']);
  });

  it('with X-PreferServerAffinity sets the cookie that clients send back', async () => {
    const plain = await subscribe(alice, 'Streaming', folders('inbox') + types(everything));
    const sticky = await subscribe(alice, 'Streaming', folders('inbox') + types(everything), '', { 'X-PreferServerAffinity': 'true' });
    expect([plain.headers.get('set-cookie'), sticky.headers.get('set-cookie')]).toEqual([null, expect.stringMatching(/^X-BackEndOverrideCookie=/)]);
  });

  it('no more than the policy allows: ErrorExceededSubscriptionCount', async () => {
    const old = await createEwsEmulator({ profile: 'exchange2010' });
    const client = new EwsClient(old);
    const request = `<m:Subscribe><m:PullSubscriptionRequest>${folders('inbox')}${types(everything)}<t:Timeout>10</t:Timeout></m:PullSubscriptionRequest></m:Subscribe>`;
    const codes = [];
    for (let n = 0; n < 21; n++) codes.push(...(await client.call(request, { version: 'Exchange2010' })).codes);
    await old.close();
    expect([codes.filter((code) => code === 'NoError').length, codes.at(-1)]).toEqual([20, 'ErrorExceededSubscriptionCount']);
  });
});

describe('pull', () => {
  it('tells what happened in its folder, and the watermark to go on from', async () => {
    const { id, watermark } = await pull(alice);
    const nothing = (await getEvents(alice, id, watermark)).ok();
    expect([names(nothing.first('Notification')), eventsOf(nothing.first('Notification'))]).toEqual([['SubscriptionId', 'PreviousWatermark', 'MoreEvents', 'StatusEvent'], ['StatusEvent']]);
    const made = await alice.createMessage();
    const answer = (await getEvents(alice, id, lastWatermark(nothing))).ok();
    const created = answer.first('CreatedEvent');
    expect(names(created)).toEqual(['Watermark', 'TimeStamp', 'ItemId', 'ParentFolderId']);
    expect([idOf(below(created, 'ItemId')).id, textAt(created, 'TimeStamp'), idOf(below(created, 'ParentFolderId')).id]).toEqual([made.id, '2026-01-05T09:00:00Z', (await alice.folderId('inbox')).id]);
    expect(eventsOf((await getEvents(alice, id, lastWatermark(answer))).ok().first('Notification'))).toEqual(['StatusEvent']);
    expect(eventsOf((await getEvents(alice, id, watermark)).ok().first('Notification'))).toEqual(eventsOf(answer.first('Notification')));
  });

  const act: Readonly<Record<string, (id: string) => Promise<unknown>>> = {
    ModifiedEvent: async (id) => alice.updateItem({ id, changeKey: '' }, setField('item:Subject', '<t:Subject>x</t:Subject>')),
    DeletedEvent: async (id) => alice.deleteItem({ id, changeKey: '' }),
    MovedEvent: async (id) => alice.call(`<m:MoveItem><m:ToFolderId>${folderRef('drafts')}</m:ToFolderId><m:ItemIds>${itemRef({ id })}</m:ItemIds></m:MoveItem>`),
    CopiedEvent: async (id) => alice.call(`<m:CopyItem><m:ToFolderId>${folderRef('inbox')}</m:ToFolderId><m:ItemIds>${itemRef({ id })}</m:ItemIds></m:CopyItem>`),
    NewMailEvent: async () => bob.send('new', ['alice@example.test']),
    CreatedEvent: async () => alice.createMessage(),
  };
  it.each(Object.keys(act))('%s, and only that if only that is wanted', async (kind) => {
    const { id: item } = await alice.createMessage();
    const [one, all] = [await pull(alice, folders('inbox') + types([kind])), await pull(alice)];
    await act[kind]?.(item);
    await ews.settle();
    const only = (await getEvents(alice, one.id, one.watermark)).ok().first('Notification');
    expect(new Set(eventsOf(only))).toEqual(new Set([kind]));
    const event = (await getEvents(alice, all.id, all.watermark)).ok().all(kind).find((one) => child(one, 'ItemId'));
    const old = kind === 'MovedEvent' || kind === 'CopiedEvent';
    expect(event && [child(event, 'OldItemId') !== undefined, child(event, 'OldParentFolderId') !== undefined]).toEqual([old, old]);
    if (old) expect(idOf(below(event as XmlElement, 'OldItemId')).id).toBe(item);
  });

  it('of other folders nothing is told', async () => {
    const { id, watermark } = await pull(alice, folders('drafts') + types(everything));
    await alice.createMessage();
    expect(eventsOf((await getEvents(alice, id, watermark)).ok().first('Notification'))).toEqual(['StatusEvent']);
  });

  it('SubscribeToAllFolders tells of all, of new folders too', async () => {
    const answer = (await subscribe(alice, 'Pull', `${types(everything)}<t:Timeout>10</t:Timeout>`, ' SubscribeToAllFolders="true"')).ok();
    const { id } = await alice.createFolder('New');
    await alice.createMessage('<t:Subject>in it</t:Subject>', id);
    const created = (await getEvents(alice, answer.first('SubscriptionId').text, answer.first('Watermark').text)).ok().all('CreatedEvent');
    expect(created.map((event) => [child(event, 'FolderId') !== undefined, child(event, 'ItemId') !== undefined])).toEqual([[true, false], [false, true]]);
  });

  it.each([
    ['an id that is none', async () => ['x', (await pull(alice)).watermark], 'ErrorSubscriptionNotFound'],
    ['a watermark that is none', async () => [(await pull(alice)).id, 'rubbish'], 'ErrorInvalidWatermark'],
    ["another mailbox's watermark", async () => [(await pull(alice)).id, (await pull(bob)).watermark], 'ErrorInvalidWatermark'],
    ["somebody else's subscription", async () => { const { id, watermark } = await pull(bob); return [id, watermark]; }, 'ErrorSubscriptionAccessDenied'],
    ['a streaming subscription', async () => [await streaming(alice), (await pull(alice)).watermark], 'ErrorInvalidSubscription'],
    ['one that was unsubscribed', async () => { const { id, watermark } = await pull(alice); (await unsubscribe(alice, id)).ok(); return [id, watermark]; }, 'ErrorSubscriptionNotFound'],
    ['one that nobody asked about for longer than its timeout', async () => { const { id, watermark } = await pull(alice); await ews.clock.advance(10 * minute); return [id, watermark]; }, 'ErrorSubscriptionNotFound'],
  ])('refuses %s', async (_what, make, code) => {
    const [id = '', watermark = ''] = await make();
    expect((await getEvents(alice, id, watermark)).codes).toEqual([code]);
  });

  it('each question puts its end off', async () => {
    const { id, watermark } = await pull(alice);
    for (let n = 0; n < 4; n++) {
      await ews.clock.advance(9 * minute);
      expect((await getEvents(alice, id, watermark)).codes).toEqual(['NoError']);
    }
  });

  it('a mailbox that was set back knows its old watermarks no more', async () => {
    const snapshot = await ews.snapshot();
    await alice.createMessage();
    const { id, watermark } = await pull(alice);
    await ews.restore(snapshot);
    for (let n = 0; n < 3; n++) await alice.createMessage();
    expect((await getEvents(alice, id, watermark)).codes).toEqual(['ErrorInvalidWatermark']);
  });

  it('goes on from an old watermark in a new subscription', async () => {
    const { watermark } = await pull(alice);
    await alice.createMessage();
    const answer = (await subscribe(alice, 'Pull', `${folders('inbox')}${types(['CreatedEvent'])}<t:Watermark>${watermark}</t:Watermark><t:Timeout>10</t:Timeout>`)).ok();
    expect(eventsOf((await getEvents(alice, answer.first('SubscriptionId').text, watermark)).ok().first('Notification'))).toEqual(['CreatedEvent']);
  });

  it('Unsubscribe twice: ErrorSubscriptionNotFound', async () => {
    const { id } = await pull(alice);
    expect([(await unsubscribe(alice, id)).codes, (await unsubscribe(alice, id)).codes]).toEqual([['NoError'], ['ErrorSubscriptionNotFound']]);
  });
});

describe('what exchangelib sends', () => {
  it('a Watermark in the namespace of messages', async () => {
    const { watermark } = await pull(alice);
    await alice.createMessage();
    const { id, watermark: at } = await pull(alice, `${folders('inbox')}${types(everything)}<m:Watermark>${watermark}</m:Watermark>`);
    expect([at, eventsOf((await getEvents(alice, id, at)).ok().body).length > 0]).toEqual([watermark, true]);
  });
  it('an id that no server made: ErrorInvalidSubscription of GetStreamingEvents, which names it', async () => {
    const answer = await alice.call(`<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>AAA-</t:SubscriptionId></m:SubscriptionIds><m:ConnectionTimeout>1</m:ConnectionTimeout></m:GetStreamingEvents>`);
    expect([answer.codes, answer.texts('MessageText'), answer.texts('SubscriptionId')]).toEqual([['ErrorInvalidSubscription'], ['Subscription is invalid.'], ['AAA-']]);
    // Microsoft's EWS Managed API and exchangelib look for them in the namespace of messages, whatever the schema says.
    expect(answer.first('ErrorSubscriptionIds').children.map(({ uri }) => uri)).toEqual(['http://schemas.microsoft.com/exchange/services/2006/messages']);
  });
});

describe('streaming', () => {
  it('says OK at once, tells events as they happen, and Closed at its end', async () => {
    const id = await streaming(alice);
    const stream = await EventStream.open(alice, [id], 1);
    expect([stream.response.status, stream.response.headers.get('content-type'), stream.response.headers.get('transfer-encoding')]).toEqual([200, 'text/xml; charset=utf-8', 'chunked']);
    const first = await stream.next();
    expect([first?.attributes['ResponseClass'], connectionOf(first)]).toEqual(['Success', 'OK']);
    const made = await alice.createMessage();
    const message = await stream.next();
    expect(textAt(message as XmlElement, 'Notifications', 'Notification', 'SubscriptionId')).toBe(id);
    expect(idOf(below(below(message as XmlElement, 'CreatedEvent'), 'ItemId')).id).toBe(made.id);
    expect(allBelow(message as XmlElement, 'Watermark')).toEqual([]);
    await ews.clock.advance(minute);
    let last = await stream.next();
    while (last && eventsOf(last).length > 0) last = await stream.next();
    expect([connectionOf(last), await stream.next()]).toEqual(['Closed', undefined]);
  });

  it('is written as clients look for it: <Envelope, not <s:Envelope', async () => {
    const stream = await EventStream.open(alice, [await streaming(alice)]);
    await stream.next();
    await alice.createMessage();
    await stream.next();
    for (const text of stream.texts) {
      expect(text).toMatch(new RegExp(`<Envelope xmlns="${namespaces.soap}">`));
      expect(text).toMatch(/<\/Envelope>\s*$/);
      expect(text).toContain('ServerVersionInfo');
    }
    await stream.cancel();
  });

  it('beats when nothing happens', async () => {
    const id = await streaming(alice);
    const stream = await EventStream.open(alice, [id], 30);
    await stream.next();
    await ews.clock.advance(45_000);
    const beat = await stream.next();
    expect([eventsOf(beat), textAt(beat as XmlElement, 'Notifications', 'Notification', 'SubscriptionId')]).toEqual([['StatusEvent'], id]);
    await stream.cancel();
  });

  it('tells mail that bob sends', async () => {
    const stream = await EventStream.open(alice, [await streaming(alice, folders('inbox') + types(['NewMailEvent']))]);
    await stream.next();
    (await bob.send('knock', ['alice@example.test'])).ok();
    const item = await alice.item(idOf(below((await stream.next()) as XmlElement, 'ItemId')));
    expect(textAt(item, 'Subject')).toBe('knock');
    await stream.cancel();
  });

  it('several subscriptions on one connection, each with its own notification', async () => {
    const ids = [await streaming(alice, folders('inbox') + types(['CreatedEvent'])), await streaming(alice, folders('drafts') + types(['CreatedEvent']))];
    const stream = await EventStream.open(alice, ids);
    await stream.next();
    await alice.createMessage('<t:Subject>d</t:Subject>', 'drafts');
    expect(textAt((await stream.next()) as XmlElement, 'Notifications', 'Notification', 'SubscriptionId')).toBe(ids[1]);
    await alice.createMessage('<t:Subject>i</t:Subject>', 'inbox');
    expect(textAt((await stream.next()) as XmlElement, 'Notifications', 'Notification', 'SubscriptionId')).toBe(ids[0]);
    await stream.cancel();
  });

  it('what happened before the connection is told when it comes', async () => {
    const id = await streaming(alice, folders('inbox') + types(['CreatedEvent']));
    const first = await EventStream.open(alice, [id], 1);
    await first.next();
    await ews.clock.advance(minute);
    for (let message = await first.next(); message; message = await first.next());
    await alice.createMessage();
    const second = await EventStream.open(alice, [id], 1);
    expect(connectionOf(await second.next())).toBe('OK');
    expect(eventsOf(await second.next())).toEqual(['CreatedEvent']);
    await second.cancel();
  });

  it('a second connection puts out the first', async () => {
    const id = await streaming(alice);
    const first = await EventStream.open(alice, [id]);
    await first.next();
    const second = await EventStream.open(alice, [id]);
    expect(connectionOf(await second.next())).toBe('OK');
    const last = await first.next();
    expect([textAt(last as XmlElement, 'ResponseCode'), connectionOf(last), await first.next()]).toEqual(['ErrorNewEventStreamConnectionOpened', 'Closed', undefined]);
    await alice.createMessage();
    expect(eventsOf(await second.next())).toContain('CreatedEvent');
    await second.cancel();
  });

  it('names the subscriptions that are not there', async () => {
    const [good, own, gone] = [await streaming(alice), await streaming(bob), await streaming(alice)];
    (await unsubscribe(alice, gone)).ok();
    for (const ids of [[good, gone], [gone]]) {
      const stream = await EventStream.open(alice, ids);
      const message = (await stream.next()) as XmlElement;
      expect([textAt(message, 'ResponseCode'), allBelow(below(message, 'ErrorSubscriptionIds'), 'SubscriptionId').map(({ text }) => text)]).toEqual(['ErrorSubscriptionNotFound', [gone]]);
    }
    const foreign = (await (await EventStream.open(alice, [own])).next()) as XmlElement;
    expect(textAt(foreign, 'ResponseCode')).toBe('ErrorSubscriptionAccessDenied');
  });

  it('Unsubscribe ends the connection', async () => {
    const id = await streaming(alice);
    const stream = await EventStream.open(alice, [id]);
    await stream.next();
    (await unsubscribe(alice, id)).ok();
    const last = await stream.next();
    expect([textAt(last as XmlElement, 'ResponseCode'), connectionOf(last), await stream.next()]).toEqual(['ErrorSubscriptionUnsubscribed', 'Closed', undefined]);
  });

  it('a client that goes leaves its subscription, and nothing else', async () => {
    const id = await streaming(alice);
    const stream = await EventStream.open(alice, [id]);
    await stream.next();
    await stream.cancel();
    await ews.waitFor({ operation: 'GetStreamingEvents' });
    const again = await EventStream.open(alice, [id]);
    expect(connectionOf(await again.next())).toBe('OK');
    await again.cancel();
  });

  it('dies after half an hour without connection, and not while it has one', async () => {
    const [lone, held] = [await streaming(alice), await streaming(alice)];
    const stream = await EventStream.open(alice, [held], 30);
    await stream.next();
    await ews.clock.advance(29 * minute);
    await ews.clock.advance(minute);
    const codeOf = async (id: string): Promise<string | undefined> => textAt((await (await EventStream.open(alice, [id])).next()) as XmlElement, 'ResponseCode');
    expect([await codeOf(lone), await codeOf(held)]).toEqual(['ErrorSubscriptionNotFound', 'NoError']);
    await stream.cancel();
  });

  it('a mailbox that was set back under a stream tells that events were missed, and goes on', async () => {
    const snapshot = await ews.snapshot();
    await alice.createMessage();
    const id = await streaming(alice, folders('inbox') + types(['CreatedEvent']));
    const stream = await EventStream.open(alice, [id]);
    await stream.next();
    await ews.restore(snapshot);
    await alice.createMessage();
    const message = await stream.next();
    expect([textAt(message as XmlElement, 'ResponseCode'), below(message as XmlElement, 'ErrorSubscriptionIds').children.map(({ text }) => text)]).toEqual(['ErrorMissedNotificationEvents', [id]]);
    await alice.createMessage();
    expect(eventsOf(await stream.next())).toEqual(['CreatedEvent']);
    await stream.cancel();
  });

  it('no more streams than the policy allows: ErrorExceededConnectionCount; one that ends makes room', async () => {
    const ids = [];
    for (let n = 0; n < 11; n++) ids.push(await streaming(alice));
    const streams = [];
    for (const id of ids.slice(0, 10)) streams.push(await EventStream.open(alice, [id]));
    for (const stream of streams) expect(connectionOf(await stream.next())).toBe('OK');
    const body = `<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>${ids[10]}</t:SubscriptionId></m:SubscriptionIds><m:ConnectionTimeout>1</m:ConnectionTimeout></m:GetStreamingEvents>`;
    const refused = await alice.call(body);
    expect([refused.status, refused.fault, textAt(refused.body, 'faultstring')]).toEqual([500, 'ErrorExceededConnectionCount', 'You have exceeded the available concurrent connections for your account. Try again once your other requests have completed.']);
    (await unsubscribe(alice, ids[0] ?? '')).ok();
    while (await streams[0]?.next());
    const eleventh = await EventStream.open(alice, [ids[10] ?? '']);
    expect(connectionOf(await eleventh.next())).toBe('OK');
    for (const stream of [...streams.slice(1), eleventh]) await stream.cancel();
  });

  it.each([['0'], ['31']])('a ConnectionTimeout of %s minutes is not valid', async (minutes) => {
    const answer = await alice.call(`<m:GetStreamingEvents><m:SubscriptionIds><t:SubscriptionId>x</t:SubscriptionId></m:SubscriptionIds><m:ConnectionTimeout>${minutes}</m:ConnectionTimeout></m:GetStreamingEvents>`);
    expect([answer.status, answer.fault]).toEqual([500, 'ErrorSchemaValidation']);
  });

  it('close() ends it at once, by the real clock too', async () => {
    for (const clock of [createClock(), createClock({ frozen: true })]) {
      const own = await createEwsEmulator({ clock });
      const client = new EwsClient(own);
      const stream = await EventStream.open(client, [await streaming(client)], 30);
      await stream.next();
      const began = performance.now();
      await own.close();
      await stream.next().catch(() => undefined);
      expect(performance.now() - began).toBeLessThan(1000);
    }
  });
});

describe('push', () => {
  /** A listener as clients have it: keeps what was posted, answers as told. */
  class Listener {
    readonly messages: XmlElement[] = [];
    answers: ('OK' | 'Unsubscribe' | 'nothing' | 'rubbish')[] = [];
    readonly #server: Server;
    #heard: (() => void) | undefined;
    constructor() {
      this.#server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
          const xml = Buffer.concat(chunks).toString();
          expectValid(xml);
          const answer = this.answers.shift() ?? 'OK';
          if (answer === 'nothing') response.destroy();
          else if (answer === 'rubbish') response.end('<rubbish/>');
          else response.setHeader('Content-Type', 'text/xml').end(`<s:Envelope xmlns:s="${namespaces.soap}"><s:Body><SendNotificationResult xmlns="${namespaces.messages}"><SubscriptionStatus>${answer}</SubscriptionStatus></SendNotificationResult></s:Body></s:Envelope>`);
          this.messages.push(below(readXml(xml), 'SendNotificationResponseMessage'));
          this.#heard?.();
        });
      });
    }
    async open(): Promise<string> {
      await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/notify`;
    }
    async heard(count: number): Promise<void> {
      while (this.messages.length < count) await new Promise<void>((resolve) => (this.#heard = resolve));
    }
    async close(): Promise<void> {
      this.#server.closeAllConnections();
      await new Promise((resolve) => this.#server.close(resolve));
    }
  }

  let listener: Listener;
  let url: string;
  beforeEach(async () => {
    listener = new Listener();
    url = await listener.open();
  });
  afterEach(() => listener.close());
  const push = async (frequency = 1, kinds: readonly string[] = ['CreatedEvent']): Promise<string> =>
    (await subscribe(alice, 'Push', `${folders('inbox')}${types(kinds)}<t:StatusFrequency>${frequency}</t:StatusFrequency><t:URL>${url}</t:URL>`)).ok().first('SubscriptionId').text;

  /** Lets time pass, a second at a time, until so many messages have come. */
  const hearing = async (count: number): Promise<void> => {
    while (listener.messages.length < count) {
      await ews.clock.advance(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it('begins with a status, then posts what happens', async () => {
    const id = await push();
    await listener.heard(1);
    const made = await alice.createMessage();
    await listener.heard(2);
    expect(listener.messages.map(eventsOf)).toEqual([['StatusEvent'], ['CreatedEvent']]);
    const notification = below(listener.messages[1] as XmlElement, 'Notification');
    expect([textAt(notification, 'SubscriptionId'), idOf(below(notification, 'ItemId')).id, names(notification)]).toEqual([id, made.id, ['SubscriptionId', 'PreviousWatermark', 'MoreEvents', 'CreatedEvent']]);
  });

  it('says that it is there as often as asked', async () => {
    await push(1);
    await listener.heard(1);
    await ews.clock.advance(minute);
    await listener.heard(2);
    await ews.clock.advance(minute);
    await listener.heard(3);
    expect(listener.messages.map(eventsOf)).toEqual([['StatusEvent'], ['StatusEvent'], ['StatusEvent']]);
  });

  it('Unsubscribe in the answer ends it', async () => {
    listener.answers = ['OK', 'Unsubscribe'];
    const id = await push();
    await listener.heard(1);
    await alice.createMessage();
    await listener.heard(2);
    await ews.settle();
    await alice.createMessage();
    await ews.clock.advance(5 * minute);
    expect(listener.messages).toHaveLength(2);
    expect((await unsubscribe(alice, id)).codes).toEqual(['ErrorSubscriptionNotFound']);
  });

  it.each(['nothing', 'rubbish'] as const)('a listener that answers %s is asked again, with the same events, until the frequency has passed', async (answer) => {
    listener.answers = ['OK', answer, 'OK'];
    await push(2);
    await listener.heard(1);
    await alice.createMessage();
    await hearing(3);
    const watermarks = listener.messages.slice(1).map((message) => textAt(message, 'Notification', 'PreviousWatermark'));
    expect([listener.messages.map(eventsOf), watermarks[0]]).toEqual([[['StatusEvent'], ['CreatedEvent'], ['CreatedEvent']], watermarks[1]]);
  });

  it('a listener that stays away loses its subscription', async () => {
    listener.answers = ['OK', 'nothing', 'nothing', 'nothing', 'nothing'];
    const id = await push(1);
    await listener.heard(1);
    await alice.createMessage();
    await hearing(3);
    let code: string | undefined;
    // Asking costs a round trip, in which the pusher learns that its last attempt has failed.
    for (let n = 0; n < 50 && code !== 'ErrorSubscriptionNotFound'; n++) [code] = (await getEvents(alice, id, 'any')).codes;
    expect([code, listener.messages.length]).toEqual(['ErrorSubscriptionNotFound', 3]);
  });

  it('Unsubscribe from outside does not end it: ErrorInvalidSubscription', async () => {
    const id = await push();
    await listener.heard(1);
    expect((await unsubscribe(alice, id)).codes).toEqual(['ErrorInvalidSubscription']);
    await alice.createMessage();
    await ews.clock.advance(5 * minute);
    expect(listener.messages.length).toBeGreaterThan(1);
  });

  it.each([['0'], ['1441']])('a frequency of %s minutes is not valid', async (frequency) => {
    const answer = await subscribe(alice, 'Push', `${folders('inbox')}${types(['CreatedEvent'])}<t:StatusFrequency>${frequency}</t:StatusFrequency><t:URL>${url}</t:URL>`);
    expect(answer.fault).toBe('ErrorSchemaValidation');
  });
});
