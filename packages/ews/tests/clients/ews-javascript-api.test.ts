import {
  AffectedTaskOccurrence, AlternateId, BasePropertySet, BodyType, ConflictResolutionMode, DefaultExtendedPropertySet, DeleteMode, EmailMessage, EmailMessageSchema, EventType, ExchangeService, ExchangeVersion, ExtendedPropertyDefinition,
  Folder, FolderId, FolderTraversal, FolderView, IdFormat, type Item, ItemSchema, ItemView, MapiPropertyType, MessageBody, MessageDisposition, OffsetBasePoint, PropertySet, ResolveNameSearchLocation, SearchFilter,
  SendCancellationsMode, SortDirection, SyncFolderItemsScope, Uri, WebCredentials, WellKnownFolderName, ChangeType,
} from 'ews-javascript-api';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { expectValid } from '../support/xsd.ts';

let ews: EwsEmulator;
beforeAll(async () => {
  ews = await createEwsEmulator();
});
afterEach(async () => {
  for (const { response } of ews.journal.entries({ protocol: 'ews', method: 'POST' })) if (response.text?.endsWith('Envelope>')) expectValid(response.text);
  await ews.reset();
});
afterAll(() => ews.close());

function signIn(name: string): ExchangeService {
  const service = new ExchangeService(ExchangeVersion.Exchange2016);
  service.Credentials = new WebCredentials(`${name}@example.test`, `${name}-pass`);
  service.Url = new Uri(ews.endpoint);
  return service;
}
const all = new PropertySet(BasePropertySet.FirstClassProperties);

async function newMessage(service: ExchangeService, subject: string, folder: WellKnownFolderName = WellKnownFolderName.Inbox): Promise<EmailMessage> {
  const message = new EmailMessage(service);
  message.Subject = subject;
  message.Body = new MessageBody(BodyType.Text, 'body');
  await message.Save(folder);
  return message;
}

describe('ews-javascript-api', () => {
  it('reads every property of every message without missing one that it asked for', async () => {
    const alice = signIn('alice');
    const page = await alice.FindItems(WellKnownFolderName.Inbox, new ItemView(100));
    const items = await alice.BindToItems(page.Items.map(({ Id }) => Id), all);
    const read = items.Responses.map(({ Item: item }) => item as EmailMessage).map((item) => [
      item.Subject, item.From?.Address, item.Sender?.Address, item.Importance, item.Sensitivity, item.Size, item.IsRead, item.IsDraft, item.IsFromMe, item.HasAttachments, item.DateTimeReceived.toString(),
      item.ConversationId?.UniqueId, item.DisplayTo, item.DisplayCc, item.InternetMessageId, item.EffectiveRights, item.Flag.FlagStatus, item.Attachments.Count, item.ToRecipients.Count, item.Categories.ToString(), item.Body.Text?.length,
    ]);
    expect([read.length, items.OverallResult]).toEqual([27, 0]);
  });

  it('pages from both ends, sorts, and searches by what was set in extended properties', async () => {
    const alice = signIn('alice');
    const colour = new ExtendedPropertyDefinition(DefaultExtendedPropertySet.PublicStrings, 'colour', MapiPropertyType.String);
    const tagged = await newMessage(alice, 'tagged');
    tagged.SetExtendedProperty(colour, 'red');
    await tagged.Update(ConflictResolutionMode.AutoResolve);
    const found = await alice.FindItems(WellKnownFolderName.Inbox, new SearchFilter.IsEqualTo(colour, 'red'), new ItemView(5));
    expect(found.Items.map(({ Subject }) => Subject)).toEqual(['tagged']);
    const view = new ItemView(5, 0, OffsetBasePoint.End);
    view.OrderBy.Add(ItemSchema.DateTimeReceived, SortDirection.Ascending);
    const last = await alice.FindItems(WellKnownFolderName.Inbox, view);
    expect([last.TotalCount, last.Items.length, last.MoreAvailable, last.NextPageOffset]).toEqual([28, 5, true, 5]);
  });

  it('updates; a stale copy that must not overwrite is refused', async () => {
    const alice = signIn('alice');
    const { Id } = await newMessage(alice, 'one');
    const [first, second] = [await EmailMessage.Bind(alice, Id), await EmailMessage.Bind(alice, Id)];
    first.Subject = 'two';
    first.IsRead = true;
    await first.Update(ConflictResolutionMode.AlwaysOverwrite);
    second.Subject = 'three';
    await expect(second.Update(ConflictResolutionMode.NeverOverwrite)).rejects.toMatchObject({ message: expect.stringContaining('out of date') });
    expect((await EmailMessage.Bind(alice, Id)).Subject).toBe('two');
  });

  it('keeps two folders in step by SyncFolderItems and SyncFolderHierarchy', async () => {
    const alice = signIn('alice');
    const [folders, items] = [await alice.SyncFolderHierarchy(new FolderId(WellKnownFolderName.MsgFolderRoot), PropertySet.IdOnly, null as never), await alice.SyncFolderItems(new FolderId(WellKnownFolderName.Inbox), PropertySet.IdOnly, null as never, 512, SyncFolderItemsScope.NormalItems, null as never)];
    expect([items.Count, items.MoreChangesAvailable, folders.Count > 10]).toEqual([27, false, true]);
    const folder = new Folder(alice);
    folder.DisplayName = 'Fresh';
    await folder.Save(WellKnownFolderName.Inbox);
    const message = await newMessage(alice, 'fresh');
    const old = (await alice.FindItems(WellKnownFolderName.Inbox, new SearchFilter.IsEqualTo(ItemSchema.Subject, 'Your birthday'), new ItemView(1))).Items[0] as EmailMessage;
    old.IsRead = false;
    await old.Update(ConflictResolutionMode.AlwaysOverwrite);
    const now = await alice.SyncFolderItems(new FolderId(WellKnownFolderName.Inbox), PropertySet.IdOnly, null as never, 512, SyncFolderItemsScope.NormalItems, items.SyncState);
    const told = Array.from({ length: now.Count }, (_, at) => now._getItem(at)).map(({ ChangeType: type, ItemId, IsRead }) => [type, ItemId.UniqueId, type === ChangeType.ReadFlagChange ? IsRead : undefined]);
    expect(told).toEqual(expect.arrayContaining([[ChangeType.Create, message.Id.UniqueId, undefined], [ChangeType.ReadFlagChange, old.Id.UniqueId, false]]));
    const since = await alice.SyncFolderHierarchy(new FolderId(WellKnownFolderName.MsgFolderRoot), PropertySet.IdOnly, folders.SyncState);
    expect(Array.from({ length: since.Count }, (_, at) => since._getItem(at).FolderId.UniqueId)).toContain(folder.Id.UniqueId);
  });

  it('hears by pull subscription, and gives it up', async () => {
    const alice = signIn('alice');
    const subscription = await alice.SubscribeToPullNotifications([new FolderId(WellKnownFolderName.Inbox)], 10, null as never, EventType.Created, EventType.Modified);
    const message = await newMessage(alice, 'pulled');
    const { ItemEvents } = await subscription.GetEvents();
    expect(ItemEvents.map(({ EventType: type, ItemId }) => [type, ItemId.UniqueId])).toContainEqual([EventType.Created, message.Id.UniqueId]);
    await subscription.Unsubscribe();
    await expect(subscription.GetEvents()).rejects.toMatchObject({ message: expect.stringContaining('subscription') });
  });

  it('moves, copies, empties and deletes folders', async () => {
    const alice = signIn('alice');
    const folder = new Folder(alice);
    folder.DisplayName = 'Box';
    await folder.Save(WellKnownFolderName.MsgFolderRoot);
    await newMessage(alice, 'in the box', folder.Id as never);
    const copy = await folder.Copy(WellKnownFolderName.Inbox);
    const moved = await folder.Move(WellKnownFolderName.Drafts);
    await moved.Empty(DeleteMode.HardDelete, true);
    const [boxed, emptied] = [await alice.FindItems(copy.Id, new ItemView(5)), await alice.FindItems(moved.Id, new ItemView(5))];
    expect([boxed.TotalCount, emptied.TotalCount]).toEqual([1, 0]);
    await moved.Delete(DeleteMode.MoveToDeletedItems);
    const view = new FolderView(100);
    view.Traversal = FolderTraversal.Shallow;
    expect((await alice.FindFolders(WellKnownFolderName.DeletedItems, view)).Folders.map(({ DisplayName }) => DisplayName)).toEqual(['Box']);
  });

  it('acts on many items at once, and learns which of them failed', async () => {
    const alice = signIn('alice');
    const drafts = [1, 2, 3].map((n) => {
      const message = new EmailMessage(alice);
      message.Subject = `batch ${n}`;
      return message;
    });
    expect((await alice.CreateItems(drafts, new FolderId(WellKnownFolderName.Drafts), MessageDisposition.SaveOnly, null as never)).OverallResult).toBe(0);
    await drafts[1]?.Delete(DeleteMode.HardDelete);
    const deleted = await alice.DeleteItems(drafts.map(({ Id }) => Id), DeleteMode.HardDelete, SendCancellationsMode.SendToNone, AffectedTaskOccurrence.AllOccurrences);
    expect(deleted.Responses.map(({ ErrorCode }) => ErrorCode === 0)).toEqual([true, false, true]);
  });

  it('resolves names, expands groups, converts ids', async () => {
    const alice = signIn('alice');
    const names = await alice.ResolveName('Bo', ResolveNameSearchLocation.DirectoryOnly, true);
    expect(Array.from({ length: names.Count }, (_, at) => names._getItem(at).Mailbox.Address).sort()).toEqual(['bob@example.test', 'room1@example.test']);
    const team = await alice.ExpandGroup('team@example.test');
    expect(team.Members.map(({ Address }) => Address).sort()).toEqual(['alice@example.test', 'bob@example.test', 'carol@example.test']);
    const { Id } = await newMessage(alice, 'id');
    const entry = (await alice.ConvertId(new AlternateId(IdFormat.EwsId, Id.UniqueId, 'alice@example.test'), IdFormat.HexEntryId)) as AlternateId;
    const back = (await alice.ConvertId(new AlternateId(IdFormat.HexEntryId, entry.UniqueId, 'alice@example.test'), IdFormat.EwsId)) as AlternateId;
    expect(back.UniqueId).toBe(Id.UniqueId);
  });

  it('sends with a copy, and the other one marks it read', async () => {
    const [alice, bob] = [signIn('alice'), signIn('bob')];
    const message = new EmailMessage(alice);
    message.Subject = 'A question';
    message.Body = new MessageBody(BodyType.HTML, '&lt;b&gt;Why?&lt;/b&gt;');
    message.ToRecipients.Add('bob@example.test');
    message.CcRecipients.Add('carol@example.test');
    message.Attachments.AddFileAttachment('why.txt', Buffer.from('because').toString('base64'));
    await message.SendAndSaveCopy();
    await ews.settle();
    const found = await bob.FindItems(WellKnownFolderName.Inbox, new SearchFilter.IsEqualTo(EmailMessageSchema.IsRead, false), new ItemView(10));
    const item = found.Items.find(({ Subject }) => Subject === 'A question') as Item;
    const read = await EmailMessage.Bind(bob, item.Id, all);
    expect([read.Body.Text, read.CcRecipients._getItem(0).Address, read.Attachments._getItem(0).Name]).toEqual(['<b>Why?</b>', 'carol@example.test', 'why.txt']);
    read.IsRead = true;
    await read.Update(ConflictResolutionMode.AutoResolve);
    expect((await EmailMessage.Bind(bob, item.Id)).IsRead).toBe(true);
    expect((await alice.FindItems(WellKnownFolderName.SentItems, new SearchFilter.IsEqualTo(ItemSchema.Subject, 'A question'), new ItemView(1))).TotalCount).toBe(1);
  });
});
