const milliseconds = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000 } as const;

/** Milliseconds of a .NET TimeSpan, `30.00:00:00` or `30`; Infinity for `Unlimited`; undefined for what is neither. */
export function parseHoldPeriod(text: string): number | undefined {
  if (/^unlimited$/i.test(text.trim())) return Infinity;
  const [, onlyDays, days = '0', hours, minutes, seconds = '0'] = /^\s*(?:(\d{1,8})|(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2}(?:\.\d{1,7})?))?)\s*$/.exec(text) ?? [];
  if (onlyDays !== undefined) return Number(onlyDays) * milliseconds.day;
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) >= 60) return undefined;
  return Number(days) * milliseconds.day + Number(hours) * milliseconds.hour + Number(minutes) * milliseconds.minute + Math.floor(Number(seconds) * milliseconds.second);
}
