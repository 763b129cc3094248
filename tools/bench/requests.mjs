// What clients send.
const envelope = (body) => `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">
  <soap:Header><t:RequestServerVersion Version="Exchange2013_SP1"/></soap:Header>
  <soap:Body>${body}</soap:Body>
</soap:Envelope>`;

export const getItem = (id) => envelope(`<m:GetItem><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`);

/** A page of the inbox by subject, with what a list of messages shows. */
export const findItem = (offset, count, field = 'item:Subject') => envelope(`<m:FindItem Traversal="Shallow">
    <m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>
      <t:FieldURI FieldURI="item:Subject"/><t:FieldURI FieldURI="item:DateTimeReceived"/><t:FieldURI FieldURI="message:From"/><t:FieldURI FieldURI="message:IsRead"/><t:FieldURI FieldURI="item:HasAttachments"/>
    </t:AdditionalProperties></m:ItemShape>
    <m:IndexedPageItemView MaxEntriesReturned="${count}" Offset="${offset}" BasePoint="Beginning"/>
    <m:SortOrder><t:FieldOrder Order="Ascending"><t:FieldURI FieldURI="${field}"/></t:FieldOrder></m:SortOrder>
    <m:ParentFolderIds><t:DistinguishedFolderId Id="inbox"/></m:ParentFolderIds>
  </m:FindItem>`);

export const syncFolderItems = (state) => envelope(`<m:SyncFolderItems>
    <m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>
    <m:SyncFolderId><t:DistinguishedFolderId Id="inbox"/></m:SyncFolderId>
    ${state === undefined ? '' : `<m:SyncState>${state}</m:SyncState>`}
    <m:MaxChangesReturned>512</m:MaxChangesReturned>
  </m:SyncFolderItems>`);

const utc = (time) => new Date(time).toISOString().slice(0, 19);

/** What a calendar shows of a time, as a list. */
export const calendarView = (from, to) => envelope(`<m:FindItem Traversal="Shallow">
    <m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape>
    <m:CalendarView StartDate="${utc(from)}Z" EndDate="${utc(to)}Z"/>
    <m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds>
  </m:FindItem>`);

const change = (month) => `<t:Bias>0</t:Bias><t:Time>02:00:00</t:Time><t:DayOrder>1</t:DayOrder><t:Month>${month}</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek>`;

export const getUserAvailability = (addresses, from, to) => envelope(`<m:GetUserAvailabilityRequest>
    <t:TimeZone><t:Bias>0</t:Bias><t:StandardTime>${change(10)}</t:StandardTime><t:DaylightTime>${change(3)}</t:DaylightTime></t:TimeZone>
    <m:MailboxDataArray>${addresses.map((address) => `<t:MailboxData><t:Email><t:Address>${address}</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType></t:MailboxData>`).join('')}</m:MailboxDataArray>
    <t:FreeBusyViewOptions><t:TimeWindow><t:StartTime>${utc(from)}</t:StartTime><t:EndTime>${utc(to)}</t:EndTime></t:TimeWindow><t:MergedFreeBusyIntervalInMinutes>30</t:MergedFreeBusyIntervalInMinutes><t:RequestedView>FreeBusyMerged</t:RequestedView></t:FreeBusyViewOptions>
  </m:GetUserAvailabilityRequest>`);

export const resolveNames = (text) => envelope(`<m:ResolveNames ReturnFullContactData="true" SearchScope="ActiveDirectory"><m:UnresolvedEntry>${text}</m:UnresolvedEntry></m:ResolveNames>`);

/** Messages saved in the inbox. */
export const createItems = (count) => envelope(`<m:CreateItem MessageDisposition="SaveOnly"><m:SavedItemFolderId><t:DistinguishedFolderId Id="inbox"/></m:SavedItemFolderId><m:Items>${Array.from({ length: count }, (_, at) => `<t:Message><t:Subject>Written ${at}</t:Subject><t:Body BodyType="Text">A few words.</t:Body><t:ToRecipients><t:Mailbox><t:EmailAddress>ada@elsewhere.test</t:EmailAddress></t:Mailbox></t:ToRecipients></t:Message>`).join('')}</m:Items></m:CreateItem>`);

export const deleteItems = (ids) => envelope(`<m:DeleteItem DeleteType="HardDelete"><m:ItemIds>${ids.map((id) => `<t:ItemId Id="${id}"/>`).join('')}</m:ItemIds></m:DeleteItem>`);

export const updateItem = (id, subject) => envelope(`<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly"><m:ItemChanges><t:ItemChange><t:ItemId Id="${id}"/><t:Updates><t:SetItemField><t:FieldURI FieldURI="item:Subject"/><t:Message><t:Subject>${subject}</t:Subject></t:Message></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);

const credentials = Buffer.from('alice@example.test:alice-pass').toString('base64');

/** The request as bytes on the wire, for a keep-alive connection. */
export function wireRequest(body, path = '/EWS/Exchange.asmx') {
  const bytes = Buffer.from(body);
  return Buffer.concat([
    Buffer.from(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic ${credentials}\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: ${bytes.length}\r\nConnection: keep-alive\r\n\r\n`),
    bytes,
  ]);
}
