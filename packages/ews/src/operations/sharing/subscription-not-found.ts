import { EwsError } from '../../errors.ts';

/** As the error example of RefreshSharingFolder; that GetSharingFolder answers so too is in the documentation of the code ([K]). */
export const subscriptionNotFound = (): EwsError =>
  new EwsError('ErrorSharingSynchronizationFailed', undefined, { values: { ErrorDetails: "Microsoft.Exchange.InfoWorker.Common.Sharing.SubscriptionNotFoundException: The subscription wasn't found.;" } });
