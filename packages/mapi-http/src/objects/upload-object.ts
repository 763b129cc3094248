import { errorCode, FastTransferReader, isMarker, metaTagOfStream, WireError, type StreamElement } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { Logon } from '../logon/logon.ts';
import type { UploadContext } from './upload-content.ts';
import { ServerObject } from './server-object.ts';
import { UploadError, type UploadTarget } from './upload-target.ts';

/** Messages and folders that stand in each other. */
const mostDepth = 64;
/** Meta-properties that say nothing to who reads: [MS-OXCFXICS] 2.2.4.1.5. */
const passedOver: ReadonlySet<number> = new Set<number>([metaTagOfStream.EcWarning, metaTagOfStream.DnPrefix, metaTagOfStream.NewFXFolder]);

/** A FastTransfer upload context: what RopFastTransferDestinationPutBuffer fills. What is complete in the stream is done at once. [MS-OXCFXICS] 3.2.1 */
export class UploadObject extends ServerObject {
  override readonly logon: Logon;
  readonly #reader: FastTransferReader;
  readonly #targets: UploadTarget[];
  #failure: unknown;

  constructor(root: UploadTarget, { logon, codePage }: UploadContext, mostPending: number) {
    super();
    this.logon = logon;
    this.#reader = new FastTransferReader({ codePage }, { mostPending });
    this.#targets = [root];
  }

  /** What has failed once fails again. */
  async put(bytes: Uint8Array): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure as Error;
    try {
      for (const element of this.#reader.read(bytes)) await this.#take(element);
      await this.#top.flush();
    } catch (thrown) {
      this.#failure = failureOf(thrown);
      throw this.#failure as Error;
    }
  }

  get #top(): UploadTarget {
    return this.#targets.at(-1) as UploadTarget;
  }

  async #take(element: StreamElement): Promise<void> {
    if (!isMarker(element)) {
      if (element.tag === metaTagOfStream.FXDelProp) await this.#top.remove((element.value as number) >>> 0);
      else if (!passedOver.has(element.tag)) this.#top.set(element);
      return;
    }
    await this.#top.flush();
    if (this.#targets.length > 1 && this.#top.end === element.marker) {
      await this.#top.close();
      this.#targets.pop();
      return;
    }
    if (this.#targets.length >= mostDepth) throw new UploadError(`More than ${mostDepth} objects stand in each other.`);
    this.#targets.push(await this.#top.open(element.marker));
  }
}

function failureOf(thrown: unknown): unknown {
  if (!(thrown instanceof WireError)) return thrown;
  return new RopError(thrown.code === 'limit' ? errorCode.TooBig : errorCode.FormatError, `The stream cannot be read: ${thrown.message}`);
}
