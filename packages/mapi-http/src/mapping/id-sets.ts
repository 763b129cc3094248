import { decode, encode, errorCode, GlobSet, idSetByReplGuid, idSetByReplId, WireError } from '@fauxchange/mapi-wire';
import type { IdOwner } from './entry-ids.ts';
import { RopError } from '../errors.ts';
import { ownReplId } from '../logon/replica-ids.ts';

/** The counters of this mailbox in a property of an ICS state; other replicas have no ids here. @throws RopError ecFormatError */
export function countersOf(bytes: Uint8Array, { replicaGuid }: IdOwner): GlobSet {
  try {
    return decode(bytes, idSetByReplGuid).get(replicaGuid) ?? GlobSet.empty;
  } catch (thrown) {
    if (thrown instanceof WireError) throw new RopError(errorCode.FormatError, `The state of a client is no set of ids: ${thrown.message}`);
    throw thrown;
  }
}

/** As the state of a synchronization has them, [MS-OXCFXICS] 2.2.2.4.2. */
export const stateBytes = (set: GlobSet, { replicaGuid }: IdOwner): Uint8Array => encode(idSetByReplGuid, set.isEmpty ? new Map() : new Map([[replicaGuid, set]]));
/** As deletions and read states have them, [MS-OXCFXICS] 2.2.2.4.1. */
export const idBytes = (ids: GlobSet): Uint8Array => encode(idSetByReplId, new Map([[ownReplId, ids]]));
