import type { Item, MailboxSession, WellKnownFolderName } from '@fauxchange/mailbox';
import type { ActiveSyncEmulator } from '../../src/index.ts';
import type { ApplicationData } from '../../src/schema/application-data.ts';
import type { CommandResponse } from '../../src/schema/sync.ts';
import { eachTest, TestDevice, type DeviceOptions, type SyncExtras } from './client.ts';

/** The mailbox as its owner sees it, without any protocol. */
export function sessionOf(eas: ActiveSyncEmulator, user = 'alice'): MailboxSession {
  const mailbox = eas.organization.mailboxByAddress(`${user}@example.test`);
  if (!mailbox) throw new Error(`no mailbox ${user}`);
  return mailbox.openAs(mailbox.owner);
}

/** What is in a folder when all deliveries are done, as the model has it. */
export async function itemsIn(eas: ActiveSyncEmulator, folder: WellKnownFolderName, user = 'alice'): Promise<readonly Item[]> {
  await eas.organization.settle();
  const session = sessionOf(eas, user);
  return (await session.query([(await session.distinguished(folder)).id], { limit: 50 })).items;
}

type AddResponse = Extract<CommandResponse, readonly ['Add', unknown]>[1];
let lastClientId = 0;

/** The response to one Add. */
export async function addResponse(phone: TestDevice, collectionId: string, ApplicationData: ApplicationData, extras: SyncExtras = {}): Promise<AddResponse> {
  if (!phone.keys.has(collectionId)) await phone.syncAll(collectionId);
  lastClientId += 1;
  const { Responses } = await phone.change(collectionId, [['Add', { ClientId: `c${lastClientId}`, ApplicationData }]], extras);
  const [kind, response] = Responses?.[0] ?? [];
  if (kind !== 'Add') throw new Error('no response to an Add');
  return response as AddResponse;
}

/** The ServerId of an item that was added; fails with the status when it was not. */
export async function addItem(phone: TestDevice, collectionId: string, data: ApplicationData, extras: SyncExtras = {}): Promise<string> {
  const { ServerId, Status } = await addResponse(phone, collectionId, data, extras);
  if (Status !== 1 || ServerId === undefined) throw new Error(`Add answered ${Status}`);
  return ServerId;
}

export const statusOfAdd = async (phone: TestDevice, collectionId: string, data: ApplicationData): Promise<number> => (await addResponse(phone, collectionId, data)).Status;

/** The status of a Change: 1 when nothing is said of it. */
export async function statusOfChange(phone: TestDevice, collectionId: string, ServerId: string, ApplicationData: ApplicationData, instanceId?: string): Promise<number> {
  if (!phone.keys.has(collectionId)) await phone.syncAll(collectionId);
  const { Responses, Status } = await phone.change(collectionId, [['Change', { ServerId, ApplicationData, ...(instanceId !== undefined && { 'AirSyncBase:InstanceId': instanceId }) }]]);
  return Responses?.find(([kind]) => kind === 'Change')?.[1].Status ?? Status;
}

export async function changeItem(phone: TestDevice, collectionId: string, serverId: string, data: ApplicationData, instanceId?: string): Promise<void> {
  const status = await statusOfChange(phone, collectionId, serverId, data, instanceId);
  if (status !== 1) throw new Error(`Change answered ${status}`);
}

let lastDevice = 0;

/** An item as a device that has never been there gets it. */
export async function dataOf(eas: ActiveSyncEmulator, folder: string, serverId: string, { user = 'alice', extras = {}, ...options }: DeviceOptions & { readonly user?: string; readonly extras?: SyncExtras } = {}): Promise<ApplicationData> {
  lastDevice += 1;
  const device = new TestDevice(eas, user, { ...options, id: `READER${lastDevice}` });
  const commands = await device.syncAll(await device.collectionId(folder), extras);
  const found = commands.find(([, command]) => command.ServerId === serverId)?.[1];
  if (!found || !('ApplicationData' in found)) throw new Error(`no item ${serverId} in ${folder}`);
  return found.ApplicationData;
}

/** Everything in a folder, as a device that has never been there gets it. */
export async function allOf(eas: ActiveSyncEmulator, folder: string, { user = 'alice', extras = {}, ...options }: DeviceOptions & { readonly user?: string; readonly extras?: SyncExtras } = {}): Promise<readonly { readonly serverId: string; readonly data: ApplicationData }[]> {
  lastDevice += 1;
  const device = new TestDevice(eas, user, { ...options, id: `READER${lastDevice}` });
  const commands = await device.syncAll(await device.collectionId(folder), extras);
  return commands.flatMap(([, command]) => ('ApplicationData' in command ? [{ serverId: command.ServerId, data: command.ApplicationData }] : []));
}

/** Rows of a table with the requirements that each verifies before its words: none for those that are ours alone. */
export function titled<R extends readonly unknown[]>(rows: readonly (readonly [ids: string, what: string, ...rest: R])[]): (readonly [title: string, ...rest: R])[] {
  return rows.map(([ids, what, ...rest]) => [ids === '' ? what : `${ids}: ${what}`, ...rest] as const);
}

/** What a suite about one folder has before each of its tests: a fresh organization, a device of Alice's, and her mailbox. */
export interface FolderFixture {
  eas: ActiveSyncEmulator;
  phone: TestDevice;
  collection: string;
  session: MailboxSession;
  /** An item as the model has it. */
  itemOf(serverId: string): Promise<Item>;
}

export function useFolder(folder: string, device: DeviceOptions = {}): FolderFixture {
  const at = {} as FolderFixture;
  at.itemOf = async (serverId) => (await at.session.items([Number(serverId.split(':')[1]) as Item['id']]))[0] as Item;
  eachTest({ provisioning: 'none' }, async (eas) => {
    at.eas = eas;
    at.phone = new TestDevice(at.eas, 'alice', device);
    at.collection = await at.phone.collectionId(folder);
    at.session = sessionOf(at.eas);
  });
  return at;
}
