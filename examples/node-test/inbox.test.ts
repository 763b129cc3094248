import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createEwsEmulator } from '@fauxchange/ews';

const countInbox = `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
  <soap:Body>
    <GetFolder xmlns="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">
      <FolderShape><t:BaseShape>Default</t:BaseShape></FolderShape>
      <FolderIds><t:DistinguishedFolderId Id="inbox"/></FolderIds>
    </GetFolder>
  </soap:Body>
</soap:Envelope>`;

test('a message that arrives is counted', async () => {
  await using ews = await createEwsEmulator(); // its own server, its own mailboxes
  await ews.organization.deliver('From: zoe@elsewhere.test\r\nSubject: Hello\r\n\r\nHi\r\n', { to: ['alice@example.test'] });

  const response = await fetch(ews.endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8', Authorization: `Basic ${btoa('alice@example.test:alice-pass')}` },
    body: countInbox, // your client goes here
  });

  assert.match(await response.text(), /<t:TotalCount>28<\/t:TotalCount>/);
  assert.equal((await ews.waitFor({ operation: 'GetFolder' })).user, 'alice@example.test');
});
