import type { Environment } from '@fauxchange/emulator';
import { streamRoots, type StreamElement } from '@fauxchange/mapi-wire';
import type { ServerObject } from '../../objects/server-object.ts';
import type { EmsmdbSession } from '../../session/emsmdb-session.ts';
import type { Logon } from '../../logon/logon.ts';
import { folderContentSteps, type CopyOptions } from '../../mapping/stream-folder.ts';
import { attachmentContentOf, messageContentOf } from '../../mapping/stream-message.ts';
import { stringForm, type TagFilter } from '../../mapping/stream-properties.ts';
import { AttachmentObject } from '../../objects/attachment-object.ts';
import { ContentDownload } from '../../objects/content-download.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { MessageObject } from '../../objects/message-object.ts';

/** What RopFastTransferSourceCopyTo and RopFastTransferSourceCopyProperties work on. */
export const copied = [FolderObject, MessageObject, AttachmentObject] as const;
type Copied = InstanceType<(typeof copied)[number]>;

interface Asked {
  readonly filter: TagFilter;
  /** Level: 0 takes subobjects along; of an attachment it is always 0. */
  readonly Level: number;
  readonly isMove?: boolean | undefined;
}
interface Context {
  readonly logon: Logon;
  readonly session: EmsmdbSession;
  readonly environment: Environment;
}

export const copyOptions = ({ logon, environment }: Context, SendOptions: number, isMove = false): CopyOptions => ({ logon, form: { names: logon.names, form: stringForm(SendOptions), directory: environment.organization.directory }, isMove });

async function* once(elements: Iterable<StreamElement>): AsyncGenerator<Iterable<StreamElement>> {
  yield elements;
}

/** The content of an object, as it is now: [MS-OXCFXICS] 2.2.4.4. */
export async function sourceContent(object: Copied, { filter, Level, isMove }: Asked, SendOptions: number, context: Context): Promise<ServerObject> {
  const { logon, session: { codePage } } = context;
  const options = copyOptions(context, SendOptions, isMove);
  const { form } = options;
  const hasSubobjects = Level === 0;
  if (object instanceof FolderObject) {
    const folder = await object.folder();
    return new ContentDownload(logon, codePage, { steps: () => folderContentSteps(folder, options, { filter, hasSubobjects, hasSubfolders: hasSubobjects, isFiltered: true }), count: folder.totalCount + folder.associatedCount + 1 });
  }
  if (object instanceof MessageObject) {
    const content = await messageContentOf(object.content.view(), { form, filter, hasSubobjects, isFiltered: true });
    return new ContentDownload(logon, codePage, { steps: () => once(streamRoots.messageContent.elements(content)) });
  }
  const content = await attachmentContentOf(object.attachment, { form }, filter);
  return new ContentDownload(logon, codePage, { steps: () => once(streamRoots.attachmentContent.elements(content)) });
}
