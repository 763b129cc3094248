// saxes' words for what is not well-formed, turned into those of .NET's XmlTextReader (resource strings of System.Xml).
import { MalformedXmlError, placeOf } from './violation.ts';

export interface OpenTag {
  readonly name: string;
  readonly offset: number;
}

interface Failure {
  readonly text: string;
  /** Where saxes stopped: one past the character that it did not like. */
  readonly position: number;
  /** Where the last event ended. */
  readonly from: number;
  readonly open: readonly OpenTag[];
  readonly match: RegExpMatchArray;
}

type Rule = readonly [RegExp, (failure: Failure) => { reason: string; at: number }];

function character(text: string, at: number): { shown: string; hex: string } {
  const code = text.codePointAt(at) ?? 0;
  return { shown: code === 0 ? '.' : String.fromCodePoint(code), hex: `0x${code.toString(16).toUpperCase().padStart(2, '0')}` };
}

const ENTITY = /&(?:(?:[A-Za-z_:][\w:.-]*|#\d+|#x[\dA-Fa-f]+);)?/g;

/** The first ampersand from a place on that begins no reference. */
function brokenReference(text: string, from: number): number {
  ENTITY.lastIndex = from;
  for (let match = ENTITY.exec(text); match; match = ENTITY.exec(text)) if (match[0] === '&') return match.index;
  return -1;
}

const invalidCharacter = (text: string, at: number): { reason: string; at: number } => {
  const { shown, hex } = character(text, at);
  return { reason: `'${shown}', hexadecimal value ${hex}, is an invalid character.`, at };
};

const unexpectedToken = (failure: Failure, expected: string): { reason: string; at: number } => ({
  reason: `'${character(failure.text, failure.position - 1).shown}' is an unexpected token. ${expected}`,
  at: failure.position - 1,
});

function badName({ text, position }: Failure): { reason: string; at: number } {
  const { shown, hex } = character(text, position - 1);
  if (/[\s/>=<"']/.test(shown)) return { reason: `'${shown}' is an unexpected token. The expected token is '>'.`, at: position - 1 };
  return { reason: `Name cannot begin with the '${shown}' character, hexadecimal value ${hex}.`, at: position - 1 };
}

function endOfFile({ text, from, open, position }: Failure): { reason: string; at: number } {
  const reference = brokenReference(text, from);
  if (reference >= 0) return { reason: 'An error occurred while parsing EntityName.', at: reference + 1 };
  const names = open.map(({ name }) => name).reverse().join(', ');
  return { reason: names ? `Unexpected end of file has occurred. The following elements are not closed: ${names}.` : 'Unexpected end of file has occurred.', at: position };
}

function wrongEndTag({ text, position, open }: Failure): { reason: string; at: number } {
  const at = text.lastIndexOf('</', position - 1) + 2;
  const name = /[^\s>]*/.exec(text.slice(at, at + 1024))?.[0] ?? '';
  const start = open.at(-1);
  if (!start) return { reason: 'Unexpected end tag.', at };
  const { line, position: column } = placeOf(text, start.offset);
  return { reason: `The '${start.name}' start tag on line ${line} position ${column} does not match the end tag of '${name}'.`, at };
}

function reference({ text, position }: Failure): { reason: string; at: number } {
  const at = text.lastIndexOf('&', position - 1) + 1;
  const body = text.slice(at, text.indexOf(';', at));
  if (/^[A-Za-z_:][\w:.-]*$/.test(body)) return { reason: `Reference to undeclared entity '${body}'.`, at };
  const code = /^#x[\dA-Fa-f]+$/.test(body) ? parseInt(body.slice(2), 16) : /^#\d+$/.test(body) ? Number(body.slice(1)) : NaN;
  if (Number.isNaN(code) || code > 0x10ffff) return { reason: 'An error occurred while parsing EntityName.', at };
  return { ...invalidCharacter(code === 0 ? '\0' : String.fromCodePoint(code), 0), at: at + 1 };
}

/** At the last place of a name in the tag that saxes just finished. */
const lastName = ({ text, position }: Failure, name: string): number => {
  const start = text.lastIndexOf('<', position - 1);
  const at = text.slice(start, position).lastIndexOf(name);
  return at < 0 ? position : start + at;
};

const RULES: readonly Rule[] = [
  [/^(unclosed tag|unexpected end)/, endOfFile],
  [/^(unexpected close tag|unmatched closing tag)/, wrongEndTag],
  [/^duplicate attribute: (?:\{.*\})?(.*)\.$/, (f) => ({ reason: `'${f.match[1] ?? ''}' is a duplicate attribute name.`, at: lastName(f, f.match[1] ?? '') })],
  [/^unbound namespace prefix: "(.*)"/, (f) => ({ reason: `'${f.match[1] ?? ''}' is an undeclared prefix.`, at: lastName(f, `${f.match[1] ?? ''}:`) })],
  [/^(undefined entity|empty entity name|malformed character entity|disallowed character in entity)/, reference],
  [/^unquoted attribute value/, (f) => unexpectedToken(f, 'The expected token is \'"\' or \'\'\'.')],
  [/^attribute without value/, (f) => unexpectedToken(f, "The expected token is '='.")],
  [/^no whitespace between attributes/, (f) => unexpectedToken(f, 'Expecting white space.')],
  [/^forward-slash in opening tag/, (f) => unexpectedToken(f, "The expected token is '>'.")],
  [/^disallowed character in closing tag/, (f) => unexpectedToken(f, "The expected token is '>'.")],
  [/^disallowed character in attribute name/, (f) => (/[/>]/.test(f.text[f.position - 1] ?? '') ? unexpectedToken(f, "The expected token is '='.") : badName(f))],
  [/^disallowed character in tag name/, badName],
  [/^disallowed character\.$/, (f) => {
    const { shown } = character(f.text, f.position - 1);
    return shown === '<' ? { reason: "'<', hexadecimal value 0x3C, is an invalid attribute character.", at: f.position - 1 } : invalidCharacter(f.text, f.position - 1);
  }],
  [/^documents may contain only one root/, (f) => ({ reason: 'There are multiple root elements.', at: f.text.lastIndexOf('<', f.position - 1) + 1 })],
  [/^text data outside of root/, (f) => ({ reason: 'Data at the root level is invalid.', at: Math.max(f.from + f.text.slice(f.from).search(/\S/), f.from) })],
  [/^the string "\]\]>"/, (f) => ({ reason: "']]>' is not allowed in character data.", at: f.text.indexOf(']]>', f.from) })],
  [/^malformed comment/, (f) => ({ reason: "An XML comment cannot contain '--', and '-' cannot be the last character.", at: f.position - 1 })],
  [/XML declaration must (be|appear) at the start/, (f) => ({
    reason: 'Unexpected XML declaration. The XML declaration must be the first node in the document, and no white space characters are allowed to appear before it.',
    at: f.text.lastIndexOf('<?', f.position - 1) + 2,
  })],
  [/XML declaration|^expected |version number|encoding value|standalone value|name\/value pairs/, (f) => ({ reason: 'Syntax for an XML declaration is invalid.', at: f.position - 1 })],
];

const DTD = 'For security reasons DTD is prohibited in this XML document. To enable DTD processing set the DtdProcessing property on XmlReaderSettings to Parse and pass the settings into XmlReader.Create method.';

/** @param message what saxes says, or `doctype` for a document type declaration */
export function malformed(message: string, failure: Omit<Failure, 'match'>): MalformedXmlError {
  if (message === 'doctype') return new MalformedXmlError(DTD, undefined);
  if (message.startsWith('document must contain a root')) {
    return failure.text.includes('<') ? wrap(failure, { reason: 'Unexpected end of file has occurred.', at: failure.position }) : new MalformedXmlError('Root element is missing.', undefined);
  }
  for (const [pattern, explain] of RULES) {
    const match = pattern.exec(message);
    if (match) return wrap(failure, explain({ ...failure, match }));
  }
  const { shown } = character(failure.text, Math.max(0, failure.position - 1));
  return wrap(failure, { reason: `'${shown}' is an unexpected token.`, at: failure.position - 1 });
}

const wrap = ({ text }: Pick<Failure, 'text'>, { reason, at }: { reason: string; at: number }): MalformedXmlError => new MalformedXmlError(reason, placeOf(text, Math.max(0, at)));
