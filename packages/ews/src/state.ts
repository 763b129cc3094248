import type { SearchSessions } from './instant-search/search-sessions.ts';
import type { SendNotification } from './notifications/push.ts';
import type { Budgets } from './throttling/budgets.ts';
import type { ThrottlingPolicy } from './throttling/policy.ts';
import type { Subscriptions } from './notifications/subscriptions.ts';

/** What the service remembers between requests. */
export interface EwsState {
  readonly limits: ThrottlingPolicy;
  readonly budgets: Budgets;
  readonly subscriptions: Subscriptions;
  readonly searchSessions: SearchSessions;
  readonly sendNotification: SendNotification;
}
