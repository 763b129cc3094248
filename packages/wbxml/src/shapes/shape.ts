import type { ElementNames } from '../code-pages.generated.ts';
import { findElement } from '../code-pages.ts';
import type { CodePageElement, ElementName, PageName } from '../code-pages.ts';
import { versionsBetween } from '../protocol-version.ts';
import type { ProtocolVersion, VersionSet } from '../protocol-version.ts';
import type { DocumentReader } from './document-reader.ts';
import type { DocumentWriter } from './document-writer.ts';

/** What an element may hold, and the plain value that stands for it. Made by `text`, `struct` and their like. */
export interface Shape<T> {
  readonly kind: 'shape';
  /** Only there for the types. */
  readonly '~value'?: T;
}

/** A member that may be missing. */
export interface Optional<T> {
  readonly kind: 'optional';
  readonly '~value'?: T;
}

/** A member that may stand several times. */
export interface Repeated<T> {
  readonly kind: 'repeated';
  readonly '~value'?: T;
}

export type Member = Shape<unknown> | Optional<unknown> | Repeated<unknown>;

/** The value of a shape, of a member or of a document: `type SyncRequest = ValueOf<typeof Sync>`. */
export type ValueOf<S> = S extends { readonly '~value'?: infer T } ? Exclude<T, undefined> : never;

/** A name of the page without it, or a name of another page with it. */
export type NameWithin<P extends PageName> = ElementNames[P] | ElementName;

/** Members by name, as `struct` and `choices` take them. */
export type Members<P extends PageName> = { readonly [N in NameWithin<P>]?: Member };

/** Marks the keys that are no element's name. */
export type OnlyNames<P extends PageName, M> = { readonly [N in Exclude<keyof M, NameWithin<P>>]: never };

/** What every shape can do. `hasContent` tells an open tag from an empty one; an open one is read up to its end. */
export abstract class ShapeNode<T> implements Shape<T> {
  readonly kind = 'shape';
  declare readonly '~value'?: T;

  abstract read(reader: DocumentReader, hasContent: boolean): T;
  /** Writes the content of an element whose tag is written. */
  abstract write(writer: DocumentWriter, value: unknown): void;
}

export interface VersionOptions {
  /** The version that brought the element; by default the one that brought its token. */
  readonly since?: ProtocolVersion | undefined;
  /** The last version that knew it; by default the last that knew its token. */
  readonly until?: ProtocolVersion | undefined;
}

export interface RepeatedOptions extends VersionOptions {
  /** 0 by default. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** How often a shape stands, and in which versions. */
export class MemberNode<T, K extends 'optional' | 'repeated'> {
  readonly kind: K;
  declare readonly '~value'?: T;
  readonly shape: ShapeNode<unknown>;
  readonly options: RepeatedOptions;
  readonly isRepeated: boolean;
  readonly isOptional: boolean;

  constructor(kind: K, shape: ShapeNode<unknown>, options: RepeatedOptions, isRepeated: boolean) {
    this.kind = kind;
    this.shape = shape;
    this.options = options;
    this.isRepeated = isRepeated;
    this.isOptional = kind === 'optional';
  }
}

/** One element that may stand inside of another. */
export interface Slot {
  /** The name in the value. */
  readonly key: string;
  readonly element: CodePageElement;
  readonly page: number;
  readonly token: number;
  readonly shape: ShapeNode<unknown>;
  /** Its place in the declared order. */
  readonly index: number;
  readonly versions: VersionSet;
  readonly isRepeated: boolean;
  readonly isOptional: boolean;
  /** How often it may stand. */
  readonly min: number;
  readonly max: number;
}

/** @throws TypeError for a name that is in no code page: a mistake in the declaration */
export function elementNamed(page: PageName, name: string): CodePageElement {
  const element = findElement(name.includes(':') ? name : `${page}:${name}`);
  if (!element) throw new TypeError(`no code page has an element ${name.includes(':') ? name : `${page}:${name}`}`);
  return element;
}

export function slotOf(page: PageName, key: string, member: Member, index: number): Slot {
  const element = elementNamed(page, key);
  const declared = member instanceof MemberNode ? member : undefined;
  const isRepeated = declared?.isRepeated ?? false;
  const isOptional = declared?.isOptional ?? false;
  const { since = element.since, until = element.until, min = isRepeated || isOptional ? 0 : 1, max = isRepeated ? Infinity : 1 } = declared?.options ?? {};
  return {
    key, element, page: element.page, token: element.token, shape: (declared?.shape ?? member) as ShapeNode<unknown>, index,
    versions: versionsBetween(since, until), isRepeated, isOptional, min, max,
  };
}

/** Slots by page and token. */
export class SlotTable {
  readonly #pages: (Slot | undefined)[][] = [];

  constructor(slots: readonly Slot[]) {
    for (const slot of slots) {
      const tokens = (this.#pages[slot.page] ??= new Array<undefined>(64).fill(undefined));
      if (tokens[slot.token]) throw new TypeError(`${slot.element.name} is declared twice`);
      tokens[slot.token] = slot;
    }
    for (let page = 0; page < this.#pages.length; page += 1) this.#pages[page] ??= [];
  }

  find(page: number, token: number): Slot | undefined {
    return this.#pages[page]?.[token];
  }
}
