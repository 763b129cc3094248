import type { Directory, DirectoryEntry, Organization } from '@fauxchange/mailbox';

/** Where somebody is sent instead of being answered. */
export type AutodiscoverRedirect =
  /** A plain-HTTP request for this host (`*`: any) is answered 302: step three of the clients' search. */
  | { readonly kind: 'http'; readonly host: string; readonly location: string }
  /** An address, or every address of a domain, belongs elsewhere: ask there. `to`: an address, or a domain that keeps the local part. */
  | { readonly kind: 'address'; readonly for: string; readonly to: string }
  /** … is answered by another Autodiscover, at this URL. */
  | { readonly kind: 'url'; readonly for: string; readonly to: string };

export type Lookup =
  | { readonly kind: 'mailbox'; readonly entry: DirectoryEntry & { readonly mailboxGuid: string } }
  | { readonly kind: 'address'; readonly to: string }
  | { readonly kind: 'url'; readonly to: string }
  | { readonly kind: 'unknown' };

const LONGEST_ADDRESS = 1024;

/** Finds whose settings are asked for, by SMTP address, or by the address that a mailbox has since Exchange 2013 besides: its GUID and the domain. */
export function lookUp(address: string, organization: Organization, redirects: readonly AutodiscoverRedirect[]): Lookup {
  const asked = address.trim().replace(/^smtp:/i, '').toLowerCase();
  if (asked.length > LONGEST_ADDRESS) return { kind: 'unknown' };
  return redirectOf(asked, redirects) ?? mailboxOf(organization.directory.byAddress(asked) ?? byGuid(asked, organization));
}

function byGuid(asked: string, organization: Organization): DirectoryEntry | undefined {
  const [guid = '', domain] = asked.split('@');
  return domain === organization.domain ? organization.mailboxByGuid(guid)?.owner : undefined;
}

/** Where an address, in lower case, is sent by the rules. */
export function redirectOf(asked: string, redirects: readonly AutodiscoverRedirect[]): Extract<Lookup, { to: string }> | undefined {
  const at = asked.lastIndexOf('@');
  for (const redirect of redirects) {
    if (redirect.kind === 'http') continue;
    const wanted = redirect.for.toLowerCase();
    if (wanted !== asked && (wanted.includes('@') || wanted !== asked.slice(at + 1))) continue;
    if (redirect.kind === 'url' || redirect.to.includes('@')) return { kind: redirect.kind, to: redirect.to };
    return { kind: 'address', to: `${asked.slice(0, at)}@${redirect.to}` };
  }
  return undefined;
}

export const lookUpDN = (dn: string, directory: Directory): Lookup => mailboxOf(directory.byLegacyDN(dn.trim()));

function mailboxOf(entry: DirectoryEntry | undefined): Lookup {
  return entry?.mailboxGuid === undefined ? { kind: 'unknown' } : { kind: 'mailbox', entry: { ...entry, mailboxGuid: entry.mailboxGuid } };
}

/** The Location for a request over plain HTTP, if there is one. */
export function httpRedirect(host: string, redirects: readonly AutodiscoverRedirect[]): string | undefined {
  const found = redirects.find((redirect) => redirect.kind === 'http' && (redirect.host === '*' || redirect.host.toLowerCase() === host.toLowerCase()));
  return found?.kind === 'http' ? found.location : undefined;
}
