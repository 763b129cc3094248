import { metaTagOfStream } from './markers.ts';
import { messageChildrenElements, readMessageChildren, type MessageContent } from './message-content.ts';
import { ErrorInfoFound, type PropList, type StreamCursor } from './stream-cursor.ts';
import type { StreamElement } from './stream-element.ts';

const { FXDelProp } = metaTagOfStream;

/** [MS-OXCFXICS] 2.2.4.3.13, messageChangeFull. */
export interface MessageChange extends MessageContent {
  /** [MS-OXCFXICS] 2.2.4.3.18: only where the whole tells its progress. */
  readonly progressPerMessage?: PropList;
  /** [MS-OXCFXICS] 2.2.4.3.14, messageChangeHeader: what the message is, and which of its versions. */
  readonly header: PropList;
}

interface Differences {
  readonly deletions?: PropList;
  /** [MS-OXCFXICS] 2.2.4.3.25: what was sent, for the next time. */
  readonly state: PropList;
}
/** [MS-OXCFXICS] 2.2.4.3.2. */
export interface ContentsSync extends Differences {
  readonly progressTotal?: PropList;
  readonly messageChanges: readonly MessageChange[];
  readonly readStateChanges?: PropList;
  /** What is there for messages that could not be sent, [MS-OXCFXICS] 2.2.4.3.4. */
  readonly errorInfos: readonly PropList[];
}
/** [MS-OXCFXICS] 2.2.4.3.9. */
export interface HierarchySync extends Differences {
  readonly folderChanges: readonly PropList[];
}

export function readState(cursor: StreamCursor): PropList {
  cursor.expect('IncrSyncStateBegin');
  const propList = cursor.propList();
  cursor.expect('IncrSyncStateEnd');
  return propList;
}

function readMessageChange(cursor: StreamCursor): MessageChange {
  const progressPerMessage = cursor.skip('IncrSyncProgressPerMsg') ? cursor.propList() : undefined;
  cursor.expect('IncrSyncChg');
  const header = cursor.propList();
  cursor.expect('IncrSyncMessage');
  const content = { header, propList: cursor.propList(FXDelProp), ...readMessageChildren(cursor) };
  return progressPerMessage ? { progressPerMessage, ...content } : content;
}

/** @NOTE Partial changes are not read: no server has to send them, and none does that was not told that its client can read them. */
export function readContentsSync(cursor: StreamCursor): ContentsSync {
  const progressTotal = cursor.skip('IncrSyncProgressMode') ? cursor.propList() : undefined;
  const messageChanges: MessageChange[] = [];
  const errorInfos: PropList[] = [];
  while (cursor.isAt('IncrSyncProgressPerMsg', 'IncrSyncChg', 'FXErrorInfo')) {
    try {
      messageChanges.push(readMessageChange(cursor));
    } catch (thrown) {
      if (!(thrown instanceof ErrorInfoFound)) throw thrown;
      cursor.restart();
      errorInfos.push(thrown.propList);
    }
  }
  const deletions = cursor.skip('IncrSyncDel') ? cursor.propList() : undefined;
  const readStateChanges = cursor.skip('IncrSyncRead') ? cursor.propList() : undefined;
  const state = readState(cursor);
  cursor.expect('IncrSyncEnd');
  return { ...(progressTotal && { progressTotal }), messageChanges, ...(deletions && { deletions }), ...(readStateChanges && { readStateChanges }), state, errorInfos };
}

export function readHierarchySync(cursor: StreamCursor): HierarchySync {
  const folderChanges = cursor.many(['IncrSyncChg'], () => {
    cursor.expect('IncrSyncChg');
    return cursor.propList();
  });
  const deletions = cursor.skip('IncrSyncDel') ? cursor.propList() : undefined;
  const state = readState(cursor);
  cursor.expect('IncrSyncEnd');
  return { folderChanges, ...(deletions && { deletions }), state };
}

export function* stateElements(state: PropList): Generator<StreamElement> {
  yield { marker: 'IncrSyncStateBegin' };
  yield* state;
  yield { marker: 'IncrSyncStateEnd' };
}

function* messageChangeElements({ progressPerMessage, header, ...message }: MessageChange): Generator<StreamElement> {
  if (progressPerMessage) yield* [{ marker: 'IncrSyncProgressPerMsg' } as const, ...progressPerMessage];
  yield* [{ marker: 'IncrSyncChg' } as const, ...header, { marker: 'IncrSyncMessage' } as const, ...message.propList];
  yield* messageChildrenElements(message);
}

/** The elements of a synchronization of contents, to be written as they come. */
export function* contentsSyncElements({ progressTotal, messageChanges, deletions, readStateChanges, state, errorInfos }: ContentsSync): Generator<StreamElement> {
  if (progressTotal) yield* [{ marker: 'IncrSyncProgressMode' } as const, ...progressTotal];
  for (const change of messageChanges) yield* messageChangeElements(change);
  for (const errorInfo of errorInfos) yield* [{ marker: 'FXErrorInfo' } as const, ...errorInfo];
  if (deletions) yield* [{ marker: 'IncrSyncDel' } as const, ...deletions];
  if (readStateChanges) yield* [{ marker: 'IncrSyncRead' } as const, ...readStateChanges];
  yield* stateElements(state);
  yield { marker: 'IncrSyncEnd' };
}

/** The elements of a synchronization of folders. */
export function* hierarchySyncElements({ folderChanges, deletions, state }: HierarchySync): Generator<StreamElement> {
  for (const folder of folderChanges) yield* [{ marker: 'IncrSyncChg' } as const, ...folder];
  if (deletions) yield* [{ marker: 'IncrSyncDel' } as const, ...deletions];
  yield* stateElements(state);
  yield { marker: 'IncrSyncEnd' };
}
