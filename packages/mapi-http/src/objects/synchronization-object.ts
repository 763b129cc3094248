import type { FolderId, Restriction } from '@fauxchange/mailbox';
import type { GlobSet, StreamElement } from '@fauxchange/mapi-wire';
import type { Logon } from '../logon/logon.ts';
import type { StreamForm, TagFilter } from '../mapping/stream-properties.ts';
import { noState, type SyncKind, type SyncState } from '../synchronization/sync-state.ts';
import { StateUpload } from '../synchronization/state-upload.ts';
import { DownloadObject } from './download-object.ts';

/** How RopSynchronizationConfigure has set up a download. */
export interface SyncOptions {
  readonly kind: SyncKind;
  readonly folderId: FolderId;
  /** SynchronizationFlags and SynchronizationExtraFlags. */
  readonly flags: number;
  readonly extraFlags: number;
  readonly form: StreamForm;
  readonly filter: TagFilter;
  readonly restriction?: Restriction | undefined;
  readonly codePage: number;
}

/** A synchronization download context: what differs from the state that a client uploads. [MS-OXCFXICS] 3.2.1 */
export abstract class SynchronizationObject extends DownloadObject {
  readonly options: SyncOptions;
  readonly upload: StateUpload;
  /** What the client says it has. */
  #initial: SyncState = noState;
  #final: SyncState | undefined;

  constructor(logon: Logon, options: SyncOptions) {
    super(logon, options.codePage);
    this.options = options;
    this.upload = new StateUpload(options.kind, logon.mailbox);
  }

  protected get initial(): SyncState {
    return this.#initial;
  }

  take({ member, set }: { readonly member: keyof SyncState; readonly set: GlobSet }): void {
    this.#initial = { ...this.#initial, [member]: set };
  }

  protected finish(state: SyncState): void {
    this.#final = state;
  }

  /** The state to checkpoint: the initial one until all has been downloaded, [MS-OXCFXICS] 3.2.5.9.3.1. */
  get state(): SyncState {
    return this.isDone ? (this.#final ?? this.#initial) : this.#initial;
  }

  protected abstract override steps(): AsyncIterable<Iterable<StreamElement>>;
}
