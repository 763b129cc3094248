import { idOf, type Answer, type EwsClient, type Id } from './client.ts';
import { folderRef, itemRef, shape } from './soap.ts';
import { below, child, type XmlElement } from './xml.ts';

export interface SyncOptions {
  /** Undefined: no SyncState is sent. */
  readonly state?: string | undefined;
  readonly most?: number | undefined;
  readonly base?: string | undefined;
  readonly paths?: readonly string[] | undefined;
  readonly ignore?: readonly Id[] | undefined;
  readonly scope?: string | undefined;
  /** Elements of ItemShape after BaseShape. */
  readonly more?: string | undefined;
}
const element = (name: string, text: string | undefined): string => (text === undefined ? '' : `<m:${name}>${text}</m:${name}>`);

/** What the tests of synchronization say again and again. */
export const syncItems = (client: EwsClient, folder: string, { state, most = 512, base = 'IdOnly', paths = [], ignore = [], scope, more = '' }: SyncOptions = {}): Promise<Answer> =>
  client.call(
    `<m:SyncFolderItems><m:ItemShape>${shape(base, paths, more)}</m:ItemShape><m:SyncFolderId>${folderRef(folder)}</m:SyncFolderId>${element('SyncState', state)}` +
      `${ignore.length > 0 ? `<m:Ignore>${ignore.map(itemRef).join('')}</m:Ignore>` : ''}<m:MaxChangesReturned>${most}</m:MaxChangesReturned>${element('SyncScope', scope)}</m:SyncFolderItems>`,
  );

/** `folder` undefined: no SyncFolderId is sent. */
export const syncHierarchy = (client: EwsClient, folder: string | undefined, { state, base = 'IdOnly', paths = ['folder:DisplayName'] }: Pick<SyncOptions, 'state' | 'base' | 'paths'> = {}): Promise<Answer> =>
  client.call(`<m:SyncFolderHierarchy><m:FolderShape>${shape(base, paths)}</m:FolderShape>${folder === undefined ? '' : `<m:SyncFolderId>${folderRef(folder)}</m:SyncFolderId>`}${element('SyncState', state)}</m:SyncFolderHierarchy>`);

export const stateOf = (answer: Answer): string => answer.first('SyncState').text;
export const isLast = (answer: Answer): string => (answer.all('IncludesLastItemInRange')[0] ?? answer.first('IncludesLastFolderInRange')).text;

/** What a change is about: the item or folder, or the change itself where it has but an id. */
export const changed = (change: XmlElement): XmlElement => (change.name === 'Delete' || change.name === 'ReadFlagChange' ? change : (change.children[0] as XmlElement));
/** Kind of each change, and the id that it is about. */
export const changes = (answer: Answer): [kind: string, id: string][] =>
  answer.first('Changes').children.map((change) => [change.name, idOf(below(changed(change), child(changed(change), 'FolderId') ? 'FolderId' : 'ItemId')).id]);
