import fc from 'fast-check';
import { WireError } from '../errors.ts';
import { decode, encode, type Layout } from '../layout/layout.ts';
import { emsmdbRequestTypes } from './emsmdb.ts';
import { metaTaggedBody, metaTagLine } from './meta-tags.ts';
import { isSuccess } from './response.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const caught = (action: () => unknown): unknown => {
  try {
    return action();
  } catch (thrown) {
    return thrown;
  }
};
const { Connect, Execute, Disconnect, NotificationWait } = emsmdbRequestTypes;
const AuxiliaryBuffer = new Uint8Array();
const zero = '00 00 00 00';

const rows: readonly (readonly [string, Layout<unknown>, unknown, string])[] = [
  [
    'Connect request', Connect.request as Layout<unknown>, { UserDn: '/cn=a', Flags: 1, DefaultCodePage: 1252, LcidSort: 0x409, LcidString: 0x407, AuxiliaryBuffer: bytes('01 02') },
    '2f 63 6e 3d 61 00 01 00 00 00 e4 04 00 00 09 04 00 00 07 04 00 00 02 00 00 00 01 02',
  ],
  [
    'Connect response', Connect.response as Layout<unknown>, { StatusCode: 0, ErrorCode: 0, PollsMax: 60000, RetryCount: 6, RetryDelay: 10000, DnPrefix: '', DisplayName: 'é', AuxiliaryBuffer },
    `${zero} ${zero} 60 ea 00 00 06 00 00 00 10 27 00 00 00 e9 00 00 00 ${zero}`,
  ],
  ['Connect failure', Connect.response as Layout<unknown>, { StatusCode: 5, AuxiliaryBuffer: bytes('09') }, '05 00 00 00 01 00 00 00 09'],
  ['Execute request', Execute.request as Layout<unknown>, { Flags: 3, RopBuffer: bytes('aa bb'), MaxRopOut: 0x10008, AuxiliaryBuffer }, `03 00 00 00 02 00 00 00 aa bb 08 00 01 00 ${zero}`],
  ['Execute response', Execute.response as Layout<unknown>, { StatusCode: 0, ErrorCode: 0x4b6, Flags: 0, RopBuffer: new Uint8Array(), AuxiliaryBuffer }, `${zero} b6 04 00 00 ${zero} ${zero} ${zero}`],
  ['Execute failure', Execute.response as Layout<unknown>, { StatusCode: 1, AuxiliaryBuffer }, `01 00 00 00 ${zero}`],
  ['Disconnect request', Disconnect.request as Layout<unknown>, { AuxiliaryBuffer }, zero],
  ['Disconnect response', Disconnect.response as Layout<unknown>, { StatusCode: 0, ErrorCode: 0, AuxiliaryBuffer }, `${zero} ${zero} ${zero}`],
  ['NotificationWait request', NotificationWait.request as Layout<unknown>, { Flags: 0, AuxiliaryBuffer }, `${zero} ${zero}`],
  ['NotificationWait response', NotificationWait.response as Layout<unknown>, { StatusCode: 0, ErrorCode: 0, EventPending: 1, AuxiliaryBuffer }, `${zero} ${zero} 01 00 00 00 ${zero}`],
];

it.each(rows)('%s', (_what, of, value, wire) => {
  expect(hex(encode(of, value))).toBe(wire.replaceAll(' ', ''));
  expect(decode(bytes(wire), of)).toEqual(value);
});

it.each(rows)('%s, cut anywhere, is refused', (_what, of, _value, wire) => {
  const whole = bytes(wire);
  for (let length = 0; length < whole.length; length++) expect(caught(() => decode(whole.subarray(0, length), of))).toMatchObject({ name: 'WireError', code: 'truncated' });
});

it('a response is told from a failure', () => {
  const body = decode(bytes(`${zero} ${zero} 01 00 00 00 ${zero}`), NotificationWait.response);
  expect(isSuccess(body) && body.EventPending).toBe(1);
  expect(isSuccess(decode(bytes(`01 00 00 00 ${zero}`), NotificationWait.response))).toBe(false);
  expect(() => encode(Disconnect.response, { StatusCode: 1, ErrorCode: 0, AuxiliaryBuffer } as never)).toThrow(expect.objectContaining({ name: 'WireEncodeError' }) as Error);
});

const text = 'PROCESSING\r\nPENDING\r\nDONE\r\nX-ElapsedTime: 12\r\nX-StartTime: Wed, 01 Jan 2025 00:00:00 GMT\r\n\r\n';
const tagged = { metaTags: ['PROCESSING', 'PENDING', 'DONE'], headers: [['X-ElapsedTime', '12'], ['X-StartTime', 'Wed, 01 Jan 2025 00:00:00 GMT']], body: bytes('0d 0a 01') } as const;

it('the text part of a response stands before its body', () => {
  const wire = Uint8Array.from([...new TextEncoder().encode(text), 0x0d, 0x0a, 1]);
  expect(hex(encode(metaTaggedBody, tagged))).toBe(hex(wire));
  expect(decode(wire, metaTaggedBody)).toEqual(tagged);
  for (let length = 0; length < text.length; length++) expect(caught(() => decode(wire.subarray(0, length), metaTaggedBody))).toMatchObject({ name: 'WireError', code: 'truncated' });
});

it('a meta-tag is sent ahead by itself', () => expect(new TextDecoder().decode(metaTagLine('PENDING'))).toBe('PENDING\r\n'));

it.each(['WAITING\r\nDONE\r\n\r\n', '\r\n', 'DONE\r\nX-ElapsedTime\r\n\r\n', 'DONE\r\n: 1\r\n\r\n', 'DONE\rX\n\r\n'])('%j is no text part', (wrong) => {
  expect(caught(() => decode(new TextEncoder().encode(wrong), metaTaggedBody))).toMatchObject({ name: 'WireError', code: 'invalid' });
});

it.each([
  { ...tagged, metaTags: ['PROCESSING'] as const },
  { ...tagged, metaTags: ['DONE', 'DONE'] as const },
  { ...tagged, headers: [['X-A', 'b\r\nX-C: d']] as const },
  { ...tagged, headers: [['X:A', 'b']] as const },
])('is not written: %j', (wrong) => expect(() => encode(metaTaggedBody, wrong)).toThrow(expect.objectContaining({ name: 'WireEncodeError' }) as Error));

it('any bytes are a body or a WireError', () => {
  const layouts = [metaTaggedBody, ...Object.values(emsmdbRequestTypes).flatMap(({ request, response }) => [request, response])] as readonly Layout<unknown>[];
  fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), fc.constantFrom(...layouts), (wire, of) => {
    const read = caught(() => decode(wire, of));
    expect(read instanceof WireError || !(read instanceof Error)).toBe(true);
  }), { numRuns: 1000 });
});
