import type { Scalar } from './scalars.ts';

/** A name with the prefix that the schema's table gives its namespace: `m:GetItem`. */
export type QName = string;

export type Target = Plan | Scalar;

/** A child element, or a global one. */
export interface Field {
  readonly name: string;
  readonly uri: string;
  readonly slot: number;
  /** Whether its values are collected in an array. */
  readonly repeated: boolean;
  readonly nillable: boolean;
  readonly open: string;
  readonly close: string;
  /** The type, compiled on first use. */
  readonly target: Target;
}

export interface AttributeField {
  readonly name: string;
  readonly uri: string;
  readonly lexicalName: string;
  readonly required: boolean;
  readonly scalar: Scalar;
}

/** One place in a content model: alternatives of which one or more stand there. */
export interface Slot {
  readonly fields: readonly Field[];
  readonly min: number;
  readonly max: number;
  /** Path of the optional inner sequences that it belongs to: ``, `1`, `1.2`. */
  readonly group: string;
}

/** A compiled complex type. */
export interface Plan {
  readonly kind: 'plan';
  readonly name: QName;
  readonly label: string;
  readonly uri: string;
  readonly isAbstract: boolean;
  readonly base: QName | undefined;
  readonly fields: ReadonlyMap<string, Field>;
  readonly attributes: ReadonlyMap<string, AttributeField>;
  readonly required: readonly AttributeField[];
  readonly slots: readonly Slot[];
  /** For every slot, the first at or after it that must be filled whatever else is there. */
  readonly nextRequired: readonly number[];
  readonly hasGroups: boolean;
  readonly text: Scalar | undefined;
  /** Whether character data between the children is dropped rather than refused. */
  readonly dropsText: boolean;
  readonly isAll: boolean;
  readonly any: 'any' | 'other' | undefined;
  readonly soapAttributes: boolean;
  /** Whether the children are a list of `[name, value]` pairs. */
  readonly ordered: boolean;
  readonly isEmpty: boolean;
  /** Names that only later versions know: they are left out when an answer is written for this one. */
  readonly later: ReadonlySet<string>;
}

/** A schema at one version. Types are compiled on first use and kept: an immutable memo that may be shared by any number of servers. */
export interface Schema {
  readonly namespaces: Readonly<Record<string, string>>;
  /** The names of the versions, oldest first, and which of them this is. */
  readonly levels: readonly string[];
  readonly level: number;
  /** Whether a version name (a value of RequestServerVersion) is known. */
  knows(version: string): boolean;
  /** The same table as the named version saw it; the newest for an unknown name. */
  at(version: string): Schema;
  /** @throws SyntaxError when there is no such complex type */
  plan(type: QName): Plan;
  element(name: QName): Field | undefined;
  findElement(uri: string, local: string): Field | undefined;
  /** A type by its expanded name, for xsi:type. */
  findType(uri: string, local: string): Target | undefined;
  /** Names of all global elements that this version has. */
  elementNames(): readonly QName[];
  /** Names of all types that this version has. */
  typeNames(): readonly QName[];
}

/** The child that has a name; a choice may have the same name in several namespaces. */
export function fieldOf(plan: Plan, { local, uri }: { readonly local: string; readonly uri: string }): Field | undefined {
  const field = plan.fields.get(local);
  return field === undefined || field.uri === uri ? field : plan.slots[field.slot]?.fields.find((other) => other.name === local && other.uri === uri);
}
