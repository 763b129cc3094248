import fc from 'fast-check';
import { bytesOf as bytes, caught, hexOf as hex } from '../../tests/wire-table.ts';
import { decode, encode } from '../layout/layout.ts';
import { auxBlock, decodeAuxiliary, encodeAuxiliary, type AuxBlock } from './auxiliary.ts';
import { noHandle, ropBuffer } from './rop-buffer.ts';
import { decodeExtendedBuffers, encodeExtendedBuffers } from './rpc-header-ext.ts';

const spaceless = (text: string): string => text.replaceAll(' ', '');

describe('extended buffers', () => {
  const rows: readonly (readonly [string, readonly string[], { isCompressed?: boolean; isObfuscated?: boolean }, string])[] = [
    ['plain', ['01 02'], {}, '0000 0400 0200 0200 01 02'],
    ['an empty one', [''], {}, '0000 0400 0000 0000'],
    ['MS-OXCRPC_R956: obfuscated by 0xA5', ['01 02 a5'], { isObfuscated: true }, '0000 0600 0300 0300 a4 a7 00'],
    ['compressed', ['61'.repeat(32)], { isCompressed: true }, '0000 0500 0900 2000 ff ff ff 7f 61 07 00 0f 06'],
    ['MS-OXCRPC_R4841: compressed first, then obfuscated', ['61'.repeat(32)], { isCompressed: true, isObfuscated: true }, '0000 0700 0900 2000 5a 5a 5a da c4 a2 a5 aa a3'],
    ['not compressed where that makes it longer', ['61'], { isCompressed: true }, '0000 0400 0100 0100 61'],
    ['MS-OXCRPC_R40: several, of which the last is marked', ['01', '02'], {}, '0000 0000 0100 0100 01 0000 0400 0100 0100 02'],
  ];
  it.each(rows)('%s', (_what, payloads, options, wire) => {
    expect(hex(encodeExtendedBuffers(payloads.map(bytes), options))).toBe(spaceless(wire));
    expect(decodeExtendedBuffers(bytes(wire)).map(hex)).toEqual(payloads.map(spaceless));
  });
  it.each(rows)('%s, cut anywhere, is refused', (_what, _payloads, _options, wire) => {
    const whole = bytes(wire);
    for (let length = 0; length < whole.length; length++) expect(caught(() => decodeExtendedBuffers(whole.subarray(0, length)))).toMatchObject({ name: 'WireError', code: 'truncated' });
  });
  it.each<[string, string, object]>([
    ['MS-OXCRPC_R33: no version but 0', '0100 0400 0000 0000', { code: 'invalid' }],
    ['MS-OXCRPC_R38: not compressed, of two sizes', '0000 0400 0100 0200 01', { code: 'invalid' }],
    ['MS-OXCRPC_R4794: compressed, not smaller', '0000 0500 0100 0100 01', { code: 'invalid' }],
    ['MS-OXCRPC_R1628: more than 32 KB', '0000 0500 0100 0180 01', { code: 'limit' }],
    ['bytes behind the last', '0000 0400 0000 0000 01', { code: 'trailing' }],
    ['the second is wrong', '0000 0000 0000 0000 0100 0400 0000 0000', { code: 'invalid', path: '/1' }],
  ])('%s', (_what, wire, error) => expect(caught(() => decodeExtendedBuffers(bytes(wire)))).toMatchObject({ name: 'WireError', ...error }));
  it('no more than 32 KB are written', () => {
    expect(decodeExtendedBuffers(encodeExtendedBuffers([new Uint8Array(0x8000)]))[0]).toHaveLength(0x8000);
    expect(caught(() => encodeExtendedBuffers([new Uint8Array(0x8001)]))).toMatchObject({ name: 'WireEncodeError', path: '/0' });
  });
  it('any payloads are the same again', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array(), { minLength: 1 }), fc.boolean(), fc.boolean(), (payloads, isCompressed, isObfuscated) => {
      expect(decodeExtendedBuffers(encodeExtendedBuffers(payloads, { isCompressed, isObfuscated }))).toEqual(payloads);
    }));
  });
});

describe('ROP buffers', () => {
  const rows: readonly (readonly [string, string, readonly number[], string])[] = [
    ['nothing but the size of the size', '', [], '0200'],
    ['a list and two handles', '01 00 00', [1, noHandle], '0500 01 00 00 01000000 ffffffff'],
  ];
  it.each(rows)('%s', (_what, list, handles, wire) => {
    expect(hex(encode(ropBuffer, { RopsList: bytes(list), ServerObjectHandleTable: handles }))).toBe(spaceless(wire));
    expect(decode(bytes(wire), ropBuffer)).toEqual({ RopsList: bytes(list), ServerObjectHandleTable: handles });
  });
  it.each([
    ['a size that does not count itself', '0100', 'invalid'],
    ['a list that is cut', '0600 01 00 00', 'truncated'],
    ['a handle that is cut', '0200 01 00 00', 'truncated'],
    ['nothing', '', 'truncated'],
  ])('%s is refused', (_what, wire, code) => expect(caught(() => decode(bytes(wire), ropBuffer))).toMatchObject({ name: 'WireError', code }));
});

const guid = '00112233-4455-6677-8899-aabbccddeeff';
const guidHex = '33221100 5544 7766 8899 aabbccddeeff';
describe('auxiliary blocks', () => {
  const rows: readonly (readonly [string, AuxBlock, string])[] = [
    ['AUX_PERF_CLIENTINFO', { name: 'AUX_PERF_CLIENTINFO', body: {
      AdapterSpeed: 1000, ClientID: 1, MachineName: 'A', UserName: undefined, ClientIP: bytes('0a000001'), ClientIPMask: undefined, AdapterName: 'B', MacAddress: undefined, ClientMode: 2, Reserved: 0,
    } }, '2c00 01 02 e8030000 0100 2000 0000 0400 2400 0000 0000 2800 0000 0000 0200 0000 4100 0000 0a000001 4200 0000'],
    ['AUX_PERF_SERVERINFO', { name: 'AUX_PERF_SERVERINFO', body: { ServerID: 1, ServerType: 2, ServerDN: undefined, ServerName: 'S' } }, '1000 01 03 0100 0200 0000 0c00 5300 0000'],
    ['AUX_PERF_SESSIONINFO', { name: 'AUX_PERF_SESSIONINFO', body: { SessionID: 1, Reserved: 0, SessionGuid: guid } }, `1800 01 04 0100 0000 ${guidHex}`],
    ['AUX_PERF_SESSIONINFO_V2', { name: 'AUX_PERF_SESSIONINFO_V2', body: { SessionID: 1, Reserved: 0, SessionGuid: guid, ConnectionID: 7 } }, `1c00 02 04 0100 0000 ${guidHex} 07000000`],
    ['AUX_PERF_PROCESSINFO', { name: 'AUX_PERF_PROCESSINFO', body: { ProcessID: 1, Reserved_1: 0, ProcessGuid: guid, ProcessName: 'P', Reserved_2: 0 } }, `2000 01 0b 0100 0000 ${guidHex} 1c00 0000 5000 0000`],
    ['AUX_PERF_ACCOUNTINFO', { name: 'AUX_PERF_ACCOUNTINFO', body: { ClientID: 1, Reserved: 0, Account: guid } }, `1800 01 18 0100 0000 ${guidHex}`],
    ['AUX_CLIENT_CONTROL', { name: 'AUX_CLIENT_CONTROL', body: { EnableFlags: 4, ExpiryTime: 60000 } }, '0c00 01 0a 04000000 60ea0000'],
    ['AUX_EXORGINFO', { name: 'AUX_EXORGINFO', body: { OrgFlags: 3 } }, '0800 01 17 03000000'],
    ['AUX_SERVER_CAPABILITIES', { name: 'AUX_SERVER_CAPABILITIES', body: { ServerCapabilityFlags: 1 } }, '0800 01 46 01000000'],
    ['AUX_ENDPOINT_CAPABILITIES', { name: 'AUX_ENDPOINT_CAPABILITIES', body: { EndpointCapabilityFlag: 1 } }, '0800 01 48 01000000'],
    ['AUX_CLIENT_CONNECTION_INFO', { name: 'AUX_CLIENT_CONNECTION_INFO', body: { ConnectionGUID: guid, ConnectionContextInfo: 'C', Reserved: 0, ConnectionAttempts: 2, ConnectionFlags: 1 } }, `2400 01 4a ${guidHex} 2000 0000 02000000 01000000 4300 0000`],
    ['AUX_SERVER_SESSION_INFO, filled up', { name: 'AUX_SERVER_SESSION_INFO', body: { ServerSessionContextInfo: 'S' } }, '0c00 01 4b 0600 5300 0000 0000'],
    ['AUX_PROTOCOL_DEVICE_IDENTIFICATION', { name: 'AUX_PROTOCOL_DEVICE_IDENTIFICATION', body: { DeviceManufacturer: 'M', DeviceModel: undefined, DeviceSerialNumber: undefined, DeviceVersion: undefined, DeviceFirmwareVersion: undefined } }, '1400 01 4e 0e00 0000 0000 0000 0000 4d00 0000 0000'],
    ['one that is not known', { type: 0x52, version: 1, body: bytes('01020304') }, '0800 01 52 01020304'],
  ];
  it.each(rows)('%s', (_what, block, wire) => {
    expect(hex(encode(auxBlock, block))).toBe(spaceless(wire));
    expect(decode(bytes(wire), auxBlock)).toEqual(block);
  });
  it.each(rows)('%s, cut anywhere, is refused', (_what, _block, wire) => {
    const whole = bytes(wire);
    for (let length = 0; length < whole.length; length++) expect(caught(() => decode(whole.subarray(0, length), auxBlock))).toMatchObject({ name: 'WireError', code: 'truncated' });
  });
  it.each([
    ['a size smaller than the header', '0300 01 17 00', 'invalid'],
    ['an offset into the header', '0800 01 4b 0300 0000', 'invalid'],
    ['an offset to nowhere', '0800 01 4b 0900 0000', 'truncated'],
  ])('%s is refused', (_what, wire, code) => expect(caught(() => decode(bytes(wire), auxBlock))).toMatchObject({ name: 'WireError', code }));
  it('stand together in one extended buffer', () => {
    const blocks: readonly AuxBlock[] = [{ name: 'AUX_EXORGINFO', body: { OrgFlags: 1 } }, { name: 'AUX_ENDPOINT_CAPABILITIES', body: { EndpointCapabilityFlag: 1 } }];
    expect(hex(encodeAuxiliary(blocks))).toBe(spaceless('0000 0400 1000 1000 0800 01 17 01000000 0800 01 48 01000000'));
    expect(decodeAuxiliary(encodeAuxiliary(blocks, { isCompressed: true, isObfuscated: true }))).toEqual(blocks);
    expect(decodeAuxiliary(new Uint8Array())).toEqual([]);
  });
  it('any bytes give blocks or a WireError', () => {
    fc.assert(fc.property(fc.constantFrom(2, 3, 4, 0xa, 0xb, 0x16, 0x17, 0x18, 0x4a, 0x4b, 0x4e), fc.uint8Array({ maxLength: 64 }), (type, body) => {
      const result = caught(() => decode(Uint8Array.of(body.length + 4, 0, 1, type, ...body), auxBlock));
      expect(result instanceof Error ? result.name : 'WireError').toBe('WireError');
    }));
  });
});
