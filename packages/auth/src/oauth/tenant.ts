import type { Clock, IdSource, Journal } from '@fauxchange/kernel';
import type { DirectoryEntry } from '@fauxchange/mailbox';
import { OAuthError } from './oauth-error.ts';
import { allowsRedirect, defaultRoles } from './clients.ts';
import type { AuthDirectory } from '../principal.ts';
import type { OAuthClient } from './clients.ts';
import type { GrantStore, Lifetimes } from './grant-store.ts';
import type { TokenFactory } from './token-factory.ts';

/** What every endpoint of the authority works with. */
export interface Tenant {
  readonly id: string;
  readonly directory: AuthDirectory;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly journal: Journal | undefined;
  readonly clients: Map<string, OAuthClient>;
  readonly grants: GrantStore;
  readonly tokens: TokenFactory;
  readonly lifetimes: Lifetimes;
  /** Audiences beside Exchange Online's. */
  readonly resources: () => readonly string[];
  readonly allowHeadless: boolean;
}

const aliases: readonly string[] = ['common', 'organizations', 'consumers'];

/** Every name under which the tenant is asked for. */
export const tenantNames = (tenant: Pick<Tenant, 'id' | 'directory'>): readonly string[] => [...aliases, tenant.id, ...tenant.directory.acceptedDomains];

export function checkTenant(tenant: Tenant, name: string): void {
  if (!tenantNames(tenant).includes(name.toLowerCase())) throw new OAuthError('tenantUnknown', name);
}

export function findClient(tenant: Tenant, id: string): OAuthClient {
  const client = tenant.clients.get(id.toLowerCase());
  if (client === undefined) throw new OAuthError('clientUnknown', id);
  return client;
}

export const rolesOf = (client: OAuthClient): readonly string[] => client.roles ?? defaultRoles;

export function checkRedirect(client: OAuthClient, uri: string, base: string): void {
  if (!allowsRedirect(client, uri) && uri !== `${base}/common/oauth2/nativeclient`) throw new OAuthError('redirectUnknown', uri);
}

/** Checks a password; the errors are those of the token endpoint. */
export function signIn(tenant: Tenant, logon: string, password: string): DirectoryEntry {
  const { outcome, entry } = tenant.directory.verifyPassword(logon, password);
  if (outcome === 'ok' && entry !== undefined) return entry;
  throw new OAuthError(outcome === 'disabled' ? 'accountDisabled' : outcome === 'wrong' ? 'passwordWrong' : 'userUnknown', logon);
}

/** A user that somebody vouches for without a password: code in the same process, or a test's parameter. */
export function userByName(tenant: Tenant, logon: string): DirectoryEntry {
  const entry = tenant.directory.byLogon(logon) ?? tenant.directory.byId(logon);
  if (entry === undefined) throw new OAuthError('userUnknown', logon);
  if (entry.isDisabled === true) throw new OAuthError('accountDisabled', logon);
  return entry;
}

export function userById(tenant: Tenant, id: string): DirectoryEntry {
  const entry = tenant.directory.byId(id);
  if (entry === undefined) throw new OAuthError('userUnknown', id);
  if (entry.isDisabled === true) throw new OAuthError('accountDisabled', entry.primarySmtpAddress);
  return entry;
}
