import type { ActiveSyncEmulator } from '../src/index.ts';
import { GetItemEstimateRequest, GetItemEstimateResponse } from '../src/schema/get-item-estimate.ts';
import { MoveItemsRequest, MoveItemsResponse } from '../src/schema/move-items.ts';
import { eachTest, noOptions, TestDevice } from './support/client.ts';

let eas: ActiveSyncEmulator;
let phone: TestDevice;
let inbox: string;
let drafts: string;
eachTest({ provisioning: 'none' }, async (emulator) => {
  eas = emulator;
  phone = new TestDevice(eas);
  inbox = await phone.collectionId('Inbox');
  drafts = await phone.collectionId('Drafts');
});

describe('GetItemEstimate', () => {
  const estimate = async (collections: readonly { CollectionId: string; SyncKey: string; FilterType?: number }[], device = phone) => (await device.command(GetItemEstimateRequest, GetItemEstimateResponse, {
    Collections: collections.map(({ CollectionId, SyncKey, FilterType }) => ({ 'AirSync:SyncKey': SyncKey, CollectionId, 'AirSync:Options': FilterType === undefined ? [] : [{ ...noOptions, FilterType: [FilterType] }] })),
  })).value?.Response;

  it('MS-ASCMD_R171 MS-ASCMD_R4134: what the next Sync would bring', async () => {
    await phone.sync(inbox);
    const ask = async () => (await estimate([{ CollectionId: inbox, SyncKey: phone.keys.get(inbox) ?? '' }]))?.[0];
    expect(await ask()).toEqual({ Status: 1, Collection: { CollectionId: inbox, Estimate: 27 } });
    await phone.sync(inbox, { WindowSize: 20 });
    expect((await ask())?.Collection?.Estimate).toBe(7);
    await phone.sync(inbox, { WindowSize: 20 });
    expect((await ask())?.Collection?.Estimate).toBe(0);
  });

  it('is asked in vain: the key stays', async () => {
    await phone.sync(inbox);
    await estimate([{ CollectionId: inbox, SyncKey: phone.keys.get(inbox) ?? '' }]);
    expect((await phone.sync(inbox, { WindowSize: 50 }))?.Commands?.length).toBe(27);
  });

  it('with another filter', async () => {
    await phone.sync(inbox);
    expect((await estimate([{ CollectionId: inbox, SyncKey: phone.keys.get(inbox) ?? '', FilterType: 1 }]))?.[0]?.Collection?.Estimate).toBe(0);
  });

  it('MS-ASCMD_R4130 MS-ASCMD_R4135 MS-ASCMD_R4136 MS-ASCMD_R4140 MS-ASCMD_R4142 MS-ASCMD_R4594: each collection has a status, and its name', async () => {
    await phone.sync(inbox);
    expect(await estimate([{ CollectionId: '999', SyncKey: '1' }, { CollectionId: drafts, SyncKey: '1' }, { CollectionId: inbox, SyncKey: '1' }])).toEqual([2, 3, 4].map((Status, at) => ({ Status, Collection: { CollectionId: ['999', drafts, inbox][at] } })));
  });

  it('MS-ASCMD_R4129 MS-ASCMD_R5647: more than a thousand collections are too many', async () => {
    const body = { Collections: Array.from({ length: 1001 }, () => ({ 'AirSync:SyncKey': '1', CollectionId: '1', 'AirSync:Options': [] })) };
    expect((await phone.command(GetItemEstimateRequest, GetItemEstimateResponse, body)).value?.Status).toBe(103);
  });
});

describe('MoveItems', () => {
  const move = async (...moves: readonly { SrcMsgId: string; SrcFldId: string; DstFldId: string }[]) => (await phone.command(MoveItemsRequest, MoveItemsResponse, { Move: moves })).value?.Response;
  const first = async (): Promise<string> => (await phone.syncAll(inbox))[0]?.[1].ServerId ?? '';

  it('MS-ASCMD_R285 MS-ASCMD_R289 MS-ASCMD_R290 MS-ASCMD_R4217 MS-ASCMD_R3977 MS-ASHTTP_R499: both collections hear of it, under a new id', async () => {
    const id = await first();
    await phone.syncAll(drafts);
    const [answer] = (await move({ SrcMsgId: id, SrcFldId: inbox, DstFldId: drafts })) ?? [];
    expect(answer).toEqual({ SrcMsgId: id, Status: 3, DstMsgId: expect.stringMatching(new RegExp(`^${drafts}:\\d+$`)) as string });
    expect((await phone.sync(inbox))?.Commands).toEqual([['Delete', { ServerId: id }]]);
    expect((await phone.sync(drafts))?.Commands?.map(([kind, { ServerId }]) => [kind, ServerId])).toEqual([['Add', answer?.DstMsgId]]);
  });

  it.each<[string, (id: string) => { SrcMsgId: string; SrcFldId: string; DstFldId: string }, number]>([
    ['MS-ASCMD_R4207: from a folder that there is not', (id) => ({ SrcMsgId: id, SrcFldId: '999', DstFldId: drafts }), 1],
    ['an item that there is not', () => ({ SrcMsgId: `${inbox}:1`, SrcFldId: inbox, DstFldId: drafts }), 1],
    ['an id that is none', () => ({ SrcMsgId: 'x', SrcFldId: inbox, DstFldId: drafts }), 1],
    ['MS-ASCMD_R4212: to a folder that there is not', (id) => ({ SrcMsgId: id, SrcFldId: inbox, DstFldId: '999' }), 2],
    ['MS-ASCMD_R4219: to where it is', (id) => ({ SrcMsgId: id, SrcFldId: inbox, DstFldId: inbox }), 4],
    ['MS-ASCMD_R4821: to the recipient information', (id) => ({ SrcMsgId: id, SrcFldId: inbox, DstFldId: 'RI' }), 105],
  ])('%s is refused (MS-ASCMD_R4201)', async (_what, request, status) => {
    const sent = request(await first());
    expect(await move(sent)).toEqual([{ SrcMsgId: sent.SrcMsgId, Status: status }]);
  });

  it('MS-ASCMD_R4208: what was moved away before is not there', async () => {
    const id = await first();
    const again = { SrcMsgId: id, SrcFldId: inbox, DstFldId: drafts };
    expect((await move(again, again))?.map(({ Status }) => Status)).toEqual([3, 1]);
  });

  it('MS-ASCMD_R4222: two destinations for one item are status 5', async () => {
    // <MoveItems><Move><SrcMsgId>1:1<SrcFldId>1<DstFldId>2<DstFldId>3
    const text = (token: string, value: string): string => `${token}03${Buffer.from(value).toString('hex')}0001`;
    const body = `03016a00000545` + `46${text('47', '1:1')}${text('48', '1')}${text('49', '2')}${text('49', '3')}01` + '01';
    const answer = await phone.post('MoveItems', Buffer.from(body, 'hex'));
    expect(Buffer.from(await answer.arrayBuffer()).toString('hex')).toContain('03350001');
  });

  it('MS-ASCMD_R5653: more than a thousand are too many', async () => {
    const body = { Move: Array.from({ length: 1001 }, () => ({ SrcMsgId: '1:1', SrcFldId: '1', DstFldId: '2' })) };
    expect((await phone.command(MoveItemsRequest, MoveItemsResponse, body)).value?.Status).toBe(103);
  });
});
