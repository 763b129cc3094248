/** Minutes east of UTC of somebody's clock at a local time, ms since 1970 as if it were UTC. */
export type LocalOffset = (localMs: number) => number;

const msPerDay = 86_400_000;

/** Local time of an instant, as if it were UTC. */
export function localTime(instant: number, offset: LocalOffset): number {
  // The offset is known by local time: the second look is right except inside the hour that a clock skips.
  const near = instant + offset(instant) * 60_000;
  return instant + offset(near) * 60_000;
}

/** The day, at midnight as if it were UTC, in which an instant is for whom the offset is. */
export function localDay(instant: number, offset: LocalOffset): number {
  return Math.floor(localTime(instant, offset) / msPerDay) * msPerDay;
}

/** The instant at which a floating day begins for whoever wrote it. */
export function startOfDay(day: number, offset: LocalOffset): number {
  return day - offset(day) * 60_000;
}
