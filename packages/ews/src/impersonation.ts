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
  const target = find(sid, organization);
  const isAllowed = principal.user ? principal.user.id === target?.id || organization.directory.mayImpersonate(principal.user.id) : principal.roles.includes(fullAccess);
  if (!isAllowed) throw new EwsError('ErrorImpersonateUserDenied');
  if (!target || !organization.mailboxOf(target)) throw new EwsError('ErrorNonExistentMailbox');
  return target;
}

function find(sid: ConnectingSIDType, { directory }: Organization): DirectoryEntry | undefined {
  const values = sid as Readonly<Record<string, string | { readonly $: string } | undefined>>;
  const text = (name: string): string | undefined => {
    const value = values[name];
    return typeof value === 'object' ? value.$ : value;
  };
  const principalName = text('PrincipalName');
  const objectSid = text('SID');
  const address = text('PrimarySmtpAddress') ?? text('SmtpAddress');
  if (principalName !== undefined) return directory.byLogon(principalName);
  if (objectSid !== undefined) return directory.bySid(objectSid);
  return address === undefined ? undefined : directory.byAddress(address);
}
