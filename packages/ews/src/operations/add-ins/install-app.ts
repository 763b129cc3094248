import { installedApps, setInstalledApps } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { readAppManifest } from '../../mapping/app-manifest.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { ownSession } from '../../resolve.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** [K] as a bound. */
const mostApps = 500;

/** Installs an add-in, or another version of one that is there. @see InstallApp, EWS reference */
export const installApp: Operation<'InstallApp'> = defineOperation('InstallApp', ({ Manifest, MarketplaceAssetId }, context) =>
  answerAlone(context, (head) => head, async () => {
    const { id } = readAppManifest(Manifest);
    const session = ownSession(context);
    const others = (await installedApps(session)).filter((app) => app.id !== id);
    if (others.length >= mostApps) throw new EwsError('ErrorInternalServerError', "This app can't be installed. Too many apps are installed.");
    await setInstalledApps(session, [...others, { id, manifest: Buffer.from(Manifest).toString('base64'), marketplaceAssetId: MarketplaceAssetId }]);
    return success;
  }));
