import { connect } from 'node:net';
import {
  asyncEmsmdbCalls, decode, decodeExtendedBuffers, decodeRopResponses, emsmdbCalls, encode, encodeExtendedBuffers, encodePdu, encodeRops, errorCode, noContextHandle, noHandle, pduFlag, pduType, rfriCalls, rpcInterface, rtsFlag,
  type LayoutValue, type RopRequest,
} from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { RpcClient } from './support/rpc-client.ts';

let mapi: MapiHttpEmulator;
let clients: RpcClient[] = [];
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(() => mapi.reset());
afterEach(() => {
  for (const client of clients) client.close();
  clients = [];
});
afterAll(() => mapi.close());

const newClient = (options: ConstructorParameters<typeof RpcClient>[1] = {}): RpcClient => {
  const client = new RpcClient(mapi, options);
  clients.push(client);
  return client;
};
let count = 0;
async function bound(): Promise<RpcClient> {
  const client = newClient({ cookie: `11111111-1111-4111-8111-${String(++count).padStart(12, '0')}` });
  await client.open();
  await client.bind(rpcInterface.Emsmdb);
  return client;
}
const dnOf = (user: string): string => mapi.organization.directory.byAddress(`${user}@example.test`)?.legacyExchangeDN ?? '';
const noBytes = new Uint8Array(0);
type Connecting = LayoutValue<typeof emsmdbCalls.EcDoConnectEx.request>;
const connecting = (over: Partial<Connecting> = {}): Connecting => ({
  UserDn: dnOf('alice'), Flags: 0, ConnectModulus: 0, Limit: 0, CodePage: 1252, LcidString: 1033, LcidSort: 1033, SessionIndexLink: 0xffff_ffff, CanConvertCodePages: 1, ClientVersion: [0x1000, 0x90aa, 1], TimeStamp: 0,
  AuxiliaryIn: noBytes, AuxiliaryInSize: 0, AuxiliaryOutSize: 0x1008, ...over,
});
async function connected(client: RpcClient): Promise<string> {
  const answer = await client.call(emsmdbCalls.EcDoConnectEx, connecting());
  if ('fault' in answer || answer.ReturnValue !== 0) throw new Error(JSON.stringify(answer));
  return answer.ContextHandle;
}
type Executing = LayoutValue<typeof emsmdbCalls.EcDoRpcExt2.request>;
const executing = (ContextHandle: string, In: Uint8Array, over: Partial<Executing> = {}): Executing => ({ ContextHandle, Flags: 3, In, InSize: In.length, OutSize: 0x8008, AuxiliaryIn: noBytes, AuxiliaryInSize: 0, AuxiliaryOutSize: 0x1008, ...over });
const logonBuffer = (): Uint8Array => encodeExtendedBuffers([encodeRops({ rops: [{ name: 'RopLogon', logonId: 0, handleIndex: 0, request: { LogonFlags: 1, OpenFlags: 0x0100_0000, StoreState: 0, Essdn: dnOf('alice') } } as RopRequest], handles: [noHandle] })]);

describe('channels', () => {
  it('are opened one after the other, and are a connection then', async () => {
    const { head, a3, c2 } = await newClient().open();
    expect(head).toMatch(/^HTTP\/1\.1 200 .*\r\nContent-Type: application\/rpc\r\nContent-Length: 1073741824\r\n/s);
    expect(a3).toEqual({ Flags: rtsFlag.None, Commands: [{ kind: 'ConnectionTimeout', Time: 120_000 }] });
    expect(c2).toEqual({ Flags: rtsFlag.None, Commands: [{ kind: 'Version', Version: 1 }, { kind: 'ReceiveWindowSize', Size: 65_536 }, { kind: 'ConnectionTimeout', Time: 120_000 }] });
  });

  it('a short IN channel asks for an echo', async () => {
    const { stream, head } = await newClient().ask('RPC_IN_DATA', 4, new Uint8Array(4));
    expect(head).toContain('Content-Length: 20');
    expect((await stream.pdu()).toString('hex')).toBe('0500140310000000140000000000000040000000');
  });

  it('Expect: 100-continue is answered', async () => {
    expect((await newClient().ask('RPC_OUT_DATA', 76, noBytes, ['Expect: 100-continue'])).head).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  });

  it.each<[string, ConstructorParameters<typeof RpcClient>[1], RegExp]>([
    ['nobody', { authorization: undefined }, /^HTTP\/1\.1 401 .*WWW-Authenticate: Basic/s],
    ['a wrong password', { authorization: `Basic ${Buffer.from('alice@example.test:wrong').toString('base64')}` }, /^HTTP\/1\.1 401/],
    ['another path', { path: '/rpc/other.dll' }, /^HTTP\/1\.1 404/],
  ])('%s', async (_what, options, head) => {
    expect((await newClient(options).ask('RPC_IN_DATA', 0)).head).toMatch(head);
    expect(mapi.journal.entries({ protocol: 'mapi' }).at(-1)).toMatchObject({ operation: 'RPC_IN_DATA' });
  });

  it.each([['RPC_', 'OUT_DATA'], ['RPC_OUT_DATA /rpc/rpcproxy.dll?x:6001 HTTP/1.1\r\nHost: l', 'ocalhost']])('a head that comes in pieces is one (%j)', async (first, second) => {
    const socket = connect(mapi.port, '127.0.0.1');
    socket.write(first);
    await new Promise((resolve) => setImmediate(resolve));
    socket.write(first.includes('HTTP') ? `${second}\r\n\r\n` : `${second} /rpc/rpcproxy.dll HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    const answer = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
    expect(answer.toString('latin1')).toMatch(/^HTTP\/1\.1 401 /);
    socket.destroy();
  });

  it('other methods that begin alike are those of HTTP', async () => {
    const socket = connect(mapi.port, '127.0.0.1');
    socket.write('R');
    await new Promise((resolve) => setImmediate(resolve));
    socket.write('EPORT /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect((await new Promise<Buffer>((resolve) => socket.once('data', resolve))).toString('latin1')).toMatch(/^HTTP\/1\.1 404 /);
    socket.destroy();
  });

  it("nobody takes another one's connection", async () => {
    await newClient().open();
    await expect(newClient({ user: 'bob' }).open()).rejects.toThrow('the connection is over');
  });

  it.each([['no PDU', Buffer.alloc(64, 0xff)], ['a PDU that says it is none', Buffer.from('0500140310000000050000000000000000000000', 'hex')], ['a call before a connection', encodePdu({ PacketType: pduType.Request, PacketFlags: 3, CallId: 1, Body: new Uint8Array(8) })]])('%s ends the channel', async (_what, bytes) => {
    const { stream } = await newClient().ask('RPC_OUT_DATA', 76, noBytes, ['Expect: 100-continue']);
    stream.socket.write(bytes);
    await expect(stream.pdu()).rejects.toThrow('over');
  });
});

describe('binding', () => {
  it('the interfaces that there are, in NDR of 32 bits', async () => {
    const client = newClient();
    await client.open();
    for (const [at, syntax] of [rpcInterface.Emsmdb, rpcInterface.AsyncEmsmdb, rpcInterface.Rfri].entries()) expect((await client.bind(syntax, undefined, at)).results).toMatchObject([{ Result: 0 }]);
    expect((await client.bind({ Uuid: '12345678-1234-4123-8123-123456789abc', Version: 1 })).results).toMatchObject([{ Result: 2, Reason: 1 }]);
    expect((await client.bind(rpcInterface.Emsmdb, [{ Uuid: '71710533-beba-4937-8319-b5dbef9ccc36', Version: 1 }])).results).toMatchObject([{ Result: 2, Reason: 2 }]);
    expect((await client.bind(rpcInterface.Emsmdb, [{ Uuid: '6cb71c2c-9812-4540-0300-000000000000', Version: 1 }])).results).toMatchObject([{ Result: 3 }]);
  });

  it('MS-OXCRPC_R1550: nobody has to say again who they are; who does is refused', async () => {
    const client = await bound();
    expect(await client.call(emsmdbCalls.EcDummyRpc, {})).toEqual({ ReturnValue: 0 });
    const auth = Buffer.from('0a06000000000000' + '4e544c4d53535000', 'hex');
    const pdu = Buffer.from(encodePdu({ PacketType: pduType.Bind, PacketFlags: pduFlag.First | pduFlag.Last, CallId: 9, Body: Buffer.concat([Buffer.from('d016d0160000000000000000', 'hex'), auth]) }));
    pdu.writeUInt16LE(8, 10);
    client.write(pdu);
    expect(await client.hear()).toMatchObject({ PacketType: pduType.BindNak, CallId: 9 });
  });
});

describe('EMSMDB', () => {
  it('MS-OXCRPC_R464: EcDummyRpc', async () => expect(await (await bound()).call(emsmdbCalls.EcDummyRpc, {})).toEqual({ ReturnValue: 0 }));

  it('MS-OXCRPC_R475 MS-OXCRPC_R4790 MS-OXCRPC_R489 MS-OXCRPC_R582 MS-OXCRPC_R1078 MS-OXCRPC_R508: EcDoConnectEx begins a session', async () => {
    const client = await bound();
    const [first, second] = [await client.call(emsmdbCalls.EcDoConnectEx, connecting({ TimeStamp: 77 })), await client.call(emsmdbCalls.EcDoConnectEx, connecting())];
    if ('fault' in first || 'fault' in second) throw new Error('a fault');
    expect(first).toMatchObject({ DisplayName: 'Alice Archer', ServerVersion: [(15 << 8) | 2, 0x8000 | 2562, 17], TimeStamp: 77, PollsMax: 60_000, RetryCount: 6, RetryDelay: 10_000, ReturnValue: 0 });
    expect(first.ContextHandle).not.toBe(noContextHandle);
    expect([second.ContextHandle, second.SessionIndex]).not.toEqual([first.ContextHandle, first.SessionIndex]);
  });

  it.each<[string, () => Partial<Connecting>, number]>([
    ['MS-OXCRPC_R600 MS-OXCRPC_R483: nobody of that name', () => ({ UserDn: '/o=x/cn=nobody' }), errorCode.UnknownUser],
    ['MS-OXCRPC_R4887: no name', () => ({ UserDn: '' }), errorCode.AccessDenied],
    ['MS-OXCRPC_R490: as an administrator', () => ({ Flags: 1 }), errorCode.LoginPermission],
    ['MS-OXCRPC_R1940: a torn auxiliary buffer', () => ({ AuxiliaryIn: new Uint8Array(7), AuxiliaryInSize: 7 }), errorCode.NetworkError],
  ])('%s', async (_what, over, ReturnValue) => {
    expect(await (await bound()).call(emsmdbCalls.EcDoConnectEx, connecting(over()))).toMatchObject({ ContextHandle: noContextHandle, ReturnValue });
  });

  it.each<[string, Partial<Connecting>]>([
    ['MS-OXCRPC_R579', { AuxiliaryOutSize: 0x1009 }], ['MS-OXCRPC_R4875', { AuxiliaryIn: new Uint8Array(0x1009), AuxiliaryInSize: 0x1009 }],
  ])('%s: auxiliary buffers beyond their range', async (_ids, over) => expect(await (await bound()).call(emsmdbCalls.EcDoConnectEx, connecting(over))).toEqual({ fault: 0x6f7 }));

  it('MS-OXCRPC_R1290 MS-OXCRPC_R621 MS-OXCRPC_R694 MS-OXCRPC_R634 MS-OXCRPC_R638: EcDoRpcExt2 carries ROPs, as Execute does', async () => {
    const client = await bound();
    const answer = await client.call(emsmdbCalls.EcDoRpcExt2, executing(await connected(client), logonBuffer()));
    if ('fault' in answer) throw new Error('a fault');
    const { rops, handles } = decodeRopResponses(decodeExtendedBuffers(answer.Out)[0]!);
    expect([answer.ReturnValue, answer.Flags, answer.OutSize]).toEqual([0, 0, answer.Out.length]);
    expect([rops, handles]).toMatchObject([[{ name: 'RopLogon', returnValue: 0 }], [0]]);
  });

  it.each<[string, (size: number) => Partial<Executing>, number]>([
    ['MS-OXCRPC_R2001: more than one buffer can have', () => ({ In: new Uint8Array(0x8008) }), errorCode.NetworkError],
    ['MS-OXCRPC_R1508: less than a header', () => ({ In: new Uint8Array(7) }), errorCode.NetworkError],
    ['MS-OXCRPC_R697 MS-OXCRPC_R698: no buffer at all', () => ({ In: new Uint8Array(16).fill(9) }), errorCode.RpcFormat],
    ['MS-OXCRPC_R2002: no room for a header', () => ({ OutSize: 7 }), 0],
    ['MS-OXCRPC_R1381: a torn auxiliary buffer', () => ({ AuxiliaryIn: new Uint8Array(7) }), errorCode.NetworkError],
  ])('%s', async (_what, over, ReturnValue) => {
    const client = await bound();
    expect(await client.call(emsmdbCalls.EcDoRpcExt2, executing(await connected(client), logonBuffer(), over(0)))).toMatchObject({ ReturnValue });
  });

  it.each<[string, Partial<Executing>]>([
    ['MS-OXCRPC_R1939', { In: new Uint8Array(0x4_0001) }], ['MS-OXCRPC_R666', { OutSize: 0x4_0001 }], ['MS-OXCRPC_R686', { AuxiliaryOutSize: 0x1009 }], ['MS-OXCRPC_R4877', { AuxiliaryIn: new Uint8Array(0x1009) }],
  ])('%s: beyond its range', async (_ids, over) => {
    const client = await bound();
    expect(await client.call(emsmdbCalls.EcDoRpcExt2, executing(await connected(client), logonBuffer(), over))).toEqual({ fault: 0x6f7 });
  });

  it('MS-OXCRPC_R392 MS-OXCRPC_R622 MS-OXCRPC_R372 MS-OXCRPC_R404 MS-OXCRPC_R398 MS-OXCRPC_R705: a context handle that stands for nothing', async () => {
    const client = await bound();
    const stranger = '99999999-9999-4999-8999-999999999999';
    expect(await client.call(emsmdbCalls.EcDoRpcExt2, executing(stranger, logonBuffer()))).toEqual({ fault: 0x1c00_001a });
    expect(await client.call(emsmdbCalls.EcDoDisconnect, { ContextHandle: stranger })).toEqual({ fault: 0x1c00_001a });
    expect(await client.call(emsmdbCalls.EcDoAsyncConnectEx, { ContextHandle: stranger })).toEqual({ fault: 0x1c00_001a });
  });

  it('MS-OXCRPC_R401 MS-OXCRPC_R408 MS-OXCRPC_R476: EcDoDisconnect ends the session', async () => {
    const client = await bound();
    const ContextHandle = await connected(client);
    expect(await client.call(emsmdbCalls.EcDoRpcExt2, executing(ContextHandle, logonBuffer()))).toMatchObject({ ReturnValue: 0 });
    expect(await client.call(emsmdbCalls.EcDoDisconnect, { ContextHandle })).toEqual({ ContextHandle: noContextHandle, ReturnValue: 0 });
    expect(await client.call(emsmdbCalls.EcDoRpcExt2, executing(ContextHandle, logonBuffer()))).toEqual({ fault: 0x1c00_001a });
  });

  it('sessions end with their connection', async () => {
    const [one, other] = [await bound(), newClient({ cookie: '44444444-4444-4444-8444-444444444444' })];
    const ContextHandle = await connected(one);
    await other.open();
    await other.bind(rpcInterface.Emsmdb);
    expect(await other.call(emsmdbCalls.EcDoRpcExt2, executing(ContextHandle, logonBuffer()))).toEqual({ fault: 0x1c00_001a });
  });

  it('a call that there is not, an interface that is not bound, arguments that are none', async () => {
    const client = await bound();
    client.send(99, noBytes);
    expect(await client.answer()).toBe(0x1c01_0002);
    client.send(6, noBytes, 7);
    expect(await client.answer()).toBe(0x1c01_0003);
    client.send(11, new Uint8Array(3));
    expect(await client.answer()).toBe(0x6f7);
  });

  it('long calls come in fragments, and the server says what it has taken', async () => {
    const client = await bound();
    const ContextHandle = await connected(client);
    client.send(11, encode(emsmdbCalls.EcDoRpcExt2.request, executing(ContextHandle, new Uint8Array(60_000))), 0, 1000);
    await client.answer();
    expect(client.heard.length).toBeGreaterThan(0);
    expect(client.heard[0]).toMatchObject({ Flags: rtsFlag.OtherCommand, Commands: [{ kind: 'Destination', Destination: 0 }, { kind: 'FlowControlAck', AvailableWindow: 65_536, ChannelCookie: '22222222-2222-4222-8222-222222222222' }] });
  });

  it('the server waits for a client whose window is used up', async () => {
    // Room for the bind_ack and three answers.
    const client = newClient({ window: 160 });
    await client.open();
    await client.bind(rpcInterface.Emsmdb);
    for (let at = 0; at < 4; at++) client.send(6, noBytes);
    for (let at = 0; at < 3; at++) await client.answer();
    let isThere = false;
    const last = client.answer().then(() => (isThere = true));
    // What comes on another connection meanwhile comes after it would have.
    await (await bound()).call(emsmdbCalls.EcDummyRpc, {});
    expect(isThere).toBe(false);
    client.acknowledge(144, 160);
    await last;
  });
});

describe('AsyncEMSMDB', () => {
  const inbox = async (client: RpcClient, ContextHandle: string, rop: RopRequest) => client.call(emsmdbCalls.EcDoRpcExt2, executing(ContextHandle, encodeExtendedBuffers([encodeRops({ rops: [rop], handles: [0, noHandle] })])));

  it('MS-OXCRPC_R704 MS-OXCRPC_R713 MS-OXCRPC_R1229 MS-OXCRPC_R1231 MS-OXCRPC_R1243 MS-OXCRPC_R1338 MS-OXCRPC_R1343 MS-OXCRPC_R1922: EcDoAsyncWaitEx waits until something happens', async () => {
    const client = await bound();
    await client.bind(rpcInterface.AsyncEmsmdb, undefined, 1);
    const ContextHandle = await connected(client);
    await client.call(emsmdbCalls.EcDoRpcExt2, executing(ContextHandle, logonBuffer()));
    await inbox(client, ContextHandle, { name: 'RopRegisterNotification', logonId: 0, handleIndex: 0, request: { OutputHandleIndex: 1, NotificationTypes: 0x2, WantWholeStore: true } });
    const asynchronous = await client.call(emsmdbCalls.EcDoAsyncConnectEx, { ContextHandle });
    if ('fault' in asynchronous) throw new Error('a fault');
    const { AsyncContextHandle } = asynchronous;
    const asked = encode(asyncEmsmdbCalls.EcDoAsyncWaitEx.request, { AsyncContextHandle, FlagsIn: 0 });
    client.send(0, asked, 1);
    client.send(0, asked, 1);
    expect(decode(await client.answer() as Uint8Array, asyncEmsmdbCalls.EcDoAsyncWaitEx.response)).toEqual({ FlagsOut: 0, ReturnValue: errorCode.Rejected });
    await mapi.organization.deliver('From: x@example.com\r\nTo: alice@example.test\r\nSubject: Hello\r\n\r\nHello', { to: ['alice@example.test'], from: 'x@example.com' });
    expect(decode(await client.answer() as Uint8Array, asyncEmsmdbCalls.EcDoAsyncWaitEx.response)).toEqual({ FlagsOut: 1, ReturnValue: 0 });
    const told = await client.call(emsmdbCalls.EcDoRpcExt2, executing(ContextHandle, encodeExtendedBuffers([encodeRops({ rops: [], handles: [] })])));
    if ('fault' in told) throw new Error('a fault');
    expect(decodeRopResponses(decodeExtendedBuffers(told.Out)[0]!).rops).toMatchObject([{ name: 'RopNotify' }]);
  });

  it('MS-OXCRPC_R1213 MS-OXCRPC_R1228 MS-OXCRPC_R1232: its handle is worth nothing once the session is over', async () => {
    const client = await bound();
    await client.bind(rpcInterface.AsyncEmsmdb, undefined, 1);
    const ContextHandle = await connected(client);
    const asynchronous = await client.call(emsmdbCalls.EcDoAsyncConnectEx, { ContextHandle });
    await client.call(emsmdbCalls.EcDoDisconnect, { ContextHandle });
    client.send(0, encode(asyncEmsmdbCalls.EcDoAsyncWaitEx.request, { AsyncContextHandle: 'AsyncContextHandle' in asynchronous ? asynchronous.AsyncContextHandle : noContextHandle, FlagsIn: 0 }), 1);
    expect(await client.answer()).toBe(0x1c00_001a);
  });
});

describe('RFRI', () => {
  it('names the server of the address book, and its host', async () => {
    const client = newClient();
    await client.open();
    await client.bind(rpcInterface.Rfri);
    const guid = mapi.organization.directory.byAddress('alice@example.test')?.mailboxGuid ?? '';
    expect(await client.call(rfriCalls.RfrGetNewDSA, { Flags: 0, UserDn: dnOf('alice'), Unused: null, Server: null })).toEqual({ Unused: null, Server: `${guid}@example.test`, ReturnValue: 0 });
    const MailboxServerDn = `/o=First Organization/ou=x/cn=Configuration/cn=Servers/cn=${guid}@example.test`;
    expect(await client.call(rfriCalls.RfrGetFQDNFromServerDN, { Flags: 0, MailboxServerDnSize: MailboxServerDn.length + 1, MailboxServerDn })).toEqual({ ServerFqdn: `${guid}@example.test`, ReturnValue: 0 });
    expect(await client.call(rfriCalls.RfrGetFQDNFromServerDN, { Flags: 0, MailboxServerDnSize: 10, MailboxServerDn: '/o=nowhere' })).toMatchObject({ ServerFqdn: null, ReturnValue: errorCode.InvalidParameter });
  });
});
