import { icalJs } from './library.ts';
import type { Property } from './library.ts';

/** A text that is no calendar, or a greater one than is taken. */
export class CalendarTextError extends Error {
  override readonly name = 'CalendarTextError';
}

export interface CalendarLimits {
  /** Characters of the whole text. */
  readonly length: number;
  readonly components: number;
  readonly properties: number;
}

export const defaultLimits: CalendarLimits = { length: 20_000_000, components: 20_000, properties: 200_000 };
const mostDepth = 6;
/** Lines that look like properties and are none; each costs more than one that is. */
const mostUnreadable = 1000;

/** A component with those of its lines that can be read. */
export interface Component {
  /** In capitals. */
  readonly name: string;
  readonly properties: Property[];
  readonly components: Component[];
  /** The value of RRULE, which is read by us. */
  rule?: string;
}

/** Lines, unfolded; a lone carriage return or line feed ends one as well. */
function* unfoldedLines(text: string): Generator<string> {
  let line: string[] = [];
  for (const raw of text.split(/\r\n|\n|\r/)) {
    if (line.length > 0 && (raw.startsWith(' ') || raw.startsWith('\t'))) {
      line.push(raw.slice(1));
      continue;
    }
    if (line.length > 0) yield line.join('');
    line = raw === '' ? [] : [raw];
  }
  if (line.length > 0) yield line.join('');
}

function propertyOf(line: string): Property | undefined {
  if (!/^[A-Za-z0-9-]{1,100}[;:]/.test(line)) return undefined;
  try {
    return icalJs().parse.property(line);
  } catch {
    // One line that is none, a parameter without a value, an open quotation mark: the others count.
    return undefined;
  }
}

/**
 * The VCALENDAR components of a text. Lines that cannot be read are passed over, as are missing ENDs.
 *
 * @throws CalendarTextError when there is no VCALENDAR, or too much of anything
 */
export function readComponents(text: string, limits: CalendarLimits): readonly Component[] {
  if (text.length > limits.length) throw new CalendarTextError(`a calendar of more than ${limits.length} characters`);
  const root: Component = { name: '', properties: [], components: [] };
  const stack: Component[] = [root];
  let components = 0;
  let properties = 0;
  let unreadable = 0;
  for (const line of unfoldedLines(text.replace(/^\uFEFF/, ''))) {
    const [, edge, name = ''] = /^(BEGIN|END):\s*([A-Za-z0-9-]{1,40})\s*$/i.exec(line) ?? [];
    const top = stack[stack.length - 1] ?? root;
    if (edge?.toUpperCase() === 'BEGIN') {
      if (++components > limits.components || stack.length > mostDepth) throw new CalendarTextError('too many components, or too deep');
      const component: Component = { name: name.toUpperCase(), properties: [], components: [] };
      top.components.push(component);
      stack.push(component);
    } else if (edge) {
      const at = stack.findLastIndex((each) => each.name === name.toUpperCase());
      if (at > 0) stack.length = at;
    } else if (top !== root) {
      if (++properties > limits.properties) throw new CalendarTextError(`more than ${limits.properties} properties`);
      const rule = /^RRULE(?:;[^:]*)?:(.*)$/i.exec(line)?.[1];
      const property = rule === undefined ? propertyOf(line) : undefined;
      if (rule !== undefined) top.rule ??= rule;
      else if (property) top.properties.push(property);
      else if (++unreadable > mostUnreadable) throw new CalendarTextError(`more than ${mostUnreadable} lines that are none`);
    }
  }
  const calendars = root.components.filter(({ name }) => name === 'VCALENDAR');
  if (calendars.length === 0) throw new CalendarTextError('there is no VCALENDAR');
  return calendars;
}

/** The first property of a name, in lower case. */
export const find = (component: Component, name: string): Property | undefined => component.properties.find(([each]) => each === name);

const escapes: Readonly<Record<string, string>> = { n: '\n', N: '\n' };

/** The value as text; what ical.js does not know has its escapes still. */
export function textOf(property: Property | undefined): string | undefined {
  const value = property?.[3];
  if (property === undefined || value === undefined || value === null) return undefined;
  const text = Array.isArray(value) ? value.join(';') : String(value);
  return property[2] === 'unknown' ? text.replace(/\\(.)/gs, (_, each: string) => escapes[each] ?? each) : text;
}

export const textIn = (component: Component, name: string): string | undefined => textOf(find(component, name));

export function numberIn(component: Component, name: string, most = 0x7fffffff): number | undefined {
  const text = textIn(component, name)?.trim();
  const value = text !== undefined && /^[+-]?\d{1,10}$/.test(text) ? Number(text) : undefined;
  return value === undefined || Math.abs(value) > most ? undefined : value;
}

export function flagIn(component: Component, name: string): boolean | undefined {
  const text = textIn(component, name)?.trim().toUpperCase();
  return text === 'TRUE' || text === 'FALSE' ? text === 'TRUE' : undefined;
}

export function parameterOf(property: Property | undefined, name: string): string | undefined {
  const value = property && Object.hasOwn(property[1], name) ? property[1][name] : undefined;
  return typeof value === 'string' ? value : value?.[0];
}
