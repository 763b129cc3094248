import { folderId, type FolderId, type Item, type ItemDraft, type Mailbox, type MailboxSession, type Properties } from '@fauxchange/mailbox';
import { globalCounterOf } from '@fauxchange/mapi-wire';
import type { MapiHttpEmulator } from '../../src/index.ts';

/** Somebody's mailbox, from behind: as its owner. */
export class TestMailbox {
  readonly mailbox: Mailbox;
  readonly session: MailboxSession;

  constructor(mapi: MapiHttpEmulator, user = 'alice') {
    const entry = mapi.organization.directory.byAddress(`${user}@example.test`);
    const mailbox = entry && mapi.organization.mailboxOf(entry);
    if (!mailbox) throw new Error(`${user} has no mailbox`);
    this.mailbox = mailbox;
    this.session = mailbox.openAs(entry);
  }

  async folder(displayName: string, parent: FolderId = this.root): Promise<FolderId> {
    return (await this.session.createFolder(parent, { displayName })).id;
  }

  /** The folder that users see as the top. */
  get root(): FolderId {
    return this.mailbox.wellKnown('msgfolderroot') as FolderId;
  }

  get inbox(): FolderId {
    return this.mailbox.wellKnown('inbox') as FolderId;
  }

  message(folder: FolderId, PidTagSubject: string, properties: Properties = {}, draft: Partial<ItemDraft> = {}, options: { readonly isDelivery?: boolean } = {}): Promise<Item> {
    const whole: ItemDraft = { itemClass: 'IPM.Note', recipients: [], attachments: [], isRead: false, isAssociated: false, ...draft, properties: { PidTagSubject, ...properties } };
    return this.session.createItem(folder, whole, options);
  }

  async messages(folder: FolderId, subjects: readonly string[]): Promise<readonly Item[]> {
    const made: Item[] = [];
    for (const subject of subjects) made.push(await this.message(folder, subject));
    return made;
  }
}

/** The model's number of a FID. */
export const folderOf = (fid: bigint): FolderId => folderId(Number(globalCounterOf(fid)));
