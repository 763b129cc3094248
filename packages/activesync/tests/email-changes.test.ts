import type { Properties } from '@fauxchange/mailbox';
import type { ActiveSyncEmulator } from '../src/index.ts';
import { eachTest, TestDevice } from './support/client.ts';
import { sessionOf } from './support/items.ts';
import { deliver } from './support/mail.ts';

let eas: ActiveSyncEmulator;
let phone: TestDevice;
let inbox: string;
let serverId: string;
eachTest({ provisioning: 'none', seed: 'empty' }, async (emulator) => {
  eas = emulator;
  phone = new TestDevice(eas);
  inbox = await phone.collectionId('Inbox');
  await deliver(eas, {});
  serverId = (await phone.syncAll(inbox))[0]?.[1].ServerId ?? '';
});

async function change({ isRead, ...properties }: Properties & { readonly isRead?: boolean }): Promise<void> {
  const session = sessionOf(eas);
  const folder = await session.distinguished('inbox');
  for (const { id } of (await session.query([folder.id], { limit: 9 })).items) await session.updateItem(id, { isRead, properties: Object.keys(properties).length > 0 ? properties : undefined });
}
/** Names of what a Sync tells of the message; undefined: nothing. */
async function told(key?: string): Promise<readonly string[] | undefined> {
  const [command] = (await phone.sync(inbox, {}, ...(key === undefined ? [] : [key])))?.Commands ?? [];
  if (!command) return undefined;
  expect([command[0], command[1].ServerId]).toEqual(['Change', serverId]);
  return 'ApplicationData' in command[1] ? Object.keys(command[1].ApplicationData).sort() : [];
}

const read = { isRead: true };
const flag = { PidTagFlagStatus: 2, PidLidFlagRequest: 'Follow up' };
const categories = { PidNameKeywords: ['Red'] };
it.each<[what: string, changes: Parameters<typeof change>[0], expected: readonly string[] | undefined]>([
  ['MS-ASEMAIL_R75 MS-ASEMAIL_R10604: Read', read, ['Email:Read']],
  ['MS-ASEMAIL_R76 MS-ASEMAIL_R100: Flag', flag, ['Email:Flag']],
  ['MS-ASEMAIL_R96: Categories', categories, ['Email:Categories']],
  ['MS-ASEMAIL_R104: all three', { ...read, ...flag, ...categories }, ['Email:Categories', 'Email:Flag', 'Email:Read']],
  ['MS-ASEMAIL_R10600: Flag and Categories', { ...flag, ...categories }, ['Email:Categories', 'Email:Flag']],
  ['MS-ASEMAIL_R10608: Read and Categories', { ...read, ...categories }, ['Email:Categories', 'Email:Read']],
  ['MS-ASEMAIL_R10612: Read and Flag', { ...read, ...flag }, ['Email:Flag', 'Email:Read']],
  ['MS-ASEMAIL_R81: nothing', {}, undefined],
  ['nothing that is shown', { PidTagOriginatorDeliveryReportRequested: undefined }, undefined],
])('tells what changed alone: %s', async (_what, changes, expected) => {
  await change(changes);
  expect(await told()).toEqual(expected);
  expect(await told()).toBeUndefined();
});

it('MS-ASEMAIL_R77 MS-ASEMAIL_R1017: what else changed is told with the whole message', async () => {
  await change({ ...flag, PidTagSubject: 'other' });
  expect(await told()).toEqual(expect.arrayContaining(['Email:Subject', 'Email:Flag', 'Email:From', 'AirSyncBase:Body']));
});

it('counts from what the client knows: its own changes, and answers that it never got', async () => {
  await phone.change(inbox, [['Change', { ServerId: serverId, ApplicationData: { 'Email:Read': true } }]]);
  await change(categories);
  const key = phone.keys.get(inbox) ?? '';
  expect(await told()).toEqual(['Email:Categories']);
  await change(flag);
  expect(await told(key)).toEqual(['Email:Categories', 'Email:Flag']);
  await change({ PidNameKeywords: undefined });
  expect(await told()).toEqual(['Email:Categories']);
});
