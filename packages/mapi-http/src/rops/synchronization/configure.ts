import { itemTest } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { restrictionOfWire } from '../../mapping/restriction.ts';
import { areSendOptions, sendOption, stringForm, TagFilter } from '../../mapping/stream-properties.ts';
import { ContentsSynchronization } from '../../objects/contents-synchronization.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { HierarchySynchronization } from '../../objects/hierarchy-synchronization.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { has, knownSyncFlags, syncFlag, syncType } from '../../synchronization/sync-options.ts';

const refused = (what: string): RopError => new RopError(errorCode.InvalidParameter, what);

/** [MS-OXCFXICS] 3.2.5.9.1.1. */
export const synchronizationConfigure = defineRop('RopSynchronizationConfigure', [FolderObject], async (asked, { object, logon, session, environment }) => {
  const { SynchronizationType, SendOptions, SynchronizationFlags: flags, SynchronizationExtraFlags: extraFlags, RestrictionData, PropertyTags } = asked;
  const isContents = SynchronizationType === syncType.Contents;
  if (!isContents && SynchronizationType !== syncType.Hierarchy) throw refused(`${SynchronizationType} is no kind of synchronization.`);
  if ((flags & ~knownSyncFlags) !== 0) throw refused(`SynchronizationFlags 0x${flags.toString(16)} has bits that are reserved or unknown.`);
  if (!areSendOptions(SendOptions)) throw refused(`SendOptions 0x${SendOptions.toString(16)} cannot be.`);
  if (!isContents && RestrictionData) throw refused('Folders are synchronized without a restriction.');
  const folder = await object.folder();
  if (isContents && !logon.session.folderRights(folder).read) throw new RopError(errorCode.AccessDenied, 'The contents of the folder may not be read.');
  if (isContents && folder.kind === 'search') throw new RopError(errorCode.NotSupported, 'A search folder has no contents of its own.');
  const restriction = RestrictionData ? restrictionOfWire(RestrictionData, logon.names) : undefined;
  if (restriction) itemTest(restriction);
  // A client that cannot read Unicode says so twice: [MS-OXCFXICS] 3.2.5.9.1.1.
  const form = stringForm(has(flags, syncFlag.Unicode) ? SendOptions | sendOption.Unicode : SendOptions & ~sendOption.Unicode);
  const options = { folderId: object.id, flags, extraFlags, form: { names: logon.names, form, directory: environment.organization.directory }, filter: new TagFilter(PropertyTags, has(flags, syncFlag.OnlySpecifiedProperties)), restriction, codePage: session.codePage };
  return { opens: isContents ? new ContentsSynchronization(logon, { ...options, kind: 'contents' }) : new HierarchySynchronization(logon, { ...options, kind: 'hierarchy' }) };
});
