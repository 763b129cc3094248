import { metaTagOfStream } from './markers.ts';
import { deletion, messageContentElements, readMessageContent, type MessageContent } from './message-content.ts';
import type { PropList, StreamCursor } from './stream-cursor.ts';
import type { StreamElement } from './stream-element.ts';

const { DnPrefix, EcWarning, FXDelProp, NewFXFolder } = metaTagOfStream;
/** What MetaTagFXDelProp names in a folder, [MS-OXCFXICS] 2.2.1.7: PidTagFolderAssociatedContents, PidTagContainerContents, PidTagContainerHierarchy. */
const kind = { associated: 0x3610_000d, contents: 0x360f_000d, hierarchy: 0x360e_000d } as const;

/** [MS-OXCFXICS] 2.2.4.3.10. */
export interface ListedMessage extends MessageContent {
  readonly isAssociated: boolean;
}
/** [MS-OXCFXICS] 2.2.4.3.17, messageList: a message, or the code of MetaTagEcWarning for one that cannot be read. */
export type MessageList = readonly (ListedMessage | { readonly ecWarning: number })[];

/** [MS-OXCFXICS] 2.2.4.3.6. */
export interface FolderContent {
  readonly propList: PropList;
  /** The replicas of a public folder that has no contents here, [MS-OXCFXICS] 2.2.2.9. */
  readonly newFXFolder?: Uint8Array;
  /** Kinds of subobjects that whoever reads has to delete first, as tags: the values of MetaTagFXDelProp. */
  readonly deleted: readonly number[];
  readonly messages: MessageList;
  readonly subFolders: readonly FolderContent[];
}

function readMessage(cursor: StreamCursor): ListedMessage {
  const isAssociated = cursor.skip('StartFAIMsg');
  if (!isAssociated) cursor.expect('StartMessage');
  const message = { isAssociated, ...readMessageContent(cursor) };
  cursor.expect('EndMessage');
  return message;
}

export function readMessageList(cursor: StreamCursor, deleted: number[] = []): MessageList {
  const messages: MessageList[number][] = [];
  while (cursor.isAt('StartMessage', 'StartFAIMsg') || cursor.isAtTag(DnPrefix, EcWarning, FXDelProp)) {
    const deletes = cursor.take(FXDelProp);
    if (deletes) deleted.push((deletes.value as number) >>> 0);
    cursor.take(DnPrefix);
    const warning = cursor.take(EcWarning);
    if (warning) messages.push({ ecWarning: (warning.value as number) >>> 0 });
    if (cursor.isAt('StartMessage', 'StartFAIMsg')) messages.push(readMessage(cursor));
  }
  return messages;
}

export function readFolderContent(cursor: StreamCursor): FolderContent {
  cursor.take(DnPrefix);
  const propList = cursor.propList(DnPrefix, EcWarning, FXDelProp, NewFXFolder);
  const replicas = cursor.take(NewFXFolder);
  const deleted: number[] = [];
  const messages = readMessageList(cursor, deleted);
  const subFolders = cursor.many(['StartSubFld'], () => {
    cursor.expect('StartSubFld');
    const folder = cursor.deeper(() => readFolderContent(cursor));
    cursor.expect('EndFolder');
    return folder;
  });
  return { propList, ...(replicas && { newFXFolder: replicas.value as Uint8Array }), deleted, messages, subFolders };
}

export function readTopFolder(cursor: StreamCursor): FolderContent {
  cursor.take(DnPrefix);
  cursor.expect('StartTopFld');
  const folder = readFolderContent(cursor);
  cursor.expect('EndFolder');
  return folder;
}

export function* messageListElements(messages: MessageList): Generator<StreamElement> {
  for (const message of messages) {
    if ('ecWarning' in message) yield { tag: EcWarning, value: message.ecWarning | 0 };
    else yield* messageElements(message);
  }
}

function* messageElements(message: ListedMessage): Generator<StreamElement> {
  yield { marker: message.isAssociated ? 'StartFAIMsg' : 'StartMessage' };
  yield* messageContentElements(message);
  yield { marker: 'EndMessage' };
}

/** The elements of a folder, those of its associated messages before those of the others. */
export function* folderContentElements({ propList, newFXFolder, deleted, messages, subFolders }: FolderContent): Generator<StreamElement> {
  const isAssociated = (message: MessageList[number]): boolean => 'isAssociated' in message && message.isAssociated;
  yield* propList;
  if (newFXFolder) yield { tag: NewFXFolder, value: newFXFolder };
  if (deleted.includes(kind.associated)) yield deletion(kind.associated);
  yield* messageListElements(messages.filter(isAssociated));
  if (deleted.includes(kind.contents)) yield deletion(kind.contents);
  yield* messageListElements(messages.filter((message) => !isAssociated(message)));
  if (deleted.includes(kind.hierarchy)) yield deletion(kind.hierarchy);
  for (const folder of subFolders) {
    yield { marker: 'StartSubFld' };
    yield* folderContentElements(folder);
    yield { marker: 'EndFolder' };
  }
}

export function* topFolderElements(folder: FolderContent): Generator<StreamElement> {
  yield { marker: 'StartTopFld' };
  yield* folderContentElements(folder);
  yield { marker: 'EndFolder' };
}
