/** A simple type, ready to read and write. */
export interface Scalar {
  readonly kind: 'scalar';
  /** What the type is called in a violation: `uri:Name`, or .NET's type code when it has no name. */
  readonly label: string;
  /** Labels of the types that it restricts, nearest first. */
  readonly ancestors: readonly string[];
  /** @throws ScalarFault */
  read(text: string): unknown;
  /** The lexical form; bytes are returned as they are. @throws ScalarFault */
  write(value: unknown): string | Uint8Array;
  /** Enumerations that have grown since: whether only later versions have the value. */
  isLater?(value: unknown): boolean;
}

/** Why a text is not of its type: the last part of .NET's sentence. */
export class ScalarFault extends Error {
  override readonly name = 'ScalarFault';
}

const XSD = 'http://www.w3.org/2001/XMLSchema';
const isBlank = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** XML's four blanks only. No pattern: one that ends in `+$` takes quadratic time for a megabyte of blanks. */
function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

const badFormat = (text: string, type: string): ScalarFault => new ScalarFault(`The string '${text}' is not a valid ${type} value.`);

function expect(value: unknown, type: 'string' | 'number' | 'boolean'): void {
  if (typeof value !== type) throw new ScalarFault(`expected a ${type}, got ${value === null ? 'null' : typeof value}`);
}

type Builtin = Pick<Scalar, 'read' | 'write'> & { readonly code: string };

const writeString = (value: unknown): string => {
  expect(value, 'string');
  return value as string;
};

const text = (collapse: boolean, code: string): Builtin => ({ code, read: (value) => (collapse ? trim(value).replace(/[ \t\r\n]+/g, ' ') : value), write: writeString });

function integer(code: string, min: number, max: number): Builtin {
  return {
    code,
    read(value) {
      const lexical = trim(value);
      if (!/^[+-]?\d+$/.test(lexical)) throw badFormat(value, code);
      const number = Number(lexical);
      if (number < min || number > max) throw new ScalarFault(`Value '${value}' was either too large or too small for ${code}.`);
      return number === 0 ? 0 : number;
    },
    write(value) {
      expect(value, 'number');
      if (!Number.isInteger(value) || (value as number) < min || (value as number) > max) throw new ScalarFault(`${String(value)} is no ${code}`);
      return String(value);
    },
  };
}

function float(code: string, pattern: RegExp): Builtin {
  return {
    code,
    read(value) {
      const lexical = trim(value);
      if (!pattern.test(lexical)) throw badFormat(value, code);
      return lexical === 'INF' ? Infinity : lexical === '-INF' ? -Infinity : Number(lexical);
    },
    write(value) {
      expect(value, 'number');
      return value === Infinity ? 'INF' : value === -Infinity ? '-INF' : String(value);
    },
  };
}

const ZONE = '(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))?';
const DATE = '(?!0000)\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-9]))';
const TIME = '(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?|24:00:00(?:\\.0+)?)';

/** Lexical check only: whether a zone was written matters to Exchange, so the text itself is the value. */
function lexical(pattern: string, code: string): Builtin {
  const whole = new RegExp(`^${pattern}$`);
  const check = (value: string): string => {
    const trimmed = trim(value);
    if (!whole.test(trimmed) || !isDayOfMonth(trimmed)) throw badFormat(value, code);
    return trimmed;
  };
  return { code, read: check, write: (value) => check(writeString(value)) };
}

function isDayOfMonth(value: string): boolean {
  const match = /^(\d{4})-02-29/.exec(value);
  const year = Number(match?.[1]);
  return !match || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

const BAD_BASE64 = 'The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters. ';

const base64: Builtin = {
  code: 'Base64Binary',
  read(value) {
    // One negated class: a pattern of groups of four overflows the stack on megabytes.
    const bare = /[ \t\r\n]/.test(value) ? value.replace(/[ \t\r\n]+/g, '') : value;
    const padding = bare.endsWith('==') ? 2 : bare.endsWith('=') ? 1 : 0;
    if (/[^A-Za-z0-9+/]/.test(padding ? bare.slice(0, -padding) : bare)) throw new ScalarFault(BAD_BASE64);
    if (bare.length % 4 !== 0) throw new ScalarFault('Invalid length for a Base-64 char array or string.');
    const bytes = Buffer.from(bare, 'base64');
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  },
  write(value) {
    if (!(value instanceof Uint8Array)) throw new ScalarFault('expected a Uint8Array');
    return value;
  },
};

const boolean: Builtin = {
  code: 'Boolean',
  read(value) {
    const lexicalForm = trim(value);
    if (lexicalForm === 'true' || lexicalForm === '1') return true;
    if (lexicalForm === 'false' || lexicalForm === '0') return false;
    throw badFormat(value, 'Boolean');
  },
  write(value) {
    expect(value, 'boolean');
    return value ? 'true' : 'false';
  },
};

const language: Builtin = {
  code: 'String',
  read(value) {
    const trimmed = trim(value);
    if (!/^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/.test(trimmed)) throw new ScalarFault('The Pattern constraint failed.');
    return trimmed;
  },
  write: writeString,
};

/** Made anew for every schema, so that no state is shared by modules. */
const builtins = (): Readonly<Record<string, () => Builtin>> => ({
  string: () => text(false, 'String'),
  anyURI: () => text(true, 'AnyUri'),
  token: () => text(true, 'String'),
  language: () => language,
  boolean: () => boolean,
  base64Binary: () => base64,
  int: () => integer('Int32', -2147483648, 2147483647),
  short: () => integer('Int16', -32768, 32767),
  byte: () => integer('SByte', -128, 127),
  long: () => integer('Int64', -9223372036854775808, 9223372036854775807),
  unsignedByte: () => integer('Byte', 0, 255),
  unsignedShort: () => integer('UInt16', 0, 65535),
  unsignedInt: () => integer('UInt32', 0, 4294967295),
  unsignedLong: () => integer('UInt64', 0, 18446744073709551615),
  integer: () => integer('Integer', -Infinity, Infinity),
  nonNegativeInteger: () => integer('NonNegativeInteger', 0, Infinity),
  positiveInteger: () => integer('PositiveInteger', 1, Infinity),
  double: () => float('Double', /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN)$/),
  float: () => float('Single', /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN)$/),
  decimal: () => float('Decimal', /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/),
  dateTime: () => lexical(`-?${DATE}T${TIME}${ZONE}`, 'AllXsd'),
  date: () => lexical(`-?${DATE}${ZONE}`, 'AllXsd'),
  time: () => lexical(`${TIME}${ZONE}`, 'AllXsd'),
  duration: () => lexical('-?P(?=\\d|T\\d)(?:\\d+Y)?(?:\\d+M)?(?:\\d+D)?(?:T(?=\\d)(?:\\d+H)?(?:\\d+M)?(?:\\d+(?:\\.\\d+)?S)?)?', 'TimeSpan'),
});

/** A built-in type of XML Schema by its local name. */
export function builtinScalar(name: string): Scalar {
  const make = builtins()[name];
  if (!make) throw new SyntaxError(`schema table: xs:${name} is not supported`);
  const { read, write } = make();
  return { kind: 'scalar', label: `${XSD}:${name}`, ancestors: [], read, write };
}

/** .NET's word for an unnamed restriction of a built-in type. */
export function typeCode(base: Scalar): string {
  const root = [base.label, ...base.ancestors].find((label) => label.startsWith(`${XSD}:`));
  const code = builtins()[root?.slice(XSD.length + 1) ?? 'string']?.().code ?? 'String';
  return code === 'Int32' ? 'Int' : code;
}

/** @param every every value of the newest version: what we write may be younger than the asked version, what we read may not. */
export function enumScalar(label: string, values: ReadonlySet<string>, every: ReadonlySet<string>): Scalar {
  return {
    kind: 'scalar', label, ancestors: [`${XSD}:string`],
    read(value) {
      if (!values.has(value)) throw new ScalarFault('The Enumeration constraint failed.');
      return value;
    },
    write(value) {
      if (!every.has(value as string)) throw new ScalarFault(`'${String(value)}' is not one of its values`);
      return value as string;
    },
    ...(every.size > values.size ? { isLater: (value) => !values.has(value as string) } : {}),
  };
}

export function listScalar(label: string, item: Scalar): Scalar {
  return {
    kind: 'scalar', label, ancestors: [],
    read: (value) => value.split(/[ \t\r\n]+/).filter(Boolean).map((word) => item.read(word)),
    write(value) {
      if (!Array.isArray(value)) throw new ScalarFault('expected an array');
      return value.map((one) => item.write(one)).join(' ');
    },
  };
}

/** A union of numbers and texts (`55` or `0x37`) keeps the text, so that its reader has one type to deal with. */
export function unionScalar(label: string, members: readonly Scalar[]): Scalar {
  const isText = (member: Scalar): boolean => [member.label, ...member.ancestors].includes(`${XSD}:string`);
  const keepsText = new Set(members.map(isText)).size > 1;
  const first = <T>(attempt: (member: Scalar) => T, reason: string): T => {
    for (const member of members) {
      try {
        return attempt(member);
      } catch (error) {
        if (!(error instanceof ScalarFault)) throw error;
      }
    }
    throw new ScalarFault(reason);
  };
  const read = (value: string): unknown => {
    const member = first((candidate) => candidate.read(value), `The value '${value}' is not valid according to any of the memberTypes of the union.`);
    return keepsText ? value : member;
  };
  return {
    kind: 'scalar', label, ancestors: [], read,
    write(value) {
      if (keepsText) read(writeString(value));
      return keepsText ? (value as string) : first((member) => member.write(value), `${String(value)} fits no member of the union`);
    },
  };
}

type Facet = readonly [string, string];

const FACETS: Readonly<Record<string, (bound: number, size: number) => string | undefined>> = {
  length: (bound, size) => (size === bound ? undefined : 'The actual length is not equal to the specified length.'),
  minLength: (bound, size) => (size >= bound ? undefined : 'The actual length is less than the MinLength value.'),
  maxLength: (bound, size) => (size <= bound ? undefined : 'The actual length is greater than the MaxLength value.'),
  maxInclusive: (bound, size) => (size <= bound ? undefined : 'The MaxInclusive constraint failed.'),
  maxExclusive: (bound, size) => (size < bound ? undefined : 'The MaxExclusive constraint failed.'),
  minInclusive: (bound, size) => (size >= bound ? undefined : 'The MinInclusive constraint failed.'),
  minExclusive: (bound, size) => (size > bound ? undefined : 'The MinExclusive constraint failed.'),
};
const FACET_ORDER = ['length', 'minLength', 'maxLength', 'maxInclusive', 'maxExclusive', 'minInclusive', 'minExclusive'];

export function facetScalar(label: string, base: Scalar, facets: readonly Facet[]): Scalar {
  const patterns = facets.filter(([name]) => name === 'pattern').map(([, value]) => new RegExp(`^(?:${value})$`, 'u'));
  const bounds = facets.filter(([name]) => name !== 'pattern').sort(([a], [b]) => FACET_ORDER.indexOf(a) - FACET_ORDER.indexOf(b));
  const check = (lexicalForm: string, value: unknown): void => {
    if (patterns.some((pattern) => !pattern.test(lexicalForm))) throw new ScalarFault('The Pattern constraint failed.');
    const size = typeof value === 'number' ? value : typeof value === 'string' || value instanceof Uint8Array ? value.length : 0;
    for (const [name, bound] of bounds) {
      const reason = FACETS[name]?.(Number(bound), size);
      if (reason) throw new ScalarFault(reason);
    }
  };
  return {
    kind: 'scalar', label, ancestors: [base.label, ...base.ancestors],
    read(lexicalForm) {
      const value = base.read(lexicalForm);
      check(lexicalForm, value);
      return value;
    },
    write(value) {
      const lexicalForm = base.write(value);
      check(typeof lexicalForm === 'string' ? lexicalForm : '', value);
      return lexicalForm;
    },
  };
}
