/** Numbers below are positions and results of name resolution: [MS-OXNSPI] 2.2.1.8, 2.2.1.9. */
const first = 0x10;

/**
 * Minimal Entry IDs, [MS-OXNSPI] 2.2.9.1: numbers of entries and lists, by their GUIDs. Given when they are first told, the same for all
 * sessions, and kept until the server forgets everything.
 */
export class MinimalIds {
  readonly #byGuid = new Map<string, number>();
  readonly #guids: string[] = [];

  of(guid: string): number {
    const known = this.#byGuid.get(guid);
    if (known !== undefined) return known;
    const made = first + this.#guids.length;
    this.#guids.push(guid);
    this.#byGuid.set(guid, made);
    return made;
  }

  guidOf(minimalId: number): string | undefined {
    return this.#guids[minimalId - first];
  }

  clear(): void {
    this.#byGuid.clear();
    this.#guids.length = 0;
  }
}
