/** The replica of everything that a mailbox makes itself ([K] its number in mailboxes of Exchange that nothing was moved into). */
export const ownReplId = 1;
const mostReplicas = 0xffff;

/** The REPLID and REPLGUID mapping of one mailbox, [MS-OXCSTOR] 3.2.1: the same number for the same GUID, always. */
export class ReplicaIds {
  readonly #guids: string[];

  constructor(ownGuid: string) {
    this.#guids = [ownGuid];
  }

  /** All of them, with their numbers. */
  *entries(): IterableIterator<readonly [number, string]> {
    for (const [at, guid] of this.#guids.entries()) yield [at + ownReplId, guid];
  }

  guidOf(replId: number): string | undefined {
    return this.#guids[replId - ownReplId];
  }

  /** A GUID that was never seen gets a number: [MS-OXCSTOR] 3.2.5.9. Undefined when none is left. */
  idOf(guid: string): number | undefined {
    const known = this.#guids.indexOf(guid);
    if (known >= 0) return known + ownReplId;
    if (this.#guids.length + ownReplId > mostReplicas) return undefined;
    this.#guids.push(guid);
    return this.#guids.length - 1 + ownReplId;
  }
}
