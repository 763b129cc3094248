import { isDistinguished } from '../folders/distinguished.ts';
import type { FolderId } from '../ids.ts';
import type { Mailbox } from '../mailbox.ts';
import { finishDraft } from '../items/finish.ts';
import { commitItems } from '../session/commit-items.ts';
import { creationPlan } from '../session/item-copies.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { finishContext } from '../session/scope.ts';
import { Session } from '../session/session.ts';
import { buildMail } from './build-mail.ts';
import type { SeedWorld } from './build-mail.ts';
import type { SeedMailbox } from './seed-mail.ts';

/** Puts the messages of a seed into a mailbox, making the folders that it names. */
export async function fillMailbox(mailbox: Mailbox, content: SeedMailbox, world: SeedWorld): Promise<void> {
  const session = mailbox.openAsSystem();
  const scope = Session.scopeOf(session);
  for (const [name, mails] of Object.entries(content)) {
    const folderId = await folderNamed(session, name);
    const drafts = await Promise.all(mails.map((mail) => buildMail(mail, mailbox.owner, world)));
    const firstId = await mailbox.store.reserveIds(drafts.length);
    // One commit a folder: a seed is made for every test, and its items need no checks but those of our own tests.
    const plans = drafts.map((draft, at) => creationPlan(firstId + at, folderId, finishDraft(draft, finishContext(scope)), false));
    for (const made of await commitItems(scope, plans)) if (made instanceof Error) throw made;
  }
}

/** The folder of a distinguished name, or at a path below the visible root, made where it is missing. */
export async function folderNamed(session: MailboxSession, name: string): Promise<FolderId> {
  if (isDistinguished(name)) return (await session.distinguished(name)).id;
  let parentId = (await session.distinguished(session.mailbox.isPublic ? 'publicfoldersroot' : 'msgfolderroot')).id;
  for (const displayName of name.split('/')) {
    const children = await session.folders(parentId, 'shallow');
    const known = children.find((folder) => folder.displayName.toLowerCase() === displayName.toLowerCase());
    parentId = known?.id ?? (await session.createFolder(parentId, { displayName, folderClass: 'IPF.Note' })).id;
  }
  return parentId;
}
