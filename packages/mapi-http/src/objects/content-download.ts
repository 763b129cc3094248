import type { StreamElement } from '@fauxchange/mapi-wire';
import type { Logon } from '../logon/logon.ts';
import { DownloadObject } from './download-object.ts';

export interface Content {
  readonly steps: () => AsyncIterable<Iterable<StreamElement>>;
  readonly count?: number | undefined;
}

/** The content of a folder, of messages or of an attachment, to be downloaded: RopFastTransferSourceCopy*. */
export class ContentDownload extends DownloadObject {
  readonly #content: Content;

  constructor(logon: Logon, codePage: number, content: Content) {
    super(logon, codePage);
    this.#content = content;
  }

  protected override get stepCount(): number {
    return this.#content.count ?? 1;
  }

  protected override steps(): AsyncIterable<Iterable<StreamElement>> {
    return this.#content.steps();
  }
}
