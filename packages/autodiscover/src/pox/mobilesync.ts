import { lookUp, lookUpDN } from '../redirects.ts';
import { element, poxAnswer, poxError } from './answer.ts';
import type { XmlNode } from '@fauxchange/xml';
import type { AutodiscoverAnswer, AutodiscoverContext } from '../context.ts';
import type { PoxRequest } from './request.ts';

/** @see [MS-ASCMD] 2.2.1.2: one server of type MobileSync, another address, or an error. */
export function mobilesync(request: PoxRequest, context: AutodiscoverContext): AutodiscoverAnswer {
  const { directory } = context.organization;
  const found = request.address === undefined ? lookUpDN(request.legacyDN ?? '', directory) : lookUp(request.address, context.organization, context.redirects);
  switch (found.kind) {
    case 'mailbox': {
      const { activesync } = context.services;
      if (activesync === undefined) return poxError(601, context);
      const server: XmlNode = { name: 'Server', children: [element('Type', 'MobileSync'), element('Url', activesync.external), element('Name', activesync.external)] };
      return answer({ displayName: found.entry.displayName, address: found.entry.primarySmtpAddress }, { name: 'Settings', children: [server] });
    }
    // Another Autodiscover is told as the address to ask it by: the schema knows no URL.
    case 'address': return answer({ address: request.address ?? '' }, { name: 'Redirect', children: [found.to] }, 'Redirect');
    case 'url': return { status: 302, headers: { Location: found.to }, body: '', errorCode: 'Redirect' };
    // Status 2 is a protocol error of the directory: [MS-ASCMD] 2.2.3.177.1.
    case 'unknown': return answer({ address: request.address ?? '' }, {
      name: 'Error', children: [element('Status', '2'), element('Message', 'The directory service could not be reached'), element('DebugData', 'MailUser')],
    }, '2');
  }
}

function answer(user: { displayName?: string; address: string }, action: XmlNode, errorCode?: string): AutodiscoverAnswer {
  return poxAnswer('mobilesync', [
    element('Culture', 'en:us'),
    { name: 'User', children: [element('DisplayName', user.displayName), element('EMailAddress', user.address)] },
    { name: 'Action', children: [action] },
  ], errorCode);
}
