import { folderTest, type Folder, type FolderId, type Restriction } from '@fauxchange/mailbox';
import { property as propertyNamed, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import type { Logon } from '../logon/logon.ts';
import { folderFactNames, folderValue } from '../mapping/folder-values.ts';
import { ListedRows, type RowSource, type Rows, type TableRow, type TableView } from './row-source.ts';

/** What a hierarchy table is of: [MS-OXCFOLD] 2.2.1.13.1. */
export interface HierarchyOf {
  readonly folderId: FolderId;
  readonly isDeep: boolean;
  readonly isSoftDeleted: boolean;
}

/** What the model knows of every folder: of `folderValueOf`. */
const modelNames: readonly PropertyName[] = [
  'PidTagDisplayName', 'PidTagContainerClass', 'PidTagFolderType', 'PidTagContentCount', 'PidTagContentUnreadCount', 'PidTagAssociatedContentCount', 'PidTagSubfolders', 'PidTagMessageSize',
  'PidTagMessageSizeExtended', 'PidTagCreationTime', 'PidTagLastModificationTime', 'PidTagLocalCommitTimeMax', 'PidTagDeletedCountTotal', 'PidTagDepth',
];

/** What tells that nothing in a folder has changed. */
const facts = ['cn', 'parentId', 'contentsCn', 'totalCount', 'unreadCount', 'childFolderCount'] as const satisfies readonly (keyof Folder)[];

/** A folder in a hierarchy table. */
export class FolderRow implements TableRow {
  readonly key: string;
  readonly folder: Folder;
  /** Folders between this one and that whose table it is. */
  readonly depth: number;
  readonly #logon: Logon;

  constructor(folder: Folder, logon: Logon, depth: number) {
    this.folder = folder;
    this.depth = depth;
    this.#logon = logon;
    this.key = String(folder.id);
  }

  /** Folders are made anew each time that they are read. */
  isSame(now: TableRow): boolean {
    return now instanceof FolderRow && facts.every((name) => now.folder[name] === this.folder[name]);
  }

  value(property: Pick<Property, 'name'>): PropertyValue | undefined {
    return property.name === 'PidTagDepth' ? this.depth : folderValue(this.folder, this.#logon, property);
  }
}

/** The folders below a folder, in the order of their names at each level. */
export class HierarchySource implements RowSource {
  readonly kind = 'hierarchy';
  readonly of: HierarchyOf;
  readonly #logon: Logon;

  constructor(logon: Logon, of: HierarchyOf) {
    this.#logon = logon;
    this.of = of;
  }

  async rows({ restriction }: TableView): Promise<Rows> {
    const { folderId, isDeep, isSoftDeleted } = this.of;
    const folders = await this.#logon.session.folders(folderId, isSoftDeleted ? 'softDeleted' : isDeep ? 'deep' : 'shallow');
    const depths = new Map<number, number>([[folderId, 0]]);
    const rows = folders.map((folder) => {
      const depth = (depths.get(folder.parentId) ?? 0) + 1;
      depths.set(folder.id, depth);
      return new FolderRow(folder, this.#logon, depth);
    });
    return new ListedRows(restriction.kind === 'always' ? rows : rows.filter(this.test(restriction)));
  }

  test(restriction: Restriction): (row: TableRow) => boolean {
    let asked: TableRow | undefined;
    const test = folderTest(restriction, (_folder, name) => asked?.value({ name }));
    return (row) => {
      if (!(row instanceof FolderRow)) return false;
      asked = row;
      return test(row.folder);
    };
  }

  async columns(): Promise<readonly Property[]> {
    const names = new Set<PropertyName>([...modelNames, ...folderFactNames]);
    for (const { bag } of await this.#logon.session.folders(this.of.folderId, 'shallow')) for (const [name] of bag.entries()) names.add(name);
    return [...names].map((name) => propertyNamed(name)).filter((one) => one !== undefined);
  }
}
