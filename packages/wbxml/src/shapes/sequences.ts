import { ViolationKind } from '../errors.ts';
import type { ElementNames } from '../code-pages.generated.ts';
import type { ElementName, PageName } from '../code-pages.ts';
import { TokenKind } from '../token-reader.ts';
import type { DocumentReader } from './document-reader.ts';
import type { DocumentWriter } from './document-writer.ts';
import { ShapeNode, slotOf, SlotTable } from './shape.ts';
import type { Member, Members, OnlyNames, Optional, Shape, Slot, ValueOf } from './shape.ts';

export interface SequenceOptions {
  /** The least number of elements; 0 by default. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** What both kinds of sequences check. */
abstract class SequenceShape<T> extends ShapeNode<readonly T[]> {
  readonly min: number;
  readonly max: number;

  constructor({ min, max }: SequenceOptions) {
    super();
    this.min = min ?? 0;
    this.max = max ?? Infinity;
  }

  /** Reads one child after the other. */
  protected readAll(reader: DocumentReader, find: (page: number, token: number) => Slot | undefined, add: (slot: Slot, hasContent: boolean) => void): void {
    const { tokens } = reader;
    let count = 0;
    for (let kind = tokens.next(); kind !== TokenKind.Close; kind = tokens.next()) {
      if (kind > TokenKind.Close) {
        reader.refuseText();
        continue;
      }
      const slot = find(tokens.page, tokens.token);
      if (slot === undefined || (slot.versions & reader.version) === 0) return reader.unexpected();
      count += 1;
      if (count > this.max) reader.failAt(slot.element, ViolationKind.Repeated, count, tokens.tokenOffset, `is one of more than ${this.max}`);
      add(slot, kind === TokenKind.Open);
    }
  }

  protected arrayOf(writer: DocumentWriter, value: unknown): readonly unknown[] {
    if (!Array.isArray(value)) return writer.fail('is no array');
    if (value.length < this.min) writer.fail(`has fewer than ${this.min} elements`);
    if (value.length > this.max) writer.fail(`has more than ${this.max} elements`);
    return value as readonly unknown[];
  }
}

class ListShape extends SequenceShape<unknown> {
  readonly #page: PageName;
  readonly #name: string;
  readonly #member: Member;
  #compiled: Slot | undefined;

  constructor(page: PageName, name: string, member: Member, options: SequenceOptions) {
    super(options);
    this.#page = page;
    this.#name = name;
    this.#member = member;
  }

  override read(reader: DocumentReader, hasContent: boolean): readonly unknown[] {
    const only = this.#slot();
    const list: unknown[] = [];
    if (hasContent) this.readAll(reader, (page, token) => (page === only.page && token === only.token ? only : undefined), (slot, isOpen) => {
      reader.enter(slot.element, list.length + 1);
      list.push(slot.shape.read(reader, isOpen));
      reader.leave();
    });
    if (list.length < this.min) reader.missing(only, list.length + 1);
    return list;
  }

  override write(writer: DocumentWriter, value: unknown): void {
    const list = this.arrayOf(writer, value);
    const slot = this.#slot();
    if ((slot.versions & writer.version) !== 0) for (let at = 0; at < list.length; at += 1) writer.element(slot, list[at], at + 1);
  }

  #slot(): Slot {
    return (this.#compiled ??= slotOf(this.#page, this.#name, this.#member, 0));
  }
}

/**
 * An element that holds nothing but a repetition of another: an array.
 *
 * @example
 * const collections = list('AirSync', 'Collection', struct('AirSync', { SyncKey: text() }), { min: 1 });
 */
export function list<P extends PageName, T>(page: P, name: ElementNames[P] | ElementName, shape: Shape<T>, options: SequenceOptions = {}): Shape<readonly T[]> {
  return new ListShape(page, name, shape, options) as Shape<readonly unknown[]> as Shape<readonly T[]>;
}

/** `['Add', …] | ['Change', …]`: narrows by its first element. */
export type Choice<M> = { [N in keyof M]: readonly [name: N, value: ValueOf<M[N]>] }[keyof M];

/** What choices are compiled to, when they are first used. */
interface ChoicesPlan {
  readonly table: SlotTable;
  readonly slots: ReadonlyMap<string, Slot>;
}

class ChoicesShape extends SequenceShape<readonly [string, unknown]> {
  readonly #page: PageName;
  readonly #members: Readonly<Record<string, Member>>;
  #compiled: ChoicesPlan | undefined;

  constructor(page: PageName, members: Readonly<Record<string, Member>>, options: SequenceOptions) {
    super(options);
    this.#page = page;
    this.#members = members;
  }

  override read(reader: DocumentReader, hasContent: boolean): readonly (readonly [string, unknown])[] {
    const { table, slots } = this.#plan();
    const pairs: (readonly [string, unknown])[] = [];
    const counts: Record<string, number> = {};
    if (hasContent) this.readAll(reader, (page, token) => table.find(page, token), (slot, isOpen) => {
      const number = (counts[slot.key] ?? 0) + 1;
      counts[slot.key] = number;
      reader.enter(slot.element, number);
      pairs.push([slot.key, slot.shape.read(reader, isOpen)]);
      reader.leave();
    });
    const [first] = slots.values();
    if (pairs.length < this.min && first) reader.missing(first, 0);
    return pairs;
  }

  override write(writer: DocumentWriter, value: unknown): void {
    const pairs = this.arrayOf(writer, value) as readonly (readonly [string, unknown])[];
    const { slots } = this.#plan();
    const counts: Record<string, number> = {};
    for (const pair of pairs) {
      const slot = Array.isArray(pair) ? slots.get(pair[0] as string) : undefined;
      if (slot === undefined) return writer.fail(`has an element that is no pair of one of ${[...slots.keys()].join(', ')} and its value`);
      const number = (counts[slot.key] ?? 0) + 1;
      counts[slot.key] = number;
      if ((slot.versions & writer.version) !== 0) writer.element(slot, pair[1], number);
    }
  }

  #plan(): ChoicesPlan {
    if (this.#compiled) return this.#compiled;
    const slots = Object.entries(this.#members).map(([key, member], index) => slotOf(this.#page, key, member, index));
    this.#compiled = { table: new SlotTable(slots), slots: new Map(slots.map((slot) => [slot.key, slot])) };
    return this.#compiled;
  }
}

/**
 * An element that holds several others in any order and number: pairs of name and value, in that order.
 *
 * @example
 * const commands = choices('AirSync', { Add: text(), Delete: struct('AirSync', { ServerId: text() }) });
 * const value: ValueOf<typeof commands> = [['Delete', { ServerId: '1:1' }], ['Add', 'x']];
 */
export function choices<P extends PageName, const M extends { readonly [N in keyof Members<P>]?: Shape<unknown> | Optional<unknown> }>(
  page: P, members: M & OnlyNames<P, M>, options: SequenceOptions = {},
): Shape<readonly Choice<M>[]> {
  return new ChoicesShape(page, members as Readonly<Record<string, Member>>, options) as unknown as Shape<readonly Choice<M>[]>;
}

class LazyShape<T> extends ShapeNode<T> {
  readonly #make: () => Shape<T>;
  #made: ShapeNode<T> | undefined;

  constructor(make: () => Shape<T>) {
    super();
    this.#make = make;
  }

  override read(reader: DocumentReader, hasContent: boolean): T {
    return this.#shape().read(reader, hasContent);
  }

  override write(writer: DocumentWriter, value: unknown): void {
    this.#shape().write(writer, value);
  }

  #shape(): ShapeNode<T> {
    return (this.#made ??= this.#make() as ShapeNode<T>);
  }
}

/**
 * A shape that is asked for when it is first used: recursion. The type has to be written out where it refers to itself.
 *
 * @example
 * interface Query { And?: Query | undefined; FreeText?: string | undefined }
 * const query: Shape<Query> = struct('Search', { And: optional(lazy(() => query)), FreeText: optional(text()) });
 */
export const lazy = <T>(shape: () => Shape<T>): Shape<T> => new LazyShape(shape);
