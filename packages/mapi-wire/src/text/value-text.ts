/** Members whose numbers are property tags. */
const tagMembers: ReadonlySet<string> = new Set(['PropertyTag', 'PropertyTags', 'RecipientColumns', 'ExcludedTags', 'Tags', 'StateProperty', 'tag']);
/** Members whose numbers are read better in hexadecimal digits. */
const hexMembers = /(?:Flags|Handle|ErrorCode|ReturnValue|error|Mask|Types)$/;
const mostBytes = 64;

export const hexNumber = (value: number | bigint, digits: number): string => `0x${value.toString(16).padStart(digits, '0')}`;

function bytesText(bytes: Uint8Array): string {
  const hex = Array.from(bytes.subarray(0, mostBytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return bytes.length > mostBytes ? `${hex}… (${bytes.length} bytes)` : hex === '' ? '(no bytes)' : hex;
}

function numberText(name: string, value: number): string {
  if (tagMembers.has(name)) return hexNumber(value, 8);
  return hexMembers.test(name) ? hexNumber(value, 2) : String(value);
}

/** What fits into one line; undefined for what does not. */
function lineOf(name: string, value: unknown): string | undefined {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number') return numberText(name, value);
  if (typeof value === 'bigint') return value < 0n ? String(value) : hexNumber(value, 16);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Uint8Array) return bytesText(value);
  if (!Array.isArray(value)) return undefined;
  const items = value.map((item) => (typeof item === 'object' && item !== null && !(item instanceof Uint8Array) ? undefined : lineOf(name, item)));
  return items.includes(undefined) ? undefined : `[${items.join(' ')}]`;
}

/** The lines of a member: one, or one and those of its own members, two spaces further in. */
export function memberLines(name: string, value: unknown): readonly string[] {
  const line = lineOf(name, value);
  return line === undefined ? [`${name}:`, ...indented(valueLines(name, value))] : [`${name}: ${line}`];
}

/** The lines of the members of a value. */
export function valueLines(name: string, value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => [`${index}:`, ...indented(lineOf(name, item) === undefined ? valueLines(name, item) : [lineOf(name, item) ?? ''])]);
  return Object.entries((value ?? {}) as Record<string, unknown>).flatMap(([member, own]) => memberLines(member, own));
}

export const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);
