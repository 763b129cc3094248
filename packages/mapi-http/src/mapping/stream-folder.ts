import { MailboxError, type Folder, type Item, type ItemId, type Table } from '@fauxchange/mailbox';
import { property as propertyNamed, type Property, type PropertyName } from '@fauxchange/properties';
import { errorCode, metaTagOfStream, streamRoots, type PropList, type StreamElement } from '@fauxchange/mapi-wire';
import type { Logon } from '../logon/logon.ts';
import { folderValue } from './folder-values.ts';
import { itemValue } from './item-values.ts';
import { messageContentOf, subobjectTag, warning } from './stream-message.ts';
import { propListOf, streamProperty, TagFilter, type StreamForm } from './stream-properties.ts';

const PAGE = 50;

/** What the server makes of a folder, beside what is in its bag. What its contents say changes without a new version of the folder: [MS-OXCFXICS] 3.1.5.3. */
const computed: readonly PropertyName[] = [
  'PidTagDisplayName', 'PidTagContainerClass', 'PidTagFolderType', 'PidTagSubfolders', 'PidTagCreationTime', 'PidTagLastModificationTime', 'PidTagLocalCommitTimeMax', 'PidTagDeletedCountTotal', 'PidTagDefaultPostMessageClass',
  'PidTagAttributeHidden', 'PidTagIpmAppointmentEntryId', 'PidTagIpmContactEntryId', 'PidTagIpmJournalEntryId', 'PidTagIpmNoteEntryId', 'PidTagIpmTaskEntryId', 'PidTagIpmDraftsEntryId', 'PidTagAdditionalRenEntryIds',
];
const notContent: ReadonlySet<PropertyName> = new Set<PropertyName>(['PidTagSourceKey', 'PidTagParentSourceKey', 'PidTagChangeKey', 'PidTagPredecessorChangeList']);
/** The first ones of every folder but the top one, [MS-OXCFXICS] 2.2.4.3.6. */
const first: readonly PropertyName[] = ['PidTagFolderId', 'PidTagDisplayName', 'PidTagComment'];
/** SendEntryId, [MS-OXCFXICS] 2.2.3.1.1.3.1. */
const identity: readonly PropertyName[] = ['PidTagSourceKey', 'PidTagLastModificationTime', 'PidTagChangeKey', 'PidTagPredecessorChangeList'];
const originalEntryId = propertyNamed('PidTagOriginalEntryId') as Property;
const withoutTime: ReadonlySet<PropertyName> = new Set<PropertyName>(['PidTagLastModificationTime', 'PidTagOriginalEntryId']);

/** Names of what a folder has of its own, for a stream. */
export function folderContentNames({ bag }: Folder): ReadonlySet<PropertyName> {
  const names = new Set<PropertyName>(computed);
  for (const [name] of bag.entries()) if (!notContent.has(name)) names.add(name);
  return names;
}

export interface CopyOptions {
  readonly logon: Logon;
  readonly form: StreamForm;
  /** Move, where it is not ignored: only what the caller may delete. */
  readonly isMove?: boolean | undefined;
}

/** Which parts of a folder are wanted, and whether others could have been. */
export interface FolderParts {
  readonly filter?: TagFilter | undefined;
  readonly hasSubobjects: boolean;
  readonly hasSubfolders: boolean;
  readonly isFiltered: boolean;
  /** The same of the folders below; default as the others. */
  readonly isHierarchyFiltered?: boolean | undefined;
  readonly isTop?: boolean | undefined;
}

function folderList(folder: Folder, { logon, form }: CopyOptions, { filter, isTop = false }: FolderParts): PropList {
  const read = ({ name }: Pick<Property, 'name'>) => folderValue(folder, logon, { name }) ?? (name === 'PidTagComment' ? '' : undefined);
  const names = [...folderContentNames(folder)].filter((name) => !first.includes(name));
  // A top folder goes into one that is there, with a name: [MS-OXCFXICS] 2.2.4.3.6.
  return [...(isTop ? [] : propListOf(first, read, form, filter)), ...propListOf(names, read, form, filter)];
}

const deletion = (tag: number): StreamElement => ({ tag: metaTagOfStream.FXDelProp, value: tag | 0 });

/** [MS-OXCFXICS] 2.2.4.3.6, folderContent: associated messages before the others, then the folders below. */
export async function* folderContentSteps(folder: Folder, options: CopyOptions, parts: FolderParts): AsyncGenerator<Iterable<StreamElement>> {
  const { filter = TagFilter.all, hasSubobjects, hasSubfolders, isFiltered, isHierarchyFiltered = isFiltered } = parts;
  yield folderList(folder, options, parts);
  const mayRead = options.logon.session.folderRights(folder).read && folder.kind !== 'search';
  for (const [tag, table] of [[subobjectTag.associated, 'associated'], [subobjectTag.contents, 'normal']] as const) {
    if (!hasSubobjects || !filter.lets(tag)) continue;
    if (isFiltered) yield [deletion(tag)];
    if (mayRead) yield* messagesOf(folder, table, options);
  }
  if (!hasSubfolders || !filter.lets(subobjectTag.hierarchy)) return;
  if (isHierarchyFiltered) yield [deletion(subobjectTag.hierarchy)];
  const { session } = options.logon;
  for (const child of await session.folders(folder.id, 'shallow')) {
    if (options.isMove === true && !session.folderRights(child).delete) continue;
    yield [{ marker: 'StartSubFld' }];
    yield* folderContentSteps(child, options, { hasSubobjects: true, hasSubfolders: true, isFiltered: false });
    yield [{ marker: 'EndFolder' }];
  }
}

export async function* topFolderSteps(folder: Folder, options: CopyOptions, parts: FolderParts): AsyncGenerator<Iterable<StreamElement>> {
  yield [{ marker: 'StartTopFld' }];
  yield* folderContentSteps(folder, options, { ...parts, isTop: true });
  yield [{ marker: 'EndFolder' }];
}

async function* messagesOf({ id }: Folder, table: Table, options: CopyOptions): AsyncGenerator<Iterable<StreamElement>> {
  for (let offset = 0; ;) {
    const { items, nextOffset, isLast } = await options.logon.session.query([id], { table, order: [], offset, limit: PAGE });
    for (const item of items) yield* messageSteps(item, options);
    if (isLast) return;
    offset = nextOffset;
  }
}

async function* messageSteps(item: Item, { logon, form, isMove = false }: CopyOptions, hasIdentity = true): AsyncGenerator<Iterable<StreamElement>> {
  if (isMove && !(await logon.session.itemRights(item)).delete) {
    yield [warning(errorCode.AccessDenied)];
    return;
  }
  const one = (property: Property, name = property.name): PropList => {
    const value = itemValue(item, logon, { name });
    const element = value === undefined ? undefined : streamProperty(property, value, form);
    return element ? [element] : [];
  };
  const named = (name: PropertyName): PropList => one(propertyNamed(name) as Property);
  const identified = hasIdentity ? [...identity.flatMap(named), ...one(originalEntryId, 'PidTagEntryId')] : [];
  const content = await messageContentOf(item, { form, first: [...named('PidTagMid'), ...identified], embeddedFirst: noMid, without: withoutTime });
  yield streamRoots.messageList.elements([{ ...content, isAssociated: item.isAssociated }]);
}
/** An embedded message has no id, and the place of one: [MS-OXCFXICS] 2.2.4.3.16. */
const noMid: PropList = [{ tag: 0x674a_0014, value: 0n }];

/** [MS-OXCFXICS] 2.2.4.3.17, messageList; a warning for each message that the caller does not get. */
export async function* messageListSteps(ids: readonly ItemId[], folder: Folder, options: CopyOptions, hasIdentity: boolean): AsyncGenerator<Iterable<StreamElement>> {
  for (let at = 0; at < ids.length; at += PAGE) {
    for (const item of await options.logon.session.items(ids.slice(at, at + PAGE))) {
      const isRefused = item instanceof MailboxError || item.folderId !== folder.id;
      if (isRefused) yield [warning(item instanceof MailboxError && item.code === 'AccessDenied' ? errorCode.AccessDenied : errorCode.NotFound)];
      else yield* messageSteps(item, options, hasIdentity);
    }
  }
}
