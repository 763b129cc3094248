import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** No add-in is ever installed. Who tells versions gets Apps, others the older Manifests. @see GetAppManifests, EWS reference */
export const getAppManifests: Operation<'GetAppManifests'> = defineOperation('GetAppManifests', ({ ApiVersionSupported, SchemaVersionSupported }) =>
  answerAlone((head) => ({ ...head, Manifests: {} }), () => {
    checkVersion('apiVersionSupported', ApiVersionSupported);
    checkVersion('schemaVersionSupported', SchemaVersionSupported);
    return ApiVersionSupported === undefined ? { ...success, Manifests: {} } : { ...success, Apps: {} };
  }));

function checkVersion(parameter: string, text: string | undefined): void {
  if (text === undefined || /^\d{1,5}\.\d{1,5}$/.test(text)) return;
  throw new EwsError('ErrorInvalidRequest', `The ${parameter} parameter is invalid. It should be in the form of major version, minor version, separated by '.', for example '2.34'.`);
}
