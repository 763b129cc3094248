import type { KnownProperties, PropertyName } from '@fauxchange/properties';
import { lookup } from '@fauxchange/kernel';
import { parseDateTime, formatDateTime } from './date-time.ts';
import type { ItemField, ItemTarget, ShapeRule } from './fields.ts';
import { get } from './item-view.ts';
import type { ItemKind } from './item-kind.ts';

/** What a simple row says beside its names. */
export interface Row {
  readonly shape: ShapeRule;
  readonly kinds?: readonly ItemKind[] | undefined;
  /** May be set; `'new'`: at creation only. */
  readonly canSet?: boolean | 'new' | undefined;
  readonly canDelete?: boolean | undefined;
}
type Names<V> = { [N in keyof KnownProperties]: KnownProperties[N] extends V ? N : never }[keyof KnownProperties];

function writable(property: PropertyName, row: Row, convert: (value: never, target: ItemTarget) => ItemTarget['properties'][PropertyName]): Partial<ItemField> {
  return {
    ...(row.canSet ? { set: (value: never, target: ItemTarget) => void (target.properties[property] = convert(value, target)) } : {}),
    ...(row.canSet === 'new' ? { onlyNew: true } : {}),
    ...(row.canDelete ? { remove: (target: ItemTarget) => void (target.properties[property] = undefined) } : {}),
  };
}

/** A field that is a text property. */
export function text(uri: string, property: Names<string>, row: Row): ItemField {
  return { ...head(uri, property, row), read: (view) => get(view, property), ...writable(property, row, (value) => value) };
}

/** A field that is a list of texts; an empty one is none. */
export function strings(uri: string, property: Names<readonly string[]>, row: Row): ItemField {
  return {
    ...head(uri, property, row),
    read: (view) => {
      const list = get(view, property) as readonly string[] | undefined;
      return list && list.length > 0 ? { String: list } : undefined;
    },
    ...writable(property, row, ({ String: list }: { readonly String?: readonly string[] | undefined }) => (list?.length ? list : undefined)),
  };
}

/** A field that is a number property. */
export function integer(uri: string, property: Names<number>, row: Row): ItemField {
  return { ...head(uri, property, row), read: (view) => get(view, property), ...writable(property, row, (value) => value) };
}

/** A field that is a Boolean property; `byDefault` is shown where the property is absent. */
export function boolean(uri: string, property: Names<boolean>, row: Row, byDefault?: boolean): ItemField {
  return { ...head(uri, property, row), read: (view) => get(view, property) ?? byDefault, ...writable(property, row, (value) => value) };
}

/** A field that is a time. */
export function time(uri: string, property: Names<number>, row: Row): ItemField {
  return {
    ...head(uri, property, row),
    read: (view) => {
      const ms = get(view, property) as number | undefined;
      return ms === undefined ? undefined : formatDateTime(ms, view.context.precision);
    },
    ...writable(property, row, (value, target) => parseDateTime(value, target.context.localOffset)),
  };
}

/** A field that names the values of a number property. */
export function choice<Name extends string>(uri: string, property: Names<number>, values: Readonly<Record<Name, number>>, byDefault: Name, row: Row): ItemField {
  const names = new Map<number, Name>(Object.entries<number>(values).map(([name, value]) => [value, name as Name]));
  return {
    ...head(uri, property, row),
    read: (view) => names.get((get(view, property) as number | undefined) ?? values[byDefault]) ?? byDefault,
    ...writable(property, row, (value) => values[value as Name]),
    constant: (name) => lookup<number>(values, name),
  };
}

/** A field that nobody can set. */
export function computed(uri: string, shape: ShapeRule, read: ItemField['read'], more: Partial<ItemField> = {}): ItemField {
  return { uri, element: elementOf(uri), shape, read, ...more };
}

function head(uri: string, property: PropertyName, row: Row): Pick<ItemField, 'uri' | 'element' | 'shape' | 'kinds' | 'property'> {
  return { uri, element: elementOf(uri), shape: row.shape, kinds: row.kinds, property };
}

function elementOf(uri: string): string {
  return uri.slice(uri.indexOf(':') + 1);
}
