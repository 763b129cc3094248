import { decode, decodeExtendedBuffers, decodeRopResponses, emsmdbRequestTypes, encode, encodeExtendedBuffers, encodeRops, errorCode, noHandle, responseCode, rpcHeaderExt, rpcHeaderExtFlag, type RopRequest } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { RopClient } from './support/rop-client.ts';

let mapi: MapiHttpEmulator;
let outlook: RopClient;
let store: number;
let inboxId: bigint;

beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  outlook = new RopClient(mapi);
  const { opened, body } = await outlook.logon();
  store = opened;
  inboxId = body.FolderIds[4]!;
});
afterAll(() => mapi.close());

const AuxiliaryBuffer = new Uint8Array(0);
const rowsOfName = { columnsOf: () => [0x3001_001f] };
interface Parts { readonly RopBuffer: Uint8Array; readonly Flags?: number; readonly MaxRopOut?: number; readonly Auxiliary?: Uint8Array }
const body = ({ RopBuffer, Flags = 3, MaxRopOut = 0x1_0008, Auxiliary = AuxiliaryBuffer }: Parts): Uint8Array => encode(emsmdbRequestTypes.Execute.request, { Flags, RopBuffer, MaxRopOut, AuxiliaryBuffer: Auxiliary });
async function execute(parts: Parts) {
  const answer = await outlook.http.send('Execute', body(parts));
  const decoded = decode(answer.body, emsmdbRequestTypes.Execute.response);
  return 'ErrorCode' in decoded ? decoded : { ErrorCode: -1, RopBuffer: AuxiliaryBuffer };
}
const openInbox = (handleIndex = 0, OutputHandleIndex = 1, logonId = 0): RopRequest => ({ name: 'RopOpenFolder', logonId, handleIndex, request: { OutputHandleIndex, FolderId: inboxId, OpenModeFlags: 0 } });
const nameOf = (handleIndex: number): RopRequest => ({ name: 'RopGetPropertiesSpecific', logonId: 0, handleIndex, request: { PropertySizeLimit: 0, WantUnicode: 1, PropertyTags: [0x3001_001f] } });
const release = (handleIndex: number): RopRequest => ({ name: 'RopRelease', logonId: 0, handleIndex, request: {} });
const requests = (rops: readonly RopRequest[], handles: readonly number[]): Uint8Array => encodeRops({ rops, handles });

describe('ROPs of one buffer', () => {
  it('MS-OXCMAPIHTTP_R226 MS-OXCROPS_R4550 MS-OXCROPS_R4719 MS-OXCROPS_R4558 MS-OXCROPS_R4559 MS-OXCROPS_R4565 MS-OXCROPS_R4581: one after the other, on what those before have opened', async () => {
    const { responses, handles } = await outlook.execute([openInbox(), nameOf(1), release(1), nameOf(1), nameOf(2)], [store, noHandle, store], rowsOfName);
    expect(responses.map((one) => [one.name, 'returnValue' in one && one.returnValue])).toEqual([['RopOpenFolder', 0], ['RopGetPropertiesSpecific', 0], ['RopGetPropertiesSpecific', errorCode.NullObject], ['RopGetPropertiesSpecific', 0]]);
    expect(handles).toEqual([store, 1, store]);
  });

  it('MS-OXCROPS_R457302 MS-OXCROPS_R471201: a handle that nothing has, an index that is none', async () => {
    const { responses, ErrorCode } = await outlook.execute([nameOf(0), nameOf(1), nameOf(7)], [0x1234, noHandle], rowsOfName);
    expect([ErrorCode, responses.map((one) => 'returnValue' in one && one.returnValue)]).toEqual([0, Array(3).fill(errorCode.NullObject)]);
  });

  it('MS-OXCROPS_R457303: a handle of another logon', async () => {
    await outlook.logon('alice', 5);
    const { responses } = await outlook.execute([openInbox(0, 1, 5)], [store, noHandle]);
    expect(responses[0]).toMatchObject({ returnValue: errorCode.AccessDenied });
  });

  it('an object of another kind', async () => {
    const { responses } = await outlook.execute([{ name: 'RopGetReceiveFolder', logonId: 0, handleIndex: 1, request: { MessageClass: 'IPM' } } as RopRequest], [store, (await outlook.ok('RopOpenFolder', { FolderId: inboxId, OpenModeFlags: 0 }, store)).opened]);
    expect(responses[0]).toMatchObject({ returnValue: errorCode.NotSupported });
  });

  it('releasing what nothing has is passed over', async () => {
    expect(await outlook.execute([release(0), release(1), release(9)], [0x7777, noHandle])).toMatchObject({ ErrorCode: 0, responses: [] });
  });

  it('an empty list is answered with an empty list', async () => expect(await outlook.execute([], [store])).toMatchObject({ ErrorCode: 0, responses: [], handles: [store] }));

  it('MS-OXCROPS_R4678: StoreState of RopLogon is not looked at', async () => {
    const ask = async (StoreState: number) => (await outlook.ok('RopLogon', { LogonFlags: 1, OpenFlags: 0x0100_0000, StoreState, Essdn: outlook.dn() }, undefined, 3)).body.StoreState;
    expect([await ask(0), await ask(0x0100_0000)]).toEqual([0, 0]);
  });
});

describe('room', () => {
  it('what has none comes back, not carried out', async () => {
    const rops = Array.from({ length: 40 }, () => nameOf(0));
    const { RopBuffer, ErrorCode } = await execute({ RopBuffer: encodeExtendedBuffers([requests(rops, [store])]), MaxRopOut: 900 });
    const { rops: responses } = decodeRopResponses(decodeExtendedBuffers(RopBuffer)[0]!, rowsOfName);
    const last = responses.at(-1)!;
    expect([ErrorCode, last.name]).toEqual([0, 'RopBufferTooSmall']);
    if (last.name !== 'RopBufferTooSmall') throw new Error('no RopBufferTooSmall');
    expect(responses.length - 1 + last.body.RequestBuffers.length / (RopBytes / rops.length)).toBe(rops.length);
  });
  const RopBytes = requests(Array.from({ length: 40 }, () => nameOf(0)), []).length - 2;

  it('less than a header', async () => {
    expect(await execute({ RopBuffer: encodeExtendedBuffers([requests([{ name: 'RopRelease', logonId: 0, handleIndex: 0, request: {} }], [store])]), MaxRopOut: 7 })).toMatchObject({ ErrorCode: 0 });
    expect(await outlook.values(store, [0x0ffe_0003])).toEqual([1]);
  });

  it('not even for that', async () => {
    const rops = Array.from({ length: 40 }, () => nameOf(0));
    expect(await execute({ RopBuffer: encodeExtendedBuffers([requests(rops, [store])]), MaxRopOut: 100 })).toMatchObject({ ErrorCode: errorCode.BufferTooSmall, RopBuffer: AuxiliaryBuffer });
  });
});

describe('extended buffers', () => {
  const payload = () => requests([nameOf(0)], [store]);
  it.each<[string, number, boolean, boolean]>([
    ['as they are', 3, false, false], ['compressed', 2, true, false], ['obfuscated', 1, false, true], ['both', 0, true, true],
  ])('answers are %s where the request lets them', async (_what, Flags, isCompressed, isObfuscated) => {
    const { RopBuffer } = await execute({ RopBuffer: encodeExtendedBuffers([payload()]), Flags });
    const head = decode(RopBuffer.subarray(0, 8), rpcHeaderExt);
    expect((head.Flags & rpcHeaderExtFlag.XorMagic) !== 0).toBe(isObfuscated);
    if (!isCompressed) expect(head.Flags & rpcHeaderExtFlag.Compressed).toBe(0);
    expect(head.Flags & rpcHeaderExtFlag.Last).toBe(rpcHeaderExtFlag.Last);
    expect(decodeRopResponses(decodeExtendedBuffers(RopBuffer)[0]!, rowsOfName).rops).toMatchObject([{ returnValue: 0 }]);
  });

  it('a long answer is compressed where the request lets it', async () => {
    const rops = Array.from({ length: 40 }, () => nameOf(0));
    const head = decode((await execute({ RopBuffer: encodeExtendedBuffers([requests(rops, [store])]), Flags: 2 })).RopBuffer.subarray(0, 8), rpcHeaderExt);
    expect(head.Size).toBeLessThan(head.SizeActual);
    expect(head.Flags & rpcHeaderExtFlag.Compressed).toBe(1);
  });

  it('requests are taken compressed and obfuscated', async () => {
    const rops = Array.from({ length: 10 }, () => nameOf(0));
    const RopBuffer = encodeExtendedBuffers([requests(rops, [store])], { isCompressed: true, isObfuscated: true });
    expect(decode(RopBuffer.subarray(0, 8), rpcHeaderExt).Flags).toBe(7);
    expect(decodeRopResponses(decodeExtendedBuffers((await execute({ RopBuffer })).RopBuffer)[0]!, rowsOfName).rops.length).toBe(10);
  });
});

describe('what is no request', () => {
  const spoilt = (spoil: (bytes: Uint8Array) => void): Uint8Array => {
    const bytes = encodeExtendedBuffers([requests([nameOf(0)], [store])]);
    spoil(bytes);
    return bytes;
  };
  it.each<[string, () => Uint8Array, number]>([
    ['a ROP that there is not', () => spoilt((bytes) => (bytes[10] = 0x28)), errorCode.RpcFormat],
    ['a list that says it is longer', () => spoilt((bytes) => (bytes[8] = 0xff)), errorCode.RpcFormat],
    ['a list that says it is shorter', () => spoilt((bytes) => (bytes[8] = 5)), errorCode.RpcFormat],
    ['another version of the header', () => spoilt((bytes) => (bytes[0] = 1)), errorCode.RpcFormat],
    ['sizes that do not fit', () => spoilt((bytes) => (bytes[4] = 3)), errorCode.RpcFormat],
    ['not marked as the last', () => spoilt((bytes) => (bytes[2] = 0)), errorCode.RpcFormat],
    ['several buffers', () => encodeExtendedBuffers([requests([nameOf(0)], [store]), requests([], [])]), errorCode.RpcFormat],
    ['more than one buffer can have', () => new Uint8Array(0x8008), errorCode.NetworkError],
    ['fewer bytes than a header', () => new Uint8Array(7), errorCode.NetworkError],
    ['far too many', () => new Uint8Array(0x4_0001), errorCode.BadStubData],
  ])('%s', async (_what, bytes, code) => {
    expect((await execute({ RopBuffer: bytes() })).ErrorCode).toBe(code);
    expect(await outlook.values(store, [0x0ffe_0003])).toEqual([1]);
  });

  it('auxiliary buffers that are too long or too short', async () => {
    expect((await execute({ RopBuffer: encodeExtendedBuffers([requests([], [])]), Auxiliary: new Uint8Array(7) })).ErrorCode).toBe(errorCode.NetworkError);
    expect((await execute({ RopBuffer: encodeExtendedBuffers([requests([], [])]), Auxiliary: new Uint8Array(0x1009) })).ErrorCode).toBe(errorCode.BadStubData);
  });

  it('a RopBufferSize that is larger than the body', async () => {
    const bytes = body({ RopBuffer: encodeExtendedBuffers([requests([], [])]) });
    bytes[4] = 0xff;
    expect((await outlook.http.send('Execute', bytes)).code).toBe(responseCode.InvalidRequestBody);
  });

  it('no session', async () => {
    outlook.http.cookies.clear();
    expect((await outlook.http.send('Execute', body({ RopBuffer: encodeExtendedBuffers([requests([], [])]) }))).code).toBe(responseCode.MissingCookie);
  });
});

it('MS-OXCMAPIHTTP_R1228: two at once in one session', async () => {
  const bytes = body({ RopBuffer: encodeExtendedBuffers([requests([nameOf(0)], [store])]) });
  const codes = (await Promise.all([outlook.http.send('Execute', bytes), outlook.http.send('Execute', bytes)])).map(({ code }) => code);
  expect(codes.sort((one, other) => one - other)).toEqual([0, responseCode.InvalidSequence]);
});

it('a fault rule for one ROP', async () => {
  mapi.faults.add({ match: { protocol: 'mapi', operation: 'RopOpenFolder' }, effect: { kind: 'error', code: String(errorCode.ServerBusy) }, times: 1 });
  expect(await outlook.fails('RopOpenFolder', { FolderId: inboxId, OpenModeFlags: 0 }, store)).toBe(errorCode.ServerBusy);
  expect(await outlook.fails('RopOpenFolder', { FolderId: inboxId, OpenModeFlags: 0 }, store)).toBe(0);
});

it('the journal has the ROPs of both sides', async () => {
  await outlook.ok('RopOpenFolder', { FolderId: inboxId, OpenModeFlags: 0 }, store);
  expect(mapi.journal.entries({ operation: 'Execute' }).at(-1)).toMatchObject({
    protocol: 'mapi', user: 'alice@example.test', outcome: 'ok',
    request: { value: { RopBuffer: { rops: [{ name: 'RopOpenFolder', request: { FolderId: inboxId } }], handles: [store, noHandle] } } },
    response: { value: { ErrorCode: 0, RopBuffer: [{ responses: [{ name: 'RopOpenFolder', returnValue: 0, body: { IsGhosted: false } }], handles: [store, 1] }] } },
  });
});
