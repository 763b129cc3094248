import type { ValueOf } from '@fauxchange/wbxml';
import type { ActiveSyncEmulator } from '../src/index.ts';
import type { ApplicationData } from '../src/schema/application-data.ts';
import { ItemOperationsRequest, ItemOperationsResponse } from '../src/schema/item-operations.ts';
import { SearchRequest, SearchResponse } from '../src/schema/search.ts';
import { eachTest, TestDevice } from './support/client.ts';
import { addItem } from './support/items.ts';

/* ItemOperations and Search over items of each class; what they do besides is tested with them. */

let eas: ActiveSyncEmulator;
let phone: TestDevice;
eachTest({ provisioning: 'none' }, (emulator) => {
  eas = emulator;
  phone = new TestDevice(eas);
});

type Schema = NonNullable<NonNullable<Extract<ValueOf<typeof ItemOperationsRequest>[number], readonly ['Fetch', unknown]>[1]['Options']>['Schema']>;

async function fetched(collectionId: string, serverId: string, Schema?: Schema): Promise<ApplicationData> {
  const { value } = await phone.command(ItemOperationsRequest, ItemOperationsResponse, [['Fetch', {
    Store: 'Mailbox', 'AirSync:CollectionId': collectionId, 'AirSync:ServerId': serverId, Options: { Schema, 'AirSyncBase:BodyPreference': [], 'AirSyncBase:BodyPartPreference': [] },
  }]]);
  const [answer] = value?.Response?.Fetch ?? [];
  expect([value?.Status, answer?.Status]).toEqual([1, 1]);
  return answer?.Properties ?? {};
}

interface Row {
  readonly folder: string;
  readonly data: ApplicationData;
  readonly fetch: string;
  readonly schema: string;
  readonly wanted: keyof ApplicationData;
}
const rows: readonly Row[] = [
  { folder: 'Calendar', fetch: 'MS-ASCAL_R525 MS-ASCAL_R528', schema: 'MS-ASCAL_R530', wanted: 'Calendar:StartTime', data: { 'Calendar:Subject': 'Lunch', 'Calendar:StartTime': '20261201T110000Z', 'Calendar:EndTime': '20261201T120000Z', 'Calendar:Location': 'Bar' } },
  { folder: 'Contacts', fetch: 'a contact', schema: 'MS-ASCNTC_R485', wanted: 'Contacts:FirstName', data: { 'Contacts:FirstName': 'Ada', 'Contacts:LastName': 'Byron', 'Contacts:FileAs': 'Ada' } },
  { folder: 'Tasks', fetch: 'MS-ASTASK_R356 MS-ASTASK_R359', schema: 'MS-ASTASK_R358', wanted: 'Tasks:DueDate', data: { 'Tasks:Subject': 'Report', 'Tasks:Complete': 0, 'Tasks:DueDate': '2026-12-04T00:00:00.000Z' } },
  { folder: 'Notes', fetch: 'a note', schema: 'MS-ASNOTE_R103', wanted: 'Notes:Subject', data: { 'Notes:Subject': 'Shopping', 'Notes:MessageClass': 'IPM.StickyNote', 'AirSyncBase:Body': { Type: 1, Data: 'milk' } } },
];

describe('ItemOperations', () => {
  it.each(rows)('$fetch: tells the whole item of $folder', async ({ folder, data }) => {
    const collection = await phone.collectionId(folder);
    expect(await fetched(collection, await addItem(phone, collection, data))).toMatchObject(data);
  });
  it.each(rows)('$schema: tells of $folder what Schema names and nothing else', async ({ folder, data, wanted }) => {
    const collection = await phone.collectionId(folder);
    expect(await fetched(collection, await addItem(phone, collection, data), { [wanted]: true } as Schema)).toEqual({ [wanted]: data[wanted] });
  });
});

describe('Search', () => {
  const noConditions = { And: [], Or: [], FreeText: [], 'AirSync:Class': [], 'AirSync:CollectionId': [], ConversationId: [], EqualTo: [], GreaterThan: [], LessThan: [] };
  it.each([
    ['MS-ASCAL_R523 MS-ASCAL_R533', 'Calendar', { 'Calendar:Subject': 'xylophone', 'Calendar:StartTime': '20261201T110000Z', 'Calendar:EndTime': '20261201T120000Z' }],
    ['MS-ASTASK_R361 MS-ASTASK_R363', 'Tasks', { 'Tasks:Subject': 'xylophone', 'Tasks:Complete': 0 }],
  ] as const)('%s: finds items of %s', async (_ids, folder, data) => {
    const collection = await phone.collectionId(folder);
    await addItem(phone, collection, data);
    const { value } = await phone.command(SearchRequest, SearchResponse, {
      Store: [{ Name: 'Mailbox', Query: { ...noConditions, And: [[['AirSync:Class', folder], ['AirSync:CollectionId', collection], ['FreeText', 'xylophone']]] } }],
    });
    expect(value?.Status).toBe(1);
    expect(value?.Response?.Store.Result).toMatchObject([{ 'AirSync:Class': folder, 'AirSync:CollectionId': collection, Properties: data }]);
  });
});

describe('by 2.5', () => {
  it.each([
    ['Calendar', { 'Calendar:Subject': 'Lunch', 'Calendar:StartTime': '20261201T110000Z', 'Calendar:EndTime': '20261201T120000Z', 'Calendar:Location': 'Bar', 'Calendar:UID': 'u', 'Calendar:Body': 'words' }],
    ['Contacts', { 'Contacts:FirstName': 'Ada', 'Contacts:FileAs': 'Ada', 'Contacts2:NickName': 'A', 'Contacts:Body': 'words' }],
    ['Tasks', { 'Tasks:Subject': 'Report', 'Tasks:Complete': 0, 'Tasks:Body': 'words' }],
  ] as const)('an item of %s has its text in its own element', async (Class, data) => {
    const old = new TestDevice(eas, 'alice', { version: '2.5', id: 'OLD' });
    const collection = await old.collectionId(Class);
    await old.syncAll(collection, { Class });
    const serverId = await addItem(old, collection, data, { Class });
    const reader = new TestDevice(eas, 'alice', { version: '2.5', id: 'READER' });
    await reader.collectionId(Class);
    const found = (await reader.syncAll(collection, { Class })).find(([, { ServerId }]) => ServerId === serverId)?.[1];
    expect(found).toMatchObject({ ApplicationData: data });
  });
});
