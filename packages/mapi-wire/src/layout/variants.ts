import { WireEncodeError } from '../errors.ts';
import { layout, type Layout, type LayoutValue } from './layout.ts';

type Flat<T> = { [N in keyof T]: T[N] };
/** By its name: the number that stands for it, and what follows. */
type Variants = Readonly<Record<string, readonly [code: number, of: Layout<unknown>]>>;
/** One of the variants, told apart by `kind`. */
export type VariantValue<V extends Variants> = { [K in keyof V]: Flat<{ readonly kind: K } & LayoutValue<V[K][1]>> }[keyof V];

/**
 * A number, then what it says.
 *
 * @example
 * variants(u8, { Exist: [8, struct({ PropTag: u32 })], … }) // { kind: 'Exist', PropTag: 0x0037001f }
 */
export function variants<V extends Variants>(code: Layout<number>, of: V): Layout<VariantValue<V>> {
  const all = Object.entries(of).map(([kind, [number, inner]]) => ({ kind, number, inner }));
  const byCode = new Map(all.map((variant) => [variant.number, variant]));
  const byKind = new Map(all.map((variant) => [variant.kind, variant]));
  return layout<VariantValue<V>>(
    code.least + Math.min(...all.map(({ inner }) => inner.least)),
    (reader, scope) => {
      const number = code.read(reader, scope);
      const { kind, inner } = byCode.get(number) ?? reader.fail('invalid', `no kind 0x${number.toString(16)}`);
      return { kind, ...(inner.read(reader, scope) as object) } as VariantValue<V>;
    },
    (writer, value, scope) => {
      const found = byKind.get(value.kind as string);
      if (!found) throw new WireEncodeError(`${String(value.kind)} is no kind`);
      code.write(writer, found.number, scope);
      found.inner.write(writer, value, scope);
    },
  );
}
