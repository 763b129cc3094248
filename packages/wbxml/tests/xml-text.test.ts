import { fromXmlText, toXmlText, XmlTextError } from '../src/index.ts';
import { bytes, caught, hex } from './bytes.ts';

const header = '03016a00';
const prolog = '<?xml version="1.0" encoding="utf-8"?>\n';

describe('bytes, XML, the same bytes', () => {
  it.each([
    ['an empty root', `${header} 05`, '<Sync xmlns="AirSync:"/>'],
    ['children on lines of their own', `${header} 45 5c 4f 4b 03 '7' 00 01 01 01 13 01`, '<Sync xmlns="AirSync:">\n  <Collections>\n    <Collection>\n      <SyncKey>7</SyncKey>\n    </Collection>\n  </Collections>\n  <GetChanges/>\n</Sync>'],
    ['other pages by prefix', `${header} 45 00 02 54 03 'a' 00 01 00 16 53 03 'b' 00 01 00 00 13 01`,
      '<Sync xmlns="AirSync:" xmlns:email="Email:" xmlns:email2="Email2:">\n  <email:Subject>a</email:Subject>\n  <email2:MeetingMessageType>b</email2:MeetingMessageType>\n  <GetChanges/>\n</Sync>'],
    ['what XML escapes', `${header} 4b 03 '<a> & ]]>' 0d0a09 'b' 00 01`, '<SyncKey xmlns="AirSync:">&lt;a&gt; &amp; ]]&gt;&#xD;\n\tb</SyncKey>'],
    ['text that is blank', `${header} 45 4b 03 '  ' 00 01 01`, '<Sync xmlns="AirSync:">\n  <SyncKey>  </SyncKey>\n</Sync>'],
    ['opaque content', `${header} 00 16 49 c3 03 0001ff 01`, '<ConversationId xmlns="Email2:" xmlns:wbxml="urn:fauxchange:wbxml"><wbxml:opaque>AAH/</wbxml:opaque></ConversationId>'],
    ['opaque content of no length', `${header} 00 16 49 c3 00 01`, '<ConversationId xmlns="Email2:" xmlns:wbxml="urn:fauxchange:wbxml"><wbxml:opaque></wbxml:opaque></ConversationId>'],
    ['text beside children and opaque content', `${header} 00 0f 49 03 'x' 00 13 c3 01 41 03 'y' 00 01`, '<Query xmlns="Search:" xmlns:wbxml="urn:fauxchange:wbxml">x<And/><wbxml:opaque>QQ==</wbxml:opaque>y</Query>'],
    ['all of Unicode', `${header} 4b 03 c3bc e282ac f09f9880 00 01`, '<SyncKey xmlns="AirSync:">ü€😀</SyncKey>'],
  ])('%s', (_, notation, xml) => {
    const document = bytes(notation);
    expect(toXmlText(document)).toBe(`${prolog}${xml}\n`);
    expect(hex(fromXmlText(toXmlText(document)))).toBe(hex(document));
    expect(hex(fromXmlText(toXmlText(document, { indent: 0 })))).toBe(hex(document));
  });
});

it('indents as it is told', () => {
  const document = bytes(`${header} 45 5c 0f 01 01`);
  expect(toXmlText(document, { indent: 0 })).toBe(`${prolog}<Sync xmlns="AirSync:"><Collections><Collection/></Collections></Sync>\n`);
  expect(toXmlText(document, { indent: 4 })).toBe(`${prolog}<Sync xmlns="AirSync:">\n    <Collections>\n        <Collection/>\n    </Collections>\n</Sync>\n`);
});

it('shows what XML cannot say as U+FFFD', () => {
  expect(toXmlText(bytes(`${header} 4b 03 'a' 01 'b' 00 01`))).toContain('>a\ufffdb<');
});

it('refuses what the reader refuses', () => {
  expect(caught(() => toXmlText(bytes(`${header} 45 59 01`)))).toMatchObject({ name: 'WbxmlError', code: 'unknown-token', offset: 5 });
  expect(toXmlText(bytes(`${header} 45 59 03 '5' 00 01 01`), { legacyTokens: true })).toContain('<Truncation>5</Truncation>');
});

it.each([
  ['any prefix', '<a:Sync xmlns:a="AirSync:" xmlns:e="Email:"><a:GetChanges></a:GetChanges><e:Subject>x</e:Subject></a:Sync>', `${header} 45 13 00 02 54 03 'x' 00 01 01`],
  ['a namespace without its colon', '<Ping xmlns="Ping"><Status>1</Status></Ping>', `${header} 00 0d 45 47 03 '1' 00 01 01`],
  ['Gal', '<DisplayName xmlns="Gal"/>', `${header} 00 10 05`],
  ['comments, CDATA, a document type', '<!DOCTYPE ActiveSync PUBLIC "-//MICROSOFT//DTD ActiveSync//EN" "x"><SyncKey xmlns="AirSync:">1<!-- x --><![CDATA[<2]]></SyncKey>', `${header} 4b 03 '1<2' 00 01`],
  ['old tokens', '<Truncation xmlns="AirSync:">1</Truncation>', `${header} 59 03 '1' 00 01`],
])('reads XML written by hand: %s', (_, xml, notation) => {
  expect(hex(fromXmlText(xml))).toBe(hex(bytes(notation)));
});

it.each<[string, string, string, number, number]>([
  ['what is no XML', '<Sync xmlns="AirSync:"><Collections></Sync>', 'tag', 1, 43],
  ['nothing', '', 'root', 1, 1],
  ['no namespace', '<Sync/>', 'the element Sync has no namespace', 1, 7],
  ['another namespace', '<Sync xmlns="urn:x"/>', 'no code page has the namespace urn:x', 1, 21],
  ['another element', '<Sync xmlns="AirSync:">\n  <Synck/></Sync>', 'the code page AirSync has no element Synck', 2, 10],
  ['a name of every object', '<constructor xmlns="AirSync:"/>', 'no element constructor', 1, 31],
  ['an attribute', '<Sync xmlns="AirSync:" a="1"/>', 'the attribute a', 1, 30],
  ['an entity', '<!DOCTYPE a [<!ENTITY b "c">]><Sync xmlns="AirSync:">&b;</Sync>', 'entity', 1, 56],
  ['opaque content that is not base64', '<Sync xmlns="AirSync:" xmlns:w="urn:fauxchange:wbxml"><w:opaque>?</w:opaque></Sync>', 'not base64', 1, 76],
  ['opaque content that is the root', '<opaque xmlns="urn:fauxchange:wbxml"/>', 'without an element', 1, 38],
  ['an element in opaque content', '<Sync xmlns="AirSync:" xmlns:w="urn:fauxchange:wbxml"><w:opaque><Sync/></w:opaque></Sync>', 'an element in opaque content', 1, 71],
  ['too deep', '<Sync xmlns="AirSync:">'.repeat(65), 'open elements', 1, 1495],
])('refuses %s', (_, xml, reason, line, column) => {
  const error = caught(() => fromXmlText(xml)) as XmlTextError;
  expect(error).toBeInstanceOf(XmlTextError);
  expect({ line: error.line, column: error.column, message: error.message }).toEqual({ line, column, message: expect.stringContaining(reason) });
});

it('bounds the length of the text', () => {
  expect(caught(() => fromXmlText('<Sync xmlns="AirSync:"/>', { length: 10 }))).toMatchObject({ name: 'XmlTextError' });
});
