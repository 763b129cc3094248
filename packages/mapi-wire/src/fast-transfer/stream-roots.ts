import { WireError } from '../errors.ts';
import { folderContentElements, messageListElements, readFolderContent, readMessageList, readTopFolder, topFolderElements } from './folder-content.ts';
import { attachmentContentElements, messageContentElements, readAttachmentContent, readMessageContent } from './message-content.ts';
import { ErrorInfoFound, StreamCursor } from './stream-cursor.ts';
import type { StreamElement } from './stream-element.ts';
import { contentsSyncElements, hierarchySyncElements, readContentsSync, readHierarchySync, readState, stateElements } from './synchronization.ts';

/** What a whole stream can be, both ways. */
export interface StreamRoot<T> {
  /** @throws WireError whose offset counts elements */
  parse(elements: readonly StreamElement[]): T;
  /** For a `FastTransferWriter`. */
  elements(value: T): Iterable<StreamElement>;
}

function root<T>(read: (cursor: StreamCursor) => T, elements: (value: T) => Iterable<StreamElement>): StreamRoot<T> {
  return {
    parse(from) {
      const cursor = new StreamCursor(from);
      try {
        const value = read(cursor);
        cursor.end();
        return value;
      } catch (thrown) {
        if (thrown instanceof ErrorInfoFound) throw new WireError('invalid', 'FXErrorInfo stands where nothing can go on; counted in elements,', from.findIndex((element) => 'marker' in element && element.marker === 'FXErrorInfo'));
        throw thrown;
      }
    },
    elements,
  };
}

/**
 * [MS-OXCFXICS] 2.2.4.2, root: which one a stream is, is said by the ROP that asked for it.
 *
 * @example
 * const writer = new FastTransferWriter(streamRoots.contentsSync.elements(changes));
 */
export const streamRoots = {
  contentsSync: root(readContentsSync, contentsSyncElements),
  hierarchySync: root(readHierarchySync, hierarchySyncElements),
  state: root(readState, stateElements),
  folderContent: root(readFolderContent, folderContentElements),
  messageContent: root(readMessageContent, messageContentElements),
  attachmentContent: root(readAttachmentContent, attachmentContentElements),
  messageList: root((cursor) => readMessageList(cursor), messageListElements),
  topFolder: root(readTopFolder, topFolderElements),
} as const;
