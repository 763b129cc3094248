import type { findIana, findWindows } from 'windows-iana';
import { day, minute, wallMilliseconds, wallTime } from './civil.ts';
import type { LocalTime, WallTime } from './civil.ts';
import type { TimeZoneDefinition } from './definition.ts';
import { windowsZoneRows } from './windows-zones.data.ts';
import { defineTimeZone } from './yearly-rules.ts';

/** Anything that knows its offset from UTC at every instant. */
export interface TimeZone {
  readonly id: string;
  /** For people: `(UTC+01:00) Amsterdam, Berlin, …`. */
  readonly name: string;
  /** Minutes east of Greenwich at an instant (milliseconds since 1970 UTC). */
  offsetAt(milliseconds: number): number;
  /**
   * The instant at which a clock of the zone shows this. A reading that comes twice is taken as standard
   * time, the later one; one that the clock skips is moved on by what was skipped.
   */
  toUtc(local: LocalTime): number;
  /** What a clock of the zone shows at an instant. */
  toLocal(milliseconds: number): WallTime;
  definition(): TimeZoneDefinition;
}

/** A time zone of Windows, with the rules of the IANA zone that stands for it. */
export interface WindowsTimeZone extends TimeZone {
  /** Of the zone's main territory: `Europe/Berlin`. */
  readonly ianaId: string;
  /** Of all its territories, the main one first. */
  readonly ianaIds: readonly string[];
}

/**
 * Where the table of windows-iana gives nothing, for zones that Windows keeps for old data, or a city that has
 * since left the zone.
 */
const corrected: Readonly<Record<string, string>> = {
  'Central Asia Standard Time': 'Asia/Bishkek',
  'Kamchatka Standard Time': 'Asia/Kamchatka',
  'Mountain Standard Time (Mexico)': 'America/Mazatlan',
  'Mid-Atlantic Standard Time': 'Etc/GMT+2',
};

// `require` and not `import()`: see the note in packages/mime/src/libraries.ts; jest's CommonJS loader.
const windowsIana = (): { findIana: typeof findIana; findWindows: typeof findWindows } =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  require('windows-iana') as { findIana: typeof findIana; findWindows: typeof findWindows };

/** The instant of a wall clock's reading where the offset of every instant is known. */
export function toUtc(local: LocalTime, offsetAt: (milliseconds: number) => number): number {
  const wall = wallMilliseconds(local);
  const before = offsetAt(wall - 26 * 60 * minute);
  const after = offsetAt(wall + 26 * 60 * minute);
  const holds = (offset: number): boolean => offsetAt(wall - offset * minute) === offset;
  const fitting = [Math.min(before, after), Math.max(before, after)].find(holds);
  return wall - (fitting ?? before) * minute;
}

function offsetReader(ianaId: string): (milliseconds: number) => number {
  let format: Intl.DateTimeFormat | undefined;
  return (milliseconds) => {
    format ??= new Intl.DateTimeFormat('en-US', { timeZone: ianaId, timeZoneName: 'longOffset', year: 'numeric' });
    const match = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(milliseconds));
    const minutes = Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0);
    return match?.[1] === '-' && minutes > 0 ? -minutes : minutes;
  };
}

const mostDays = 20_000;

/**
 * Intl takes 3 microseconds for an offset: what was the same at both ends of a day of UTC is remembered for
 * the day. No zone ever changed its clock twice within one and was back where it began.
 */
function rememberDays(offsetAt: (milliseconds: number) => number): (milliseconds: number) => number {
  const known = new Map<number, number>();
  const atBeginOf = (days: number): number => {
    const found = known.get(days);
    if (found !== undefined) return found;
    if (known.size >= mostDays) known.clear();
    const offset = offsetAt(days * day);
    known.set(days, offset);
    return offset;
  };
  return (milliseconds) => {
    const days = Math.floor(milliseconds / day);
    const offset = atBeginOf(days);
    return offset === atBeginOf(days + 1) ? offset : offsetAt(milliseconds);
  };
}

function makeZone(id: string, name: string): WindowsTimeZone {
  const correction = corrected[id];
  const ianaIds = [...new Set([...(correction === undefined ? [] : [correction]), ...windowsIana().findIana(id)])];
  const ianaId = ianaIds[0] ?? 'Etc/UTC';
  const offsetAt = rememberDays(offsetReader(ianaId));
  let defined: TimeZoneDefinition | undefined;
  return {
    id,
    name,
    ianaId,
    ianaIds,
    offsetAt,
    toUtc: (local) => toUtc(local, offsetAt),
    toLocal: (milliseconds) => wallTime(milliseconds + offsetAt(milliseconds) * minute),
    definition: () => (defined ??= defineTimeZone(id, name, offsetAt)),
  };
}

interface Table {
  readonly list: readonly { readonly id: string; readonly name: string }[];
  /** By lower-case id. */
  readonly rows: ReadonlyMap<string, { readonly id: string; readonly name: string }>;
  readonly zones: Map<string, WindowsTimeZone>;
}

let table: Table | undefined;

/** Read on the first call; zones are made when asked for, once: constant data, bounded by the list. */
function zoneTable(): Table {
  if (table) return table;
  const list = windowsZoneRows.split('\n').map((row) => {
    const bar = row.indexOf('|');
    return { id: row.slice(0, bar), name: row.slice(bar + 1) };
  });
  table = { list, rows: new Map(list.map((row) => [row.id.toLowerCase(), row])), zones: new Map() };
  return table;
}

/** All time zones of Windows, west to east, as GetServerTimeZones lists them. */
export function windowsTimeZones(): readonly { readonly id: string; readonly name: string }[] {
  return zoneTable().list;
}

/**
 * A time zone by its Windows id (case ignored); undefined for an unknown one.
 *
 * @example
 * timeZone('W. Europe Standard Time')?.toUtc({ year: 2026, month: 7, day: 1, hour: 12 }); // 10:00 UTC
 */
export function timeZone(id: string): WindowsTimeZone | undefined {
  const { rows, zones } = zoneTable();
  const row = rows.get(id.toLowerCase());
  if (!row) return undefined;
  const made = zones.get(row.id) ?? makeZone(row.id, row.name);
  zones.set(row.id, made);
  return made;
}

/** The Windows time zone of an IANA id (`Europe/Vienna`); undefined when there is none. */
export function timeZoneOfIana(ianaId: string): WindowsTimeZone | undefined {
  if (/^(?:etc\/)?(?:utc|gmt|z|zulu|universal)$/i.test(ianaId)) return timeZone('UTC');
  const [windows] = windowsIana().findWindows(ianaId);
  return windows === undefined ? undefined : timeZone(windows);
}
