/**
 * What a throttling policy limits (Set-ThrottlingPolicy, web.config). A limit that is undefined does not exist: `$null` in the shell.
 * Source: "EWS throttling in Exchange"; figures that it does not print are those of Get-ThrottlingPolicy on fresh servers [K].
 */
export interface ThrottlingPolicy {
  /** EwsMaxConcurrency: requests of a budget that may be under way at once, streams aside; over it ErrorExceededConnectionCount. */
  readonly maxConcurrency?: number | undefined;
  /** HangingConnectionLimit: open streams of a mailbox; over it ErrorExceededConnectionCount. */
  readonly hangingConnections?: number | undefined;
  /** EwsMaxSubscriptions: of a mailbox; over it ErrorExceededSubscriptionCount. */
  readonly maxSubscriptions?: number | undefined;
  /** EWSFindCountLimit: rows of an answer; over it a shorter page, or ErrorExceededFindCountLimit where nobody asked for pages. */
  readonly findCountLimit?: number | undefined;
  /** The same where a restriction or a query string is searched by. */
  readonly searchFindCountLimit?: number | undefined;
  /** DiscoveryMaxConcurrency: 0 turns discovery searches off, ErrorDiscoverySearchesDisabled. An emulator's searches are too quick to meet each other. */
  readonly discoveryMaxConcurrency?: number | undefined;
  /** DiscoveryMaxMailboxes: of a search; over it ErrorSearchTooManyMailboxes. */
  readonly discoveryMaxMailboxes?: number | undefined;
  /** DiscoveryMaxKeywords: of a query; over it ErrorSearchQueryHasTooManyKeywords. */
  readonly discoveryMaxKeywords?: number | undefined;
  /** DiscoveryPreviewSearchResultsPageSize: items of a page where a search does not say. */
  readonly discoveryPageSize?: number | undefined;
  /** ConcurrentSyncCalls: SyncFolderItems and SyncFolderHierarchy of a budget at once; over it ErrorServerBusy. */
  readonly concurrentSyncCalls?: number | undefined;
  /** EwsMaxBurst: milliseconds of work that a rested budget has. The time is the server's clock's. */
  readonly maxBurst?: number | undefined;
  /** EwsRechargeRate: milliseconds of work that a budget gets back in an hour. */
  readonly rechargeRate?: number | undefined;
  /** EwsCutoffBalance: milliseconds that a budget may be overdrawn before all is refused with ErrorServerBusy. */
  readonly cutoffBalance?: number | undefined;
  /** Milliseconds charged for each request besides the time that it took: an emulator is quicker than Exchange. Default 0. */
  readonly requestCost?: number | undefined;
  /** The same, for each entry of a batch. Default 0. */
  readonly entryCost?: number | undefined;
}

/** What `throttling` may be set to: the profile's whole policy, none of it, or the policy with other figures. */
export type ThrottlingSetting = boolean | ThrottlingPolicy;

/**
 * The limits in force. Unless told, those alone that every client of an unmodified server meets by its own doing, whatever the load:
 * how many rows, subscriptions and streams. Decision 0009.
 */
export function policyInForce(ofProfile: ThrottlingPolicy, setting: ThrottlingSetting | undefined): ThrottlingPolicy {
  if (setting === false) return {};
  if (setting === true) return ofProfile;
  if (setting) return { ...ofProfile, ...checked(setting) };
  const { hangingConnections, maxSubscriptions, findCountLimit, searchFindCountLimit, discoveryMaxMailboxes, discoveryMaxKeywords, discoveryPageSize } = ofProfile;
  return { hangingConnections, maxSubscriptions, findCountLimit, searchFindCountLimit, discoveryMaxMailboxes, discoveryMaxKeywords, discoveryPageSize };
}

function checked(setting: ThrottlingPolicy): ThrottlingPolicy {
  for (const [name, value] of Object.entries(setting) as [string, unknown][]) {
    if (value !== undefined && !(Number.isSafeInteger(value) && (value as number) >= 0)) throw new RangeError(`throttling.${name} is a whole number, or undefined for no limit`);
  }
  return setting;
}
