import { errorCode, type GlobSet } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { IdOwner } from '../mapping/entry-ids.ts';
import { countersOf } from '../mapping/id-sets.ts';
import { memberOf, type SyncKind, type SyncState } from './sync-state.ts';

/** Bytes of one property of a state: half a million ids without a pattern are less. */
const mostBytes = 0x40_0000;

const outOfTurn = (what: string): RopError => new RopError(errorCode.GeneralFailure, what);

/** One property of a state after the other, in pieces: [MS-OXCFXICS] 3.2.5.9.2. */
export class StateUpload {
  readonly #kind: SyncKind;
  readonly #owner: IdOwner;
  #member: keyof SyncState | undefined;
  #pieces: Uint8Array[] = [];
  #size = 0;

  constructor(kind: SyncKind, owner: IdOwner) {
    this.#kind = kind;
    this.#owner = owner;
  }

  begin(property: number): void {
    if (this.#member) throw outOfTurn('Another property of the state is being uploaded.');
    const member = memberOf(property, this.#kind);
    if (!member) throw new RopError(errorCode.InvalidParameter, `0x${property.toString(16)} is no property of the state.`);
    this.#member = member;
    this.#pieces = [];
    this.#size = 0;
  }

  add(piece: Uint8Array): void {
    if (!this.#member) throw outOfTurn('No property of the state is being uploaded.');
    this.#size += piece.length;
    if (this.#size > mostBytes) throw new RopError(errorCode.TooBig, `A property of the state may have ${mostBytes} bytes.`);
    this.#pieces.push(Uint8Array.from(piece));
  }

  end(): { readonly member: keyof SyncState; readonly set: GlobSet } {
    const member = this.#member;
    if (!member) throw outOfTurn('No property of the state is being uploaded.');
    this.#member = undefined;
    return { member, set: countersOf(Buffer.concat(this.#pieces), this.#owner) };
  }
}
