import { fromXmlText } from '@fauxchange/wbxml';
import type { TestDevice } from './client.ts';

const namespaces = Object.entries({
  b: 'AirSyncBase', c: 'Calendar', e: 'Email', p: 'Contacts', t: 'Tasks', n: 'Notes', fh: 'FolderHierarchy', ie: 'GetItemEstimate', mv: 'Move', mr: 'MeetingResponse', s: 'Search', pi: 'Ping', pv: 'Provision',
  rr: 'ResolveRecipients', vc: 'ValidateCert', st: 'Settings', io: 'ItemOperations', cm: 'ComposeMail', f: 'Find',
}).map(([prefix, name]) => ` xmlns:${prefix}="${name}"`).join('');

/** A request from XML, the namespace AirSync being the one without a prefix. */
export const fromXml = (xml: string): Uint8Array => fromXmlText(xml.replace(/^<([\w:]+)/, `<$1 xmlns="AirSync"${namespaces}`));

export interface SyncedFolder {
  readonly id: string;
  readonly item: string;
}
export type SyncedFolders = Readonly<Record<'Inbox' | 'Calendar' | 'Contacts' | 'Tasks' | 'Notes' | 'Drafts', SyncedFolder>>;

/** Folders with an item each, as a device that has synchronized them knows them. */
export async function syncedFolders(phone: TestDevice): Promise<SyncedFolders> {
  const found: Record<string, SyncedFolder> = {};
  for (const name of ['Inbox', 'Calendar', 'Contacts', 'Tasks', 'Notes', 'Drafts']) {
    const id = await phone.collectionId(name);
    const told = await phone.syncAll(id);
    found[name] = { id, item: told[0]?.[1].ServerId ?? `${id}:1` };
  }
  return found as SyncedFolders;
}

const body = '<b:Body><b:Type>1</b:Type><b:Data>words</b:Data></b:Body>';
const appointment = `${body}<c:Subject>a</c:Subject><c:StartTime>20261201T100000Z</c:StartTime><c:EndTime>20261201T110000Z</c:EndTime><c:AllDayEvent>0</c:AllDayEvent><c:BusyStatus>2</c:BusyStatus><c:Reminder>15</c:Reminder>
<c:Recurrence><c:Type>1</c:Type><c:Interval>1</c:Interval><c:DayOfWeek>4</c:DayOfWeek><c:Occurrences>5</c:Occurrences></c:Recurrence><c:Categories><c:Category>x</c:Category></c:Categories>
<c:Attendees><c:Attendee><c:Email>bob@example.test</c:Email><c:Name>Bob</c:Name></c:Attendee></c:Attendees>`;
const contact = `${body}<p:FirstName>A</p:FirstName><p:Birthday>1980-01-02T00:00:00.000Z</p:Birthday><p:Email1Address>"A" &lt;a@b.test&gt;</p:Email1Address><p:Categories><p:Category>x</p:Category></p:Categories><p:Children><p:Child>y</p:Child></p:Children>`;
const task = `${body}<t:Subject>a</t:Subject><t:Importance>2</t:Importance><t:UtcStartDate>2026-12-01T00:00:00.000Z</t:UtcStartDate><t:StartDate>2026-12-01T00:00:00.000Z</t:StartDate><t:UtcDueDate>2026-12-02T00:00:00.000Z</t:UtcDueDate>
<t:DueDate>2026-12-02T00:00:00.000Z</t:DueDate><t:Recurrence><t:Type>0</t:Type><t:Start>2026-12-01T00:00:00.000Z</t:Start><t:Interval>2</t:Interval></t:Recurrence><t:Complete>0</t:Complete>`;
const note = `${body}<n:Subject>a</n:Subject><n:MessageClass>IPM.StickyNote</n:MessageClass><n:Categories><n:Category>x</n:Category></n:Categories>`;
const mail = `<e:Read>1</e:Read><e:Flag><e:Status>2</e:Status><e:FlagType>Follow up</e:FlagType></e:Flag><e:Categories><e:Category>x</e:Category></e:Categories>`;
const draft = `${body}<e:To>bob@example.test</e:To><e:Subject>a</e:Subject>`;
const options = '<Options><FilterType>0</FilterType><b:BodyPreference><b:Type>2</b:Type><b:TruncationSize>500</b:TruncationSize></b:BodyPreference><MIMESupport>1</MIMESupport><Conflict>0</Conflict></Options>';
const mime = '<cm:Mime>To: bob@example.test&#13;&#10;Subject: a&#13;&#10;&#13;&#10;words</cm:Mime>';

/** What a device sends with a Sync: the folder and the whole request around it, with the key that it has now. */
export type RequestOfFolder = readonly [folder: keyof SyncedFolders, request: (key: string) => string];

/** Syncs of all classes that add, change, delete and fetch. */
export function syncRequests(folders: SyncedFolders): readonly RequestOfFolder[] {
  const sync = (folder: keyof SyncedFolders, commands: string, before = ''): RequestOfFolder => [folder, (key) => `<Sync><Collections><Collection><SyncKey>${key}</SyncKey><CollectionId>${folders[folder].id}</CollectionId>${before}${commands && `<Commands>${commands}</Commands>`}</Collection></Collections></Sync>`];
  const add = (data: string): string => `<Add><ClientId>c1</ClientId><ApplicationData>${data}</ApplicationData></Add>`;
  const change = (folder: keyof SyncedFolders, data: string): string => `<Change><ServerId>${folders[folder].item}</ServerId><ApplicationData>${data}</ApplicationData></Change>`;
  return [
    sync('Inbox', '', `<DeletesAsMoves>1</DeletesAsMoves><GetChanges>1</GetChanges><WindowSize>5</WindowSize>${options}`),
    sync('Inbox', `${change('Inbox', mail)}<Fetch><ServerId>${folders.Inbox.item}</ServerId></Fetch><Delete><ServerId>${folders.Inbox.id}:9999</ServerId></Delete>`),
    sync('Calendar', add(appointment) + change('Calendar', appointment)),
    sync('Contacts', add(contact) + change('Contacts', contact)),
    sync('Tasks', add(task) + change('Tasks', task)),
    sync('Notes', add(note) + change('Notes', note)),
    sync('Drafts', add(draft)),
  ];
}

/** A request of every other command, with ids that the device has. */
export function otherRequests(phone: TestDevice, folders: SyncedFolders): readonly (readonly [command: string, request: string])[] {
  const { Inbox, Calendar } = folders;
  return [
    ['FolderSync', `<fh:FolderSync><fh:SyncKey>${phone.folderKey}</fh:SyncKey></fh:FolderSync>`],
    ['FolderCreate', `<fh:FolderCreate><fh:SyncKey>${phone.folderKey}</fh:SyncKey><fh:ParentId>0</fh:ParentId><fh:DisplayName>new</fh:DisplayName><fh:Type>12</fh:Type></fh:FolderCreate>`],
    ['FolderUpdate', `<fh:FolderUpdate><fh:SyncKey>${phone.folderKey}</fh:SyncKey><fh:ServerId>${Inbox.id}</fh:ServerId><fh:ParentId>0</fh:ParentId><fh:DisplayName>new</fh:DisplayName></fh:FolderUpdate>`],
    ['FolderDelete', `<fh:FolderDelete><fh:SyncKey>${phone.folderKey}</fh:SyncKey><fh:ServerId>${Inbox.id}</fh:ServerId></fh:FolderDelete>`],
    ['GetItemEstimate', `<ie:GetItemEstimate><ie:Collections><ie:Collection><SyncKey>1</SyncKey><ie:CollectionId>${Inbox.id}</ie:CollectionId>${options}</ie:Collection></ie:Collections></ie:GetItemEstimate>`],
    ['ItemOperations', `<io:ItemOperations><io:Fetch><io:Store>Mailbox</io:Store><CollectionId>${Inbox.id}</CollectionId><ServerId>${Inbox.item}</ServerId><io:Options><b:BodyPreference><b:Type>4</b:Type></b:BodyPreference></io:Options></io:Fetch>
<io:EmptyFolderContents><CollectionId>${folders.Notes.id}</CollectionId></io:EmptyFolderContents><io:Fetch><io:Store>Mailbox</io:Store><b:FileReference>1:1:1</b:FileReference></io:Fetch></io:ItemOperations>`],
    ['SendMail', `<cm:SendMail><cm:ClientId>1</cm:ClientId><cm:SaveInSentItems/>${mime}</cm:SendMail>`],
    ['SmartReply', `<cm:SmartReply><cm:ClientId>2</cm:ClientId><cm:Source><cm:FolderId>${Inbox.id}</cm:FolderId><cm:ItemId>${Inbox.item}</cm:ItemId></cm:Source>${mime}</cm:SmartReply>`],
    ['SmartForward', `<cm:SmartForward><cm:ClientId>3</cm:ClientId><cm:Source><cm:FolderId>${Calendar.id}</cm:FolderId><cm:ItemId>${Calendar.item}</cm:ItemId></cm:Source>${mime}</cm:SmartForward>`],
    ['MeetingResponse', `<mr:MeetingResponse><mr:Request><mr:UserResponse>1</mr:UserResponse><mr:CollectionId>${Inbox.id}</mr:CollectionId><mr:RequestId>${Inbox.item}</mr:RequestId></mr:Request></mr:MeetingResponse>`],
    ['Ping', `<pi:Ping><pi:HeartbeatInterval>1</pi:HeartbeatInterval><pi:Folders><pi:Folder><pi:Id>${Inbox.id}</pi:Id><pi:Class>Email</pi:Class></pi:Folder></pi:Folders></pi:Ping>`],
    ['Search', `<s:Search><s:Store><s:Name>Mailbox</s:Name><s:Query><s:And><Class>Email</Class><CollectionId>${Inbox.id}</CollectionId><s:FreeText>a</s:FreeText><s:GreaterThan><e:DateReceived/><s:Value>2020-01-01T00:00:00.000Z</s:Value></s:GreaterThan></s:And></s:Query>
<s:Options><s:Range>0-9</s:Range><s:DeepTraversal/><b:BodyPreference><b:Type>1</b:Type></b:BodyPreference></s:Options></s:Store></s:Search>`],
    ['Search', '<s:Search><s:Store><s:Name>GAL</s:Name><s:Query>bob</s:Query><s:Options><s:Range>0-1</s:Range><s:Picture/></s:Options></s:Store></s:Search>'],
    ['Find', `<f:Find><f:SearchId>1</f:SearchId><f:ExecuteSearch><f:MailBoxSearchCriterion><f:Query><Class>Email</Class><CollectionId>${Inbox.id}</CollectionId><f:FreeText>a</f:FreeText></f:Query><f:Options><f:Range>0-9</f:Range></f:Options></f:MailBoxSearchCriterion></f:ExecuteSearch></f:Find>`],
    ['Settings', '<st:Settings><st:Oof><st:Get><st:BodyType>text</st:BodyType></st:Get></st:Oof><st:UserInformation><st:Get/></st:UserInformation><st:DeviceInformation><st:Set><st:Model>m</st:Model></st:Set></st:DeviceInformation></st:Settings>'],
    ['Settings', '<st:Settings><st:Oof><st:Set><st:OofState>2</st:OofState><st:StartTime>2026-12-01T00:00:00.000Z</st:StartTime><st:EndTime>2026-12-02T00:00:00.000Z</st:EndTime><st:OofMessage><st:AppliesToInternal/><st:Enabled>1</st:Enabled><st:ReplyMessage>away</st:ReplyMessage><st:BodyType>TEXT</st:BodyType></st:OofMessage></st:Set></st:Oof></st:Settings>'],
    ['Provision', '<pv:Provision><st:DeviceInformation><st:Set><st:Model>m</st:Model></st:Set></st:DeviceInformation><pv:Policies><pv:Policy><pv:PolicyType>MS-EAS-Provisioning-WBXML</pv:PolicyType></pv:Policy></pv:Policies></pv:Provision>'],
    ['ResolveRecipients', '<rr:ResolveRecipients><rr:To>bob</rr:To><rr:Options><rr:MaxAmbiguousRecipients>5</rr:MaxAmbiguousRecipients><rr:Availability><rr:StartTime>2026-12-01T00:00:00.000Z</rr:StartTime><rr:EndTime>2026-12-02T00:00:00.000Z</rr:EndTime></rr:Availability><rr:Picture/></rr:Options></rr:ResolveRecipients>'],
    ['ValidateCert', '<vc:ValidateCert><vc:Certificates><vc:Certificate>AAAA</vc:Certificate></vc:Certificates><vc:CheckCrl>1</vc:CheckCrl></vc:ValidateCert>'],
    ['MoveItems', `<mv:MoveItems><mv:Move><mv:SrcMsgId>${Inbox.item}</mv:SrcMsgId><mv:SrcFldId>${Inbox.id}</mv:SrcFldId><mv:DstFldId>${folders.Drafts.id}</mv:DstFldId></mv:Move></mv:MoveItems>`],
  ];
}
