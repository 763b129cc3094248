/**
 * Minutes as an xs:duration, as .NET writes a TimeSpan.
 *
 * @example
 * formatMinutes(-90); // '-PT1H30M'
 */
export function formatMinutes(minutes: number): string {
  if (minutes === 0) return 'PT0S';
  const size = Math.abs(minutes);
  const days = Math.floor(size / 1440);
  const hours = Math.floor((size % 1440) / 60);
  const rest = size % 60;
  const time = `${hours ? `${hours}H` : ''}${rest ? `${rest}M` : ''}`;
  return `${minutes < 0 ? '-' : ''}P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`;
}

/** The minutes of an xs:duration, seconds cut off; undefined for what is none, or has years or months. */
export function parseMinutes(duration: string): number | undefined {
  const match = /^\s*(-?)P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:\.\d{1,9})?S)?)?\s*$/.exec(duration);
  if (!match || /^\s*-?PT?\s*$/.test(duration) || /T\s*$/.test(duration)) return undefined;
  const [, sign, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  const total = Number(days) * 1440 + Number(hours) * 60 + Number(minutes) + Math.floor(Number(seconds) / 60);
  return total === 0 ? 0 : sign ? -total : total;
}
