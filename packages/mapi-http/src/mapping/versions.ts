import { binary, type Binary } from '@fauxchange/properties';
import type { PropertyBag } from '@fauxchange/mailbox';
import { decode, encode, predecessorChangeList, xid, WireError, type Xid } from '@fauxchange/mapi-wire';
import { changeKeyOf, changeListOf, ownXid, type IdOwner } from './entry-ids.ts';

/** Something with versions: an item by `contentCn`, a folder by `cn`. */
export interface Versioned {
  readonly bag: PropertyBag;
  readonly cn: number;
}

/** Of local ids in one namespace: as numbers, the first byte the highest. */
function isAtLeast(one: Uint8Array, other: Uint8Array): boolean {
  const size = Math.max(one.length, other.length);
  const padded = (bytes: Uint8Array): Buffer => Buffer.concat([Buffer.alloc(size - bytes.length), bytes]);
  return Buffer.compare(padded(one), padded(other)) >= 0;
}

/** Whether a list knows of everything that another one knows of: [MS-OXCFXICS] 3.1.5.6.1. */
export const includes = (list: readonly Xid[], other: readonly Xid[]): boolean =>
  other.every(({ NamespaceGuid, LocalId }) => list.some((one) => one.NamespaceGuid === NamespaceGuid && isAtLeast(one.LocalId, LocalId)));

/** What two lists know of together. */
export function merged(list: readonly Xid[], other: readonly Xid[]): readonly Xid[] {
  const latest = new Map<string, Xid>();
  for (const one of [...list, ...other]) {
    const known = latest.get(one.NamespaceGuid);
    if (!known || isAtLeast(one.LocalId, known.LocalId)) latest.set(one.NamespaceGuid, one);
  }
  return [...latest.values()];
}

/** Undefined for what is no list. */
export function changeList(bytes: Uint8Array): readonly Xid[] | undefined {
  return orUndefined(() => decode(bytes, predecessorChangeList));
}
export const changeKey = (bytes: Uint8Array): Xid | undefined => orUndefined(() => decode(bytes, xid));
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof WireError) return undefined;
    throw thrown;
  }
}

export const listBytes = (list: readonly Xid[]): Binary => binary.from(encode(predecessorChangeList, list));

/** PidTagChangeKey: what a client said of its version, until there is another one. */
export const changeKeyIn = (owner: IdOwner, { bag, cn }: Versioned): Binary => (bag.get('PidTagChangeKey') as Binary | undefined) ?? changeKeyOf(owner, cn);

/** PidTagPredecessorChangeList: what a client said, and whatever has come after it. */
export function changeListIn(owner: IdOwner, { bag, cn }: Versioned): Binary {
  const told = bag.get('PidTagPredecessorChangeList') as Binary | undefined;
  const before = told === undefined ? undefined : changeList(binary.toBytes(told));
  if (!before) return changeListOf(owner, cn);
  const own = changeKey(binary.toBytes(changeKeyIn(owner, { bag, cn })));
  return listBytes(merged(before, [own ?? ownXid(owner, cn)]));
}
