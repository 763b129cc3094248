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

const credentials = Buffer.from('alice@example.test:alice-pass').toString('base64');

/** The request as bytes on the wire, for a keep-alive connection. */
export function wireRequest(body, path = '/EWS/Exchange.asmx') {
  const bytes = Buffer.from(body);
  return Buffer.concat([
    Buffer.from(`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic ${credentials}\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: ${bytes.length}\r\nConnection: keep-alive\r\n\r\n`),
    bytes,
  ]);
}
