import { itemId, MailboxError, rights, type DirectoryEntry, type Item, type Mailbox, type MailboxSession } from '@fauxchange/mailbox';
import { globalCounterOf } from '@fauxchange/mapi-wire';
import type { MapiHttpEmulator } from '../../src/index.ts';

/** Somebody's mailbox as the model has it: for what other protocols show of what MAPI has made. */
export class Behind {
  readonly mailbox: Mailbox;
  readonly session: MailboxSession;
  readonly #mapi: MapiHttpEmulator;

  constructor(mapi: MapiHttpEmulator, user = 'alice') {
    this.#mapi = mapi;
    this.mailbox = mapi.organization.mailboxOf(this.entry(user)) as Mailbox;
    this.session = this.mailbox.openAsSystem();
  }

  entry(user: string): DirectoryEntry {
    return this.#mapi.organization.directory.byAddress(`${user}@example.test`) as DirectoryEntry;
  }

  /** The item of a MID. */
  async item(mid: bigint): Promise<Item> {
    const [item] = await this.session.items([itemId(Number(globalCounterOf(mid)))]);
    if (!item || item instanceof MailboxError) throw item ?? new Error('no item');
    return item;
  }

  /** Everything in a folder. */
  async items(folder: Parameters<Mailbox['wellKnown']>[0]): Promise<readonly Item[]> {
    return (await this.session.query([this.mailbox.wellKnown(folder) as never], { table: 'both', restriction: { kind: 'always' }, limit: 1_000 })).items;
  }

  async allow(user: string, folder: Parameters<Mailbox['wellKnown']>[0], ...granted: readonly (keyof typeof rights)[]): Promise<void> {
    const sum = granted.reduce<number>((all, right) => all | rights[right], rights.folderVisible);
    await this.session.updateFolder(this.mailbox.wellKnown(folder) as never, { permissions: [{ member: { directoryId: this.entry(user).id }, rights: sum }] });
  }
}
