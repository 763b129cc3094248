import { GlobSet, metaTagOfStream, type PropList } from '@fauxchange/mapi-wire';
import { stateBytes } from '../mapping/id-sets.ts';
import type { IdOwner } from '../mapping/entry-ids.ts';

const { IdsetGiven, CnsetSeen, CnsetSeenFAI, CnsetRead } = metaTagOfStream;
/** MetaTagIdsetGiven says Integer32 and is binary; both are taken, [MS-OXCFXICS] 3.2.5.2.1. */
const givenAsBinary = 0x4017_0102;

/** What a client has, as it says itself: [MS-OXCFXICS] 2.2.1.1. Sets of counters of the mailbox. */
export interface SyncState {
  /** Ids of the messages or folders that it has. */
  readonly given: GlobSet;
  /** Change numbers of folders or normal messages that it has heard of. */
  readonly seen: GlobSet;
  readonly seenFai: GlobSet;
  readonly read: GlobSet;
}
export const noState: SyncState = { given: GlobSet.empty, seen: GlobSet.empty, seenFai: GlobSet.empty, read: GlobSet.empty };

const ofContents: ReadonlyMap<number, keyof SyncState> = new Map([[IdsetGiven, 'given'], [givenAsBinary, 'given'], [CnsetSeen, 'seen'], [CnsetSeenFAI, 'seenFai'], [CnsetRead, 'read']]);
const ofHierarchy: ReadonlyMap<number, keyof SyncState> = new Map([...ofContents].filter(([, member]) => member === 'given' || member === 'seen'));
export type SyncKind = 'contents' | 'hierarchy';
/** The member of the state that a property is; undefined for those that this kind of synchronization has not. */
export const memberOf = (property: number, kind: SyncKind): keyof SyncState | undefined => (kind === 'contents' ? ofContents : ofHierarchy).get(property);

/** [MS-OXCFXICS] 2.2.4.3.25. Ids that were given are the client's own business where it uploads: it adds them itself (3.3.5.6). */
export function stateElement(state: SyncState, owner: IdOwner, kind: SyncKind, isUpload = false): PropList {
  const one = (tag: number, set: GlobSet): PropList => [{ tag, value: stateBytes(set, owner) }];
  const given = isUpload ? [] : one(IdsetGiven, state.given);
  const seen = one(CnsetSeen, state.seen);
  return kind === 'hierarchy' ? [...given, ...seen] : [...given, ...seen, ...one(CnsetSeenFAI, state.seenFai), ...one(CnsetRead, state.read)];
}

/** Up to where a set has every number from 1 on. */
export function wholeUpTo({ ranges: [first] }: GlobSet): number {
  return first && first.low <= 1 ? first.high : 0;
}
/** All numbers up to one, but some. */
export const allUpTo = (last: number, except: readonly number[] = []): GlobSet => (last < 1 ? GlobSet.empty : GlobSet.ofRanges([{ low: 1, high: last }]).difference(GlobSet.of(except)));
