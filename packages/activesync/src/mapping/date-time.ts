import { conversionError } from './conversion-error.ts';

const digits = (value: number, count: number): string => String(value).padStart(count, '0');

/** `20261125T183219Z`, [MS-ASDTYPE] 2.7.2. */
export function formatCompact(at: number): string {
  const time = new Date(at);
  return `${digits(time.getUTCFullYear(), 4)}${digits(time.getUTCMonth() + 1, 2)}${digits(time.getUTCDate(), 2)}T${digits(time.getUTCHours(), 2)}${digits(time.getUTCMinutes(), 2)}${digits(time.getUTCSeconds(), 2)}Z`;
}

/** `2026-11-25T18:32:19.000Z`, [MS-ASDTYPE] 2.3. */
export const formatDashed = (at: number): string => new Date(at).toISOString();

const compact = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const dashed = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?Z$/;

/** ms since 1970 UTC; undefined for what is no such time. A day that the month has not is none either. */
function read(text: string, form: RegExp): number | undefined {
  const match = form.exec(text.trim());
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const at = Date.UTC(year, month - 1, day, hour, minute, second, Math.floor(Number(`0.${match[7] ?? '0'}`) * 1000));
  return new Date(at).getUTCDate() === day && new Date(at).getUTCMonth() === month - 1 && hour < 24 && minute < 60 && second < 60 ? at : undefined;
}

export const readCompact = (text: string): number | undefined => read(text, compact);
export const readDashed = (text: string): number | undefined => read(text, dashed);

/** Either form, since clients mix them up and Exchange takes both ([K]). @throws EasStatusError 6 */
export function parseTime(text: string, name: string): number {
  return readCompact(text) ?? readDashed(text) ?? conversionError(`${name} is no time: ${text.slice(0, 40)}`);
}
