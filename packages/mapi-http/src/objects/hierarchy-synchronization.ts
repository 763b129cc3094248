import { property as propertyNamed, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import type { Folder } from '@fauxchange/mailbox';
import { metaTagOfStream, streamRoots, type PropList, type StreamElement } from '@fauxchange/mapi-wire';
import { idBytes } from '../mapping/id-sets.ts';
import { folderValue } from '../mapping/folder-values.ts';
import { folderContentNames } from '../mapping/stream-folder.ts';
import { propListOf, streamProperty } from '../mapping/stream-properties.ts';
import { hierarchyChanges } from '../synchronization/hierarchy-changes.ts';
import { has, syncExtraFlag, syncFlag } from '../synchronization/sync-options.ts';
import { allUpTo, stateElement, type SyncState } from '../synchronization/sync-state.ts';
import { SynchronizationObject } from './synchronization-object.ts';

/** Behind PidTagParentSourceKey and PidTagSourceKey, [MS-OXCFXICS] 2.2.4.3.5. */
const identity: readonly PropertyName[] = ['PidTagLastModificationTime', 'PidTagChangeKey', 'PidTagPredecessorChangeList', 'PidTagDisplayName'];

/** The synchronization of the folders below one. */
export class HierarchySynchronization extends SynchronizationObject {
  #count = 1;

  protected override get stepCount(): number {
    return this.#count;
  }

  protected override async *steps(): AsyncIterable<Iterable<StreamElement>> {
    const { options: { folderId, flags, kind }, logon: { session, mailbox }, initial } = this;
    const { changed, deleted, live, asOf } = await hierarchyChanges(session, folderId, initial);
    this.#count = changed.length + 1;
    for (const folder of changed) yield [{ marker: 'IncrSyncChg' }, ...this.#folderChange(folder)];
    const isTold = !has(flags, syncFlag.NoDeletions);
    const state: SyncState = { ...initial, given: isTold ? live : initial.given.union(live), seen: allUpTo(asOf) };
    this.finish(state);
    const deletions: PropList | undefined = isTold && !deleted.isEmpty ? [{ tag: metaTagOfStream.IdsetDeleted, value: idBytes(deleted) }] : undefined;
    yield streamRoots.hierarchySync.elements({ folderChanges: [], ...(deletions && { deletions }), state: stateElement(state, mailbox, kind) });
  }

  #folderChange(folder: Folder): PropList {
    const { options: { folderId, flags, extraFlags, form, filter }, logon } = this;
    const read = (property: Pick<Property, 'name'>): PropertyValue | undefined => folderValue(folder, logon, property);
    const parentKey = folder.parentId === folderId ? '' : read({ name: 'PidTagParentSourceKey' });
    const one = (name: PropertyName, value: PropertyValue | undefined): PropList => {
      const element = value === undefined ? undefined : streamProperty(propertyNamed(name) as Property, value, form);
      return element ? [element] : [];
    };
    const hasId = has(extraFlags, syncExtraFlag.Eid);
    return [
      ...one('PidTagParentSourceKey', parentKey as PropertyValue), ...one('PidTagSourceKey', read({ name: 'PidTagSourceKey' })), ...propListOf(identity, read, form),
      ...(hasId ? one('PidTagFolderId', read({ name: 'PidTagFolderId' })) : []),
      ...(hasId || has(flags, syncFlag.NoForeignIdentifiers) ? one('PidTagParentFolderId', read({ name: 'PidTagParentFolderId' })) : []),
      ...propListOf([...folderContentNames(folder)].filter((name) => !identity.includes(name)), read, form, filter),
    ];
  }
}
