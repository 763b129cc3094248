import { MailboxError } from '../../errors.ts';
import type { Folder, FolderChanges, FolderDraft, SearchCriteria } from '../../folders/folder.ts';
import type { WellKnownFolderName } from '../../folders/distinguished.ts';
import { folderId, type FolderId } from '../../ids.ts';
import { bagOf } from '../../items/bag.ts';
import type { Properties, PropertyBag } from '../../items/item.ts';
import { nextVersion } from '../../items/version.ts';
import type { FolderPermission } from '../../permissions/rights.ts';
import type { LogEntry } from '../changes-page.ts';
import type { FolderOp } from '../mailbox-store.ts';
import { OrderedIndex } from '../ordered-index.ts';

const MAX_FOLDER_DEPTH = 300;
const ipmRoots: ReadonlySet<WellKnownFolderName> = new Set<WellKnownFolderName>(['msgfolderroot', 'archivemsgfolderroot', 'publicfoldersroot']);

/** A folder without what its contents say about it. */
export interface FolderFacts {
  readonly parentId: FolderId;
  readonly displayName: string;
  readonly folderClass: string | undefined;
  readonly kind: Folder['kind'];
  readonly wellKnown: WellKnownFolderName | undefined;
  readonly createdAt: number;
  readonly bag: PropertyBag;
  readonly permissions: readonly FolderPermission[];
  readonly searchCriteria: SearchCriteria | undefined;
}
export interface FolderState {
  readonly cn: number;
  readonly createdCn: number;
  readonly facts: FolderFacts | undefined;
}

/** As `Row` is for items. */
export class FolderRow implements LogEntry<FolderId> {
  readonly id: FolderId;
  cn = 0;
  createdCn = 0;
  facts: FolderFacts | undefined = undefined;

  constructor(id: FolderId) {
    this.id = id;
  }
  get contentCn(): number {
    return this.cn;
  }
  get isGone(): boolean {
    return this.facts === undefined;
  }
  get isAssociated(): undefined {
    return undefined;
  }
  state(): FolderState {
    return { cn: this.cn, createdCn: this.createdCn, facts: this.facts };
  }
}

/** Names differ among siblings, case ignored. The roots of mailbox and archive are no siblings. */
const siblingKey = (id: FolderId, parentId: FolderId, name: string): string => (parentId === 0 ? String(id) : name.normalize('NFC').toLowerCase());

/** The folders of a mailbox: rows, their log, who is below whom, and the rules between them. */
export class Hierarchy {
  readonly log: OrderedIndex<FolderRow> = new OrderedIndex<FolderRow>((a, b) => a.cn - b.cn || a.id - b.id);
  readonly #rows = new Map<FolderId, FolderRow>();
  readonly #children = new Map<FolderId, Map<string, FolderId>>();
  trimmedTo = 0;

  /** Rows that live, by id. */
  facts(id: FolderId): FolderFacts | undefined {
    return this.#rows.get(id)?.facts;
  }

  row(id: FolderId): FolderRow | undefined {
    return this.#rows.get(id);
  }

  *live(): IterableIterator<FolderRow & { facts: FolderFacts }> {
    for (const row of this.#rows.values()) if (row.facts) yield row as FolderRow & { facts: FolderFacts };
  }

  childIds(id: FolderId): readonly FolderId[] {
    return [...(this.#children.get(id)?.values() ?? [])];
  }

  /** Whether it is the top of what users see, or below. */
  isIpm(id: FolderId): boolean {
    for (let at = this.facts(id); at !== undefined; at = this.facts(at.parentId)) if (at.wellKnown && ipmRoots.has(at.wellKnown)) return true;
    return false;
  }

  childCount(id: FolderId): number {
    return this.#children.get(id)?.size ?? 0;
  }

  /** The folder and all below it, parents first. */
  subtree(id: FolderId): FolderId[] {
    const found = [id];
    for (let at = 0; at < found.length; at++) for (const child of this.childIds(found[at] as FolderId)) found.push(child);
    return found;
  }

  /** The one primitive by which folders change. Undefined: leaves without a trace. */
  put(id: FolderId, next: FolderState | undefined): void {
    const row = this.#rows.get(id) ?? new FolderRow(id);
    if (row.cn > 0) this.log.delete(row);
    if (row.facts) this.#unlink(id, row.facts);
    row.facts = next?.facts;
    row.cn = next?.cn ?? 0;
    if (next === undefined) {
      this.#rows.delete(id);
      return;
    }
    row.createdCn = next.createdCn;
    this.#rows.set(id, row);
    this.log.insert(row);
    if (next.facts) this.#link(id, next.facts);
  }

  /** Throws what the hierarchy refuses; says which folder is missing. */
  missing(op: FolderOp): FolderId | undefined {
    const parent = 'parentId' in op ? op.parentId : undefined;
    if (op.op !== 'create' && this.facts(op.id) === undefined) return op.id;
    if (parent !== undefined && parent !== 0 && this.facts(parent) === undefined) return parent;
    if (op.op === 'create') this.#checkPlace(op.id, op.parentId, op.draft.displayName, 1);
    if (op.op === 'change' && op.changes.displayName !== undefined) this.#checkName(op.id, this.facts(op.id)?.parentId ?? folderId(0), op.changes.displayName);
    if (op.op === 'move') {
      if (this.#isWithin(op.parentId, op.id)) throw new MailboxError('FolderCycle', 'A folder cannot go below itself.', String(op.id));
      this.#checkPlace(op.id, op.parentId, op.displayName ?? this.facts(op.id)?.displayName ?? '', this.#height(op.id));
    }
    return undefined;
  }

  #checkPlace(id: FolderId, parentId: FolderId, name: string, height: number): void {
    if (this.#depth(parentId) + height > MAX_FOLDER_DEPTH) {
      throw new MailboxError('InvalidFolderName', `Folders may be ${MAX_FOLDER_DEPTH} deep.`, name);
    }
    this.#checkName(id, parentId, name);
  }

  #checkName(id: FolderId, parentId: FolderId, name: string): void {
    const other = this.#children.get(parentId)?.get(siblingKey(id, parentId, name));
    if (other !== undefined && other !== id) throw new MailboxError('FolderExists', `There is a folder "${name.slice(0, 100)}" already.`, String(other));
  }

  #depth(id: FolderId): number {
    let depth = 0;
    for (let at = id; at !== 0; at = this.facts(at)?.parentId ?? folderId(0)) depth++;
    return depth;
  }

  #height(id: FolderId): number {
    const height = new Map<FolderId, number>();
    let highest = 1;
    for (const at of this.subtree(id)) {
      const own = at === id ? 1 : (height.get(this.facts(at)?.parentId ?? id) ?? 0) + 1;
      height.set(at, own);
      highest = Math.max(highest, own);
    }
    return highest;
  }

  #isWithin(id: FolderId, ancestor: FolderId): boolean {
    for (let at = id; at !== 0; at = this.facts(at)?.parentId ?? folderId(0)) if (at === ancestor) return true;
    return false;
  }

  #link(id: FolderId, { parentId, displayName }: FolderFacts): void {
    const siblings = this.#children.get(parentId) ?? new Map<string, FolderId>();
    siblings.set(siblingKey(id, parentId, displayName), id);
    this.#children.set(parentId, siblings);
  }

  #unlink(id: FolderId, { parentId, displayName }: FolderFacts): void {
    const siblings = this.#children.get(parentId);
    siblings?.delete(siblingKey(id, parentId, displayName));
    if (siblings?.size === 0) this.#children.delete(parentId);
  }
}

export function newFacts(parentId: FolderId, draft: FolderDraft, now: number): FolderFacts {
  return {
    parentId,
    displayName: draft.displayName,
    folderClass: draft.folderClass,
    kind: parentId === 0 ? 'root' : (draft.kind ?? 'generic'),
    wellKnown: draft.wellKnown,
    createdAt: now,
    bag: bagOf(draft.properties ?? {}),
    permissions: draft.permissions ?? [],
    searchCriteria: draft.searchCriteria,
  };
}

export function changedFacts(facts: FolderFacts, changes: FolderChanges): FolderFacts {
  return {
    ...facts,
    displayName: changes.displayName ?? facts.displayName,
    folderClass: 'folderClass' in changes ? changes.folderClass : facts.folderClass,
    bag: versionedBag(facts.bag, changes.properties ?? {}),
    permissions: changes.permissions ?? facts.permissions,
    searchCriteria: 'searchCriteria' in changes ? changes.searchCriteria : facts.searchCriteria,
  };
}

/** The bag behind a change of the folder, whatever was changed. */
export function versionedBag(bag: PropertyBag, changes: Properties): PropertyBag {
  const next = nextVersion(bag, changes);
  return Object.keys(next).length === 0 ? bag : bagOf(next, bag);
}
