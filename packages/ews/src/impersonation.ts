import type { Principal } from '@fauxchange/auth';
import type { DirectoryEntry, Organization } from '@fauxchange/mailbox';
import type { SoapHeader } from '@fauxchange/xml';
import { EwsError } from './errors.ts';
import type { ConnectingSIDType } from './schema/types.generated.ts';

/** Application role that may act as anybody. */
const fullAccess = 'full_access_as_app';

/** Whose mailbox the request is about: whoever signed in, or whom they impersonate with the right to ([MS-OXWSCDATA] 2.2.5.3). */
export function impersonated(principal: Principal, header: SoapHeader, organization: Organization): DirectoryEntry {
  const sid = (header['ExchangeImpersonation'] as { ConnectingSID?: ConnectingSIDType } | undefined)?.ConnectingSID;
  if (!sid) {
    if (!principal.user) throw new EwsError('ErrorImpersonationFailed', 'ExchangeImpersonation SOAP header must be present for this type of OAuth token.');
    return principal.user;
  }
  const { by, text } = connecting(sid);
  const target = finders[by](text, organization);
  const isAllowed = principal.user ? principal.user.id === target?.id || organization.directory.mayImpersonate(principal.user.id) : principal.roles.includes(fullAccess);
  if (!isAllowed) throw new EwsError('ErrorImpersonateUserDenied');
  if (!target) throw new EwsError(strangers[by]);
  if (!organization.mailboxOf(target)) throw new EwsError('ErrorNonExistentMailbox');
  const { primarySmtpAddress } = target;
  if (by === 'PrimarySmtpAddress' && text.toLowerCase() !== primarySmtpAddress.toLowerCase()) throw new EwsError('ErrorNonPrimarySmtpAddress', undefined, { values: { Primary: primarySmtpAddress } });
  return target;
}

type By = 'PrincipalName' | 'SID' | 'PrimarySmtpAddress' | 'SmtpAddress';
const finders: Readonly<Record<By, (text: string, organization: Organization) => DirectoryEntry | undefined>> = {
  PrincipalName: (name, { directory }) => directory.byLogon(name),
  SID: (sid, { directory }) => directory.bySid(sid),
  PrimarySmtpAddress: (address, { directory }) => directory.byAddress(address),
  SmtpAddress: (address, { directory }) => directory.byAddress(address),
};
/** What is said of somebody who is not there: documentation of the response codes. */
const strangers: Readonly<Record<By, 'ErrorInvalidUserPrincipalName' | 'ErrorInvalidUserSid' | 'ErrorNonExistentMailbox'>> = {
  PrincipalName: 'ErrorInvalidUserPrincipalName', SID: 'ErrorInvalidUserSid', PrimarySmtpAddress: 'ErrorNonExistentMailbox', SmtpAddress: 'ErrorNonExistentMailbox',
};

/** Who is meant, and how it was said; ErrorInvalidExchangeImpersonationHeaderData where it was not, ErrorInvalidSid for what is no SID. */
function connecting(sid: ConnectingSIDType): { readonly by: By; readonly text: string } {
  for (const by of Object.keys(finders) as By[]) {
    const value = (sid as Readonly<Record<string, string | { readonly $: string } | undefined>>)[by];
    if (value === undefined) continue;
    const text = (typeof value === 'object' ? value.$ : value).trim();
    if (text === '') break;
    if (by === 'SID' && !/^S-1-\d+(-\d+)+$/i.test(text)) throw new EwsError('ErrorInvalidSid');
    return { by, text };
  }
  throw new EwsError('ErrorInvalidExchangeImpersonationHeaderData');
}
