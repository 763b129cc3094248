import { readdirSync, readFileSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { accountsSeed, importMessage, MailboxError, type Mailbox, type Organization, type Seed } from '@fauxchange/exchange';
import { CommandError, exitCodes } from './options.ts';

/** Names that people give to folders which have a distinguished name. */
const distinguishedNames: Readonly<Record<string, string>> = {
  inbox: 'inbox', drafts: 'drafts', 'sent items': 'sentitems', sent: 'sentitems', 'deleted items': 'deleteditems', trash: 'deleteditems', 'junk email': 'junkemail', junk: 'junkemail', outbox: 'outbox',
};
const maxDepth = 32;

/** A seed from `<user>/<folder>/…/*.eml`: the users, made where they are missing, get what is in their folders. */
export function emlSeed(directory: string): Seed {
  return async (organization) => {
    await accountsSeed(organization);
    for (const name of folders(directory)) await fill(await mailboxOf(name, organization), join(directory, name), [], organization);
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

async function fill(mailbox: Mailbox, directory: string, path: readonly string[], organization: Organization): Promise<void> {
  if (path.length > maxDepth) throw new CommandError(exitCodes.file, `the folder ${directory} is nested too deep`);
  const [top, ...deeper] = path;
  if (top !== undefined) await importFiles(mailbox, directory, deeper.length === 0 ? (distinguishedNames[top.toLowerCase()] ?? top) : path.join('/'), organization);
  for (const name of folders(directory)) await fill(mailbox, join(directory, name), [...path, name], organization);
}

async function importFiles(mailbox: Mailbox, directory: string, folder: string, { maxMessageBytes }: Organization): Promise<void> {
  for (const file of entries(directory).filter((entry) => entry.isFile() && /\.eml$/i.test(entry.name))) {
    const source = join(directory, file.name);
    try {
      await importMessage(mailbox, folder, readFileSync(source), { maxBytes: maxMessageBytes });
    } catch (error) {
      if (error instanceof MailboxError) throw new CommandError(exitCodes.file, `cannot read the message ${source}: ${error.message}`);
      throw error;
    }
  }
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
