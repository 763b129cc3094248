import { createClock, createIdSource, type Clock } from '@fauxchange/kernel';
import { createMailbox, roles, type DirectoryEntry, type FolderId, type ItemDraft, type Mailbox, type MailboxSession, type OutgoingMessage, type Properties, type Recipient } from '../src/index.ts';
import { createDirectory, type RestorableDirectory } from '../src/directory/create-directory.ts';

export interface Office {
  readonly clock: Clock;
  readonly directory: RestorableDirectory;
  readonly alice: DirectoryEntry;
  readonly bob: DirectoryEntry;
  readonly carol: DirectoryEntry;
  readonly mailbox: Mailbox;
  readonly bobs: Mailbox;
  /** Alice at her own mailbox. */
  readonly session: MailboxSession;
  readonly sent: OutgoingMessage[];
  at(entry: DirectoryEntry): MailboxSession;
  folder(name: Parameters<Mailbox['wellKnown']>[0]): FolderId;
}

/** Three users, two of them with mailboxes, a clock that stands still, and a transport that only keeps what it gets. */
export async function office({ hasArchive, ...options }: { readonly hasArchive?: boolean; readonly maxMessageBytes?: number; readonly maxEvents?: number } = {}): Promise<Office> {
  const clock = createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true });
  const ids = createIdSource('office');
  const directory = createDirectory({ ids, domain: 'example.test' });
  const user = (name: string): DirectoryEntry =>
    directory.add({ recipientType: 'UserMailbox', displayName: `${name} Ashe`, primarySmtpAddress: `${name.toLowerCase()}@example.test`, password: 'x' });
  const [alice, bob, carol] = [user('Alice'), user('Bob'), user('Carol')];
  const sent: OutgoingMessage[] = [];
  const transport = { submit: async (message: OutgoingMessage): Promise<void> => void sent.push(message), refuse: async (): Promise<void> => undefined };
  const open = (entry: DirectoryEntry): Promise<Mailbox> =>
    createMailbox({ guid: `guid-${entry.alias}`, replicaGuid: `replica-${entry.alias}`, ownerId: entry.id, directory, transport, clock, ids: ids.fork(entry.alias), kind: hasArchive ? 'withArchive' : 'primary', ...options });
  const [mailbox, bobs] = [await open(alice), await open(bob)];
  return {
    clock, directory, alice, bob, carol, mailbox, bobs, sent,
    session: mailbox.openAs(alice),
    at: (entry) => mailbox.openAs(entry),
    folder: (name) => mailbox.wellKnown(name) as FolderId,
  };
}

export const to = (address: string, type: Recipient['type'] = 'to'): Recipient => ({ type, name: address.split('@')[0] ?? '', address, addressType: 'SMTP' });

export const draft = (subject: string, properties: Properties = {}, more: Partial<ItemDraft> = {}): ItemDraft => ({
  itemClass: 'IPM.Note', recipients: [], attachments: [], properties: { PidTagSubject: subject, ...properties }, isRead: false, isAssociated: false, ...more,
});

export const role = (directoryId: string, name: keyof typeof roles): { member: { directoryId: string }; rights: number } => ({ member: { directoryId }, rights: roles[name] });
