import { ByteReader } from '../byte-reader.ts';
import { ByteWriter } from '../byte-writer.ts';
import { layout, type LayoutValue } from '../layout/layout.ts';
import { u16, u32, u8 } from '../layout/numbers.ts';
import { repeated, rest, sizedOrNull } from '../layout/sequences.ts';
import { constant, depending, reserved, struct, type Silent } from '../layout/struct.ts';
import { astr, guid, hex } from '../layout/text.ts';

/** PTYPE of a connection-oriented PDU, C706 12.6.4. */
export const pduType = { Request: 0, Response: 2, Fault: 3, Bind: 11, BindAck: 12, BindNak: 13, AlterContext: 14, AlterContextResponse: 15, Auth3: 16, Shutdown: 17, Cancel: 18, Orphaned: 19 } as const;
/** pfc_flags, C706 12.6.3.1. */
export const pduFlag = { First: 0x01, Last: 0x02, ObjectUuid: 0x80 } as const;
/** C706 12.6.4.5 and [MS-RPCE] 2.2.2.5: reasons of a bind_nak. */
export const rejectReason = { NotSpecified: 0, ProtocolVersionNotSupported: 4, AuthenticationTypeNotRecognized: 8 } as const;
/** p_cont_def_result_t, C706 12.6.3.1, and negotiate_ack of [MS-RPCE] 2.2.2.4. */
export const contextResult = { Acceptance: 0, ProviderRejection: 2, NegotiateAck: 3 } as const;
export const providerReason = { NotSpecified: 0, AbstractSyntaxNotSupported: 1, TransferSyntaxesNotSupported: 2 } as const;
/** NDR of 32 bits, C706 14 and [MS-RPCE] 2.2.4. */
export const ndr32 = { Uuid: '8a885d04-1ceb-11c9-9fe8-08002b104860', Version: 2 } as const;

/** The head of every PDU, C706 12.6.3.1: 16 bytes. */
export const pduHead = struct({ Version: u8, MinorVersion: u8, PacketType: u8, PacketFlags: u8, DataRepresentation: hex(4), FragmentLength: u16, AuthLength: u16, CallId: u32 });
export type PduHead = LayoutValue<typeof pduHead>;
export const pduHeadSize = 16;
/** Little-endian, ASCII, IEEE. */
export const littleEndian = '10000000';

/** Bytes up to the next multiple: C706 14.2.2. */
export const aligned = (multiple: number): Silent => {
  const missing = (at: number): number => (multiple - (at % multiple)) % multiple;
  return reserved(layout<number>(0, (reader) => reader.bytes(missing(reader.offset)).length, (writer) => writer.bytes(new Uint8Array(missing(writer.size)))), 0);
};

/** An interface or a transfer syntax with its version: major in the low half, minor in the high one. */
export const syntaxId = struct({ Uuid: guid, Version: u32 });
export type SyntaxId = LayoutValue<typeof syntaxId>;
/** C706 12.6.3.1, p_cont_elem_t. */
const contextElement = struct({ ContextId: u16, TransferSyntaxCount: u8, Reserved: reserved(u8, 0), AbstractSyntax: syntaxId, TransferSyntaxes: depending(({ TransferSyntaxCount }) => repeated(Number(TransferSyntaxCount), syntaxId)) });
export type PresentationContext = LayoutValue<typeof contextElement>;
const padding = { Reserved: reserved(u8, 0), Reserved2: reserved(u16, 0) } as const;

/** Behind the head of bind and alter_context. */
export const bindBody = struct({
  MaxTransmitFragment: u16, MaxReceiveFragment: u16, AssociationGroupId: u32, ContextCount: u8, ...padding, Contexts: depending(({ ContextCount }) => repeated(Number(ContextCount), contextElement)),
});

/** Behind the head of bind_ack and alter_context_resp. */
export const bindAckBody = struct({
  MaxTransmitFragment: u16, MaxReceiveFragment: u16, AssociationGroupId: u32, SecondaryAddress: sizedOrNull(u16, astr), Padding: aligned(4), ResultCount: u8, ...padding,
  Results: depending(({ ResultCount }) => repeated(Number(ResultCount), struct({ Result: u16, Reason: u16, TransferSyntax: syntaxId }))),
});

export const bindNakBody = struct({ RejectReason: u16, VersionCount: constant(u8, 1), MajorVersion: constant(u8, 5), MinorVersion: constant(u8, 0) });
/** What is left behind is the stub: arguments in NDR. */
export const requestBody = struct({ AllocationHint: u32, ContextId: u16, OperationNumber: u16, Stub: rest });
export const responseBody = struct({ AllocationHint: u32, ContextId: u16, CancelCount: u8, Reserved: reserved(u8, 0), Stub: rest });
export const faultBody = struct({ AllocationHint: u32, ContextId: u16, CancelCount: u8, Reserved: reserved(u8, 0), Status: u32, Reserved2: reserved(u32, 0) });

/** A PDU with the body of its type as bytes; what authenticates it, if anything does, stands apart. */
export interface Pdu {
  readonly PacketType: number;
  readonly PacketFlags: number;
  readonly CallId: number;
  readonly Body: Uint8Array;
  /** auth_type, auth_level and the token, C706 13.2.6.1. */
  readonly Auth?: { readonly Type: number; readonly Level: number; readonly Value: Uint8Array } | undefined;
}
const authHead = struct({ Type: u8, Level: u8, PadLength: u8, Reserved: u8, ContextId: u32 });
const authHeadSize = 8;

/** One whole PDU. @throws WireError */
export function decodePdu(bytes: Uint8Array): Pdu {
  const reader = new ByteReader(bytes);
  const { Version, MinorVersion, PacketType, PacketFlags, DataRepresentation, FragmentLength, AuthLength, CallId } = pduHead.read(reader, {});
  if (Version !== 5 || MinorVersion > 1) reader.fail('invalid', `no version ${Version}.${MinorVersion} of a PDU`);
  if (DataRepresentation !== littleEndian) reader.fail('invalid', `no data representation ${DataRepresentation}`);
  if (FragmentLength !== bytes.length) reader.fail('invalid', `a fragment of ${FragmentLength} bytes has ${bytes.length}`);
  if (AuthLength === 0) return { PacketType, PacketFlags, CallId, Body: reader.bytes(reader.left) };
  const length = reader.left - AuthLength - authHeadSize;
  if (length < 0) reader.fail('truncated', `${AuthLength} bytes that authenticate are announced`);
  const padded = reader.bytes(length);
  const { Type, Level, PadLength } = authHead.read(reader, {});
  if (PadLength > padded.length) reader.fail('invalid', `a padding of ${PadLength} bytes`);
  return { PacketType, PacketFlags, CallId, Body: padded.subarray(0, padded.length - PadLength), Auth: { Type, Level, Value: reader.bytes(AuthLength) } };
}

/** A PDU without authentication. @throws WireEncodeError */
export function encodePdu({ PacketType, PacketFlags, CallId, Body }: Omit<Pdu, 'Auth'>): Uint8Array {
  const writer = new ByteWriter();
  pduHead.write(writer, { Version: 5, MinorVersion: 0, PacketType, PacketFlags, DataRepresentation: littleEndian, FragmentLength: pduHeadSize + Body.length, AuthLength: 0, CallId }, {});
  writer.bytes(Body);
  return writer.finish();
}
