/** `2026-11-25T18:32:19.000Z`, [MS-ASDTYPE] 2.3: the form of mail, tasks and notes. @param time ms since 1970 UTC */
export const formatDashed = (time: number): string => new Date(time).toISOString();

/** `20261125T183219Z`, [MS-ASDTYPE] 2.7.2: the form of the calendar. @param time ms since 1970 UTC */
export const formatCompact = (time: number): string => `${new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

/** ms since 1970 UTC; undefined for a moment that there is not. */
export function parseDashed(text: string): number | undefined {
  return valid(Date.parse(text.replace(/(\.\d{3})\d+Z$/, '$1Z')), text.slice(0, 10));
}

/** ms since 1970 UTC; undefined for a moment that there is not. */
export function parseCompact(text: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  return valid(Date.parse(`${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`), `${year ?? ''}-${month ?? ''}-${day ?? ''}`);
}

/** Date.parse moves the thirty-first of a short month into the next. */
const valid = (time: number, day: string): number | undefined => (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : time);
