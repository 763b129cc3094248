import type { ApplicationData } from '../schema/application-data.ts';
import type { Collection } from '../sync/collection.ts';

/**
 * Reads a Change: an element that it leaves out is as it was when it is ghosted, and empty when it is not
 * ([MS-ASCMD] 2.2.3.179). Without Supported in the first request nothing is ghosted, with an empty one everything is.
 */
export class SentElements {
  readonly #data: ApplicationData;
  readonly #supported: ReadonlySet<string> | undefined;
  readonly #isWhole: boolean;

  /** @param isWhole false where all is ghosted whatever the client said: an Add, or appointments since 16.0 */
  constructor(data: ApplicationData, { supported }: Pick<Collection, 'supported'>, isWhole: boolean) {
    this.#data = data;
    this.#supported = supported;
    this.#isWhole = isWhole;
  }

  /** The same of an element that is never ghosted. */
  saidUnghosted<N extends keyof ApplicationData>(name: N): NonNullable<ApplicationData[N]> | null | undefined {
    const value = this.#data[name];
    if (value !== undefined) return value as NonNullable<ApplicationData[N]>;
    return this.#isWhole ? null : undefined;
  }

  /** What the client says of an element: its value, null where leaving it out takes it away, undefined where it stays as it is. */
  said<N extends keyof ApplicationData>(name: N): NonNullable<ApplicationData[N]> | null | undefined {
    const value = this.#data[name];
    if (value !== undefined) return value as NonNullable<ApplicationData[N]>;
    return this.#isWhole && (this.#supported === undefined || this.#supported.has(name)) ? null : undefined;
  }
}
