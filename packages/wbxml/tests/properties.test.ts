import { anyCharacter } from '@fauxchange/arbitraries';
import fc from 'fast-check';
import { choices, codePages, decodeDocument, document, emptyTag, encodeDocument, flag, integer, list, optional, repeated, ShapeViolation, struct, text, textOrBinary, TokenKind, TokenReader, TokenWriter, toXmlText, fromXmlText, WbxmlError } from '../src/index.ts';
import type { Shape } from '../src/index.ts';
import { bytes, caught, hex } from './bytes.ts';

/** Element, text or opaque content. */
type Node = { readonly page: number; readonly token: number; readonly content: readonly (Node | string | Uint8Array)[] };

const elements = codePages.flatMap((page) => page.elements.filter((element) => element !== undefined && !element.isLegacy).map((element) => ({ page: page.number, token: element?.token ?? 0 })));
const tag = fc.constantFrom(...elements);
const XML_CHARACTER = /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const words = fc.string({ unit: anyCharacter, maxLength: 60 }).filter((value) => XML_CHARACTER.test(value));
const opaque = fc.uint8Array({ maxLength: 300 });

const tree = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ ...{ tag }, content: fc.oneof(fc.constant([]), words.map((value) => (value === '' ? [] : [value])), opaque.map((value) => [value])) }).map(({ tag: { page, token }, content }) => ({ page, token, content })),
    fc.record({ tag, content: fc.array(tie('node'), { maxLength: 5 }) }).map(({ tag: { page, token }, content }) => ({ page, token, content })),
  ),
})).node;

function write(writer: TokenWriter, { page, token, content }: Node): void {
  writer.open(page, token);
  for (const part of content) {
    if (typeof part === 'string') writer.text(part);
    else if (part instanceof Uint8Array) writer.opaque(part);
    else write(writer, part);
  }
  writer.close();
}
function written(node: Node): Uint8Array {
  const writer = new TokenWriter();
  write(writer, node);
  return writer.finish();
}
function read(document: Uint8Array): Node {
  const tokens = new TokenReader(document);
  const top: Node[] = [];
  const open: (Node | string | Uint8Array)[][] = [top];
  for (let kind = tokens.next(); kind !== TokenKind.End; kind = tokens.next()) {
    const siblings = open[open.length - 1] ?? [];
    if (kind === TokenKind.Close) open.pop();
    else if (kind === TokenKind.Text) siblings.push(tokens.text());
    else if (kind === TokenKind.Opaque) siblings.push(new Uint8Array(tokens.opaque()));
    else {
      const content: Node['content'][number][] = [];
      siblings.push({ page: tokens.page, token: tokens.token, content });
      if (kind === TokenKind.Open) open.push(content);
    }
  }
  return top[0] as Node;
}

it('any tree is read as it was written', () => {
  fc.assert(fc.property(tree, (node) => expect(read(written(node))).toEqual(node)), { numRuns: 300 });
});

it('any tree survives XML', () => {
  fc.assert(fc.property(tree, fc.constantFrom(0, 2), (node, indent) => expect(hex(fromXmlText(toXmlText(written(node), { indent })))).toBe(hex(written(node)))), { numRuns: 300 });
});

it('any tree that is cut anywhere is refused as such', () => {
  fc.assert(fc.property(tree, fc.nat(), (node, cut) => {
    const document = written(node);
    expect(caught(() => read(document.subarray(0, cut % document.length)))).toMatchObject({ name: 'WbxmlError', code: 'truncated' });
  }), { numRuns: 300 });
});

const Anything = document('AirSync:Sync', struct('AirSync', {
  SyncKey: optional(text()), Collections: optional(list('AirSync', 'Collection', struct('AirSync', { Status: optional(integer()) }))), GetChanges: optional(flag()),
  Commands: optional(choices('AirSync', { Add: text(), Change: emptyTag() })), 'ComposeMail:Mime': optional(textOrBinary()), Options: repeated(text(), { max: 3 }),
}, { text: true }));

it('whatever the bytes are, the answer is a value or a typed error', () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.uint8Array({ maxLength: 200 }).map((rest) => new Uint8Array([...bytes('03016a00 45'), ...rest])),
    fc.tuple(tree, fc.nat(), fc.nat(255)).map(([node, at, byte]) => {
      const document = written(node).slice();
      document[at % document.length] = byte;
      return document;
    }),
  );
  fc.assert(fc.property(anything, (document) => {
    const error = caught(() => decodeDocument(document, Anything));
    expect(error === undefined || error instanceof WbxmlError || error instanceof ShapeViolation).toBe(true);
    if (error !== undefined) expect((error as WbxmlError).offset).toBeLessThanOrEqual(document.length);
    const shown = caught(() => toXmlText(document));
    expect(shown === undefined || shown instanceof WbxmlError).toBe(true);
  }), { numRuns: 2000 });
});

/** A shape with a value of it. */
interface Pair {
  readonly shape: Shape<unknown>;
  readonly value: unknown;
}
const scalar: fc.Arbitrary<Pair> = fc.oneof(
  words.map((value) => ({ shape: text(), value })),
  fc.maxSafeInteger().map((value) => ({ shape: integer(), value })),
  fc.boolean().map((value) => ({ shape: flag(), value })),
  fc.constant({ shape: emptyTag(), value: true }),
  fc.oneof(words, opaque).map((value) => ({ shape: textOrBinary(), value })),
);
const pageNames = codePages.filter(({ name }) => name !== 'AirNotify');
const pair: fc.Arbitrary<Pair> = fc.letrec<{ pair: Pair }>((tie) => ({
  pair: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.tuple(fc.constantFrom(...pageNames), fc.uniqueArray(fc.tuple(tag, tie('pair'), fc.constantFrom('required', 'optional', 'left out', 'repeated')), { maxLength: 6, selector: ([{ page, token }]) => page * 64 + token })).map(([page, members]) => {
      const shapes: Record<string, unknown> = {};
      const value: Record<string, unknown> = {};
      for (const [{ page: number, token }, member, how] of members) {
        const name = codePages[number]?.elements[token]?.name ?? '';
        const key = name.startsWith(`${page.name}:`) ? name.slice(page.name.length + 1) : name;
        const versions = { since: '2.5', until: '16.1' } as const;
        shapes[key] = how === 'repeated' ? repeated(member.shape, versions) : how === 'required' ? optional(member.shape, versions) : optional(member.shape, versions);
        if (how !== 'left out') value[key] = how === 'repeated' ? [member.value, member.value] : member.value;
      }
      return { shape: struct(page.name, shapes as never) as Shape<unknown>, value };
    }),
    fc.tuple(fc.constantFrom('AirSync:Add', 'Ping:Folder', 'Settings:Status'), tie('pair'), fc.nat(4)).map(([name, { shape, value }, count]) => ({ shape: list('AirSync', name as 'Add', shape), value: Array.from({ length: count }, () => value) })),
    fc.tuple(tie('pair'), tie('pair'), fc.array(fc.boolean(), { maxLength: 6 })).map(([a, b, order]) => ({ shape: choices('AirSync', { Add: a.shape, 'Ping:Folder': b.shape }), value: order.map((isFirst) => (isFirst ? ['Add', a.value] : ['Ping:Folder', b.value])) })),
  ),
})).pair;

it('any value of any shape is read as it was written, cut anywhere it is refused', () => {
  fc.assert(fc.property(pair, fc.nat(), ({ shape, value }, cut) => {
    const Root = document('AirSync:Sync', shape);
    const encoded = encodeDocument(Root, value);
    expect(decodeDocument(encoded, Root)).toEqual(value);
    expect(hex(encodeDocument(Root, decodeDocument(encoded, Root)))).toBe(hex(encoded));
    expect(caught(() => decodeDocument(encoded.subarray(0, cut % encoded.length), Root))).toBeInstanceOf(WbxmlError);
  }), { numRuns: 500 });
});
