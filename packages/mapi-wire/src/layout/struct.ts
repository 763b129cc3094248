import { WireEncodeError } from '../errors.ts';
import { at, layout, type Layout, type LayoutValue, type Scope } from './layout.ts';

type Values = Readonly<Record<string, unknown>>;
const resolve = Symbol('resolve');
const isSilent = Symbol('isSilent');

/** A member whose layout the members before it say. */
export interface Dependent<T> extends Layout<T> {
  readonly [resolve]: (before: Values, scope: Scope) => Layout<T> | undefined;
}
/** A member that is there only where others say so. */
export interface Conditional<T> extends Layout<T | undefined> {
  readonly [resolve]: (before: Values, scope: Scope) => Layout<T> | undefined;
  readonly isConditional: true;
}
/** A member that stands in the bytes and not in the value. */
export interface Silent extends Layout<unknown> {
  readonly [isSilent]: true;
}

/**
 * A member that stands there only if `test` says so of the members before it; else its value is undefined.
 *
 * @example
 * struct({ HasRows: bool8, Rows: when(({ HasRows }) => HasRows === true, counted(u32, u32)) })
 */
export function when<T>(test: (before: Values, scope: Scope) => boolean, then: Layout<T>): Conditional<T> {
  return conditional((before, scope) => (test(before, scope) ? then : undefined));
}

/** A member that stands there as the members before it say, or not at all: `conditional(({ Type }) => layouts[Type])`. */
export function conditional<T>(of: (before: Values, scope: Scope) => Layout<T> | undefined): Conditional<T> {
  return { ...unresolved<T>(), [resolve]: of, isConditional: true };
}

/** A member that stands there as the members before it say. */
export function depending<T>(of: (before: Values, scope: Scope) => Layout<T>): Dependent<T> {
  return { ...unresolved<T>(), [resolve]: of };
}

function unresolved<T>(): Layout<T> {
  const outside = (): never => {
    throw new TypeError('A member that depends on others is read and written by its struct');
  };
  return layout<T>(0, outside, outside);
}

/** What can only be one value: another is refused. */
export function constant<T>(of: Layout<T>, value: T): Silent {
  return { ...layout<unknown>(of.least, (reader, scope) => {
    const found = of.read(reader, scope);
    if (found !== value) reader.fail('invalid', `${String(found)} stands where ${String(value)} has to`);
  }, (writer, _value, scope) => of.write(writer, value, scope)), [isSilent]: true };
}

/** What is written as `value`, and not looked at. */
export function reserved<T>(of: Layout<T>, value: T): Silent {
  return { ...layout<unknown>(of.least, (reader, scope) => of.read(reader, scope), (writer, _value, scope) => of.write(writer, value, scope)), [isSilent]: true };
}

type Members = Readonly<Record<string, Layout<never> | Layout<unknown>>>;
type OptionalNames<M> = { [N in keyof M]: M[N] extends Conditional<unknown> ? N : never }[keyof M];
type SilentNames<M> = { [N in keyof M]: M[N] extends Silent ? N : never }[keyof M];
type Flat<T> = { [N in keyof T]: T[N] };
/** The plain object of a struct's members. */
export type StructValue<M> = Flat<{ readonly [N in Exclude<keyof M, OptionalNames<M> | SilentNames<M>>]: LayoutValue<M[N]> } & { readonly [N in OptionalNames<M>]?: LayoutValue<M[N]> }>;

type Member = Layout<unknown> & { readonly [resolve]?: Dependent<unknown>[typeof resolve]; readonly [isSilent]?: true };

/** Members one after the other. */
export function struct<M extends Members>(members: M): Layout<StructValue<M>> {
  const entries = Object.entries(members) as readonly (readonly [string, Member])[];
  return layout<StructValue<M>>(
    entries.reduce((sum, [, { least }]) => sum + least, 0),
    (reader, scope) => {
      const value: Record<string, unknown> = {};
      for (const [name, member] of entries) {
        const of = member[resolve] ? member[resolve](value, scope) : member;
        if (!of) continue;
        const found = at(name, () => of.read(reader, scope));
        if (!member[isSilent]) value[name] = found;
      }
      return value as StructValue<M>;
    },
    (writer, value, scope) => {
      const given = value as Values;
      for (const [name, member] of entries) {
        const of = member[resolve] ? member[resolve](given, scope) : member;
        at(name, () => {
          if (!of && given[name] !== undefined) throw new WireEncodeError('stands where the members before have no place for it');
          if (of && given[name] === undefined && !member[isSilent]) throw new WireEncodeError('is missing');
          of?.write(writer, given[name], scope);
        });
      }
    },
  );
}
