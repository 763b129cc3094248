import { ViolationKind } from '../errors.ts';
import type { PageName } from '../code-pages.ts';
import { TokenKind } from '../token-reader.ts';
import type { DocumentReader } from './document-reader.ts';
import type { DocumentWriter } from './document-writer.ts';
import { MemberNode, ShapeNode, slotOf, SlotTable } from './shape.ts';
import type { Member, Members, OnlyNames, Optional, Repeated, RepeatedOptions, Shape, Slot, ValueOf, VersionOptions } from './shape.ts';

export interface StructOptions {
  /** Whether text may stand beside the children or instead of them: the member `$`. */
  readonly text?: boolean | undefined;
  /** Whether children have to come in the declared order; by default they come in any. */
  readonly ordered?: boolean | undefined;
}

type OptionalKeys<M> = { [N in keyof M]: M[N] extends { readonly kind: 'optional' } ? N : never }[keyof M];
type Flat<T> = { [N in keyof T]: T[N] };

/** The plain object of a struct's members. */
export type StructValue<M, O extends StructOptions> = Flat<
  { [N in Exclude<keyof M, OptionalKeys<M>>]: ValueOf<M[N]> } & { [N in OptionalKeys<M>]?: ValueOf<M[N]> | undefined } & (O extends { readonly text: true } ? { $?: string | undefined } : unknown)
>;

type Values = Record<string, unknown>;

/** What a struct is compiled to, when it is first used. */
interface StructPlan {
  readonly slots: readonly Slot[];
  readonly table: SlotTable;
  readonly byKey: ReadonlyMap<string, Slot>;
  /** Those to look for when all is read: required ones, and arrays, which are there even when they are empty. */
  readonly expected: readonly Slot[];
  readonly required: readonly Slot[];
}

class StructShape extends ShapeNode<Values> {
  readonly #page: PageName;
  readonly #members: Readonly<Record<string, Member>>;
  readonly #hasText: boolean;
  readonly #isOrdered: boolean;
  #compiled: StructPlan | undefined;

  constructor(page: PageName, members: Readonly<Record<string, Member>>, { text = false, ordered = false }: StructOptions) {
    super();
    this.#page = page;
    this.#members = members;
    this.#hasText = text;
    this.#isOrdered = ordered;
  }

  override read(reader: DocumentReader, hasContent: boolean): Values {
    const plan = this.#plan();
    const value: Values = {};
    const base = reader.claim(plan.slots.length);
    let last = 0;
    const { tokens } = reader;
    if (hasContent) for (let kind = tokens.next(); kind !== TokenKind.Close; kind = tokens.next()) {
      if (kind > TokenKind.Close) {
        if (!this.#hasText) reader.refuseText();
        else value['$'] = ((value['$'] as string | undefined) ?? '') + reader.textOf(kind);
        continue;
      }
      const slot = plan.table.find(tokens.page, tokens.token);
      if (slot === undefined || (slot.versions & reader.version) === 0) return reader.unexpected();
      if (slot.index < last && this.#isOrdered) reader.failAt(slot.element, ViolationKind.Order, 0, tokens.tokenOffset, 'stands after what has to follow it');
      last = slot.index;
      readMember(reader, slot, base, value, kind === TokenKind.Open);
    }
    complete(reader, plan.expected, base, value);
    reader.giveBack(base);
    return value;
  }

  override write(writer: DocumentWriter, value: unknown): void {
    if (typeof value !== 'object' || value === null) return writer.fail('is no object');
    const plan = this.#plan();
    const base = writer.used;
    const end = this.#arrange(writer, plan, value as Values);
    const { slots, values } = writer;
    writer.used = end;
    for (let at = base; at < end; at += 1) {
      const slot = slots[at] as Slot;
      if (slot.isRepeated) writeRepeated(writer, slot, values[at]);
      else writer.element(slot, values[at], 0);
    }
    writer.used = base;
  }

  /** Puts the members that the value has into the declared order and writes its text; returns where they end. */
  #arrange(writer: DocumentWriter, plan: StructPlan, source: Values): number {
    const { slots, values, used: base } = writer;
    let end = base;
    let required = 0;
    for (const key in source) {
      const member = source[key];
      if (member === undefined) continue;
      const slot = plan.byKey.get(key);
      if (slot === undefined) this.#writeText(writer, key, member);
      else if ((slot.versions & writer.version) !== 0) {
        if (slot.min > 0 && !slot.isOptional) required += 1;
        let at = end;
        for (; at > base && (slots[at - 1] as Slot).index > slot.index; at -= 1) {
          slots[at] = slots[at - 1] as Slot;
          values[at] = values[at - 1];
        }
        slots[at] = slot;
        values[at] = member;
        end += 1;
      }
    }
    if (required < plan.required.length) {
      for (const { key, versions } of plan.required) if (source[key] === undefined && (versions & writer.version) !== 0) writer.fail('is missing', key);
    }
    return end;
  }

  #writeText(writer: DocumentWriter, key: string, text: unknown): void {
    if (key !== '$' || !this.#hasText) return writer.fail('is no member', key);
    if (typeof text !== 'string') return writer.fail('is no string', key);
    writer.tokens.text(text);
  }

  #plan(): StructPlan {
    if (this.#compiled) return this.#compiled;
    const slots = Object.entries(this.#members).map(([key, member], index) => slotOf(this.#page, key, member, index));
    this.#compiled = {
      slots,
      table: new SlotTable(slots),
      byKey: new Map(slots.map((slot) => [slot.key, slot])),
      expected: slots.filter(({ isOptional, min }) => !isOptional || min > 0),
      required: slots.filter(({ isOptional, min }) => !isOptional && min > 0),
    };
    return this.#compiled;
  }
}

function readMember(reader: DocumentReader, slot: Slot, base: number, value: Values, hasContent: boolean): void {
  const before = reader.counts[base + slot.index] as number;
  if (before >= slot.max) reader.failAt(slot.element, ViolationKind.Repeated, slot.isRepeated ? before + 1 : 0, reader.tokens.tokenOffset, `stands here more often than ${slot.max} times`);
  reader.counts[base + slot.index] = before + 1;
  if (!slot.isRepeated) {
    reader.enter(slot.element, 0);
    value[slot.key] = slot.shape.read(reader, hasContent);
  } else {
    reader.enter(slot.element, before + 1);
    const member = slot.shape.read(reader, hasContent);
    if (before === 0) value[slot.key] = [member];
    else (value[slot.key] as unknown[]).push(member);
  }
  reader.leave();
}

function complete(reader: DocumentReader, expected: readonly Slot[], base: number, value: Values): void {
  for (let at = 0; at < expected.length; at += 1) {
    const slot = expected[at] as Slot;
    const count = reader.counts[base + slot.index] as number;
    if (count < slot.min && (slot.versions & reader.version) !== 0 && !(slot.isOptional && count === 0)) reader.missing(slot, slot.isRepeated ? count + 1 : 0);
    if (count === 0 && slot.isRepeated && !slot.isOptional) value[slot.key] = [];
  }
}

function writeRepeated(writer: DocumentWriter, slot: Slot, list: unknown): void {
  if (!Array.isArray(list)) return writer.fail('is no array', slot.key);
  if (list.length < slot.min) writer.fail(`has fewer than ${slot.min} elements`, slot.key);
  if (list.length > slot.max) writer.fail(`has more than ${slot.max} elements`, slot.key);
  for (let at = 0; at < list.length; at += 1) writer.element(slot, list[at], at + 1);
}

/**
 * An element with children, each under its name: a plain object. Bare names are of the page, `'Page:Name'` of another.
 * Documents are written in the declared order.
 *
 * @example
 * const options = struct('AirSync', { FilterType: optional(integer({ min: 0, max: 8 })), 'AirSyncBase:BodyPreference': repeated(text()) });
 * type Options = ValueOf<typeof options>; // { FilterType?: number; 'AirSyncBase:BodyPreference': readonly string[] }
 */
export function struct<P extends PageName, const M extends Members<P>, const O extends StructOptions = Record<never, never>>(
  page: P, members: M & OnlyNames<P, M>, options?: O,
): Shape<StructValue<M, O>> {
  return new StructShape(page, members as Readonly<Record<string, Member>>, options ?? {}) as unknown as Shape<StructValue<M, O>>;
}

/**
 * A member that may be missing, or that only some versions know: in others it is unexpected on reading and left out on writing.
 *
 * @example
 * struct('AirSync', { ConversationMode: optional(flag(), { since: '14.0' }) });
 */
export function optional<T>(shape: Shape<T> | Repeated<T>, options: VersionOptions = {}): Optional<T> {
  if (shape.kind === 'shape') return new MemberNode<T, 'optional'>('optional', shape as ShapeNode<T>, options, false);
  const inner = shape as unknown as MemberNode<T, 'repeated'>;
  return new MemberNode<T, 'optional'>('optional', inner.shape, { ...inner.options, ...options }, true);
}

/**
 * A member that may stand several times: an array, empty when it does not stand at all.
 *
 * @example
 * struct('Settings', { 'AirSync:Options': repeated(text(), { max: 2 }) });
 */
export function repeated<T>(shape: Shape<T>, options: RepeatedOptions = {}): Repeated<readonly T[]> {
  return new MemberNode<readonly T[], 'repeated'>('repeated', shape as ShapeNode<T>, options, true);
}
