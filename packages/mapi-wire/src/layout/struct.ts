import { WireEncodeError } from '../errors.ts';
import { at, layout, type Layout, type LayoutValue, type Scope } from './layout.ts';

type Values = Record<string, unknown>;
const condition = Symbol('condition');

/** A member that is there only where others say so. */
export interface Conditional<T> extends Layout<T | undefined> {
  readonly [condition]: (before: Readonly<Values>, scope: Scope) => boolean;
}

/**
 * A member that stands there only if `test` says so of the members before it; else its value is undefined.
 *
 * @example
 * struct({ HasRows: bool8, Rows: when(({ HasRows }) => HasRows === true, counted(u32, u32)) })
 */
export function when<T>(test: (before: Readonly<Values>, scope: Scope) => boolean, then: Layout<T>): Conditional<T> {
  return { least: 0, read: (reader, scope) => then.read(reader, scope), write: (writer, value, scope) => then.write(writer, value as T, scope), [condition]: test };
}

type Members = Readonly<Record<string, Layout<never> | Layout<unknown>>>;
type OptionalNames<M> = { [N in keyof M]: M[N] extends Conditional<unknown> ? N : never }[keyof M];
type Flat<T> = { [N in keyof T]: T[N] };
/** The plain object of a struct's members. */
export type StructValue<M> = Flat<{ readonly [N in Exclude<keyof M, OptionalNames<M>>]: LayoutValue<M[N]> } & { readonly [N in OptionalNames<M>]?: LayoutValue<M[N]> }>;

/** Members one after the other. */
export function struct<M extends Members>(members: M): Layout<StructValue<M>> {
  const entries = Object.entries(members) as readonly (readonly [string, Layout<unknown> & Partial<Pick<Conditional<unknown>, typeof condition>>])[];
  return layout<StructValue<M>>(
    entries.reduce((sum, [, { least }]) => sum + least, 0),
    (reader, scope) => {
      const value: Values = {};
      for (const [name, member] of entries) {
        const test = member[condition];
        if (test && !test(value, scope)) continue;
        value[name] = at(name, () => member.read(reader, scope));
      }
      return value as StructValue<M>;
    },
    (writer, value, scope) => {
      const given = value as Values;
      for (const [name, member] of entries) {
        const isThere = member[condition]?.(given, scope) ?? true;
        at(name, () => {
          if (!isThere && given[name] !== undefined) throw new WireEncodeError('stands where the members before have no place for it');
          if (isThere && given[name] === undefined) throw new WireEncodeError('is missing');
        });
        if (isThere) at(name, () => member.write(writer, given[name], scope));
      }
    },
  );
}
