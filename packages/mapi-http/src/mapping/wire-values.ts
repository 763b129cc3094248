import { binary, propertyTypes, type Binary, type PropertyType, type PropertyValue as ModelValue } from '@fauxchange/properties';
import { decode, encode, ropValues, type Layout, type PropertyValue as WireValue } from '@fauxchange/mapi-wire';

/** FILETIME counts 100 nanoseconds since 1601, the model milliseconds since 1970. */
const epochDifference = 11_644_473_600_000n;
const ticks = 10_000n;
const mostTime = 0x7fff_ffff_ffff_ffffn;

/** 100 nanoseconds since 1601 of a moment of the model. */
export function fileTime(ms: number): bigint {
  const whole = Math.floor(ms);
  const time = (BigInt(whole) + epochDifference) * ticks + BigInt(Math.round((ms - whole) * Number(ticks)));
  return time < 0n ? 0n : time;
}
/** The moment of a FILETIME; what is beyond all times is the last one. */
export function timeOf(time: bigint): number {
  const bounded = time > mostTime ? mostTime : time;
  return Number(bounded / ticks - epochDifference) + Number(bounded % ticks) / Number(ticks);
}

type Convert<From, To> = (value: From) => To;
interface Conversion {
  readonly toWire: Convert<never, WireValue>;
  readonly fromWire: Convert<never, ModelValue>;
}
const same: Conversion = { toWire: (value: WireValue) => value, fromWire: (value: ModelValue) => value };
const bytes: Conversion = { toWire: (value: Binary) => binary.toBytes(value), fromWire: (value: Uint8Array) => binary.from(value) };
const time: Conversion = { toWire: fileTime, fromWire: timeOf };
const many = ({ toWire, fromWire }: Conversion): Conversion => ({
  toWire: (values: readonly never[]) => values.map((one) => toWire(one)) as unknown as WireValue,
  fromWire: (values: readonly never[]) => values.map((one) => fromWire(one)) as unknown as ModelValue,
});
/** What has a form of its own on the wire is kept as its bytes. */
function asBytes(code: number): Conversion {
  const of = (): Layout<WireValue> => ropValues.get(code) as Layout<WireValue>;
  return { toWire: (value: Binary) => decode(binary.toBytes(value), of()), fromWire: (value: WireValue) => binary.from(encode(of(), value)) };
}

const conversions: { readonly [T in PropertyType]?: Conversion } = {
  Binary: bytes, Object: bytes, ServerId: bytes, MultipleBinary: many(bytes), Time: time, MultipleTime: many(time),
  Restriction: asBytes(propertyTypes.Restriction), RuleAction: asBytes(propertyTypes.RuleAction),
};

/** A value of the model as it stands on the wire. */
export const toWire = (type: PropertyType, value: ModelValue): WireValue => (conversions[type] ?? same).toWire(value as never);
/** The value of the model that one from the wire is. */
export const fromWire = (type: PropertyType, value: WireValue): ModelValue => (conversions[type] ?? same).fromWire(value as never);
