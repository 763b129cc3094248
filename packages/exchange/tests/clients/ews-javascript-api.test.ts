import { Agent } from 'node:https';
import { connect } from 'node:tls';
import { XhrApi } from '@ewsjs/xhr';
import {
  BasePropertySet, BodyType, ConnectingIdType, DeleteMode, EmailMessage, EventType, ExchangeService, ExchangeVersion, FileAttachment, Folder, FolderId, FolderView, ImpersonatedUserId,
  type Item, ItemSchema, ItemView, LogicalOperator, Mailbox, MessageBody, OAuthCredentials, PropertySet, SearchFilter, StreamingSubscriptionConnection, type NotificationEventArgs, Uri, WebCredentials, WellKnownFolderName,
} from 'ews-javascript-api';
import { createExchange, type Exchange } from '../../src/index.ts';
import { expectValidAnswers, tokenOf } from '../support/server.ts';

// The client asks for https://autodiscover.DOMAIN: the certificate has that name, and the agent below stands for DNS and routers.
let exchange: Exchange;
beforeAll(async () => { exchange = await createExchange({ https: true, certificateHosts: ['example.test', 'autodiscover.example.test'] }); });
afterEach(() => { expectValidAnswers(exchange); });
afterAll(async () => exchange.close());

function agent(): Agent {
  const own = new Agent({ ca: exchange.caCertificate, keepAlive: false });
  const port = Number(new URL(exchange.httpsUrl as string).port);
  own.createConnection = (options) => {
    const host = (options as { host: string }).host;
    return connect({ host: '127.0.0.1', port, ca: exchange.caCertificate, ...(/^[\d.]+$/.test(host) ? {} : { servername: host }) });
  };
  return own;
}

function client(credentials: WebCredentials | OAuthCredentials): ExchangeService {
  const service = new ExchangeService(ExchangeVersion.Exchange2016);
  service.Credentials = credentials;
  service.XHRApi = new XhrApi({ httpsAgent: agent() } as never);
  return service;
}

async function signIn(name: string): Promise<ExchangeService> {
  const service = client(new WebCredentials(`${name}@example.test`, `${name}-pass`));
  await service.AutodiscoverUrl(`${name}@example.test`, () => true);
  return service;
}

const subjects = (items: { readonly Items: readonly Item[] }): string[] => items.Items.map(({ Subject }) => Subject);

function letter(service: ExchangeService, subject: string, to: string, body = 'Hello'): EmailMessage {
  const message = new EmailMessage(service);
  message.Subject = subject;
  message.Body = new MessageBody(BodyType.Text, body);
  message.ToRecipients.Add(to);
  return message;
}

describe('ews-javascript-api against the whole server', () => {
  it('finds it by the domain alone, over TLS that it checks', async () => {
    const service = await signIn('alice');
    expect(service.Url.ToString()).toBe(`${exchange.httpsUrl as string}/EWS/Exchange.asmx`);
    expect(exchange.journal.entries({ protocol: 'autodiscover' }).map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
      'GET /autodiscover/autodiscover.xml 401', 'POST /autodiscover/autodiscover.svc 200',
    ]);
    const stranger = client(new WebCredentials('alice@example.test', 'wrong'));
    await expect(stranger.AutodiscoverUrl('alice@example.test', () => true)).rejects.toBeDefined();
  });

  it('lists folders and mail, reads, searches', async () => {
    const service = await signIn('alice');
    const folders = await service.FindFolders(WellKnownFolderName.MsgFolderRoot, new FolderView(100));
    expect(folders.Folders.map(({ DisplayName }) => DisplayName)).toEqual(expect.arrayContaining(['Inbox', 'Drafts', 'Sent Items', 'Deleted Items', 'Projects']));
    const inbox = await Folder.Bind(service, WellKnownFolderName.Inbox);
    const page = await service.FindItems(WellKnownFolderName.Inbox, new ItemView(10));
    expect([page.TotalCount, page.Items.length, page.MoreAvailable]).toEqual([inbox.TotalCount, 10, true]);

    const [first] = page.Items;
    const read = await EmailMessage.Bind(service, first!.Id, new PropertySet(BasePropertySet.FirstClassProperties));
    expect([read.Subject, read.From.Address.endsWith('.test'), read.Body.Text.length > 0]).toEqual([first!.Subject, true, true]);

    const station = new SearchFilter.ContainsSubstring(ItemSchema.Subject, 'station');
    const found = await service.FindItems(WellKnownFolderName.Inbox, station, new ItemView(50));
    expect(found.TotalCount).toBeGreaterThan(1);
    expect(subjects(found).every((subject) => /station/i.test(subject))).toBe(true);
    const both = new SearchFilter.SearchFilterCollection(LogicalOperator.And, [station, new SearchFilter.ContainsSubstring(ItemSchema.Subject, 'no such words')]);
    expect((await service.FindItems(WellKnownFolderName.Inbox, both, new ItemView(50))).TotalCount).toBe(0);
  });

  it('files: makes a folder, moves mail into it under a new id, deletes', async () => {
    const service = await signIn('dave');
    const folder = new Folder(service);
    folder.DisplayName = 'Filed';
    await folder.Save(WellKnownFolderName.Inbox);
    const draft = letter(service, 'to be filed', 'bob@example.test');
    draft.Attachments.AddFileAttachment('note.txt', Buffer.from('attached').toString('base64'));
    await draft.Save(WellKnownFolderName.Inbox);
    const moved = await (await EmailMessage.Bind(service, draft.Id)).Move(folder.Id);
    expect(moved.Id.UniqueId).not.toBe(draft.Id.UniqueId);
    await expect(EmailMessage.Bind(service, draft.Id)).rejects.toMatchObject({ message: expect.stringContaining('not found in the store') });
    const again = await EmailMessage.Bind(service, moved.Id);
    const [attachment] = again.Attachments.GetEnumerator() as FileAttachment[];
    await attachment!.Load();
    expect(Buffer.from(attachment!.Base64Content, 'base64').toString()).toBe('attached');
    await again.Delete(DeleteMode.HardDelete);
    expect((await service.FindItems(folder.Id, new ItemView(5))).TotalCount).toBe(0);
  });

  it('alice sends, bob notices by a streaming subscription, reads and answers', async () => {
    const [alice, bob] = [await signIn('alice'), await signIn('bob')];
    const subscription = await bob.SubscribeToStreamingNotifications([new FolderId(WellKnownFolderName.Inbox)], EventType.NewMail, EventType.Created);
    const connection = new StreamingSubscriptionConnection(bob, 5);
    connection.AddSubscription(subscription);
    const noticed = new Promise<NotificationEventArgs>((resolve, reject) => {
      connection.OnNotificationEvent.push((_sender, args) => resolve(args));
      connection.OnSubscriptionError.push((_sender, args) => reject(args.Exception));
    });
    connection.OnDisconnect.push(() => undefined);
    void connection.Open();
    try {
      await letter(alice, 'Lunch?', 'bob@example.test', 'At one, by the lake').SendAndSaveCopy();
      const { Events } = await noticed;
      expect(Events.map(({ EventType: type }) => type)).toContain(EventType.NewMail);
      const [event] = Events as unknown as { ItemId: never }[];
      const message = await EmailMessage.Bind(bob, event!.ItemId, new PropertySet(BasePropertySet.FirstClassProperties));
      expect([message.Subject, message.From.Address, message.IsRead, message.Body.Text.trim()]).toEqual(['Lunch?', 'alice@example.test', false, 'At one, by the lake']);
    } finally {
      connection.Close();
    }
    await letter(bob, 'RE: Lunch?', 'alice@example.test').SendAndSaveCopy();
    await exchange.settle();
    const named = async (service: ExchangeService, folder: WellKnownFolderName, subject: string): Promise<number> =>
      (await service.FindItems(folder, new SearchFilter.IsEqualTo(ItemSchema.Subject, subject), new ItemView(5))).TotalCount;
    expect([await named(alice, WellKnownFolderName.Inbox, 'RE: Lunch?'), await named(alice, WellKnownFolderName.SentItems, 'Lunch?'), await named(bob, WellKnownFolderName.SentItems, 'Lunch?')]).toEqual([1, 1, 0]);
  });

  it('what it forgets to escape is refused, as Exchange refuses it', async () => {
    const alice = await signIn('alice');
    await expect(letter(alice, 'Salt', 'bob@example.test', 'salt & pepper').SendAndSaveCopy()).rejects.toMatchObject({ message: expect.stringContaining('schema validation') });
    expect(exchange.journal.entries({ outcome: 'error' }).at(-1)).toMatchObject({ status: 500, errorCode: 'ErrorSchemaValidation' });
  });

  it('signs in by tokens of the server: an application for anybody, a user for herself', async () => {
    const application = client(new OAuthCredentials(await tokenOf(exchange, { grant_type: 'client_credentials', client_id: 'fauxchange-client', client_secret: 'fauxchange-secret' })));
    application.Url = new Uri(exchange.ewsUrl);
    await expect(Folder.Bind(application, WellKnownFolderName.Inbox)).rejects.toBeDefined();
    application.ImpersonatedUserId = new ImpersonatedUserId(ConnectingIdType.SmtpAddress, 'carol@example.test');
    const carols = await Folder.Bind(application, WellKnownFolderName.Inbox);

    const user = client(new OAuthCredentials(await tokenOf(exchange, { grant_type: 'password', client_id: 'fauxchange-public', username: 'carol@example.test', password: 'carol-pass' })));
    user.Url = new Uri(exchange.ewsUrl);
    const own = await Folder.Bind(user, WellKnownFolderName.Inbox);
    expect([own.Id.UniqueId, own.TotalCount]).toEqual([carols.Id.UniqueId, carols.TotalCount]);
    // Carol has no rights over Dave's mailbox, whoever asks in her name.
    await expect(Folder.Bind(user, new FolderId(WellKnownFolderName.Inbox, new Mailbox('dave@example.test')))).rejects.toMatchObject({ message: expect.stringMatching(/access|not be found/i) });
    expect(exchange.journal.entries({ protocol: 'oauth' }).map(({ operation, status }) => [operation, status])).toEqual([['token', 200], ['token', 200]]);
  });
});
