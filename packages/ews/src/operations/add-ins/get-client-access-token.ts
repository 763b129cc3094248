import { installedApps, type InstalledApp } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { mayAtLeast, readAppManifest, type AppManifest } from '../../mapping/app-manifest.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { ownSession } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { ClientAccessTokenRequestType } from '../../schema/types.generated.ts';

/**
 * Tokens for installed add-ins: who the user is (CallerIdentity), and for those with permission for the whole mailbox one to come back
 * to EWS with (ExtensionCallback). Tokens for a single item and those of later services are refused: what they may do is documented nowhere.
 *
 * @see GetClientAccessToken, EWS reference
 */
export const getClientAccessToken: Operation<'GetClientAccessToken'> = defineOperation('GetClientAccessToken', async ({ TokenRequests }, context) => {
  const apps = await installedApps(ownSession(context));
  return {
    ResponseMessages: await forEachEntry(context, 'GetClientAccessTokenResponseMessage', TokenRequests.TokenRequest, (head) => head, async (request) => {
      const { token, lifetime } = await issue(request, appOf(request, apps), context);
      return { ...success, Token: { Id: request.Id, TokenType: request.TokenType, TokenValue: token, TTL: Math.floor(lifetime / 60) } };
    }),
  };
});

/** Seconds: eight hours, as the page's example, and five minutes. */
const lifetimes = { identity: 28_800, callback: 300 } as const;

const refused = (why: string): EwsError => new EwsError('ErrorInvalidClientAccessTokenRequest', why);

function appOf({ Id }: ClientAccessTokenRequestType, apps: readonly InstalledApp[]): AppManifest {
  const app = apps.find(({ id, disabled }) => id === Id.toLowerCase() && disabled === undefined);
  if (!app) throw refused(`Extension ID ${Id} can't be found.`);
  return readAppManifest(Buffer.from(app.manifest, 'base64'));
}

interface IssuedToken {
  readonly token: string;
  /** Seconds. */
  readonly lifetime: number;
}

async function issue({ TokenType }: ClientAccessTokenRequestType, { permissions, sourceLocation }: AppManifest, { authority, caller, organization }: EwsContext): Promise<IssuedToken> {
  if (!authority) throw refused('The server issues no tokens.');
  const user = caller.userPrincipalName ?? caller.primarySmtpAddress;
  if (TokenType === 'CallerIdentity') {
    checkPermission(mayAtLeast(permissions, 'ReadItem'));
    const lifetime = lifetimes.identity;
    return { lifetime, token: await authority.issueIdentityToken({ user, audience: sourceLocation, realm: organization.domain, lifetime }) };
  }
  if (TokenType !== 'ExtensionCallback') throw refused(`Tokens of type ${TokenType} are not issued.`);
  checkPermission(mayAtLeast(permissions, 'ReadWriteMailbox'));
  const lifetime = lifetimes.callback;
  return { lifetime, token: await authority.issueToken({ user, scope: 'https://outlook.office365.com/EWS.AccessAsUser.All', lifetime }) };
}

function checkPermission(isGranted: boolean): void {
  if (!isGranted) throw refused('The caller does not have enough permission for this token request.');
}
