import type { FolderState } from '../folders/folder-state.ts';
import type { PingRequest } from '../schema/ping.ts';
import type { Collection } from '../sync/collection.ts';
import type { CachedSync } from '../sync/cached-sync.ts';

/** What a device told of itself: elements of Settings:DeviceInformation/Set, by their names. */
export type DeviceInformation = Readonly<Record<string, string>>;

/**
 * `quarantined`: waits for somebody to allow it; `discovery`: waits until the server knows what it is, which Provision tells. Either is answered,
 * and finds every folder empty.
 */
export type DeviceAccess = 'allowed' | 'blocked' | 'quarantined' | 'discovery';
/** `account`: only what came from this server is to be removed, [MS-ASPROV] 2.2.2.1. */
export type WipeRequest = 'device' | 'account';
export type WipeState = 'none' | 'requested' | 'acknowledged' | 'failed';

/** A partnership of one user and one device, with everything that the server keeps for it. */
export class Device {
  readonly id: string;
  readonly type: string;
  /** Directory id of the user. */
  readonly userId: string;
  readonly userAddress: string;
  /** ms since 1970 UTC. */
  readonly firstSeen: number;
  lastSeen: number;
  userAgent: string | undefined;
  /** Of the last request. */
  protocolVersion: string | undefined;
  information: DeviceInformation | undefined;
  access: DeviceAccess = 'allowed';
  wipe: { readonly request: WipeRequest; readonly state: WipeState } | undefined;
  /** Key of the policy that the device has acknowledged; `0`: none. */
  policyKey = '0';
  /** Key that was handed out and waits to be acknowledged. */
  pendingPolicyKey: string | undefined;
  /** Number of the policy that `policyKey` stands for: an older one has to be fetched again. */
  policyRevision = 0;
  /** What the user can open the locked device with, if the policy lets it be kept. */
  recoveryPassword: string | undefined;
  folders: FolderState | undefined;
  readonly collections = new Map<string, Collection>();
  cachedPing: PingRequest | undefined;
  cachedSync: CachedSync | undefined;
  /** ComposeMail:ClientId of what was sent, so that nothing is sent twice. */
  readonly sentClientIds = new Set<string>();

  constructor(facts: { readonly id: string; readonly type: string; readonly userId: string; readonly userAddress: string; readonly now: number }) {
    this.id = facts.id;
    this.type = facts.type;
    this.userId = facts.userId;
    this.userAddress = facts.userAddress;
    this.firstSeen = facts.now;
    this.lastSeen = facts.now;
  }

  /** The device is refused with 129 (HTTP 403 before 14.0) until it is allowed again. */
  block(): void {
    this.access = 'blocked';
  }

  allow(): void {
    this.access = 'allowed';
  }

  /** The device finds every folder empty until it is allowed, as with the access rule "quarantine". */
  quarantine(): void {
    this.access = 'quarantined';
    this.forgetSync();
  }

  /** The next request is refused with 140 (HTTP 449), and Provision then orders the wipe. */
  requestWipe(request: WipeRequest = 'device'): void {
    this.wipe = { request, state: 'requested' };
  }

  /** Takes the order back; what was wiped stays wiped. */
  cancelWipe(): void {
    this.wipe = undefined;
  }

  /** Every synchronization starts again from key 0: a collection's, or with no name all and the hierarchy's. */
  invalidateSyncKey(collectionId?: string): void {
    if (collectionId === undefined) this.forgetSync();
    else this.collections.delete(collectionId);
  }

  forgetSync(): void {
    this.collections.clear();
    this.folders = undefined;
    this.cachedPing = undefined;
    this.cachedSync = undefined;
  }
}
