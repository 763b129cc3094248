import { photoOf, type DirectoryEntry } from '@fauxchange/mailbox';
import type { CommandContext } from '../../context.ts';
import { commonStatus } from '../../errors.ts';

/** A picture in an answer of Search, Find or ResolveRecipients. */
export interface Picture {
  readonly Status: number;
  readonly Data?: Uint8Array | undefined;
}

/** Counts the pictures of one answer and keeps them within what was asked for. */
export class Pictures {
  readonly #context: CommandContext;
  readonly #maxSize: number;
  readonly #maxPictures: number;
  #told = 0;

  /** @param limits `MaxSize` in bytes, `MaxPictures` of the whole answer; absent: as many and as large as there are ([MS-ASCMD] 2.2.3.104) */
  constructor(context: CommandContext, { MaxSize = Number.POSITIVE_INFINITY, MaxPictures = Number.POSITIVE_INFINITY }: { readonly MaxSize?: number | undefined; readonly MaxPictures?: number | undefined }) {
    this.#context = context;
    this.#maxSize = MaxSize;
    this.#maxPictures = MaxPictures;
  }

  /** [MS-ASCMD] 2.2.3.177.13: who has none is told so, however many there were before. */
  async of(entry: DirectoryEntry | undefined): Promise<Picture> {
    const mailbox = entry && this.#context.organization.mailboxOf(entry);
    const photo = mailbox && (await photoOf(mailbox));
    if (!photo) return { Status: commonStatus.NoPicture };
    if (photo.bytes.length > this.#maxSize) return { Status: commonStatus.PictureTooLarge };
    if (this.#told >= this.#maxPictures) return { Status: commonStatus.PictureLimitReached };
    this.#told += 1;
    return { Status: 1, Data: photo.bytes };
  }
}
