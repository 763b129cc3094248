import { exchangeAudiences } from '../schemes/bearer.ts';
import { OAuthError } from './oauth-error.ts';

/** What a client asked for, taken apart. */
export interface RequestedScope {
  /** Audience of the access token. */
  readonly resource: string;
  /** Short names of the resource's rights, as they stand in `scp`. */
  readonly rights: readonly string[];
  readonly isOpenId: boolean;
  /** A refresh token is wanted. */
  readonly isOffline: boolean;
  /** As the token response repeats it. */
  readonly text: string;
}

const openIdScopes: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];
const graph = 'https://graph.microsoft.com';
/** What stands for Exchange, and Graph, which is what a right without a resource belongs to. */
const knownResources: readonly string[] = [...exchangeAudiences, graph];
/** What `.default` brings a user: all that the mail protocols ask for. */
const defaultRights: readonly string[] = ['EAS.AccessAsUser.All', 'EWS.AccessAsUser.All', 'IMAP.AccessAsUser.All', 'POP.AccessAsUser.All', 'SMTP.Send', 'Mail.ReadWrite'];

const LONGEST = 4096;

/** Takes `scope` of the v2 endpoints apart. `resources`: further audiences, such as the server's own URLs. Throws OAuthError. */
export function parseScope(scope: string, resources: readonly string[]): RequestedScope {
  if (scope.length > LONGEST) throw new OAuthError('scopeInvalid', scope);
  const words = [...new Set(scope.split(/\s+/).filter((word) => word !== ''))];
  if (words.length === 0) throw new OAuthError('parameterMissing', 'scope');
  const rights: { resource: string; right: string; word: string }[] = [];
  for (const word of words) {
    if (!openIdScopes.includes(word)) rights.push({ ...splitRight(word, resources), word });
  }
  const found = [...new Set(rights.map(({ resource }) => resource))];
  if (found.length > 1) throw new OAuthError('scopesMixed', scope);
  const isDefault = rights.some(({ right }) => right === '.default');
  const resource = found[0] ?? graph;
  return {
    resource,
    rights: isDefault ? defaultRights : rights.length === 0 ? ['User.Read'] : rights.map(({ right }) => right),
    isOpenId: words.includes('openid'),
    isOffline: words.includes('offline_access'),
    text: [...(isDefault ? defaultRights.map((right) => `${resource}/${right}`) : rights.map(({ word }) => word)), ...words.filter((word) => openIdScopes.includes(word) && word !== 'offline_access')].join(' '),
  };
}

/** The v1 endpoints name a resource and get all that was ever granted for it. */
export function scopeOfResource(resource: string, resources: readonly string[]): RequestedScope {
  const known = matchResource(resource, resources);
  if (known === undefined) throw new OAuthError('resourceUnknown', resource);
  return { resource: known, rights: defaultRights, isOpenId: true, isOffline: true, text: defaultRights.join(' ') };
}

function splitRight(word: string, resources: readonly string[]): { resource: string; right: string } {
  const slash = word.lastIndexOf('/');
  if (slash < 0) {
    if (!/^[A-Za-z][A-Za-z0-9._-]*$/.test(word)) throw new OAuthError('scopeInvalid', word);
    return { resource: graph, right: word };
  }
  const resource = matchResource(word.slice(0, slash), resources);
  if (resource === undefined) throw new OAuthError('resourceUnknown', word.slice(0, slash));
  const right = word.slice(slash + 1);
  if (!/^[A-Za-z.][A-Za-z0-9._-]*$/.test(right)) throw new OAuthError('scopeInvalid', word);
  return { resource, right };
}

function matchResource(asked: string, resources: readonly string[]): string | undefined {
  const bare = asked.replace(/\/+$/, '').toLowerCase();
  return [...knownResources, ...resources].map((resource) => resource.replace(/\/+$/, '')).find((resource) => resource.toLowerCase() === bare);
}
