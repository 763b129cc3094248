import { folderId, type DirectoryEntry, type Folder, type Item, type ItemDraft, type Mailbox, type MailboxSession, type WellKnownFolderName } from '@fauxchange/mailbox';
import { globalCounterOf, objectId, type RopRequestValue } from '@fauxchange/mapi-wire';
import type { MapiHttpEmulator } from '../../src/index.ts';
import { RopClient } from './rop-client.ts';

/** FolderIds of RopLogon. */
export const place = { root: 0, deferredAction: 1, ipmSubtree: 3, inbox: 4, outbox: 5, sentItems: 6, deletedItems: 7, finder: 10 } as const;
/** Those of a logon to public folders. */
export const publicPlace = { root: 0, ipmSubtree: 1 } as const;

/** Tags of folders' properties. */
export const tag = {
  displayName: 0x3001_001f, comment: 0x3004_001f, containerClass: 0x3613_001f, folderType: 0x3601_0003, contentCount: 0x3602_0003, unreadCount: 0x3603_0003, associatedCount: 0x3617_0003, subfolders: 0x360a_000b,
  folderId: 0x6748_0014, parentFolderId: 0x6749_0014, parentEntryId: 0x0e09_0102, entryId: 0x0fff_0102, hierarchyChangeNumber: 0x663e_0003, hierRev: 0x4082_0040, messageSize: 0x0e08_0003, messageSizeExtended: 0x0e08_0014,
  deletedCountTotal: 0x670b_0003, attributeHidden: 0x10f4_000b, folderFlags: 0x66a8_0003, hasRules: 0x663a_000b, rights: 0x6639_0003,
} as const;

export interface OpenedFolder {
  readonly handle: number;
  readonly fid: bigint;
}

export const entryOf = (mapi: MapiHttpEmulator, name: string): DirectoryEntry => mapi.organization.directory.byAddress(`${name}@example.test`) as DirectoryEntry;
export const mailboxOf = (mapi: MapiHttpEmulator, name: string): Mailbox => (name === 'public' ? mapi.organization.publicFolders : mapi.organization.mailboxByAddress(`${name}@example.test`)) as Mailbox;
/** The model beneath, past all rights: to fill folders and to see what became of them. */
export const modelOf = (mapi: MapiHttpEmulator, name = 'alice'): MailboxSession => mailboxOf(mapi, name).openAsSystem();
export const idOf = (fid: bigint) => folderId(Number(globalCounterOf(fid)));
export const wireIdOf = (id: number): bigint => objectId(1, BigInt(id));

/** One user at one mailbox, walking its folders. */
export class FolderClient {
  readonly mapi: MapiHttpEmulator;
  readonly rops: RopClient;
  readonly owner: string;
  logon = 0;
  fids: readonly bigint[] = [];

  private constructor(mapi: MapiHttpEmulator, user: string, owner: string) {
    this.mapi = mapi;
    this.rops = new RopClient(mapi, user);
    this.owner = owner;
  }

  /** @param owner of the mailbox; `public`: public folders */
  static async at(mapi: MapiHttpEmulator, user = 'alice', owner = user): Promise<FolderClient> {
    const client = new FolderClient(mapi, user, owner);
    if (owner === 'public') await client.rops.connect();
    const { opened, body } = owner === 'public'
      ? await client.rops.ok('RopLogon', { LogonFlags: 0, OpenFlags: 0x2, StoreState: 0, Essdn: '' })
      : await client.rops.logon(owner);
    client.logon = opened;
    client.fids = body.FolderIds;
    return client;
  }

  fid(index: number): bigint {
    return this.fids[index] as bigint;
  }

  wellKnown(name: WellKnownFolderName): bigint {
    return wireIdOf(mailboxOf(this.mapi, this.owner).wellKnown(name) as number);
  }

  async open(fid: bigint, OpenModeFlags = 0): Promise<number> {
    return (await this.rops.ok('RopOpenFolder', { FolderId: fid, OpenModeFlags }, this.logon)).opened;
  }

  async create(parent: number, DisplayName: string, request: Partial<RopRequestValue<'RopCreateFolder'>> = {}): Promise<OpenedFolder> {
    const { opened, body } = await this.rops.ok('RopCreateFolder', { FolderType: 1, UseUnicodeStrings: true, OpenExisting: false, DisplayName, Comment: '', ...request }, parent);
    return { handle: opened, fid: body.FolderId };
  }

  /** A folder below Top of Information Store, or below IPM_SUBTREE. */
  async folder(name: string, request: Partial<RopRequestValue<'RopCreateFolder'>> = {}): Promise<OpenedFolder> {
    return this.create(await this.open(this.fid(this.owner === 'public' ? publicPlace.ipmSubtree : place.ipmSubtree)), name, request);
  }

  get model(): MailboxSession {
    return modelOf(this.mapi, this.owner);
  }

  /** A message right in the folder, made beneath. */
  async message({ fid }: Pick<OpenedFolder, 'fid'>, subject: string, draft: Partial<ItemDraft> = {}): Promise<bigint> {
    const item = await this.model.createItem(idOf(fid), { itemClass: 'IPM.Note', recipients: [], attachments: [], isRead: false, isAssociated: false, ...draft, properties: { PidTagSubject: subject, ...draft.properties } });
    return wireIdOf(item.id);
  }

  async items({ fid }: Pick<OpenedFolder, 'fid'>, table: 'normal' | 'associated' | 'both' = 'both'): Promise<readonly Item[]> {
    return (await this.model.query([idOf(fid)], { table, limit: 10_000 })).items;
  }

  async subjects(folder: Pick<OpenedFolder, 'fid'>, table: 'normal' | 'associated' | 'both' = 'both'): Promise<readonly string[]> {
    return (await this.items(folder, table)).map(({ bag }) => String(bag.get('PidTagSubject'))).sort();
  }

  async names({ fid }: Pick<OpenedFolder, 'fid'>): Promise<readonly string[]> {
    return (await this.model.folders(idOf(fid), 'shallow')).map(({ displayName }) => displayName);
  }

  folderBeneath({ fid }: Pick<OpenedFolder, 'fid'>): Promise<Folder> {
    return this.model.folder(idOf(fid));
  }

  /** Lets somebody do something in a folder. */
  async grant({ fid }: Pick<OpenedFolder, 'fid'>, member: string, rights: number): Promise<void> {
    const { permissions } = await this.folderBeneath({ fid });
    const directoryId = entryOf(this.mapi, member).id;
    await this.model.updateFolder(idOf(fid), { permissions: [...permissions.filter((one) => typeof one.member === 'string' || one.member.directoryId !== directoryId), { member: { directoryId }, rights }] });
  }

  /** What is left of things that were deleted, and can be had again. */
  async recoverable(): Promise<readonly string[]> {
    const id = mailboxOf(this.mapi, this.owner).wellKnown(this.owner === 'public' ? 'publicdumpsterroot' : 'recoverableitemsdeletions');
    return this.subjects({ fid: wireIdOf(id as number) });
  }
}
