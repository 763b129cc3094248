import { folderId, MailboxError, type Folder, type FolderId, type Properties } from '@fauxchange/mailbox';
import { errorCode, type TaggedValue } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import type { Logon } from '../../logon/logon.ts';
import { propertyOfTag } from '../../mapping/property-tags.ts';
import { fromWire } from '../../mapping/wire-values.ts';
import { CollectorObject } from '../../objects/collector-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { fixedValues, gidOf, ImportedVersion, moment } from '../../synchronization/imported-version.ts';
import { checkKind } from './collector-kind.ts';

/** PidTagParentSourceKey, PidTagSourceKey, PidTagLastModificationTime, PidTagChangeKey, PidTagPredecessorChangeList, PidTagDisplayName. */
const header = [0x65e1_0102, 0x65e0_0102, 0x3008_0040, 0x65e2_0102, 0x65e3_0102, 0x3001_001f] as const;
const folderType = { name: 'PidTagFolderType', search: 2 } as const;
/** What HierarchyValues say, and what the server says itself. */
const ignored: ReadonlySet<string> = new Set([
  'PidTagParentSourceKey', 'PidTagSourceKey', 'PidTagLastModificationTime', 'PidTagChangeKey', 'PidTagPredecessorChangeList', 'PidTagDisplayName', 'PidTagFolderType', 'PidTagFolderId', 'PidTagParentFolderId', 'PidTagContainerClass',
  'PidTagChangeNumber', 'PidTagCreationTime', 'PidTagLocalCommitTimeMax', 'PidTagDeletedCountTotal', 'PidTagSubfolders', 'PidTagContentCount', 'PidTagContentUnreadCount', 'PidTagAssociatedContentCount', 'PidTagAccess', 'PidTagRights',
]);

/** [MS-OXCFXICS] 3.2.5.9.4.3. */
export const importHierarchyChange = defineRop('RopSynchronizationImportHierarchyChange', [CollectorObject], async ({ HierarchyValues, PropertyValues }, { object, logon }) => {
  checkKind(object, 'hierarchy');
  const [parentKey, sourceKey, lastModified, changeKey, list, displayName] = fixedValues(HierarchyValues, header);
  const version = new ImportedVersion(sourceKey as Uint8Array, moment(lastModified), changeKey as Uint8Array, list as Uint8Array);
  const id = ownId(logon, version.sourceKey);
  const own = propertiesOf(PropertyValues, logon);
  object.start();
  const parentId = (parentKey as Uint8Array).length === 0 ? object.folderId : ownId(logon, gidOf(parentKey as Uint8Array));
  if (!(await folderOrNothing(logon, parentId))) throw new RopError(errorCode.SyncNoParent, 'The parent folder is not there.');
  const existing = await folderOrNothing(logon, id);
  const change: Change = { id, parentId, displayName: String(displayName), version, ...own };
  if (existing) await update(object, existing, change);
  else await create(object, change);
  return { body: { FolderId: 0n } };
});

interface Change {
  readonly id: FolderId;
  readonly parentId: FolderId;
  readonly displayName: string;
  readonly version: ImportedVersion;
  readonly folderClass: string | undefined;
  readonly properties: Properties;
}

function ownId({ mailbox }: Logon, { DatabaseGuid, GlobalCounter }: ReturnType<typeof gidOf>): FolderId {
  if (DatabaseGuid !== mailbox.replicaGuid) throw new RopError(errorCode.InvalidParameter, 'The folder is one of another store.');
  return folderId(Number(GlobalCounter));
}

async function folderOrNothing({ session }: Logon, id: FolderId): Promise<Folder | undefined> {
  try {
    return await session.folder(id);
  } catch (thrown) {
    if (thrown instanceof MailboxError && thrown.code === 'FolderNotFound') return undefined;
    throw thrown;
  }
}

function propertiesOf(values: readonly TaggedValue[], { names }: Logon): Pick<Change, 'folderClass' | 'properties'> {
  const given = values.flatMap(({ tag, value }) => {
    const property = propertyOfTag(tag, names);
    return property ? [[property.name, fromWire(property.type, value)] as const] : [];
  });
  const byName = new Map<string, unknown>(given);
  if (byName.get(folderType.name) === folderType.search) throw new RopError(errorCode.NotSupported, 'Search folders are made with their criteria.');
  const folderClass = byName.get('PidTagContainerClass');
  return { folderClass: typeof folderClass === 'string' ? folderClass : undefined, properties: Object.fromEntries(given.filter(([name]) => !ignored.has(name))) as Properties };
}

async function create(collector: CollectorObject, { id, parentId, displayName, version, folderClass, properties }: Change): Promise<void> {
  const { logon: { session, localIds } } = collector;
  if (localIds.deletedFolders.has(id) || !(await session.isFree(id))) throw new RopError(errorCode.SyncObjectDeleted, 'What had the id has been deleted.');
  const folder = await session.createFolder(parentId, { displayName, folderClass, properties: { ...properties, ...version.properties() } }, { id, isRestored: true });
  collector.importedFolder(folder);
}

/** A conflict is resolved: the last writer wins, and the client downloads what came of it. */
async function update(collector: CollectorObject, existing: Folder, { id, parentId, displayName, version, folderClass, properties }: Change): Promise<void> {
  const { logon: { session, mailbox } } = collector;
  const relation = version.relationTo(mailbox, existing);
  if (relation === 'known') throw new RopError(errorCode.SyncIgnore, 'The server has this version, or a newer one.');
  const lastModified = Number(existing.bag.get('PidTagLastModificationTime') ?? existing.createdAt);
  const isConflict = relation === 'conflict';
  if (isConflict && !version.wins(mailbox, lastModified, false)) {
    await session.updateFolder(id, { properties: { PidTagLastModificationTime: lastModified, ...version.mergedList(mailbox, existing) } }, { isRestored: true });
    return;
  }
  if (parentId !== existing.parentId) await session.moveFolder(id, { session, folderId: parentId }, { displayName });
  const versions = isConflict ? { PidTagLastModificationTime: version.lastModified, ...version.mergedList(mailbox, existing) } : version.properties();
  const folder = await session.updateFolder(id, { displayName, ...(folderClass !== undefined && { folderClass }), properties: { ...properties, ...versions } }, { isRestored: true });
  if (!isConflict) collector.importedFolder(folder);
}
