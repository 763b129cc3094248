import { hiddenValue, setHiddenValue } from '../configuration/hidden-value.ts';
import { MailboxError } from '../errors.ts';
import type { FolderId } from '../ids.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import type { WellKnownFolderName } from './distinguished.ts';

/** Where messages of a class, and of those below it, arrive. */
export interface ReceiveFolder {
  /** As it was given; compared without case. Empty: of all classes that no other row has. */
  readonly messageClass: string;
  readonly folderId: FolderId;
  /** ms since 1970 UTC. */
  readonly lastModified: number;
}

/** Not a folder: the class was taken out of the table, one that a new mailbox has perhaps. */
const removed = 0;
const TABLE_CLASS = 'IPM.Microsoft.ReceiveFolders';
const most = 2_000;

/** What a new mailbox has, [MS-OXCSTOR] 3.2.3. */
const initial: readonly (readonly [string, WellKnownFolderName])[] = [['', 'inbox'], ['IPM', 'inbox'], ['REPORT.IPM', 'inbox'], ['IPC', 'root']];

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The receive folder table, [MS-OXCSTOR] 3.2.1. */
export async function receiveFolders(session: MailboxSession): Promise<readonly ReceiveFolder[]> {
  const changed = await changes(session);
  const root = session.mailbox.wellKnown('root');
  const createdAt = root === undefined ? 0 : (await session.mailbox.openAsSystem().folder(root)).createdAt;
  const born = initial.flatMap(([messageClass, name]): ReceiveFolder[] => {
    const folderId = session.mailbox.wellKnown(name);
    return folderId === undefined || changed.some((row) => same(row.messageClass, messageClass)) ? [] : [{ messageClass, folderId, lastModified: createdAt }];
  });
  return [...born, ...changed.filter(({ folderId }) => (folderId as number) !== removed)];
}

async function changes(session: MailboxSession): Promise<readonly ReceiveFolder[]> {
  return ((await hiddenValue(session.mailbox.openAsSystem(), TABLE_CLASS)) as readonly ReceiveFolder[] | undefined) ?? [];
}

/** Undefined: the class has no row any more. */
export async function setReceiveFolder(session: MailboxSession, messageClass: string, folderId: FolderId | undefined): Promise<void> {
  if (folderId !== undefined) await session.folder(folderId);
  const others = (await changes(session)).filter((row) => !same(row.messageClass, messageClass));
  if (others.length >= most) throw new MailboxError('QuotaExceeded', `A mailbox has up to ${most} receive folders.`);
  const row = { messageClass, folderId: folderId ?? (removed as FolderId), lastModified: session.mailbox.clock.now() };
  await setHiddenValue(session.mailbox.openAsSystem(), TABLE_CLASS, [...others, row]);
}

/** The row with the longest class that is the message's or above it; undefined where none is. */
export async function receiveFolderOf(session: MailboxSession, messageClass: string): Promise<ReceiveFolder | undefined> {
  const wanted = messageClass.toLowerCase();
  const fits = ({ messageClass: own }: ReceiveFolder): boolean => own === '' || wanted === own.toLowerCase() || wanted.startsWith(`${own.toLowerCase()}.`);
  return (await receiveFolders(session)).filter(fits).sort((one, other) => other.messageClass.length - one.messageClass.length)[0];
}
