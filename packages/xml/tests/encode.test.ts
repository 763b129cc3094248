import { anyCharacter } from '@fauxchange/arbitraries';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { buildDocument, decodeDocument, decodeEnvelope, encodeDocument, encodeEnvelope, encodeFault, EnvelopeError, escapeAttribute, escapeText, MalformedXmlError, rawXml, renderXml, SchemaViolation, XmlEncodeError, XmlLimitError } from '../src/index.ts';
import type { XmlNode } from '../src/index.ts';
import { COMMON, envelope, openShop, SHOP } from './shop.ts';

const schema = openShop();
const text = (chunks: readonly Uint8Array[]): string => Buffer.concat(chunks).toString();
const written = (name: string, value: unknown): string => text(encodeDocument(schema, name, value, { declaration: false })).replace(` xmlns:c="${COMMON}" xmlns:s="${SHOP}"`, '');
const order = { Colour: 'Red', Items: [], Total: 1 };

describe('what is written', () => {
  it.each<[string, string, unknown, string]>([
    ['schema order, whatever the order of the keys', 's:Order', { Total: 1, Items: [], Title: 'x', Colour: 'Red', Urgent: false }, '<s:Order Urgent="false" Colour="Red"><s:Title>x</s:Title><s:Items/><s:Total>1</s:Total></s:Order>'],
    ['undefined is not there', 's:Order', { ...order, Title: undefined, Urgent: undefined, Line: undefined }, '<s:Order Colour="Red"><s:Items/><s:Total>1</s:Total></s:Order>'],
    ['pairs in their order', 's:Order', { ...order, Items: [['Pear', { Skin: ['Red', 'Green'] }], ['Apple', { Weight: 1.5, Seeds: 2 }], ['Pear', {}]] },
      '<s:Order Colour="Red"><s:Items><s:Pear><s:Skin>Red Green</s:Skin></s:Pear><s:Apple><s:Weight>1.5</s:Weight><s:Seeds>2</s:Seeds></s:Apple><s:Pear/></s:Items><s:Total>1</s:Total></s:Order>'],
    ['text with attributes, of another namespace', 's:Order', { ...order, Note: { 'xml:lang': 'de', $: 'a < b & "c" > d\r\n' } }, '<s:Order Colour="Red"><c:Note xml:lang="de">a &lt; b &amp; "c" &gt; d&#xD;\n</c:Note><s:Items/><s:Total>1</s:Total></s:Order>'],
    ['pairs beside attributes, white space in an attribute', 's:OrderResponse', { Marked: { Id: 'a"\n\t', $: [['B', 1], ['A', '']] } }, '<s:OrderResponse><s:Marked Id="a&quot;&#xA;&#x9;"><s:B>1</s:B><s:A/></s:Marked></s:OrderResponse>'],
    ['xsi:type', 's:OrderResponse', { Fruit: { 'xsi:type': 'AppleType', Seeds: 3 } }, '<s:OrderResponse><s:Fruit xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="s:AppleType"><s:Seeds>3</s:Seeds></s:Fruit></s:OrderResponse>'],
    ['raw XML', 's:OrderResponse', { Extra: rawXml('<x>1</x>') }, '<s:OrderResponse><s:Extra><x>1</x></s:Extra></s:OrderResponse>'],
    ['base64, also for text', 's:OrderResponse', { Data: new Uint8Array([1, 2, 3, 4]), Code: new Uint8Array([255]) }, '<s:OrderResponse><s:Code>/w==</s:Code><s:Data>AQIDBA==</s:Data></s:OrderResponse>'],
    ['inner sequences', 's:Window', { After: 'z', High: 3, Start: 1, Low: 2 }, '<s:Window><s:Start>1</s:Start><s:Low>2</s:Low><s:High>3</s:High><s:After>z</s:After></s:Window>'],
    ['xsi:nil', 's:Order', { ...order, Items: [['Pear', { Ripe: null }]] }, '<s:Order Colour="Red"><s:Items><s:Pear><s:Ripe xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/></s:Pear></s:Items><s:Total>1</s:Total></s:Order>'],
  ])('%s', (_, name, value, xml) => {
    expect(written(name, value)).toBe(xml);
  });

  it.each<[string, string, unknown, string, string]>([
    ['an unknown key', 's:Order', { ...order, Foo: 1 }, 'Order', 's:OrderType has no Foo'],
    ['a missing child', 's:Order', { Colour: 'Red', Items: [] }, 'Order', 'Total is missing (s:OrderType)'],
    ['a missing attribute', 's:Order', { Items: [], Total: 1 }, 'Order', 'attribute Colour is missing'],
    ['two alternatives', 's:Order', { ...order, Mail: 'a', Phone: 'b' }, 'Order', 'Phone beside an alternative of it'],
    ['a value outside its enumeration', 's:Order', { ...order, Colour: 'Pink' }, 'Order', "'Pink' is not one of its values (urn:shop:ColourType)"],
    ['a string for a number', 's:Order', { ...order, Total: '1' }, 'Order/Total', 'expected a number, got string (http://www.w3.org/2001/XMLSchema:int)'],
    ['an object for pairs', 's:Order', { ...order, Items: { Pear: [{}] } }, 'Order/Items', 'expected a list of [name, value] pairs (s:ItemsType)'],
    ['pairs for an object', 's:Order', { ...order, Line: [[['Text', 'x']]] }, 'Order/Line', 'expected an object (s:LineType), got an array'],
    ['one for many', 's:Order', { ...order, Line: { Number: 1, Text: '' } }, 'Order', 'Line is repeated: expected an array'],
    ['an unknown kind in a list', 's:Order', { ...order, Items: [['Kiwi', {}]] }, 'Order/Items', 's:ItemsType has no Kiwi'],
    ['an abstract type', 's:OrderResponse', { Fruit: {} }, 'OrderResponse/Fruit', "s:FruitType is abstract: the value needs 'xsi:type'"],
    ['a type that is no heir', 's:OrderResponse', { Fruit: { 'xsi:type': 'LineType' } }, 'OrderResponse/Fruit', 'xsi:type LineType does not derive from s:FruitType'],
    ['half an inner sequence', 's:Window', { Start: 1, High: 1 }, 'Window', 'Low is missing (s:WindowType)'],
    ['an empty list that needs one', 's:OrderResponse', { Marked: { Id: '1', $: [] } }, 'OrderResponse/Marked', 'A or B is missing (s:MarkedType)'],
    ['plain text for any content', 's:OrderResponse', { Extra: '<x/>' }, 'OrderResponse/Extra', 'expected rawXml(…)'],
    ['null where nothing is nillable', 's:All', { One: null }, 'All/One', 'null, and xsi:nil is not allowed'],
    ['a fraction for an int', 's:Order', { ...order, Total: 1.5 }, 'Order/Total', '1.5 is no Int32 (http://www.w3.org/2001/XMLSchema:int)'],
    ['a bad date', 's:OrderResponse', { When: 'yesterday' }, 'OrderResponse/When', "The string 'yesterday' is not a valid AllXsd value. (http://www.w3.org/2001/XMLSchema:dateTime)"],
  ])('refuses %s', (_, name, value, path, reason) => {
    expect(() => encodeDocument(schema, name, value)).toThrow(new XmlEncodeError(reason, path));
  });

  it('leaves out for an old version what only later ones know', () => {
    const value = { ...order, Items: [['Fig', 'f'], ['Pear', {}]] };
    expect(text(encodeDocument(schema.at('V1'), 's:Order', value))).toContain('<s:Items><s:Pear/></s:Items>');
    expect(text(encodeDocument(schema, 's:Order', value))).toContain('<s:Items><s:Fig>f</s:Fig><s:Pear/></s:Items>');
  });

  it('writes in chunks, and great base64 in slices', () => {
    const Line = Array.from({ length: 5000 }, (_, Number) => ({ Number, Text: 'x'.repeat(100) }));
    const many = encodeDocument(schema, 's:Order', { ...order, Line });
    expect(Math.max(...many.map((chunk) => chunk.length))).toBeLessThan(70_000);
    expect(decodeDocument(Buffer.concat(many), schema).value).toEqual({ ...order, Line });

    const Data = new Uint8Array(2_000_003).map((_, index) => index * 7);
    const great = encodeDocument(schema, 's:OrderResponse', { Data });
    expect(great.length).toBe(5);
    const back = decodeDocument(Buffer.concat(great), schema).value as { Data: Uint8Array };
    expect(Buffer.compare(back.Data, Data)).toBe(0);
  });
});

describe('envelopes', () => {
  it('the usual form, with ServerVersionInfo as attributes', () => {
    expect(text(encodeEnvelope(schema, 's:OrderResponse', {}, { header: { ServerInfo: { Major: 15, Name: 'V2' } } }))).toBe(
      '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><h:ServerInfo xmlns:h="urn:common" Major="15" Name="V2"/></s:Header>' +
      '<s:Body><s:OrderResponse xmlns:c="urn:common" xmlns:s="urn:shop"/></s:Body></s:Envelope>');
  });

  it('the form of streaming answers: clients search them for the bare word Envelope', () => {
    const xml = text(encodeEnvelope(schema, 's:OrderResponse', {}, { envelopePrefix: '', header: { ServerInfo: { Major: 15 } } }));
    expect(xml).toMatch(/^<Envelope xmlns="http:\/\/schemas.xmlsoap.org\/soap\/envelope\/"><soap11:Header xmlns:soap11="[^"]+"><ServerInfo xmlns="urn:common" Major="15"\/><\/soap11:Header><soap11:Body .*<\/Envelope>$/);
    expect(decodeEnvelope(Buffer.from(xml), schema)).toMatchObject({ header: { ServerInfo: { Major: 15 } }, name: 's:OrderResponse' });
  });

  it.each(['s', ''] as const)('faults, with prefix "%s"', (envelopePrefix) => {
    const T = 'urn:types';
    const detail: XmlNode[] = [{ name: 'e:ResponseCode', namespaces: { e: 'urn:errors' }, children: ['ErrorX'] }, { name: 't:MessageXml', namespaces: { t: T }, children: [{ name: 't:Value', attributes: { Name: 'a"b', Skip: undefined }, children: ['1 < 2'] }] }];
    const xml = text(encodeFault({ code: { prefix: 'a', namespace: T, local: 'ErrorX' }, message: 'It <failed>.', detail }, { envelopePrefix }));
    const seen: [string, string][] = [];
    const parser = new SaxesParser({ xmlns: true });
    parser.on('opentag', ({ uri, local }) => seen.push([uri, local]));
    parser.write(xml).close();
    const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
    expect(seen).toEqual([[soap, 'Envelope'], [soap, 'Body'], [soap, 'Fault'], ['', 'faultcode'], ['', 'faultstring'], ['', 'detail'], ['urn:errors', 'ResponseCode'], [T, 'MessageXml'], [T, 'Value']]);
    expect(xml).toContain('>a:ErrorX</faultcode>');
    expect(xml).toContain('xml:lang="en-US">It &lt;failed&gt;.</faultstring>');
    expect(xml).toContain('<t:Value Name="a&quot;b">1 &lt; 2</t:Value>');
  });

  it('a plain SOAP fault', () => {
    expect(text(encodeFault({ code: 'Client', message: 'no' }, { declaration: false }))).toContain('<s:Fault><faultcode>s:Client</faultcode><faultstring xml:lang="en-US">no</faultstring></s:Fault>');
  });
});

describe('characters that XML 1.0 forbids', () => {
  it('are written as references, as Exchange does, or left out', () => {
    expect(escapeText('a\u0000b\u001a\uffff<')).toBe('a&#x0;b&#x1A;&#xFFFF;&lt;');
    expect(escapeText('a\u0000b\u001a\uffff<', 'strip')).toBe('ab&lt;');
    expect(escapeAttribute('\u0001"\n', 'strip')).toBe('&quot;&#xA;');
    expect(text(encodeDocument(schema, 's:All', { One: 'a\u0001' }, { illegalCharacters: 'strip' }))).toContain('<s:One>a</s:One>');
    expect(text(encodeDocument(schema, 's:All', { One: 'a\u0001' }))).toContain('<s:One>a&#x1;</s:One>');
  });
});

/** What an independent parser makes of a document: names, attributes and texts in order. */
function reread(xml: string): unknown {
  const stack: unknown[][] = [[]];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', (tag) => {
    const attributes = Object.values(tag.attributes).filter((a) => a.uri !== 'http://www.w3.org/2000/xmlns/').map((a) => [a.uri, a.local, a.value]);
    const node: unknown[] = [tag.uri, tag.local, attributes];
    (stack[stack.length - 1] as unknown[]).push(node);
    stack.push(node);
  });
  parser.on('text', (data) => stack.length > 1 && (stack[stack.length - 1] as unknown[]).push(data));
  parser.on('closetag', () => stack.pop());
  parser.write(xml).close();
  return stack[0];
}

const nasty = fc.oneof(fc.string({ unit: anyCharacter }), fc.string({ unit: fc.constantFrom('&', '<', '>', ';', '#', 'x', '6', 'amp', '&lt;', '&#65;', '&nbsp;', '\r', '\n', '\t', '\uE000', '\uE001', 'a', '"', ']]>') }))
  .map((value) => value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udfff]/gu, ''));

describe('buildDocument', () => {
  it.each<[string, XmlNode]>([
    ['default namespaces that change', { name: 'a', namespaces: { '': 'urn:a' }, children: [{ name: 'b', namespaces: { '': 'urn:b' }, children: [{ name: 'c', children: ['x'] }] }, { name: 'd' }] }],
    ['prefixes', { name: 'p:a', namespaces: { p: 'urn:p', q: 'urn:q' }, attributes: { 'q:x': '1', y: 2, 'xml:lang': 'de', z: undefined }, children: [{ name: 'q:b', children: ['t'] }, undefined, { name: 'p:c', namespaces: { p: 'urn:other' } }] }],
    ['no namespace at all', { name: 'a', children: [{ name: 'b', children: ['1 & 2'] }, 'tail'] }],
  ])('%s: the same as renderXml', (_, node) => {
    expect(reread(buildDocument(node))).toEqual(reread(renderXml(node)));
  });

  it('repairs what xmlbuilder2 spoils', () => {
    const xml = buildDocument({ name: 'a', attributes: { b: '&lt;\n&amp;' }, children: ['&lt; &amp; &#65; &nbsp; \r \uE000 \u0001'] }, { declaration: false });
    expect(xml).toBe('<a b="&amp;lt;&#xA;&amp;amp;">&amp;lt; &amp;amp; &amp;#65; &amp;nbsp; &#xD; \uE000 &#x1;</a>');
    expect(buildDocument({ name: 'a', children: ['\u0001b'] }, { declaration: false, illegalCharacters: 'strip' })).toBe('<a>b</a>');
  });

  it('any text comes back from an independent parser', () => {
    fc.assert(fc.property(nasty, nasty, (content, value) => {
      const xml = buildDocument({ name: 'a', attributes: { b: value }, children: content === '' ? [] : [content] });
      expect(reread(xml)).toEqual([['', 'a', [['', 'b', value]], ...(content === '' ? [] : [content])]]);
    }), { numRuns: 300, seed: 1 });
  });

  it('refuses an undeclared prefix', () => {
    expect(() => buildDocument({ name: 'x:a' })).toThrow('the prefix of x:a is not declared');
  });
});

const isTyped = (error: unknown): boolean => error instanceof SchemaViolation || error instanceof MalformedXmlError || error instanceof EnvelopeError || error instanceof XmlLimitError;

function survives(bytes: Uint8Array): void {
  try {
    decodeEnvelope(bytes, schema, { bytes: 100_000 });
  } catch (error) {
    if (!isTyped(error)) throw error;
  }
}

describe('hostile input', () => {
  const sample = envelope(`<Order xmlns="${SHOP}" xmlns:c="${COMMON}" Colour="Red"><Title>Grüße &amp; €</Title><c:Note xml:lang="de"><![CDATA[x]]></c:Note><Line Number="1"><Text>a</Text></Line><Items><Pear><Ripe>true</Ripe></Pear></Items><Total>1</Total></Order>`,
    `<c:Culture xmlns:c="${COMMON}">de</c:Culture>`);

  it('values come back, whatever the text', () => {
    fc.assert(fc.property(nasty, nasty, fc.integer({ min: -2147483648, max: 2147483647 }), (Title, Text, Number) => {
      const value = { Colour: 'Red', Title, Line: [{ Number, Text }], Items: [], Total: Number };
      expect(decodeDocument(Buffer.concat(encodeDocument(schema, 's:Order', value)), schema).value).toEqual(value);
    }), { numRuns: 300, seed: 2 });
  });

  it('cut at every byte: a typed error, never anything else', () => {
    expect(() => decodeEnvelope(sample, schema)).not.toThrow();
    for (let length = 0; length < sample.length; length += 1) {
      let error: unknown;
      try {
        decodeEnvelope(sample.subarray(0, length), schema);
      } catch (caught) {
        error = caught;
      }
      expect([length, isTyped(error)]).toEqual([length, true]);
    }
  });

  it('arbitrary bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => survives(bytes)), { numRuns: 500, seed: 3 });
  });

  it('bytes changed, cut and put in', () => {
    const change = fc.tuple(fc.nat(sample.length - 1), fc.nat(4), fc.oneof(fc.uint8Array({ maxLength: 4 }), fc.constantFrom('<', '&', '>', '"', '<![CDATA[', '<!--', '&#x0;', '</', ' xmlns=""', '<!DOCTYPE a>', '\u0000').map((piece) => Buffer.from(piece))));
    fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      let bytes: Buffer = sample;
      for (const [at, removed, added] of changes) bytes = Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);
      survives(bytes);
    }), { numRuns: 2000, seed: 4 });
  });
});
