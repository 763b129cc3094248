import { u16, u32, u8 } from '../layout/numbers.ts';
import { blob, repeated } from '../layout/sequences.ts';
import { constant, depending, reserved, struct } from '../layout/struct.ts';
import { guid, hex } from '../layout/text.ts';
import { variants } from '../layout/variants.ts';
import { layout, type Layout, type LayoutValue } from '../layout/layout.ts';

/** [MS-RPCH] 2.2.3.6.1. */
export const rtsFlag = { None: 0x0, Ping: 0x1, OtherCommand: 0x2, RecycleChannel: 0x4, InChannel: 0x8, OutChannel: 0x10, Eof: 0x20, Echo: 0x40 } as const;
/** [MS-RPCH] 2.2.3.3: whom a PDU is meant for. */
export const rtsDestination = { Client: 0, InProxy: 1, Server: 2, OutProxy: 3 } as const;

const address: Layout<{ readonly AddressType: number; readonly Address: string }> = struct({ AddressType: u32, Address: depending(({ AddressType }) => hex(AddressType === 1 ? 16 : 4)), Padding: reserved(hex(12), '0'.repeat(24)) });

/** [MS-RPCH] 2.2.3.5. Times are in milliseconds, windows in bytes. */
export const rtsCommand = variants(u32, {
  ReceiveWindowSize: [0x0, struct({ Size: u32 })],
  FlowControlAck: [0x1, struct({ BytesReceived: u32, AvailableWindow: u32, ChannelCookie: guid })],
  ConnectionTimeout: [0x2, struct({ Time: u32 })],
  Cookie: [0x3, struct({ Cookie: guid })],
  ChannelLifetime: [0x4, struct({ Bytes: u32 })],
  ClientKeepalive: [0x5, struct({ Time: u32 })],
  Version: [0x6, struct({ Version: u32 })],
  Empty: [0x7, struct({})],
  Padding: [0x8, struct({ Padding: blob(u32) })],
  NegativeAnce: [0x9, struct({})],
  Ance: [0xa, struct({})],
  ClientAddress: [0xb, address],
  AssociationGroupId: [0xc, struct({ AssociationGroupId: guid })],
  Destination: [0xd, struct({ Destination: u32 })],
  PingTrafficSentNotify: [0xe, struct({ Bytes: u32 })],
});
export type RtsCommand = LayoutValue<typeof rtsCommand>;

/** PTYPE of an RTS PDU. */
export const rtsType = 20;
const headSize = 20;
const plainHead = {
  Version: constant(u8, 5), MinorVersion: constant(u8, 0), PacketType: constant(u8, rtsType), PacketFlags: reserved(u8, 3), DataRepresentation: reserved(hex(4), '10000000'), FragmentLength: u16,
  AuthLength: constant(u16, 0), CallId: reserved(u32, 0), Flags: u16, NumberOfCommands: u16,
};
const whole = struct({ ...plainHead, Commands: depending(({ NumberOfCommands }) => repeated(Number(NumberOfCommands), rtsCommand)) });

/** An RTS PDU, [MS-RPCH] 2.2.3.6. */
export interface RtsPdu {
  readonly Flags: number;
  readonly Commands: readonly RtsCommand[];
}
export const rtsPdu: Layout<RtsPdu> = layout<RtsPdu>(headSize, (reader, scope) => {
  const { Flags, Commands } = whole.read(reader, scope);
  return { Flags, Commands };
}, (writer, { Flags, Commands }, scope) => {
  const start = writer.size;
  whole.write(writer, { FragmentLength: 0, Flags, NumberOfCommands: Commands.length, Commands }, scope);
  writer.patchU16(start + 8, writer.size - start);
});
