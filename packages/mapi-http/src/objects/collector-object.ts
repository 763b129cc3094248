import type { Folder, FolderId, Item } from '@fauxchange/mailbox';
import type { GlobSet } from '@fauxchange/mapi-wire';
import type { Logon } from '../logon/logon.ts';
import { StateUpload } from '../synchronization/state-upload.ts';
import { noState, type SyncKind, type SyncState } from '../synchronization/sync-state.ts';
import { ServerObject } from './server-object.ts';

/** A synchronization upload context: what a client has changed in a folder, or below it. [MS-OXCFXICS] 3.2.1 */
export class CollectorObject extends ServerObject {
  override readonly logon: Logon;
  readonly kind: SyncKind;
  readonly folderId: FolderId;
  readonly upload: StateUpload;
  #state: SyncState = noState;
  #isStarted = false;

  constructor(logon: Logon, { id }: Folder, kind: SyncKind) {
    super();
    this.logon = logon;
    this.folderId = id;
    this.kind = kind;
    this.upload = new StateUpload(kind, logon.mailbox);
  }

  /** What the client has seen: what it said, and what it has uploaded since. */
  get state(): SyncState {
    return this.#state;
  }

  get isStarted(): boolean {
    return this.#isStarted;
  }

  start(): void {
    this.#isStarted = true;
  }

  /** Ids that were given do not matter here: [MS-OXCFXICS] 3.1.5.2.1. */
  take({ member, set }: { readonly member: keyof SyncState; readonly set: GlobSet }): void {
    if (member !== 'given') this.#state = { ...this.#state, [member]: this.#state[member].union(set) };
  }

  /** The client knows this version of an item: it made it. */
  imported({ contentCn, isAssociated }: Pick<Item, 'contentCn' | 'isAssociated'>): void {
    this.#add(isAssociated ? 'seenFai' : 'seen', contentCn);
  }

  importedFolder({ cn }: Pick<Folder, 'cn'>): void {
    this.#add('seen', cn);
  }

  importedReadFlag({ readCn }: Pick<Item, 'readCn'>): void {
    if (readCn > 0) this.#add('read', readCn);
  }

  #add(member: keyof SyncState, cn: number): void {
    this.#state = { ...this.#state, [member]: this.#state[member].add(cn) };
  }
}
