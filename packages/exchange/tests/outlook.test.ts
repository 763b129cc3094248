import { addressBookEntryId, type Mailbox } from '@fauxchange/mailbox';
import { encode, objectId, serverEid, type PropertyValue, type Restriction, type RuleAction } from '@fauxchange/mapi-wire';
import { binary } from '@fauxchange/properties';
import { createExchange, type Exchange } from '../src/index.ts';
import { EwsUser, Phone, text, texts } from './support/both.ts';
import { Outlook, tag } from './support/outlook.ts';
import { expectValidAnswers } from './support/server.ts';

let exchange: Exchange;
let outlook: Outlook;
let alice: EwsUser;
let bob: EwsUser;
beforeAll(async () => {
  exchange = await createExchange();
});
beforeEach(async () => {
  await exchange.reset();
  [alice, bob] = [new EwsUser(exchange, 'alice'), new EwsUser(exchange, 'bob')];
  outlook = await new Outlook(exchange, 'alice').connect();
});
afterEach(() => expectValidAnswers(exchange));
afterAll(() => exchange.close());

async function addBob(message: number): Promise<void> {
  await outlook.rop('RopModifyRecipients', {
    RecipientColumns: [], RecipientRows: [{ RowId: 0, RecipientType: 1, RecipientRow: { RecipientFlags: 0x0003 | 0x8 | 0x10 | 0x200, EmailAddress: 'bob@example.test', DisplayName: 'Bob Baker', RecipientProperties: [] } }],
  }, message);
}

describe('mail', () => {
  it('made by ROPs is what EWS and ActiveSync show', async () => {
    const message = await outlook.create('inbox', [[tag.messageClass, 'IPM.Note'], [tag.subject, 'From Outlook'], [tag.body, 'Seen everywhere.'], [tag.importance, 2], [tag.flags, 1]]);
    await addBob(message);
    await outlook.save(message);
    const [id = ''] = await alice.find('inbox', 'From Outlook');
    const seen = await alice.get(id);
    expect([text(seen, 'Subject'), text(seen, 'Importance'), text(seen, 'DisplayTo'), text(seen, 'IsRead'), texts(seen, 'EmailAddress').includes('bob@example.test')]).toEqual(['From Outlook', 'High', 'Bob Baker', 'true', true]);
    expect(seen).toContain('Seen everywhere.');
    const phone = new Phone(exchange, 'alice');
    await phone.connect();
    const synced = await phone.syncAll('Inbox');
    expect(synced).toContain('From Outlook');
    expect(texts(synced, 'Importance')).toContain('2');
  });

  it('made by EWS is what ROPs read, and its changes go back', async () => {
    await bob.send('alice@example.test', 'From bob');
    const message = await outlook.open('inbox', 'From bob');
    expect(await outlook.values(message, [tag.subject, tag.senderName, tag.body, tag.hasAttachments])).toEqual(['From bob', 'Bob Baker', expect.stringContaining('Hi') as string, false]);
    await outlook.set(message, [[tag.importance, 0], [tag.subject, 'Changed by Outlook']]);
    await outlook.save(message);
    const [id = ''] = await alice.find('inbox', 'Changed by Outlook');
    expect(text(await alice.get(id), 'Importance')).toBe('Low');
    await alice.set(id, 'item:Importance', '<t:Importance>High</t:Importance>');
    expect(await outlook.values(await outlook.open('inbox', 'Changed by Outlook'), [tag.importance])).toEqual([2]);
  });

  it('submitted by ROPs arrives, and goes where the client wants what was sent', async () => {
    const [sentItems] = await outlook.values(await outlook.folder('sentitems'), [tag.entryId]);
    const message = await outlook.create('outbox', [[tag.messageClass, 'IPM.Note'], [tag.subject, 'Submitted'], [tag.body, 'Hi'], [tag.sentMailEntryId, sentItems as PropertyValue]]);
    await addBob(message);
    await outlook.rop('RopSubmitMessage', { SubmitFlags: 0 }, message);
    await exchange.settle();
    expect((await bob.find('inbox', 'Submitted')).length).toBe(1);
    expect((await alice.find('sentitems', 'Submitted')).length).toBe(1);
  });

  it('sent by EWS ends a NotificationWait, and is told by RopNotify', async () => {
    await outlook.rop('RopRegisterNotification', { NotificationTypes: 0x2, WantWholeStore: false, FolderId: outlook.folderId('inbox'), MessageId: 0n }, 0);
    const waiting = outlook.wait();
    await bob.send('alice@example.test', 'Wake up');
    expect(await waiting).toBe(1);
    await outlook.values(await outlook.folder('inbox'), [tag.displayName]);
    expect(outlook.notified).toMatchObject([{ name: 'RopNotify', body: { NotificationData: { FolderId: outlook.folderId('inbox'), MessageClass: 'IPM.Note' } } }]);
  });

  it('deleted by ROPs is gone for EWS, and the other way round', async () => {
    await bob.send('alice@example.test', 'One');
    await bob.send('alice@example.test', 'Two');
    const rows = await outlook.contents('inbox', [tag.mid, tag.subject]);
    const mid = rows.find(([, subject]) => subject === 'One')?.[0] as bigint;
    await outlook.rop('RopDeleteMessages', { WantAsynchronous: false, NotifyNonRead: false, MessageIds: [mid] }, await outlook.folder('inbox'));
    expect(await alice.find('inbox', 'One')).toEqual([]);
    const [id = ''] = await alice.find('inbox', 'Two');
    await alice.call(`<m:DeleteItem DeleteType="HardDelete"><m:ItemIds>${id}</m:ItemIds></m:DeleteItem>`);
    expect((await outlook.contents('inbox', [tag.subject])).flat()).not.toContain('Two');
  });
});

const inboxPlace = 4;
const subject = 0x0037_001f;
const plain = { ActionFlavor: 0, ActionFlags: 0 } as const;
const mailbox = (): Mailbox => exchange.organization.mailboxByAddress('alice@example.test') as Mailbox;
const wellKnown = (name: 'drafts' | 'calendar'): bigint => objectId(1, BigInt(mailbox().wellKnown(name) as number));

describe('rules', () => {
  const about = (value: string): Restriction => ({ kind: 'Content', FuzzyLevelLow: 1, FuzzyLevelHigh: 1, PropertyTag: subject, TaggedValue: { tag: subject, value } });
  const toDraftsId = (): Uint8Array => encode(serverEid, { FolderId: wellKnown('drafts'), MessageId: 0n, Instance: 0 });
  const toDrafts = (): RuleAction => ({ kind: 'Move', ...plain, FolderInThisStore: true, StoreEID: new Uint8Array(0), FolderEID: toDraftsId() });
  const write = async (name: string, sequence: number, condition: Restriction, actions: readonly RuleAction[]): Promise<void> => {
    const PropertyValues = [
      { tag: 0x6676_0003, value: sequence }, { tag: 0x6677_0003, value: 1 }, { tag: 0x6682_001f, value: name }, { tag: 0x6681_001f, value: 'MSFT:TDX OOF rules' }, { tag: 0x6679_00fd, value: condition }, { tag: 0x6680_00fe, value: actions },
    ];
    await outlook.rop('RopModifyRules', { ModifyRulesFlags: 0, RulesData: [{ RuleDataFlags: 1, PropertyValues }] }, await outlook.openFolder(outlook.folderIds[inboxPlace] as bigint));
  };
  const listed = () => alice.call('<m:GetInboxRules/>');

  it('written by RopModifyRules run at delivery and are listed by GetInboxRules', async () => {
    await write('Plans', 10, about('plan'), [{ kind: 'MarkAsRead', ...plain }, toDrafts()]);
    await write('Sounds', 20, about('alarm'), [{ kind: 'Defer', ...plain, ActionData: new Uint8Array(4) }]);
    const answer = await listed();
    expect([texts(answer, 'DisplayName'), texts(answer, 'Priority'), texts(answer, 'IsNotSupported')]).toEqual([['Plans', 'Sounds'], ['10', '20'], ['true']]);
    expect(answer).toMatch(/<(?:\w+:)?ContainsSubjectStrings>.*plan.*<\/(?:\w+:)?ContainsSubjectStrings>/s);
    expect(answer).toMatch(/MoveToFolder.*MarkAsRead|MarkAsRead.*MoveToFolder/s);
    await bob.send('alice@example.test', 'The plan');
    await exchange.settle();
    expect([(await alice.find('inbox', 'The plan')).length, (await alice.find('drafts', 'The plan')).length]).toEqual([0, 1]);
  });

  it('made by UpdateInboxRules are in the table of RopGetRulesTable, with condition and actions', async () => {
    await alice.call(`<m:UpdateInboxRules><m:RemoveOutlookRuleBlob>true</m:RemoveOutlookRuleBlob><m:Operations><t:CreateRuleOperation><t:Rule><t:DisplayName>From EWS</t:DisplayName><t:Priority>3</t:Priority><t:IsEnabled>true</t:IsEnabled>
      <t:Conditions><t:ContainsSubjectStrings><t:String>plan</t:String></t:ContainsSubjectStrings></t:Conditions><t:Actions><t:MoveToFolder><t:DistinguishedFolderId Id="drafts"/></t:MoveToFolder></t:Actions></t:Rule></t:CreateRuleOperation></m:Operations></m:UpdateInboxRules>`);
    const { opened } = await outlook.rop('RopGetRulesTable', { TableFlags: 0x40 }, await outlook.openFolder(outlook.folderIds[inboxPlace] as bigint));
    const [rule, ...more] = await outlook.rows(opened, [0x6682_001f, 0x6676_0003, 0x6681_001f, 0x6679_00fd, 0x6680_00fe]);
    expect(more).toEqual([]);
    expect(rule?.slice(0, 4)).toEqual(['From EWS', 3, 'RuleOrganizer', about('plan')]);
    expect(rule?.[4]).toMatchObject([{ kind: 'Move', FolderInThisStore: true, FolderEID: toDraftsId() }]);
  });
});

describe('permissions', () => {
  const right = { visible: 0x400, simple: 0x800, detailed: 0x1000 } as const;
  const allow = async (rights: number): Promise<void> => {
    const entry = exchange.organization.directory.byAddress('bob@example.test');
    const PropertyValues = [{ tag: 0x0fff_0102, value: binary.toBytes(addressBookEntryId(entry?.legacyExchangeDN ?? '')) }, { tag: 0x6673_0003, value: rights }];
    await outlook.rop('RopModifyPermissions', { ModifyFlags: 0x2, PermissionsData: [{ PermissionDataFlags: 1, PropertyValues }] }, await outlook.openFolder(wellKnown('calendar')));
  };
  const time = (name: string): string => `<t:${name}><t:Bias>0</t:Bias><t:Time>02:00:00</t:Time><t:DayOrder>0</t:DayOrder><t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:${name}>`;
  const availability = () => bob.call(`<m:GetUserAvailabilityRequest><t:TimeZone><t:Bias>0</t:Bias>${time('StandardTime')}${time('DaylightTime')}</t:TimeZone><m:MailboxDataArray><t:MailboxData><t:Email><t:Address>alice@example.test</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType></t:MailboxData></m:MailboxDataArray>
    <t:FreeBusyViewOptions><t:TimeWindow><t:StartTime>2026-02-03T08:00:00</t:StartTime><t:EndTime>2026-02-03T12:00:00</t:EndTime></t:TimeWindow><t:MergedFreeBusyIntervalInMinutes>60</t:MergedFreeBusyIntervalInMinutes><t:RequestedView>Detailed</t:RequestedView></t:FreeBusyViewOptions></m:GetUserAvailabilityRequest>`);
  beforeEach(async () => {
    const [start, end] = [Date.parse('2026-02-03T09:00Z'), Date.parse('2026-02-03T10:00Z')];
    await mailbox().openAsSystem().createItem(mailbox().wellKnown('calendar')!, {
      itemClass: 'IPM.Appointment', recipients: [], attachments: [], isRead: true, isAssociated: false,
      properties: { PidTagSubject: 'Calibration', PidLidLocation: 'Roof', PidLidBusyStatus: 2, PidLidAppointmentStartWhole: start, PidLidAppointmentEndWhole: end, PidLidAppointmentDuration: 60, PidLidRecurring: false },
    });
  });

  it.each<[string, number, string | undefined]>([
    ['MS-OXCPERM_R97 MS-OXCPERM_R92: FreeBusySimple shows times, and no details', right.simple, undefined],
    ['MS-OXCPERM_R91: FreeBusyDetailed shows details', right.simple | right.detailed, 'Calibration'],
  ])('%s, by the Availability service', async (_what, rights, shown) => {
    await allow(right.visible | rights);
    const answer = await availability();
    expect([text(answer, 'StartTime'), text(answer, 'Subject')]).toEqual([expect.stringMatching(/^2026-02-03T09:00:00/), shown]);
  });

  it('MS-OXCPERM_R98: without either nothing is told', async () => {
    await allow(right.visible);
    await expect(availability()).rejects.toThrow('ErrorNoFreeBusyAccess');
  });

  it('given by RopModifyPermissions are listed by GetFolder', async () => {
    await allow(0x401 | right.detailed | right.simple);
    const answer = await alice.call('<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="folder:PermissionSet"/></t:AdditionalProperties></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="calendar"/></m:FolderIds></m:GetFolder>');
    expect(answer).toMatch(/bob@example\.test.*?<(?:\w+:)?CalendarPermissionLevel>Reviewer</s);
  });
});
