import { createEwsEmulator } from '@fauxchange/ews';

const envelope = (body: string) => `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">
  <soap:Header><t:RequestServerVersion Version="Exchange2013_SP1"/></soap:Header>
  <soap:Body>${body}</soap:Body>
</soap:Envelope>`;

const post = (endpoint: string, body: string) =>
  fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8', Authorization: `Basic ${btoa('alice@example.test:alice-pass')}` },
    body: envelope(body),
  });

test('new mail is told on a stream that stays open', async () => {
  await using ews = await createEwsEmulator();
  const subscribed = await post(ews.endpoint, `<m:Subscribe><m:StreamingSubscriptionRequest>
    <t:FolderIds><t:DistinguishedFolderId Id="inbox"/></t:FolderIds>
    <t:EventTypes><t:EventType>NewMailEvent</t:EventType></t:EventTypes>
  </m:StreamingSubscriptionRequest></m:Subscribe>`);
  const id = /<m:SubscriptionId>([^<]+)</.exec(await subscribed.text())?.[1];
  const stream = await post(ews.endpoint, `<m:GetStreamingEvents>
    <m:SubscriptionIds><t:SubscriptionId>${id}</t:SubscriptionId></m:SubscriptionIds>
    <m:ConnectionTimeout>30</m:ConnectionTimeout>
  </m:GetStreamingEvents>`);
  await ews.organization.deliver('From: zoe@elsewhere.test\r\nSubject: Hello\r\n\r\nHi\r\n', { to: ['alice@example.test'] });
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  let told = '';
  while (!told.includes('NewMailEvent')) {
    const { value, done } = await reader.read();
    if (done) break;
    told += value;
  }
  expect(told).toContain('NewMailEvent');
  // Nothing is unsubscribed, aborted or read to its end: the end of this scope closes the emulator, and the process ends by itself.
});
