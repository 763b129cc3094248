/** A map that forgets what was longest not asked for. */
export class BoundedCache<Value> {
  readonly #entries = new Map<string, Value>();
  readonly #limit: number;

  constructor(limit: number) { this.#limit = limit; }

  get size(): number { return this.#entries.size; }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) {
      // A Map lists keys in order of insertion: to insert again is to be the youngest.
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return value;
  }

  set(key: string, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#limit) this.#entries.delete(this.#entries.keys().next().value as string);
  }

  delete(key: string): void { this.#entries.delete(key); }

  values(): IterableIterator<Value> { return this.#entries.values(); }

  clear(): void { this.#entries.clear(); }
}
