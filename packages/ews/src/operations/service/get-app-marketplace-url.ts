import { defineOperation, type Operation } from '../../operation.ts';
import { success } from '../../response-messages.ts';

/** @see GetAppMarketplaceUrl, EWS reference */
export const getAppMarketplaceUrl: Operation<'GetAppMarketplaceUrl'> = defineOperation('GetAppMarketplaceUrl', (_request, { organization }) =>
  Promise.resolve({ ...success, AppMarketplaceUrl: `https://marketplace.${organization.domain}/` }));
