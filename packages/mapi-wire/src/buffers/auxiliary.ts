import { WireEncodeError } from '../errors.ts';
import { decode, encode, layout, type Layout, type LayoutValue } from '../layout/layout.ts';
import { u16, u32, u8 } from '../layout/numbers.ts';
import { fixed, toTheEnd } from '../layout/sequences.ts';
import { struct } from '../layout/struct.ts';
import { guid } from '../layout/text.ts';
import { decodeExtendedBuffers, encodeExtendedBuffers, type ExtendedBufferOptions } from './rpc-header-ext.ts';
import { bytesAt, offsetStruct, textAt } from './offset-struct.ts';

/** AUX_HEADER: [MS-OXCRPC] 2.2.2.2. */
const headerSize = 4;
/** Blocks stand on multiples of so many bytes. */
const alignment = 4;

const perfSessionInfo = { SessionID: u16, Reserved: u16, SessionGuid: guid } as const;
const bodies = {
  AUX_PERF_CLIENTINFO: offsetStruct(headerSize, {
    AdapterSpeed: u32, ClientID: u16, MachineName: textAt, UserName: textAt, ClientIP: bytesAt, ClientIPMask: bytesAt, AdapterName: textAt, MacAddress: bytesAt, ClientMode: u16, Reserved: u16,
  }),
  AUX_PERF_SERVERINFO: offsetStruct(headerSize, { ServerID: u16, ServerType: u16, ServerDN: textAt, ServerName: textAt }),
  AUX_PERF_SESSIONINFO: struct(perfSessionInfo),
  AUX_PERF_SESSIONINFO_V2: struct({ ...perfSessionInfo, ConnectionID: u32 }),
  AUX_PERF_PROCESSINFO: offsetStruct(headerSize, { ProcessID: u16, Reserved_1: u16, ProcessGuid: guid, ProcessName: textAt, Reserved_2: u16 }),
  AUX_PERF_ACCOUNTINFO: struct({ ClientID: u16, Reserved: u16, Account: guid }),
  AUX_CLIENT_CONTROL: struct({ EnableFlags: u32, ExpiryTime: u32 }),
  AUX_OSVERSIONINFO: struct({ OSVersionInfoSize: u32, MajorVersion: u32, MinorVersion: u32, BuildNumber: u32, Reserved1: fixed(132), ServicePackMajor: u16, ServicePackMinor: u16, Reserved2: u32 }),
  AUX_EXORGINFO: struct({ OrgFlags: u32 }),
  AUX_SERVER_CAPABILITIES: struct({ ServerCapabilityFlags: u32 }),
  AUX_ENDPOINT_CAPABILITIES: struct({ EndpointCapabilityFlag: u32 }),
  AUX_CLIENT_CONNECTION_INFO: offsetStruct(headerSize, { ConnectionGUID: guid, ConnectionContextInfo: textAt, Reserved: u16, ConnectionAttempts: u32, ConnectionFlags: u32 }),
  AUX_SERVER_SESSION_INFO: offsetStruct(headerSize, { ServerSessionContextInfo: textAt }),
  AUX_PROTOCOL_DEVICE_IDENTIFICATION: offsetStruct(headerSize, {
    DeviceManufacturer: textAt, DeviceModel: textAt, DeviceSerialNumber: textAt, DeviceVersion: textAt, DeviceFirmwareVersion: textAt,
  }),
} as const;
type Bodies = typeof bodies;
export type AuxBlockName = keyof Bodies;

/** [MS-OXCRPC] 2.2.2.2: the name of a block by its Type and Version. */
const kinds: readonly (readonly [type: number, version: number, name: AuxBlockName])[] = [
  [0x02, 1, 'AUX_PERF_CLIENTINFO'], [0x03, 1, 'AUX_PERF_SERVERINFO'], [0x04, 1, 'AUX_PERF_SESSIONINFO'], [0x04, 2, 'AUX_PERF_SESSIONINFO_V2'], [0x0a, 1, 'AUX_CLIENT_CONTROL'],
  [0x0b, 1, 'AUX_PERF_PROCESSINFO'], [0x16, 1, 'AUX_OSVERSIONINFO'], [0x17, 1, 'AUX_EXORGINFO'], [0x18, 1, 'AUX_PERF_ACCOUNTINFO'], [0x46, 1, 'AUX_SERVER_CAPABILITIES'],
  [0x48, 1, 'AUX_ENDPOINT_CAPABILITIES'], [0x4a, 1, 'AUX_CLIENT_CONNECTION_INFO'], [0x4b, 1, 'AUX_SERVER_SESSION_INFO'], [0x4e, 1, 'AUX_PROTOCOL_DEVICE_IDENTIFICATION'],
];
const keyOf = (type: number, version: number): number => (type << 8) | version;
const nameByKind = new Map(kinds.map(([type, version, name]) => [keyOf(type, version), name]));
const kindByName = new Map(kinds.map(([type, version, name]) => [name, { type, version }]));

/** A block that is known, by its name; or one that is not, as its bytes. */
export type AuxBlock = { readonly [N in AuxBlockName]: { readonly name: N; readonly body: LayoutValue<Bodies[N]> } }[AuxBlockName] | UnknownAuxBlock;
export interface UnknownAuxBlock {
  readonly name?: undefined;
  readonly type: number;
  readonly version: number;
  readonly body: Uint8Array;
}

const bodyLayout = (name: AuxBlockName): Layout<unknown> => bodies[name] as Layout<unknown>;

/** AUX_HEADER and what follows it: [MS-OXCRPC] 2.2.2.2. */
export const auxBlock: Layout<AuxBlock> = layout<AuxBlock>(headerSize, (reader, scope) => {
  const size = reader.u16();
  const version = u8.read(reader, scope);
  const type = reader.u8();
  if (size < headerSize) reader.fail('invalid', `a block of ${size} bytes has no room for its header`);
  const name = nameByKind.get(keyOf(type, version));
  return reader.within(size - headerSize, (inner) => {
    const block = name === undefined ? { type, version, body: inner.bytes(inner.left) } : { name, body: bodyLayout(name).read(inner, scope) };
    // What fills a block up to its alignment says nothing.
    inner.bytes(inner.left);
    return block as AuxBlock;
  });
}, (writer, block, scope) => {
  const kind = block.name === undefined ? block : kindByName.get(block.name);
  if (!kind) throw new WireEncodeError('no such block');
  const body = block.name === undefined ? block.body : encode(bodyLayout(block.name), block.body, scope);
  const padding = (alignment - (body.length % alignment)) % alignment;
  u16.write(writer, headerSize + body.length + padding, scope);
  u8.write(writer, kind.version, scope);
  u8.write(writer, kind.type, scope);
  writer.bytes(body);
  writer.bytes(new Uint8Array(padding));
});
const auxBlocks = toTheEnd(auxBlock);

/** The blocks of `rgbAuxIn`, or of the AuxiliaryBuffer of a request; none where nothing is sent. @throws WireError */
export function decodeAuxiliary(bytes: Uint8Array): readonly AuxBlock[] {
  return bytes.length === 0 ? [] : decodeExtendedBuffers(bytes).flatMap((payload) => decode(payload, auxBlocks));
}

/**
 * Blocks as they are sent, in one extended buffer.
 *
 * @throws WireEncodeError
 * @example
 * encodeAuxiliary([{ name: 'AUX_EXORGINFO', body: { OrgFlags: 1 } }])
 */
export function encodeAuxiliary(blocks: readonly AuxBlock[], options: ExtendedBufferOptions = {}): Uint8Array {
  return encodeExtendedBuffers([encode(auxBlocks, blocks)], options);
}
