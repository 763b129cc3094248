import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMapiHttpEmulator } from '@fauxchange/mapi-http';
import { decode, emsmdbRequestTypes, encode, encodeExtendedBuffers, encodeRops, noHandle, notificationType } from '@fauxchange/mapi-wire';

test('a NotificationWait is answered when mail arrives, and one that still hangs keeps nobody', async () => {
  await using mapi = await createMapiHttpEmulator();
  const cookies = new Map<string, string>();
  const send = async (type: string, body: Uint8Array) => {
    const response = await fetch(`${mapi.url}/mapi/emsmdb/`, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${btoa('alice@example.test:alice-pass')}`, 'Content-Type': 'application/mapi-http', 'X-RequestType': type, 'X-RequestId': '{d9ba2ed7-92f5-4fc0-b2b0-4d13b3e2b1e1}:1',
        Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      body: body as Uint8Array<ArrayBuffer>,
    });
    for (const cookie of response.headers.getSetCookie()) cookies.set(cookie.split('=', 1)[0]!, cookie.replace(/^[^=]*=/, '').replace(/;.*/, ''));
    const answer = Buffer.from(await response.arrayBuffer());
    return answer.subarray(answer.indexOf('\r\n\r\n') + 4);
  };
  const AuxiliaryBuffer = new Uint8Array(0);
  const UserDn = mapi.organization.directory.byAddress('alice@example.test')!.legacyExchangeDN;
  await send('Connect', encode(emsmdbRequestTypes.Connect.request, { UserDn, Flags: 0, DefaultCodePage: 1252, LcidSort: 1033, LcidString: 1033, AuxiliaryBuffer }));
  const rops = encodeRops({
    rops: [
      { name: 'RopLogon', logonId: 0, handleIndex: 0, request: { LogonFlags: 1, OpenFlags: 0, StoreState: 0, Essdn: UserDn } },
      { name: 'RopRegisterNotification', logonId: 0, handleIndex: 0, request: { OutputHandleIndex: 1, NotificationTypes: notificationType.NewMail, WantWholeStore: true } },
    ],
    handles: [noHandle, noHandle],
  });
  await send('Execute', encode(emsmdbRequestTypes.Execute.request, { Flags: 3, RopBuffer: encodeExtendedBuffers([rops]), MaxRopOut: 0x8008, AuxiliaryBuffer }));

  const wait = async () => decode(await send('NotificationWait', encode(emsmdbRequestTypes.NotificationWait.request, { Flags: 0, AuxiliaryBuffer })), emsmdbRequestTypes.NotificationWait.response);
  const hanging = wait();
  await mapi.organization.deliver('From: zoe@elsewhere.test\r\nSubject: Hello\r\n\r\nHi\r\n', { to: ['alice@example.test'] });
  const answer = await hanging;
  assert.deepEqual('EventPending' in answer && [answer.ErrorCode, answer.EventPending], [0, 1]);
  void wait().catch(() => undefined);
  // The end of this scope closes the emulator and every NotificationWait with it, and the process ends by itself.
});
