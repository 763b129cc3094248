import { errorCode, rfriCalls, rpcInterface } from '@fauxchange/mapi-wire';
import { defineCall, type RpcInterface } from './rpc-call.ts';

/** A server is named by the mailbox that is on it, as since Exchange 2013. */
const serverName = /\/cn=Servers\/cn=([^/]+)/i;

/** RFRI, [MS-OXABREF] 3.1.4: which server has the address book, and by which name it is reached. */
export function rfriInterface(): RpcInterface {
  const newDsa = defineCall('RfrGetNewDSA', rfriCalls.RfrGetNewDSA, async (_asked, { environment: { organization }, caller }) => ({
    Unused: null, Server: `${caller.mailboxGuid ?? caller.id}@${organization.domain}`, ReturnValue: errorCode.Success,
  }));
  const fqdn = defineCall('RfrGetFQDNFromServerDN', rfriCalls.RfrGetFQDNFromServerDN, async ({ MailboxServerDn }) => {
    const [, name] = serverName.exec(MailboxServerDn) ?? [];
    return name === undefined ? { ServerFqdn: null, ReturnValue: errorCode.InvalidParameter } : { ServerFqdn: name, ReturnValue: errorCode.Success };
  });
  return { syntax: rpcInterface.Rfri, calls: [newDsa, fqdn] };
}
