import { streamRoots, type StreamElement } from '@fauxchange/mapi-wire';
import type { Logon } from '../logon/logon.ts';
import { stateElement, type SyncKind, type SyncState } from '../synchronization/sync-state.ts';
import { DownloadObject } from './download-object.ts';

/** The state of a context as it was when it was asked for, to be downloaded. */
export class StateDownload extends DownloadObject {
  readonly #state: SyncState;
  readonly #kind: SyncKind;
  readonly #isUpload: boolean;

  constructor(logon: Logon, codePage: number, { state, kind, isUpload }: { readonly state: SyncState; readonly kind: SyncKind; readonly isUpload: boolean }) {
    super(logon, codePage);
    this.#state = state;
    this.#kind = kind;
    this.#isUpload = isUpload;
  }

  protected override get stepCount(): number {
    return 1;
  }

  protected override async *steps(): AsyncIterable<Iterable<StreamElement>> {
    yield streamRoots.state.elements(stateElement(this.#state, this.logon.mailbox, this.#kind, this.#isUpload));
  }
}
