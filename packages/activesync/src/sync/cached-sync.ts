import type { RequestCollection } from '../schema/sync.ts';

/** What an empty or partial Sync stands for, [MS-ASCMD] 2.2.1.21.1: the collections of the last whole request, and how long to wait. */
export interface CachedSync {
  readonly collections: readonly RequestCollection[];
  /** Seconds. */
  readonly wait: number | undefined;
  readonly windowSize: number | undefined;
}
