import { objectId } from '@fauxchange/mapi-wire';
import { attachmentId, bagOf, type Attachment, type Folder, type Item, type ItemDraft, type Mailbox, type MailboxSession, type Properties } from '@fauxchange/mailbox';
import type { MapiHttpEmulator } from '../../src/index.ts';
import { IcsClient } from './ics-client.ts';
import { RopClient } from './rop-client.ts';

/** The FID, MID or change number of a number of the model, and the value of a property that has it. */
export const fid = (counter: number): bigint => objectId(1, BigInt(counter));
export const wire = (counter: number): bigint => BigInt.asIntN(64, fid(counter));
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

/** A folder of its own in the mailbox of Alice: one side is a client, the other one the model. */
export class PlayFolder {
  readonly rops: RopClient;
  readonly ics: IcsClient;
  readonly mailbox: Mailbox;
  readonly session: MailboxSession;
  readonly folder: Folder;
  /** Handles of the logon and of the folder. */
  readonly logon: number;
  readonly handle: number;

  private constructor(rops: RopClient, mailbox: Mailbox, folder: Folder, logon: number, handle: number) {
    this.rops = rops;
    this.ics = new IcsClient(rops);
    this.mailbox = mailbox;
    this.session = mailbox.openAs(mailbox.owner);
    this.folder = folder;
    this.logon = logon;
    this.handle = handle;
  }

  static async create(mapi: MapiHttpEmulator): Promise<PlayFolder> {
    const mailbox = mapi.organization.mailboxByAddress('alice@example.test') as Mailbox;
    const session = mailbox.openAs(mailbox.owner);
    const folder = await session.createFolder((await session.distinguished('msgfolderroot')).id, { displayName: 'Play', folderClass: 'IPF.Note' });
    const rops = new RopClient(mapi);
    const { opened } = await rops.logon();
    const handle = (await rops.ok('RopOpenFolder', { FolderId: fid(folder.id), OpenModeFlags: 0 }, opened)).opened;
    return new PlayFolder(rops, mailbox, folder, opened, handle);
  }

  async open({ id }: Pick<Folder, 'id'>): Promise<number> {
    return (await this.rops.ok('RopOpenFolder', { FolderId: fid(id), OpenModeFlags: 0 }, this.logon)).opened;
  }

  /** A handle of the folder for somebody else, who may do what the rights say. */
  async openAs(mapi: MapiHttpEmulator, user: string, folderRights: number): Promise<{ readonly ics: IcsClient; readonly handle: number; readonly logon: number }> {
    const entry = mapi.organization.directory.byAddress(`${user}@example.test`);
    await this.session.updateFolder(this.folder.id, { permissions: [{ member: { directoryId: entry?.id ?? '' }, rights: folderRights }] });
    const rops = new RopClient(mapi, user);
    const logon = (await rops.logon('alice')).opened;
    return { ics: new IcsClient(rops), handle: (await rops.ok('RopOpenFolder', { FolderId: fid(this.folder.id), OpenModeFlags: 0 }, logon)).opened, logon };
  }

  async message(properties: Properties = {}, more: Partial<ItemDraft> = {}): Promise<Item> {
    return this.session.createItem(this.folder.id, { itemClass: 'IPM.Note', recipients: [], attachments: [], isRead: false, isAssociated: false, properties: { PidTagSubject: 'A message', ...properties }, ...more });
  }

  async change(item: Item, properties: Properties): Promise<Item> {
    return this.session.updateItem(item.id, { properties });
  }

  /** With text, recipients, a file and a message attached, and a named property. */
  async whole(more: Partial<ItemDraft> = {}): Promise<Item> {
    const text = await this.session.keep(bytes('Hello'));
    const lastModified = 1_790_000_000_000;
    const attachments: readonly Attachment[] = [
      { kind: 'file', id: attachmentId(0), name: 'notes.txt', contentType: 'text/plain', isInline: false, lastModified, size: 4, content: await this.session.keep(bytes('note')) },
      { kind: 'item', id: attachmentId(1), name: 'Inner', contentType: '', isInline: false, lastModified, size: 10, item: { itemClass: 'IPM.Note', recipients: [{ type: 'to', name: 'Carol', address: 'carol@example.test', addressType: 'SMTP' }], attachments: [], bag: bagOf({ PidTagSubject: 'Inner' }) } },
    ];
    return this.message({ PidTagSubject: 'RE: Whole', PidLidReminderSet: true, PidNameKeywords: ['red', 'blue'] }, {
      body: { native: 'text', text }, attachments,
      recipients: [{ type: 'to', name: 'Bob Bauer', address: 'bob@example.test', addressType: 'SMTP' }, { type: 'cc', name: 'Zoe', address: 'zoe@example.com', addressType: 'SMTP' }], ...more,
    });
  }
}
