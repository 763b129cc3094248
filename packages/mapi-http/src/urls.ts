/** The two endpoints of a mailbox. */
export type EndpointPath = 'emsmdb' | 'nspi';

/**
 * The URL of a mailbox's endpoint, as Autodiscover tells it too: [MS-OXCMAPIHTTP] 3.2.1.
 *
 * @param base scheme, host and port: `https://mail.example.test`
 * @param mailboxId its GUID and a domain: `a23f…@example.test`
 */
export const mapiUrl = (base: string, endpoint: EndpointPath, mailboxId: string): string => `${base.replace(/\/+$/, '')}/mapi/${endpoint}/?MailboxId=${mailboxId}`;
