import type { EwsEmulator } from '../../src/index.ts';
import type { Answer, EwsClient } from '../support/client.ts';
import { escapeXml } from '../support/soap.ts';
import { textAt } from '../support/xml.ts';

/** Who is of Discovery Management. */
export const discoverer = 'svc';

/** Legacy distinguished name. */
export function dnOf({ organization: { directory } }: EwsEmulator, name: string): string {
  const entry = directory.byAddress(`${name}@example.test`);
  if (!entry) throw new Error(`nobody is ${name}`);
  return entry.legacyExchangeDN;
}

export interface Scope {
  readonly mailbox: string;
  readonly scope?: string | undefined;
}
export const mailboxQuery = (query: string, scopes: readonly Scope[]): string =>
  `<t:MailboxQuery><t:Query>${escapeXml(query)}</t:Query><t:MailboxSearchScopes>${scopes.map(({ mailbox, scope = 'All' }) => `<t:MailboxSearchScope><t:Mailbox>${escapeXml(mailbox)}</t:Mailbox><t:SearchScope>${scope}</t:SearchScope></t:MailboxSearchScope>`).join('')}</t:MailboxSearchScopes></t:MailboxQuery>`;

/** `more`: what follows ResultType. */
export const searchMailboxes = (client: EwsClient, queries: string, { type = 'PreviewOnly', more = '' } = {}): Promise<Answer> =>
  client.call(`<m:SearchMailboxes><m:SearchQueries>${queries}</m:SearchQueries><m:ResultType>${type}</m:ResultType>${more}</m:SearchMailboxes>`);

/** Mailbox, text and whether it is the archive, of each that failed. */
export const failedMailboxes = (answer: Answer): (readonly (string | undefined)[])[] =>
  answer.all('FailedMailbox').map((one) => ['Mailbox', 'ErrorCode', 'ErrorMessage', 'IsArchive'].map((name) => textAt(one, name)));
