import { buildDocument, readSchemaTable } from '@fauxchange/xml';
import type { ComplexLine, SchemaTable, SimpleLine, SlotTokens, Token, XmlNode } from '@fauxchange/xml';
import type { SchemaVersionName } from '../profile.ts';
import { ewsSchema } from './ews-schema.ts';
import { operationHeaders } from './operation-headers.generated.ts';
import { operationElements } from './operation-types.generated.ts';
import { schemaLines } from './schema.generated.ts';

const XS = 'http://www.w3.org/2001/XMLSchema';
const XML = 'http://www.w3.org/XML/1998/namespace';
const TYPES = 'http://schemas.microsoft.com/exchange/services/2006/types';
const MESSAGES = 'http://schemas.microsoft.com/exchange/services/2006/messages';

type Attributes = NonNullable<XmlNode['attributes']>;
const xs = (name: string, attributes: Attributes, children: readonly (XmlNode | undefined)[] = []): XmlNode => ({ name: `xs:${name}`, attributes, children });

/** The names of unnamed types end in or contain a dollar sign, which XML does not allow in a name. */
const typeName = (name: string): string => (name.startsWith('#') ? `xs:${name.slice(1)}` : name.endsWith('$') ? `${name.slice(0, -1)}.Type` : name.replaceAll('$', '.'));
const localName = (name: string): string => typeName(name).slice(2);

const occurs = ({ min, max }: { min: number; max: number }): Attributes => ({
  minOccurs: min === 1 ? undefined : min,
  maxOccurs: max === 1 ? undefined : max === Infinity ? 'unbounded' : max,
});

/** Writes our own table of types as XML Schema. Groups, substitution groups and references have been resolved in it, so the text is not Microsoft's. */
class SchemaWriter {
  readonly #table: SchemaTable;
  readonly #prefix: 't' | 'm';

  constructor(table: SchemaTable, prefix: 't' | 'm') {
    this.#table = table;
    this.#prefix = prefix;
  }

  document(): XmlNode {
    const own = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].filter(([name]) => name.startsWith(`${this.#prefix}:`));
    const imported = this.#prefix === 't' ? xs('import', { namespace: XML }) : xs('import', { namespace: TYPES, schemaLocation: 'types.xsd' });
    return {
      name: 'xs:schema',
      namespaces: { xs: XS, t: TYPES, ...(this.#prefix === 'm' ? { m: MESSAGES } : {}) },
      attributes: { id: this.#prefix === 't' ? 'types' : 'messages', targetNamespace: this.#prefix === 't' ? TYPES : MESSAGES, elementFormDefault: 'qualified' },
      children: [
        imported,
        ...own(this.#table.simpleTypes).map(([, line]) => this.#simple(line)),
        ...own(this.#table.complexTypes).map(([, line]) => this.#complex(line)),
        ...own(this.#table.elements).map(([name, type]) => xs('element', { name: name.slice(2), type: typeName(type) })),
      ],
    };
  }

  #simple(line: SimpleLine): XmlNode {
    const wrap = (node: XmlNode): XmlNode => xs('simpleType', { name: localName(line.name) }, [node]);
    switch (line.form) {
      case 'enum':
        return wrap(xs('restriction', { base: 'xs:string' }, line.values.map(({ value }) => xs('enumeration', { value }))));
      case 'list':
        return wrap(xs('list', { itemType: typeName(line.item) }));
      case 'union':
        return wrap(xs('union', { memberTypes: line.members.map(typeName).join(' ') }));
      default:
        return wrap(xs('restriction', { base: typeName(line.base) }, line.facets.map(([name, value]) => xs(name, { value }))));
    }
  }

  #complex(line: ComplexLine): XmlNode {
    const attributes: XmlNode[] = [
      ...line.attributes.map((attribute) => this.#attribute(attribute)),
      ...line.prohibited.map((name) => xs('attribute', { name, use: 'prohibited' })),
      ...(line.anyAttribute ? [xs('anyAttribute', { namespace: 'http://schemas.xmlsoap.org/soap/envelope/' })] : []),
    ];
    const head = { name: localName(line.name), abstract: line.abstract || undefined };
    if (line.text !== undefined) return xs('complexType', head, [xs('simpleContent', {}, [xs('extension', { base: typeName(line.text) }, attributes)])]);
    const content = [this.#content(line), ...attributes];
    if (line.base === undefined) return xs('complexType', head, content);
    const derivation = xs(line.restriction ? 'restriction' : 'extension', { base: typeName(line.base) }, content);
    return xs('complexType', head, [xs(this.#hasText(line.base) ? 'simpleContent' : 'complexContent', {}, [derivation])]);
  }

  #hasText(name: string): boolean {
    const line = this.#table.complexTypes.get(name);
    return line !== undefined && (line.text !== undefined || (line.base !== undefined && this.#hasText(line.base)));
  }

  #attribute(attribute: ComplexLine['attributes'][number]): XmlNode {
    const use = attribute.required ? 'required' : undefined;
    return attribute.prefix ? xs('attribute', { ref: `${attribute.prefix}:${attribute.name}`, use }) : xs('attribute', { name: attribute.name, type: typeName(attribute.type), use });
  }

  #content(line: ComplexLine): XmlNode | undefined {
    const any = line.any === undefined ? [] : [line.any === 'other' ? xs('any', { namespace: '##other', processContents: 'skip' }) : xs('any', { processContents: 'lax', minOccurs: 0, maxOccurs: 'unbounded' })];
    if (line.slots.length === 0 && any.length === 0) return undefined;
    return xs(line.all ? 'all' : 'sequence', {}, [...this.#particles(line.slots, ''), ...any]);
  }

  /** Slots of one optional inner sequence stand side by side; their path tells how deep. */
  #particles(slots: readonly SlotTokens[], group: string): XmlNode[] {
    const particles: XmlNode[] = [];
    for (let index = 0; index < slots.length; ) {
      const slot = slots[index] as SlotTokens;
      if (slot.group === group) {
        particles.push(this.#slot(slot));
        index += 1;
        continue;
      }
      const depth = group === '' ? 1 : group.split('.').length + 1;
      const inner = slot.group.split('.').slice(0, depth).join('.');
      const end = slots.findIndex((other, at) => at > index && other.group !== inner && !other.group.startsWith(`${inner}.`));
      const members = slots.slice(index, end < 0 ? slots.length : end);
      particles.push(xs('sequence', { minOccurs: 0 }, this.#particles(members, inner)));
      index += members.length;
    }
    return particles;
  }

  #slot(slot: SlotTokens): XmlNode {
    const [only, ...others] = slot.alternatives;
    if (only && others.length === 0) return this.#element(only, occurs(slot));
    return xs('choice', occurs(slot), slot.alternatives.map((alternative) => this.#element(alternative, {})));
  }

  #element(token: Token, times: Attributes): XmlNode {
    if (token.prefix !== this.#prefix) return xs('element', { ref: `${token.prefix}:${token.name}`, ...times });
    return xs('element', { name: token.name, type: typeName(token.type), nillable: token.nillable || undefined, ...times });
  }
}

const render = (prefix: 't' | 'm', version: SchemaVersionName): string => buildDocument(new SchemaWriter(readSchemaTable(schemaLines, version), prefix).document(), { pretty: true });

/** types.xsd, rendered from our own table as the version has it. Costs some hundred milliseconds: keep the answer. */
export const renderTypesXsd = (version: SchemaVersionName): string => render('t', version);

/** messages.xsd, rendered from our own table as the version has it. */
export const renderMessagesXsd = (version: SchemaVersionName): string => render('m', version);

const wsdl = (name: string, attributes: Attributes, children: readonly XmlNode[] = []): XmlNode => ({ name: `wsdl:${name}`, attributes, children });
const soap = (name: string, attributes: Attributes): XmlNode => ({ name: `soap:${name}`, attributes });

type OperationEntry = readonly [name: string, elements: { readonly request: string; readonly response: string }];

const headersOf = (name: string): readonly string[] => operationHeaders[name] ?? [];

const messages = ([name, { request, response }]: OperationEntry): XmlNode[] => [
  wsdl('message', { name: `${name}SoapIn` }, [wsdl('part', { name: 'request', element: `tns:${request}` }), ...headersOf(name).map((header) => wsdl('part', { name: header, element: `t:${header}` }))]),
  wsdl('message', { name: `${name}SoapOut` }, [wsdl('part', { name: `${name}Result`, element: `tns:${response}` }), wsdl('part', { name: 'ServerVersion', element: 't:ServerVersionInfo' })]),
];

const port = ([name]: OperationEntry): XmlNode => wsdl('operation', { name }, [wsdl('input', { message: `tns:${name}SoapIn` }), wsdl('output', { message: `tns:${name}SoapOut` })]);

const binding = ([name]: OperationEntry): XmlNode => wsdl('operation', { name }, [
  soap('operation', { soapAction: `${MESSAGES}/${name}` }),
  wsdl('input', {}, [...headersOf(name).map((part) => soap('header', { message: `tns:${name}SoapIn`, part, use: 'literal' })), soap('body', { parts: 'request', use: 'literal' })]),
  wsdl('output', {}, [soap('body', { parts: `${name}Result`, use: 'literal' }), soap('header', { message: `tns:${name}SoapOut`, part: 'ServerVersion', use: 'literal' })]),
]);

/** Services.wsdl of a version: like Exchange's own it has no `wsdl:service`, for it does not know its address; node-ews adds one. */
export function renderServicesWsdl(version: SchemaVersionName): string {
  const schema = ewsSchema().at(version);
  const operations = Object.entries(operationElements).filter(([, { inWsdl, request }]) => inWsdl && schema.element(`m:${request}`));
  return buildDocument({
    name: 'wsdl:definitions',
    namespaces: { wsdl: 'http://schemas.xmlsoap.org/wsdl/', soap: 'http://schemas.xmlsoap.org/wsdl/soap/', xs: XS, tns: MESSAGES, t: TYPES },
    attributes: { targetNamespace: MESSAGES },
    children: [
      wsdl('types', {}, [xs('schema', {}, [xs('import', { namespace: MESSAGES, schemaLocation: 'messages.xsd' })])]),
      ...operations.flatMap(messages),
      wsdl('portType', { name: 'ExchangeServicePortType' }, operations.map(port)),
      wsdl('binding', { name: 'ExchangeServiceBinding', type: 'tns:ExchangeServicePortType' }, [soap('binding', { style: 'document', transport: 'http://schemas.xmlsoap.org/soap/http' }), ...operations.map(binding)]),
    ],
  }, { pretty: true });
}
