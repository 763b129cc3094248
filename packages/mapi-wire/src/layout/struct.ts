import { WireEncodeError } from '../errors.ts';
import { at, layout, type Layout, type LayoutValue, type Scope } from './layout.ts';

type Values = Record<string, unknown>;
type Before = Readonly<Values>;
const condition = Symbol('condition');
const choice = Symbol('choice');

/** A member that is there only where others say so. */
export interface Conditional<T> extends Layout<T | undefined> {
  readonly [condition]: (before: Before, scope: Scope) => boolean;
}

/** A member whose layout others say. */
export interface Dependent<T> extends Layout<T> {
  readonly [choice]: (before: Before, scope: Scope) => Layout<T>;
}

/**
 * A member whose layout is known from the members before it. It stands in a struct, at its first level.
 *
 * @example
 * struct({ IsUnicode: bool8, Name: dependent(({ IsUnicode }) => (IsUnicode === true ? wstr : astr), 1) })
 */
export function dependent<T>(of: (before: Before, scope: Scope) => Layout<T>, least = 0): Dependent<T> {
  return { least, read: (reader, scope) => of({}, scope).read(reader, scope), write: (writer, value, scope) => of({}, scope).write(writer, value, scope), [choice]: of };
}

/**
 * A member that stands there only if `test` says so of the members before it; else its value is undefined.
 *
 * @example
 * struct({ HasRows: bool8, Rows: when(({ HasRows }) => HasRows === true, counted(u32, u32)) })
 */
export function when<T>(test: (before: Before, scope: Scope) => boolean, then: Layout<T> | Dependent<T>): Conditional<T> {
  return { ...then, least: 0, read: (reader, scope) => then.read(reader, scope), write: (writer, value, scope) => then.write(writer, value as T, scope), [condition]: test };
}

type Members = Readonly<Record<string, Layout<never> | Layout<unknown>>>;
type OptionalNames<M> = { [N in keyof M]: M[N] extends Conditional<unknown> ? N : never }[keyof M];
type Flat<T> = { [N in keyof T]: T[N] };
/** The plain object of a struct's members. */
export type StructValue<M> = Flat<{ readonly [N in Exclude<keyof M, OptionalNames<M>>]: LayoutValue<M[N]> } & { readonly [N in OptionalNames<M>]?: LayoutValue<M[N]> }>;

/** Members one after the other. */
export function struct<M extends Members>(members: M): Layout<StructValue<M>> {
  const entries = Object.entries(members) as readonly (readonly [string, Layout<unknown> & Partial<Pick<Conditional<unknown>, typeof condition> & Pick<Dependent<unknown>, typeof choice>>])[];
  return layout<StructValue<M>>(
    entries.reduce((sum, [, { least }]) => sum + least, 0),
    (reader, scope) => {
      const value: Values = {};
      for (const [name, member] of entries) {
        const test = member[condition];
        if (test && !test(value, scope)) continue;
        value[name] = at(name, () => (member[choice]?.(value, scope) ?? member).read(reader, scope));
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
        if (isThere) at(name, () => (member[choice]?.(given, scope) ?? member).write(writer, given[name], scope));
      }
    },
  );
}
