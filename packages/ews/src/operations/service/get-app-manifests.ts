import { installedApps, type InstalledApp } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { ownSession } from '../../resolve.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { AppMetadata, GetAppManifestsType } from '../../schema/types.generated.ts';

/**
 * The add-ins of the caller that are enabled, or all that are installed. Who tells versions gets Apps, others the older Manifests.
 *
 * @see GetAppManifests, EWS reference
 */
export const getAppManifests: Operation<'GetAppManifests'> = defineOperation('GetAppManifests', (request, context) =>
  answerAlone(context, (head) => ({ ...head, Manifests: {} }), async () => {
    checkVersion('apiVersionSupported', request.ApiVersionSupported);
    checkVersion('schemaVersionSupported', request.SchemaVersionSupported);
    const apps = (await installedApps(ownSession(context))).filter((app) => isWanted(app, request));
    const bytes = ({ manifest }: InstalledApp): Uint8Array => Buffer.from(manifest, 'base64');
    if (request.ApiVersionSupported === undefined) return { ...success, Manifests: { Manifest: apps.map(bytes) } };
    return { ...success, Apps: { App: apps.map((app) => ({ Metadata: metadataOf(app, request), Manifest: bytes(app) })) } };
  }));

function isWanted({ id, disabled }: InstalledApp, { IncludeAllInstalledAddIns, ExtensionIds }: GetAppManifestsType): boolean {
  if (ExtensionIds && !ExtensionIds.some((wanted) => wanted.toLowerCase() === id)) return false;
  return disabled === undefined || IncludeAllInstalledAddIns === true;
}

/** Which of all add-ins are enabled is for those to know who ask for all ([K]). */
function metadataOf({ id, disabled, consent, marketplaceAssetId }: InstalledApp, { IncludeAllInstalledAddIns }: GetAppManifestsType): AppMetadata | undefined {
  return IncludeAllInstalledAddIns ? { ProductId: id, EnabledStatus: disabled === undefined, ConsentState: consent, MarketplaceAssetId: marketplaceAssetId } : undefined;
}

function checkVersion(parameter: string, text: string | undefined): void {
  if (text === undefined || /^\d{1,5}\.\d{1,5}$/.test(text)) return;
  throw new EwsError('ErrorInvalidRequest', `The ${parameter} parameter is invalid. It should be in the form of major version, minor version, separated by '.', for example '2.34'.`);
}
