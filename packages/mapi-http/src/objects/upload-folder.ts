import type { FolderId, ItemId, Properties, Table } from '@fauxchange/mailbox';
import type { MarkerName } from '@fauxchange/mapi-wire';
import { subobjectTag } from '../mapping/stream-message.ts';
import { FolderObject } from './folder-object.ts';
import { MessageObject } from './message-object.ts';
import { MessageTarget, type UploadContext } from './upload-content.ts';
import { misplaced, UploadError, UploadTarget } from './upload-target.ts';

const BATCH = 500;
/** What the server says itself, or what another member of the model says. */
const notOfBag: ReadonlySet<string> = new Set([
  'PidTagDisplayName', 'PidTagContainerClass', 'PidTagFolderType', 'PidTagSubfolders', 'PidTagCreationTime', 'PidTagLocalCommitTimeMax', 'PidTagDeletedCountTotal', 'PidTagFolderId', 'PidTagParentFolderId', 'PidTagSourceKey',
  'PidTagParentSourceKey', 'PidTagChangeKey', 'PidTagPredecessorChangeList', 'PidTagContentCount', 'PidTagContentUnreadCount', 'PidTagMessageSize', 'PidTagMessageSizeExtended', 'PidTagEntryId', 'PidTagAccess', 'PidTagRights',
]);

/** Messages alone go into a folder, or its properties too, and folders below it. */
export type FolderRoot = 'messageList' | 'folderContent' | 'topFolder';

/** A folder that is there. */
export class FolderTarget extends UploadTarget {
  readonly #folder: FolderObject;
  readonly #context: UploadContext;
  readonly #root: FolderRoot;

  constructor(folder: FolderObject, context: UploadContext, root: FolderRoot, end?: MarkerName) {
    super(end);
    this.#folder = folder;
    this.#context = context;
    this.#root = root;
  }

  override async flush(): Promise<void> {
    const changes = new Map([...this.taken()].filter(([{ name }]) => name === 'PidTagContainerClass' || !notOfBag.has(name)));
    if (changes.size > 0) await this.#folder.change(changes);
  }

  override async open(marker: MarkerName): Promise<UploadTarget> {
    if (this.#root === 'topFolder') {
      if (marker !== 'StartTopFld') throw misplaced(marker, 'a stream of one folder');
      return new FolderTarget(this.#folder, this.#context, 'folderContent', 'EndFolder');
    }
    if (marker === 'StartMessage' || marker === 'StartFAIMsg') return newMessage(this.#folder.id, marker === 'StartFAIMsg', this.#context);
    if (marker === 'StartSubFld' && this.#root === 'folderContent') return new SubfolderTarget(this.#folder.id, this.#context);
    throw misplaced(marker, 'a folder');
  }

  override async remove(tag: number): Promise<void> {
    const { session } = this.#context.logon;
    const table = tag === subobjectTag.contents ? 'normal' : tag === subobjectTag.associated ? 'associated' : undefined;
    if (table) await session.removeItems(await idsIn(this.#folder.id, table, this.#context), 'hard');
    if (tag === subobjectTag.hierarchy) for (const { id } of await session.folders(this.#folder.id, 'shallow')) await session.removeFolder(id, 'hard');
  }
}

async function idsIn(id: FolderId, table: Table, { logon: { session } }: UploadContext): Promise<readonly ItemId[]> {
  const ids: ItemId[] = [];
  for (let offset = 0; ;) {
    const page = await session.query([id], { table, order: [], offset, limit: BATCH });
    ids.push(...page.items.map((item) => item.id));
    if (page.isLast) return ids;
    offset = page.nextOffset;
  }
}

function newMessage(id: FolderId, isAssociated: boolean, context: UploadContext): UploadTarget {
  const { logon, now, localeId, codePage } = context;
  return new MessageTarget(MessageObject.ofFolder(logon, id, isAssociated, { now: now(), localeId, codePage }), context, 'EndMessage');
}

/** A new folder: it is made when its properties are known, before anything goes into it. */
class SubfolderTarget extends UploadTarget {
  readonly #parentId: FolderId;
  readonly #context: UploadContext;
  #made: FolderTarget | undefined;

  constructor(parentId: FolderId, context: UploadContext) {
    super('EndFolder');
    this.#parentId = parentId;
    this.#context = context;
  }

  /** A buffer may end within its properties: it is made when the next marker says that they are all there. */
  override async flush(): Promise<void> {
    // Not yet.
  }

  async #folder(): Promise<FolderTarget> {
    if (this.#made) return this.#made;
    const taken = this.taken();
    const properties = Object.fromEntries([...taken].map(([{ name }, value]) => [name, value])) as Properties;
    const { PidTagDisplayName: displayName, PidTagContainerClass: folderClass } = properties;
    if (typeof displayName !== 'string') throw new UploadError('A folder has no name.');
    const own = Object.fromEntries(Object.entries(properties).filter(([name]) => !notOfBag.has(name))) as Properties;
    const folder = await this.#context.logon.session.createFolder(this.#parentId, { displayName, folderClass: typeof folderClass === 'string' ? folderClass : undefined, properties: own });
    this.#made = new FolderTarget(new FolderObject(this.#context.logon, folder), this.#context, 'folderContent');
    return this.#made;
  }

  override async open(marker: MarkerName): Promise<UploadTarget> {
    return (await this.#folder()).open(marker);
  }

  override async remove(): Promise<void> {
    // It is new: there is nothing in it.
  }

  override async close(): Promise<void> {
    await this.#folder();
  }
}
