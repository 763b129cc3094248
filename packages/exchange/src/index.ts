export { createExchange, type Exchange, type ExchangeListener, type ExchangeOptions } from './create-exchange.ts';
export { ArchiveError, type Archive } from './archive/archive.ts';
export { exportOrganization } from './archive/export-organization.ts';
export { importOrganization, parseArchive } from './archive/import-organization.ts';
export { profileNames, type ProfileName } from '@fauxchange/ews';
// What a seed of one's own needs of the model.
export { accountsSeed, defaultSeed, draftFromMime, MailboxError } from '@fauxchange/mailbox';
export type { DistinguishedFolderName, Folder, FolderId, Mailbox, Organization, Seed } from '@fauxchange/mailbox';
