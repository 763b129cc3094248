import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import { basename, join } from 'node:path';
import { accountsSeed, draftFromMime, MailboxError, type DistinguishedFolderName, type Folder, type FolderId, type Mailbox, type Organization, type Seed } from '@fauxchange/exchange';
import { CommandError, exitCodes } from './options.ts';

/** Folder names that mean a well-known folder, in lower case. */
const wellKnownNames: Readonly<Record<string, DistinguishedFolderName>> = { inbox: 'inbox', drafts: 'drafts', 'sent items': 'sentitems', sent: 'sentitems', 'deleted items': 'deleteditems', trash: 'deleteditems', 'junk email': 'junkemail', junk: 'junkemail', outbox: 'outbox' };

/** A seed from `<user>/<folder>/…/*.eml`: the users, made where they are missing, get what is in their folders. */
export function emlSeed(directory: string): Seed {
  return async (organization) => {
    await accountsSeed(organization);
    for (const name of folders(directory)) {
      const mailbox = await mailboxOf(name, organization);
      for (const folder of folders(join(directory, name))) await fill(mailbox, folder, join(directory, name, folder), organization);
    }
  };
}

/** `alice` or `alice@example.test`; whoever is missing is made, with the password `NAME-pass`. */
async function mailboxOf(name: string, organization: Organization): Promise<Mailbox> {
  const address = name.includes('@') ? name : `${name}@${organization.domain}`;
  const alias = address.slice(0, address.indexOf('@'));
  const known = organization.mailboxByAddress(address);
  if (known) return known;
  const entry = await organization.add({ recipientType: 'UserMailbox', displayName: alias, primarySmtpAddress: address, password: `${alias}-pass` });
  return organization.mailboxOf(entry) as Mailbox;
}

async function fill(mailbox: Mailbox, name: string, path: string, organization: Organization): Promise<void> {
  const wellKnown = wellKnownNames[name.toLowerCase()];
  const id = wellKnown && mailbox.wellKnown(wellKnown);
  await fillFolder(mailbox, id ?? (await childFolder(mailbox, mailbox.wellKnown('msgfolderroot') as FolderId, name)).id, path, organization);
}

async function fillFolder(mailbox: Mailbox, id: FolderId, path: string, organization: Organization): Promise<void> {
  const session = mailbox.openAsSystem();
  for (const file of entries(path).filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.eml'))) {
    const source = join(path, file.name);
    try {
      const draft = await draftFromMime((bytes) => mailbox.store.keep(bytes), readFileSync(source), { receivedAt: 'asDated', maxBytes: organization.maxMessageBytes });
      await session.createItem(id, draft);
    } catch (error) {
      if (error instanceof MailboxError) throw new CommandError(exitCodes.file, `cannot read the message ${source}: ${error.message}`);
      throw error;
    }
  }
  for (const name of folders(path)) await fillFolder(mailbox, (await childFolder(mailbox, id, name)).id, join(path, name), organization);
}

async function childFolder(mailbox: Mailbox, parent: FolderId, name: string): Promise<Folder> {
  const session = mailbox.openAsSystem();
  const known = (await session.folders(parent, 'shallow')).find(({ displayName }) => displayName.toLowerCase() === name.toLowerCase());
  return known ?? session.createFolder(parent, { displayName: basename(name), folderClass: 'IPF.Note' });
}

function folders(path: string): string[] {
  return entries(path).filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

function entries(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new CommandError(exitCodes.file, `cannot read the folder ${path}: ${(error as Error).message}`);
  }
}
