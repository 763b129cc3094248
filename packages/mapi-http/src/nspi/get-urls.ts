import type { DirectoryEntry } from '@fauxchange/mailbox';
import { mapiUrl, type EndpointPath } from '../urls.ts';
import { defineOperation, type NspiContext, type NspiOperation } from './define-operation.ts';
import { NspiError } from './nspi-error.ts';

/** [MS-OXCMAPIHTTP] 2.2.5.18: of the server that a mailbox is its own of, by that server's distinguished name. */
export const getMailboxUrl: NspiOperation = defineOperation('GetMailboxUrl', () => ({ ServerUrl: '' }), ({ ServerDn }, context) => {
  const guid = /\/cn=servers\/cn=([0-9a-f-]{36})@[^/]+$/i.exec(ServerDn)?.[1];
  const mailbox = guid === undefined ? undefined : context.server.environment.organization.mailboxByGuid(guid);
  return { ServerUrl: urlOf('emsmdb', mailbox?.owner, context) };
});

/** [MS-OXCMAPIHTTP] 2.2.5.19: of a user, by their distinguished name. */
export const getAddressBookUrl: NspiOperation = defineOperation('GetAddressBookUrl', () => ({ ServerUrl: '' }), ({ UserDn }, context) => ({
  ServerUrl: urlOf('nspi', context.server.directory.byLegacyDN(UserDn), context),
}));

/** @throws NspiError NotFound */
function urlOf(endpoint: EndpointPath, owner: DirectoryEntry | undefined, { server, origin }: NspiContext): string {
  if (owner?.mailboxGuid === undefined) throw new NspiError('NotFound');
  return mapiUrl(origin, endpoint, `${owner.mailboxGuid}@${server.environment.organization.domain}`);
}
