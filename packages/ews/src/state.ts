import type { SendNotification } from './notifications/push.ts';
import type { Subscriptions } from './notifications/subscriptions.ts';

/** What the service remembers between requests. */
export interface EwsState {
  readonly subscriptions: Subscriptions;
  readonly sendNotification: SendNotification;
}
