import { EasStatusError } from '../errors.ts';
import { syncStatus } from '../sync/sync-status.ts';

/** What a client sent cannot be an item: status 6 for it, and the rest of the request goes on ([MS-ASCMD] 2.2.3.177.17). */
export function conversionError(message: string): never {
  throw new EasStatusError(syncStatus.conversionError, message);
}

/** The number where it is one that the element may have. */
export function within(name: string, value: number, least: number, most: number): number {
  return value >= least && value <= most ? value : conversionError(`${name} ${value} is not between ${least} and ${most}.`);
}

/** Flags that the schema has as numbers. */
export function asFlag(name: string, value: number): boolean {
  return within(name, value, 0, 1) === 1;
}
