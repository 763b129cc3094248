import { SaxesParser } from 'saxes';
import { decodeDocument, decodeEnvelope, encodeDocument, EnvelopeError, MalformedXmlError, openSchema, RawXml, SchemaViolation, XmlLimitError } from '../src/index.ts';
import { readXml } from '../src/parse.ts';
import { COMMON, envelope, openShop, SHOP } from './shop.ts';

const schema = openShop();
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const decode = (xml: string): unknown => decodeDocument(Buffer.from(xml), schema).value;
const shop = (body: string, name = 'Order', attributes = ''): string => `<${name} xmlns="${SHOP}" xmlns:c="${COMMON}"${attributes}>${body}</${name}>`;

const caught = (action: () => unknown): unknown => {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('values', () => {
  it.each<[string, string, unknown]>([
    ['attributes beside children', shop('<Title>x</Title><Items/><Total> 7 </Total>', 'Order', ' Colour="Red" Urgent="1"'), { Colour: 'Red', Urgent: true, Title: 'x', Items: [], Total: 7 }],
    ['repeated children and pairs in order', shop('<Line Number="1"><Text>a</Text></Line><Line Number="2"><Text/></Line><Items><Pear/><Apple><Weight>1.5</Weight></Apple><Pear><Skin>Red Green</Skin></Pear></Items><Total>0</Total>', 'Order', ' Colour="Green"'),
      { Colour: 'Green', Line: [{ Number: 1, Text: 'a' }, { Number: 2, Text: '' }], Items: [['Pear', {}], ['Apple', { Weight: 1.5 }], ['Pear', { Skin: ['Red', 'Green'] }]], Total: 0 }],
    ['a child of another namespace, with text and attributes', shop('<c:Note xml:lang="de"> a &amp; <![CDATA[<b>]]></c:Note><Items/><Total>1</Total>', 'Order', ' Colour="Red"'), { Colour: 'Red', Note: { 'xml:lang': 'de', $: ' a & <b>' }, Items: [], Total: 1 }],
    ['pairs beside attributes', shop('<Marked Id="1"><A>x</A><B>2</B></Marked>', 'OrderResponse'), { Marked: { Id: '1', $: [['A', 'x'], ['B', 2]] } }],
    ['xsi:type', `<OrderResponse xmlns="${SHOP}" ${XSI}><Fruit xsi:type="AppleType"><Weight>1</Weight><Seeds>3</Seeds></Fruit></OrderResponse>`, { Fruit: { 'xsi:type': 'AppleType', Weight: 1, Seeds: 3 } }],
    ['xsi:type by a prefix of its own', `<OrderResponse xmlns="${SHOP}" xmlns:q="${SHOP}" ${XSI}><Fruit xsi:type=" q:PearType "/></OrderResponse>`, { Fruit: { 'xsi:type': 'PearType' } }],
    ['xsi:nil', `<o:Order xmlns:o="${SHOP}" ${XSI} Colour="Red"><o:Items><o:Pear><o:Ripe xsi:nil="true"/></o:Pear></o:Items><o:Total>1</o:Total></o:Order>`, { Colour: 'Red', Items: [['Pear', { Ripe: null }]], Total: 1 }],
    ['xsi:schemaLocation is nobody\'s business', `<OrderResponse xmlns="${SHOP}" ${XSI} xsi:schemaLocation="a b"/>`, {}],
    ['any content stays as it is', shop('<Extra><x xmlns="urn:x"><y/>1</x> <z/></Extra>', 'OrderResponse'), { Extra: new RawXml('<x xmlns="urn:x"><y/>1</x> <z/>') }],
    ['text that is let pass is not there', `<Chatty xmlns="${SHOP}">a<One>1</One>b</Chatty>`, { One: '1' }],
    ['children in any order', shop('<Three>3</Three><One>1</One>', 'All'), { Three: 3, One: '1' }],
    ['optional inner sequences', shop('<Start>1</Start><Low>2</Low><High>3</High><After>x</After>', 'Window'), { Start: 1, Low: 2, High: 3, After: 'x' }],
    ['none of the optional sequences', shop('<Before>b</Before><After>x</After>', 'Window'), { Before: 'b', After: 'x' }],
    ['base64, dates, restrictions, unions', shop('<Code>AB</Code><Day>31</Day><Mix>12</Mix><Data>AQID BA==</Data><When>2024-02-29T23:59:59.5+01:00</When>', 'OrderResponse'),
      { Code: 'AB', Day: 31, Mix: '12', Data: new Uint8Array([1, 2, 3, 4]), When: '2024-02-29T23:59:59.5+01:00' }],
    ['comments and instructions are not there', `<?xml version="1.0"?><!-- a --><?p q?>${shop('<!-- x --><One>1<!-- y -->2</One>', 'All')}<!-- z -->`, { One: '12' }],
  ])('%s', (_, xml, expected) => {
    expect(decode(xml)).toEqual(expected);
  });

  it('prefixes do not matter, only what they stand for', () => {
    const swapped = `<c:Order xmlns:c="${SHOP}" xmlns:s="${COMMON}" Colour="Red"><s:Note>n</s:Note><Items xmlns="${SHOP}"/><c:Total>1</c:Total></c:Order>`;
    expect(decode(swapped)).toEqual({ Colour: 'Red', Note: { $: 'n' }, Items: [], Total: 1 });
  });

  it('one name in two namespaces is read from both, and written in the first', () => {
    const twice = openSchema('!ns s urn:shop\n!ns c urn:common\ns:Twice>TwiceType\ns:TwiceType (A:#string|c:A:#string) B:#int?');
    for (const uri of [SHOP, COMMON]) expect(decodeDocument(Buffer.from(`<Twice xmlns="${SHOP}"><A xmlns="${uri}">x</A><B>1</B></Twice>`), twice).value).toEqual({ A: 'x', B: 1 });
    expect(caught(() => decodeDocument(Buffer.from(`<Twice xmlns="${SHOP}"><A>x</A><A xmlns="${COMMON}">x</A></Twice>`), twice))).toBeInstanceOf(SchemaViolation);
    expect(Buffer.concat(encodeDocument(twice, 's:Twice', { A: 'x' })).toString()).toContain('<s:A>x</s:A>');
  });
});

const E = (name: string, uri = SHOP): string => `'${name}' in namespace '${uri}'`;
const expects = (list: string): string => ` List of possible elements expected: ${list}.`;

// The sentences of System.Xml's resources; the bar stands where .NET's XmlReader does.
const violations: readonly [string, string, string][] = [
  ['unexpected element', `<Order xmlns="${SHOP}" Colour="Red">\n <Items/>\n <¦Line Number="1"/>\n</Order>`, `The element ${E('Order')} has invalid child element ${E('Line')}.${expects(E('Total'))}`],
  ['unexpected element with many that may come', `<Order xmlns="${SHOP}" Colour="Red"><¦Mobile/></Order>`,
    `The element ${E('Order')} has invalid child element ${E('Mobile')}.${expects(`'Title, Mail, Phone' in namespace '${SHOP}' as well as 'Note' in namespace '${COMMON}' as well as 'Line, Items' in namespace '${SHOP}'`)}`],
  ['right name, wrong namespace', `<Order xmlns="${SHOP}" Colour="Red"><¦Title xmlns="urn:x"/></Order>`,
    `The element ${E('Order')} has invalid child element ${E('Title', 'urn:x')}.${expects(`'Title, Mail, Phone' in namespace '${SHOP}' as well as 'Note' in namespace '${COMMON}' as well as 'Line, Items' in namespace '${SHOP}'`)}`],
  ['nothing may follow', `<All xmlns="${SHOP}"><One/><Two/><Three>1</Three><¦Four/></All>`, `The element ${E('All')} has invalid child element ${E('Four')}.`],
  ['the other alternative too', `<Order xmlns="${SHOP}" Colour="Red"><Mail/><¦Phone/></Order>`, `The element ${E('Order')} has invalid child element ${E('Phone')}.${expects(`'Note' in namespace '${COMMON}' as well as 'Line, Items' in namespace '${SHOP}'`)}`],
  ['missing element', `<Order xmlns="${SHOP}" Colour="Red">\n  <Items/>\n</¦Order>`, `The element ${E('Order')} has incomplete content.${expects(E('Total'))}`],
  ['missing element of an empty tag', `<¦Order xmlns="${SHOP}" Colour="Red"/>`,
    `The element ${E('Order')} has incomplete content.${expects(`'Title, Mail, Phone' in namespace '${SHOP}' as well as 'Note' in namespace '${COMMON}' as well as 'Line, Items' in namespace '${SHOP}'`)}`],
  ['a started inner sequence wants its end', `<Window xmlns="${SHOP}"><Start>1</Start><Low>1</Low></¦Window>`, `The element ${E('Window')} has incomplete content.${expects(E('High'))}`],
  ['an inner sequence begins at its beginning', `<Window xmlns="${SHOP}"><¦Low>1</Low></Window>`, `The element ${E('Window')} has invalid child element ${E('Low')}.${expects(`'Before, Start, After' in namespace '${SHOP}'`)}`],
  ['enumeration in an element', `<Order xmlns="${SHOP}" Colour="Red"><Items><Pear><Skin>Red Pink</¦Skin></Pear></Items></Order>`,
    `The '${SHOP}:Skin' element is invalid - The value 'Red Pink' is invalid according to its datatype '${SHOP}:ColoursType' - The Enumeration constraint failed.`],
  ['enumeration in an attribute', `<Order xmlns="${SHOP}"\n   Urgent='true' ¦Colour = "Pink"/>`, `The 'Colour' attribute is invalid - The value 'Pink' is invalid according to its datatype '${SHOP}:ColourType' - The Enumeration constraint failed.`],
  ['missing attribute', `<¦Order xmlns="${SHOP}"><Items/></Order>`, "The required attribute 'Colour' is missing."],
  ['undeclared attribute', `<Order xmlns="${SHOP}" Colour="Red" ¦Foo="1"/>`, "The 'Foo' attribute is not declared."],
  ['undeclared attribute with a namespace', `<Order xmlns="${SHOP}" xmlns:f="urn:f" Colour="Red" ¦f:Foo="1"/>`, "The 'urn:f:Foo' attribute is not declared."],
  ['an attribute of a simple element', `<All xmlns="${SHOP}"><One ¦a="b"/></All>`, "The 'a' attribute is not declared."],
  ['bad boolean', `<Order xmlns="${SHOP}" Colour="Red" ¦Urgent="yes"/>`, "The 'Urgent' attribute is invalid - The value 'yes' is invalid according to its datatype 'http://www.w3.org/2001/XMLSchema:boolean' - The string 'yes' is not a valid Boolean value."],
  ['bad number', `<Order xmlns="${SHOP}" Colour="Red"><Items/><Total>1.0</¦Total></Order>`, `The '${SHOP}:Total' element is invalid - The value '1.0' is invalid according to its datatype 'http://www.w3.org/2001/XMLSchema:int' - The string '1.0' is not a valid Int32 value.`],
  ['too large a number', `<Order xmlns="${SHOP}" Colour="Red"><Items/><Total>2147483648</¦Total></Order>`,
    `The '${SHOP}:Total' element is invalid - The value '2147483648' is invalid according to its datatype 'http://www.w3.org/2001/XMLSchema:int' - Value '2147483648' was either too large or too small for Int32.`],
  ['an empty number', `<Order xmlns="${SHOP}" Colour="Red"><Items/><¦Total/></Order>`, `The '${SHOP}:Total' element is invalid - The value '' is invalid according to its datatype 'http://www.w3.org/2001/XMLSchema:int' - The string '' is not a valid Int32 value.`],
  ['bad date', `<OrderResponse xmlns="${SHOP}"><When>2023-02-29T00:00:00Z</¦When></OrderResponse>`,
    `The '${SHOP}:When' element is invalid - The value '2023-02-29T00:00:00Z' is invalid according to its datatype 'http://www.w3.org/2001/XMLSchema:dateTime' - The string '2023-02-29T00:00:00Z' is not a valid AllXsd value.`],
  ['pattern', `<OrderResponse xmlns="${SHOP}"><Code>ab</¦Code></OrderResponse>`, `The '${SHOP}:Code' element is invalid - The value 'ab' is invalid according to its datatype '${SHOP}:CodeType' - The Pattern constraint failed.`],
  ['too short', `<OrderResponse xmlns="${SHOP}"><Code>A</¦Code></OrderResponse>`, `The '${SHOP}:Code' element is invalid - The value 'A' is invalid according to its datatype '${SHOP}:CodeType' - The actual length is less than the MinLength value.`],
  ['too small', `<OrderResponse xmlns="${SHOP}"><Day>0</¦Day></OrderResponse>`, `The '${SHOP}:Day' element is invalid - The value '0' is invalid according to its datatype '${SHOP}:DayType' - The MinInclusive constraint failed.`],
  ['text between elements', `<Order xmlns="${SHOP}" Colour="Red"><Items/>¦oops<Total>1</Total></Order>`, `The element ${E('Order')} cannot contain text.${expects(E('Total'))}`],
  ['a child in text', `<All xmlns="${SHOP}"><One><¦Two/></One></All>`, `The element '${SHOP}:One' cannot contain child element '${SHOP}:Two' because the parent element's content model is text only.`],
  ['a child in nothing', `<Holder xmlns="${SHOP}"><Empty><¦Two/></Empty></Holder>`, `The element '${SHOP}:Empty' cannot contain child element '${SHOP}:Two' because the parent element's content model is empty.`],
  ['unknown xsi:type', `<OrderResponse xmlns="${SHOP}" ${XSI}><Fruit ¦xsi:type="Grape"/></OrderResponse>`, `This is an invalid xsi:type '${SHOP}:Grape'.`],
  ['abstract xsi:type', `<OrderResponse xmlns="${SHOP}" ${XSI}><Fruit ¦xsi:type="FruitType"/></OrderResponse>`, `The xsi:type '${SHOP}:FruitType' cannot be abstract.`],
  ['xsi:type that is no heir', `<OrderResponse xmlns="${SHOP}" ${XSI}><Fruit ¦xsi:type="LineType"/></OrderResponse>`,
    `The xsi:type attribute value '${SHOP}:LineType' is not valid for the element '${SHOP}:Fruit', either because it is not a type validly derived from the type in the schema, or because it has xsi:type derivation blocked.`],
  ['abstract and no xsi:type', `<OrderResponse xmlns="${SHOP}"><¦Fruit/></OrderResponse>`, `The element '${SHOP}:Fruit' is abstract or its type is abstract.`],
  ['xsi:nil where it may not be', `<All xmlns="${SHOP}" ${XSI}><One ¦xsi:nil="true"/></All>`, "If the 'nillable' attribute is false in the schema, the 'xsi:nil' attribute must not be present in the instance."],
  ['twice in xs:all', `<All xmlns="${SHOP}"><One/><¦One/></All>`, 'Element \'One\' cannot appear more than once if content model type is "all".'],
  ['##other wants one of another namespace', `<Anything xmlns="${SHOP}"><¦a/></Anything>`, `The element ${E('Anything')} has invalid child element ${E('a')}.${expects("any element in namespace '##other'")}`],
];

describe('violations', () => {
  it.each(violations)('%s', (_, marked, sentence) => {
    const before = marked.slice(0, marked.indexOf('¦')).split('\n');
    const error = caught(() => decode(marked.replace('¦', '')));
    expect(error).toBeInstanceOf(SchemaViolation);
    const { violation, line, position } = error as SchemaViolation;
    expect([violation, line, position]).toEqual([sentence, before.length, (before.at(-1) ?? '').length + 1]);
  });

  it('names the open elements, and lines may end in CR LF', () => {
    const error = caught(() => decode(`<Order xmlns="${SHOP}"\r\n Colour="Red">\r\n<Items>\r\n  <Apple>\r\n    <Seeds>x</Seeds></Apple></Items></Order>`));
    expect(error).toMatchObject({ line: 5, position: 15, path: 'Order/Items/Apple/Seeds' });
  });
});

// Positions: at the character that .NET's reader complains of.
const malformed: readonly [string, string, string][] = [
  ['mismatched tags', '<a>\n<b></a></b>', "The 'b' start tag on line 2 position 2 does not match the end tag of 'a'. Line 2, position 6."],
  ['an end without a start', '</a>', "Unexpected end tag. Line 1, position 3."],
  ['unclosed', '<a><b>', 'Unexpected end of file has occurred. The following elements are not closed: b, a. Line 1, position 7.'],
  ['an attribute twice', '<a x="1" x="2"/>', "'x' is a duplicate attribute name. Line 1, position 10."],
  ['a lone ampersand', '<a>b & c</a>', 'An error occurred while parsing EntityName. Line 1, position 7.'],
  ['an ampersand and a later semicolon', '<a>b & c; d</a>', 'An error occurred while parsing EntityName. Line 1, position 7.'],
  ['an HTML entity', '<a>&nbsp;</a>', "Reference to undeclared entity 'nbsp'. Line 1, position 5."],
  ['a NUL by reference', '<a>&#0;</a>', "'.', hexadecimal value 0x00, is an invalid character. Line 1, position 6."],
  ['a control character', '<a>\u0001</a>', "'\u0001', hexadecimal value 0x01, is an invalid character. Line 1, position 4."],
  ['an undeclared prefix', '<x:a/>', "'x' is an undeclared prefix. Line 1, position 2."],
  ['less-than in an attribute', '<a b="<"/>', "'<', hexadecimal value 0x3C, is an invalid attribute character. Line 1, position 7."],
  ['an attribute without value', '<a b/>', "'/' is an unexpected token. The expected token is '='. Line 1, position 5."],
  ['an attribute without quotes', '<a b=c/>', '\'c\' is an unexpected token. The expected token is \'"\' or \'\'\'. Line 1, position 6.'],
  ['attributes without a blank', '<a b="1"c="2"/>', "'c' is an unexpected token. Expecting white space. Line 1, position 9."],
  ['a name that begins with a digit', '<a><1/></a>', "Name cannot begin with the '1' character, hexadecimal value 0x31. Line 1, position 5."],
  ['two roots', '<a/><b/>', 'There are multiple root elements. Line 1, position 6.'],
  ['text behind the root', '<a/> x', 'Data at the root level is invalid. Line 1, position 6.'],
  ['text before the root', 'x<a/>', 'Data at the root level is invalid. Line 1, position 1.'],
  ['nothing', '', 'Root element is missing.'],
  ['a DTD', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'For security reasons DTD is prohibited in this XML document. To enable DTD processing set the DtdProcessing property on XmlReaderSettings to Parse and pass the settings into XmlReader.Create method.'],
  ['the end of a CDATA section in text', '<a>]]></a>', "']]>' is not allowed in character data. Line 1, position 4."],
  ['a late XML declaration', ' <?xml version="1.0"?><a/>', 'Unexpected XML declaration. The XML declaration must be the first node in the document, and no white space characters are allowed to appear before it. Line 1, position 4.'],
];

describe('not well-formed', () => {
  // Parsed as the content of xs:any, where no schema can complain first.
  it.each(malformed)('%s', (_, xml, sentence) => {
    const error = caught(() => readXml(xml, { open: () => undefined, text: () => undefined, close: () => undefined }));
    expect(error).toBeInstanceOf(MalformedXmlError);
    expect((error as MalformedXmlError).violation).toBe(sentence);
  });

  it('a violation that stands before it is told first, and the other way round', () => {
    expect(caught(() => decode(`<Order xmlns="${SHOP}" Colour="Pink"><a></b>`))).toBeInstanceOf(SchemaViolation);
    expect(caught(() => decode(`<Order xmlns="${SHOP}" Colour="Red"><Title></b><Foo/>`))).toBeInstanceOf(MalformedXmlError);
  });
});

describe('limits', () => {
  const nothing = { open: () => undefined, text: () => undefined, close: () => undefined };

  it.each<[string, () => unknown, XmlLimitError['limit']]>([
    ['bytes', () => decodeDocument(Buffer.alloc(101, 0x20), schema, { bytes: 100 }), 'bytes'],
    ['depth', () => readXml('<a>'.repeat(100_000), nothing), 'depth'],
    ['depth inside xs:any', () => decode(shop(`<Extra>${'<a>'.repeat(100)}`, 'OrderResponse')), 'depth'],
    ['attributes', () => readXml(`<a ${Array.from({ length: 50_000 }, (_, n) => `a${n}=""`).join(' ')}/>`, nothing), 'attributes'],
    ['attributes that hide behind a bracket in a value', () => readXml(`<a x=">" ${Array.from({ length: 65 }, (_, n) => `a${n}='>'`).join(' ')}/>`, nothing), 'attributes'],
  ])('%s', (_, action, limit) => {
    const error = caught(action);
    expect(error).toBeInstanceOf(XmlLimitError);
    expect((error as XmlLimitError).limit).toBe(limit);
  });

  // Patterns that backtrack would need hours for these.
  it.each<[string, string, unknown]>([
    ['blanks around a number', `<Total>${' '.repeat(500_000)}1${' '.repeat(500_000)}</Total>`, undefined],
    ['blanks inside a number', `<Total>1${' '.repeat(1_000_000)}1</Total>`, SchemaViolation],
    ['digits', `<Total>${'1'.repeat(1_000_000)}x</Total>`, SchemaViolation],
    ['text where none may be', `${' '.repeat(1_000_000)}x`, SchemaViolation],
    ['an attribute', `<Total ${' '.repeat(1_000_000)}a="${' '.repeat(1_000_000)}">1</Total>`, SchemaViolation],
  ])('a megabyte of %s is read in no time', (_, piece, expected) => {
    const error = caught(() => decode(shop(`<Items/>${piece}`, 'Order', ' Colour="Red"')));
    if (expected === undefined) expect(error).toBeUndefined();
    else expect(error).toBeInstanceOf(expected);
    for (const text of ['1'.repeat(1_000_000), `${'1'.repeat(500_000)}.${'1'.repeat(500_000)}x`]) caught(() => decode(shop(`<Fruit xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="AppleType"><Weight>${text}</Weight></Fruit>`, 'OrderResponse')));
  }, 5000);

  it('64 of each are allowed', () => {
    const attributes = Array.from({ length: 64 }, (_, n) => `a${n}="x"`).join(' ');
    expect(() => readXml(`<a>${'<b>'.repeat(62)}<c ${attributes}/>${'</b>'.repeat(62)}</a>`, nothing)).not.toThrow();
  });

  it('saxes gets six handlers, for the seventh makes it four times slower', () => {
    const on = jest.spyOn(SaxesParser.prototype, 'on');
    decode(shop('<One/>', 'All'));
    expect(on.mock.calls.map(([name]) => name).sort()).toEqual(['cdata', 'closetag', 'doctype', 'opentag', 'opentagstart', 'text']);
    on.mockRestore();
  });
});

describe('encodings', () => {
  const xml = `<?xml version="1.0" encoding="ENC"?>${shop('<One>Grüße €</One>', 'All')}`;
  const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

  it.each<[string, Buffer, string | undefined]>([
    ['UTF-8', Buffer.from(xml.replace('ENC', 'utf-8')), undefined],
    ['UTF-8 by a quoted charset', Buffer.from(xml.replace('ENC', 'utf-8')), '"UTF-8"'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${xml.replace('ENC', 'utf-8')}`), undefined],
    ['UTF-16 LE with a mark', Buffer.from(`\uFEFF${xml.replace('ENC', 'utf-16')}`, 'utf16le'), undefined],
    ['UTF-16 BE with a mark', utf16be(`\uFEFF${xml.replace('ENC', 'utf-16')}`), undefined],
    ['UTF-16 LE without a mark', Buffer.from(xml.replace('ENC', 'utf-16'), 'utf16le'), undefined],
    ['UTF-16 BE without a mark', utf16be(xml.replace('ENC', 'utf-16')), undefined],
    ['UTF-8 that calls itself UTF-16, when the Content-Type knows better', Buffer.from(xml.replace('ENC', 'utf-16')), 'utf-8'],
    ['windows-1252', Buffer.from(xml.replace('ENC', 'windows-1252').replace('€', '\x80'), 'latin1'), undefined],
  ])('%s', (_, bytes, charset) => {
    expect(decodeDocument(bytes, schema, { charset }).value).toEqual({ One: 'Grüße €' });
  });

  it.each<[string, Buffer, string | undefined]>([
    ['bytes that are not UTF-8', Buffer.from(xml.replace('ENC', 'utf-8'), 'latin1'), undefined],
    ['half a UTF-16 unit', Buffer.from(`\uFEFF${xml}`, 'utf16le').subarray(0, 101), undefined],
    ['UTF-8 that calls itself UTF-16', Buffer.from(xml.replace('ENC', 'utf-16')), undefined],
    ['an encoding nobody knows', Buffer.from(xml.replace('ENC', 'klingon')), undefined],
    ['an encoding with a name that every object has', Buffer.from(xml.replace('ENC', 'constructor')), undefined],
    ['an unknown charset', Buffer.from(xml.replace('ENC', 'utf-8')), 'x-odd'],
  ])('%s are refused', (_, bytes, charset) => {
    expect(caught(() => decodeDocument(bytes, schema, { charset }))).toBeInstanceOf(MalformedXmlError);
  });
});

describe('envelopes', () => {
  const order = `<Order xmlns="${SHOP}" Colour="Red"><Items/><Total>1</Total></Order>`;
  const version = (name: string): string => `<c:RequestServerVersion xmlns:c="${COMMON}" Version="${name}"/>`;

  it('gives header, name, value and where the body stands', () => {
    const header = `${version('V2')}<c:Culture xmlns:c="${COMMON}" s:mustUnderstand="1">de</c:Culture><x:Unknown xmlns:x="urn:x" s:mustUnderstand="0"><x:y>1</x:y></x:Unknown>`;
    const { text, offsets, schema: used, ...rest } = decodeEnvelope(envelope(order, header), schema);
    expect(rest).toEqual({ header: { RequestServerVersion: { Version: 'V2' }, Culture: { $: 'de' } }, name: 's:Order', value: { Colour: 'Red', Items: [], Total: 1 } });
    expect(text.slice(...offsets)).toBe(order);
    expect(used.level).toBe(1);
  });

  it('reads the body as the asked version knew it', () => {
    const fig = `<Order xmlns="${SHOP}" Colour="Blue"><Items><Fig>f</Fig></Items><Total>1</Total></Order>`;
    expect(decodeEnvelope(envelope(fig, version('V2')), schema).value).toMatchObject({ Colour: 'Blue' });
    expect(caught(() => decodeEnvelope(envelope(fig, version('V1')), schema))).toMatchObject({ violation: expect.stringContaining("The 'Colour' attribute is invalid") });
    expect(caught(() => decodeEnvelope(envelope(fig.replace('Blue', 'Red'), version('V1')), schema))).toMatchObject({ violation: expect.stringContaining("has invalid child element 'Fig'") });
    expect(caught(() => decodeEnvelope(envelope(`<New xmlns="${SHOP}"/>`, version('V1')), schema))).toMatchObject({ reason: 'unknown-operation' });
  });

  it('lets the caller choose the schema, or refuse, before the body is looked at', () => {
    const refuse = (): never => { throw new RangeError('no such version'); };
    expect(caught(() => decodeEnvelope(envelope('<nonsense/>', version('V9')), schema, { chooseSchema: refuse }))).toBeInstanceOf(RangeError);
    expect(decodeEnvelope(envelope(order, version('V9')), schema, { chooseSchema: (header, given) => given.at('V1') }).schema.level).toBe(0);
  });

  it.each<[string, Buffer, string, string]>([
    ['another root', Buffer.from('<a/>'), 'not-an-envelope', 'a'],
    ['SOAP 1.2', Buffer.from('<Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"/>'), 'version-mismatch', 'http://www.w3.org/2003/05/soap-envelope:Envelope'],
    ['no body', Buffer.from('<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"/>'), 'no-body', ''],
    ['an empty body', envelope(''), 'empty-body', 'http://schemas.xmlsoap.org/soap/envelope/:Body'],
    ['two operations', envelope(order + order), 'several-operations', `${SHOP}:Order`],
    ['an unknown operation', envelope('<x:y xmlns:x="urn:x"/>'), 'unknown-operation', 'urn:x:y'],
    ['a block that must be understood', envelope(order, '<x:y xmlns:x="urn:x" s:mustUnderstand="1"/>'), 'must-understand', 'urn:x:y'],
    ['something beside the body', Buffer.from('<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Tail/></s:Envelope>'), 'unexpected-child', 'http://schemas.xmlsoap.org/soap/envelope/:Tail'],
    ['text in the body', envelope(`x${order}`), 'unexpected-child', '#text'],
  ])('%s', (_, bytes, reason, element) => {
    const error = caught(() => decodeEnvelope(bytes, schema));
    expect(error).toBeInstanceOf(EnvelopeError);
    expect(error).toMatchObject({ reason, element });
  });

  it.each([
    ['no Version', `<c:RequestServerVersion xmlns:c="${COMMON}"/>`, "The required attribute 'Version' is missing."],
    ['another attribute', `<c:RequestServerVersion xmlns:c="${COMMON}" Version="V1" Foo=""/>`, "The 'Foo' attribute is not declared."],
    ['a header value', `<c:Culture xmlns:c="${COMMON}">not a culture</c:Culture>`, `The '${COMMON}:Culture' element is invalid - The value 'not a culture' is invalid according to its datatype 'http://www.w3.org/2001/XMLSchema:language' - The Pattern constraint failed.`],
  ])('a header with %s is a violation', (_, header, violation) => {
    expect(caught(() => decodeEnvelope(envelope(order, header), schema))).toMatchObject({ violation });
  });
});
