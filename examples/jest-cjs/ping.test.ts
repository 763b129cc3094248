import { createActiveSyncEmulator } from '@fauxchange/activesync';
import { fromXmlText, toXmlText } from '@fauxchange/wbxml';

test('a Ping is answered when mail arrives, and one that still hangs keeps nobody', async () => {
  await using eas = await createActiveSyncEmulator({ provisioning: 'none' });
  const send = async (command: string, xml: string) => {
    const response = await fetch(`${eas.endpoint}?Cmd=${command}&User=alice&DeviceId=PHONE1&DeviceType=Phone`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa('alice@example.test:alice-pass')}`, 'MS-ASProtocolVersion': '14.1', 'Content-Type': 'application/vnd.ms-sync.wbxml' },
      body: fromXmlText(xml) as Uint8Array<ArrayBuffer>,
    });
    return toXmlText(new Uint8Array(await response.arrayBuffer()));
  };
  const folders = await send('FolderSync', '<FolderSync xmlns="FolderHierarchy:"><SyncKey>0</SyncKey></FolderSync>');
  const inbox = /<ServerId>(\d+)<\/ServerId>\s*<ParentId>0<\/ParentId>\s*<DisplayName>Inbox</.exec(folders)?.[1];
  const sync = (key: string) => send('Sync', `<Sync xmlns="AirSync:"><Collections><Collection><SyncKey>${key}</SyncKey><CollectionId>${inbox}</CollectionId></Collection></Collections></Sync>`);
  const keyOf = (answer: string) => /<SyncKey>(\d+)</.exec(answer)?.[1] ?? '';
  await sync(keyOf(await sync('0')));

  const ping = () => send('Ping', `<Ping xmlns="Ping:"><HeartbeatInterval>600</HeartbeatInterval><Folders><Folder><Id>${inbox}</Id><Class>Email</Class></Folder></Folders></Ping>`);
  const hanging = ping();
  await eas.organization.deliver('From: zoe@elsewhere.test\r\nSubject: Hello\r\n\r\nHi\r\n', { to: ['alice@example.test'] });
  expect(await hanging).toContain('<Status>2<');
  // The end of this scope closes the emulator and every Ping with it, and the process ends by itself.
});
