export { createExchange, type Exchange, type ExchangeListener, type ExchangeOptions } from './create-exchange.ts';
export { profileNames, type EwsAccess, type ProfileName, type ThrottlingPolicy } from '@fauxchange/ews';
// Servers of one process may share it: `oauth: { signingKey }`.
export { createSigningKey, type SigningKey } from '@fauxchange/auth';
// What a program around the server needs of the model: seeds, exports, files of messages.
export { accountsSeed, defaultSeed, DumpError, dumpSeed, exportOrganization, importMessage, MailboxError } from '@fauxchange/mailbox';
export type { Mailbox, Organization, OrganizationDump, Seed } from '@fauxchange/mailbox';
