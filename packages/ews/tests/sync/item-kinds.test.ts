import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { CalendarClient } from '../support/calendar.ts';
import { EwsClient, idOf, setField, type Id } from '../support/client.ts';
import { itemRef, mailbox } from '../support/soap.ts';
import { changed, stateOf, syncItems } from '../support/sync.ts';
import { below, names, textAt, type XmlElement } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let bob: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, bob] = [new EwsClient(ews), new EwsClient(ews, 'bob')];
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const times = '<t:Start>2026-02-02T10:00:00Z</t:Start><t:End>2026-02-02T11:00:00Z</t:End>';
const calendar = (client: EwsClient): CalendarClient => new CalendarClient(client);
const make = async (item: string): Promise<Id> => idOf((await alice.createItem(item, { disposition: item.startsWith('<t:Item>') || item.startsWith('<t:Message>') ? 'SaveOnly' : null })).ok().first('ItemId'));
/** Alice invites bob; what bob gets is called off again, or answered. */
const invite = (): Promise<Id> => calendar(alice).create(`<t:Subject>Sync</t:Subject>${times}<t:RequiredAttendees><t:Attendee>${mailbox('bob@example.test')}</t:Attendee></t:RequiredAttendees>`, { send: 'SendToAllAndSaveCopy' });
const answered = async (): Promise<void> => {
  await invite();
  await ews.settle();
  const request = await bob.idBySubject('inbox', 'Sync');
  (await bob.call(`<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:AcceptItem><t:ReferenceItemId Id="${request.id}" ChangeKey="${request.changeKey}"/></t:AcceptItem></m:Items></m:CreateItem>`)).ok();
};

interface Kind {
  readonly kind: string;
  /** Ids of: its type, its being created, its being updated. */
  readonly ids: readonly [type: string, create: string, update: string];
  readonly folder: string;
  readonly whose?: (() => EwsClient) | undefined;
  readonly make: () => Promise<unknown>;
  /** Elements of the type besides those of every item. */
  readonly elements: readonly string[];
  /** Default: Sync. */
  readonly subject?: string | undefined;
  /** Elements that would make it another type. */
  readonly absent?: readonly string[] | undefined;
}
const kinds: readonly Kind[] = [
  { kind: 'Item', ids: ['MS-OXWSSYNC_R154', 'a plain item is created', 'a plain item is updated'], folder: 'drafts', make: () => make('<t:Item><t:ItemClass>IPM.Custom</t:ItemClass><t:Subject>Sync</t:Subject></t:Item>'), elements: [], absent: ['IsRead', 'Sender', 'Start', 'Status'] },
  { kind: 'Message', ids: ['MS-OXWSSYNC_R156', 'MS-OXWSSYNC_R1571', 'MS-OXWSSYNC_R1572'], folder: 'drafts', make: () => make(`<t:Message><t:Subject>Sync</t:Subject><t:ToRecipients>${mailbox('bob@example.test')}</t:ToRecipients></t:Message>`), elements: ['IsReadReceiptRequested', 'IsDeliveryReceiptRequested', 'ConversationIndex', 'ConversationTopic', 'InternetMessageId', 'IsRead'] },
  { kind: 'CalendarItem', ids: ['MS-OXWSSYNC_R158', 'MS-OXWSSYNC_R1591', 'MS-OXWSSYNC_R1592'], folder: 'calendar', make: () => calendar(alice).create(`<t:Subject>Sync</t:Subject>${times}`), elements: ['Start', 'End', 'IsAllDayEvent', 'LegacyFreeBusyStatus', 'IsMeeting', 'CalendarItemType'] },
  { kind: 'Contact', ids: ['MS-OXWSSYNC_R160', 'MS-OXWSSYNC_R1611', 'MS-OXWSSYNC_R1612'], folder: 'contacts', make: () => make('<t:Contact><t:GivenName>Ann</t:GivenName><t:Surname>Other</t:Surname></t:Contact>'), subject: 'Ann Other', elements: ['FileAs', 'DisplayName', 'GivenName', 'CompleteName', 'Surname'] },
  { kind: 'DistributionList', ids: ['MS-OXWSSYNC_R37811', 'MS-OXWSSYNC_R1631', 'MS-OXWSSYNC_R1632'], folder: 'contacts', make: () => make('<t:DistributionList><t:DisplayName>Friends</t:DisplayName></t:DistributionList>'), subject: 'Friends', elements: ['DisplayName', 'FileAs', 'ContactSource'] },
  {
    kind: 'MeetingMessage', ids: ['MS-OXWSSYNC_R164', 'MS-OXWSSYNC_R165', 'MS-OXWSSYNC_R1651'], folder: 'drafts', elements: ['IsDelegated', 'IsOutOfDate', 'HasBeenProcessed'],
    make: () => make('<t:Item><t:ItemClass>IPM.Schedule.Meeting.Notification.Forward</t:ItemClass><t:Subject>Sync</t:Subject></t:Item>'),
  },
  { kind: 'MeetingRequest', ids: ['MS-OXWSSYNC_R166', 'MS-OXWSSYNC_R1671', 'MS-OXWSSYNC_R1672'], folder: 'inbox', whose: () => bob, make: invite, elements: ['AssociatedCalendarItemId', 'HasBeenProcessed', 'ResponseType', 'MeetingRequestType', 'IntendedFreeBusyStatus', 'Start', 'End'] },
  { kind: 'MeetingResponse', ids: ['MS-OXWSSYNC_R168', 'MS-OXWSSYNC_R1691', 'MS-OXWSSYNC_R1692'], folder: 'inbox', make: answered, elements: ['AssociatedCalendarItemId', 'HasBeenProcessed', 'ResponseType'] },
  {
    kind: 'MeetingCancellation', ids: ['MS-OXWSSYNC_R170', 'MS-OXWSSYNC_R1711', 'MS-OXWSSYNC_R1712'], folder: 'inbox', whose: () => bob, elements: ['AssociatedCalendarItemId', 'IsOutOfDate', 'HasBeenProcessed'],
    make: async () => (await calendar(alice).tryRemove(await invite(), 'SendToAllAndSaveCopy')).ok(),
  },
  { kind: 'Task', ids: ['MS-OXWSSYNC_R172', 'MS-OXWSSYNC_R1731', 'MS-OXWSSYNC_R1732'], folder: 'tasks', make: () => make('<t:Task><t:Subject>Sync</t:Subject><t:Status>InProgress</t:Status></t:Task>'), elements: ['IsComplete', 'IsRecurring', 'PercentComplete', 'Status', 'StatusDescription'] },
  { kind: 'PostItem', ids: ['MS-OXWSSYNC_R174', 'MS-OXWSSYNC_R1751', 'MS-OXWSSYNC_R1752'], folder: 'inbox', make: () => make('<t:PostItem><t:Subject>Sync</t:Subject></t:PostItem>'), elements: ['ConversationIndex', 'ConversationTopic', 'IsRead'] },
];

/** The changes of items of one kind: what else is told is of the sending. */
const told = (all: readonly XmlElement[], kind: string): XmlElement[] => all.filter((change) => changed(change).name === kind);

describe('the kinds of items', () => {
  it.each(kinds.map((row) => [...row.ids, row.kind, row] as const))('%s, %s, %s: a %s', async (_type, _create, _update, kind, { folder, whose = () => alice, make: cause, elements, subject = 'Sync', absent = [] }) => {
    const client = whose();
    const all = { base: 'AllProperties' };
    const before = stateOf((await syncItems(client, folder)).ok());
    await cause();
    await ews.settle();
    const first = (await syncItems(client, folder, { state: before, ...all })).ok();
    const [created, ...more] = told(first.first('Changes').children, kind);
    expect([created?.name, created && names(created), more]).toEqual(['Create', [kind], []]);
    const item = changed(created as XmlElement);
    expect(names(item)).toEqual(expect.arrayContaining(['ItemId', 'ParentFolderId', 'ItemClass', 'Subject', 'Size', ...elements]));
    expect(names(item).filter((name) => absent.includes(name))).toEqual([]);
    expect(textAt(item, 'Subject')?.replace(/^(?:Accepted|Canceled): /, '')).toBe(subject);

    const id = idOf(below(item, 'ItemId'));
    const categories = setField('item:Categories', '<t:Categories><t:String>Blue</t:String></t:Categories>', kind);
    const change = `<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly" SendMeetingInvitationsOrCancellations="SendToNone"><m:ItemChanges><t:ItemChange>${itemRef({ id: id.id })}<t:Updates>${categories}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`;
    (await client.call(change)).ok();
    const second = (await syncItems(client, folder, { state: stateOf(first), ...all })).ok();
    const updates = second.first('Changes').children;
    expect(updates.map((one) => [one.name, names(one), idOf(below(one, 'ItemId')).id, names(below(one, 'Categories')), textAt(changed(one), 'Categories', 'String')])).toEqual([['Update', [kind], id.id, ['String'], 'Blue']]);
    expect(names(changed(updates[0] as XmlElement))).toEqual(expect.arrayContaining([...elements]));
  });

  it('MS-OXWSSYNC_R37811004: what a client creates as an Item is told as a Message', async () => {
    const state = stateOf((await syncItems(alice, 'drafts')).ok());
    await make('<t:Item><t:Subject>plain</t:Subject></t:Item>');
    expect((await syncItems(alice, 'drafts', { state })).ok().first('Changes').children.map((change) => [change.name, names(change)])).toEqual([['Create', ['Message']]]);
  });
});
