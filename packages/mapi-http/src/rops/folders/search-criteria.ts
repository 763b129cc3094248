import { binary } from '@fauxchange/properties';
import type { FolderId, Folder, SearchCriteria } from '@fauxchange/mailbox';
import { decode, encode, errorCode, restriction as restrictionLayout, type Restriction, type RopRequestValue } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import type { Logon } from '../../logon/logon.ts';
import { restrictionOfWire } from '../../mapping/restriction.ts';
import { withTextWidth, wireOfRestriction } from '../../mapping/restriction-to-wire.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** SearchFlags of RopSetSearchCriteria, [MS-OXCFOLD] 2.2.1.4.1. */
const flag = { Stop: 0x1, Restart: 0x2, Recursive: 0x4, Shallow: 0x8, Foreground: 0x10, Background: 0x20, ContentIndexed: 0x1_0000, NonContentIndexed: 0x2_0000, Static: 0x4_0000 } as const;
const allFlags = Object.values(flag).reduce<number>((sum, one) => sum | one, 0);
/** Of these only one makes sense. */
const exclusive: readonly number[] = [flag.Stop | flag.Restart, flag.Recursive | flag.Shallow, flag.Foreground | flag.Background, flag.ContentIndexed | flag.NonContentIndexed];
/** SearchFlags of RopGetSearchCriteria, [MS-OXCFOLD] 2.2.1.5.2. Nothing is found by an index here, which is what the last says. */
const status = { Running: 0x1, Recursive: 0x4, Complete: 0x1000, Static: 0x1_0000, TwirTotally: 0x800_0000 } as const;

type Asked = RopRequestValue<'RopSetSearchCriteria'>;

async function searchFolder(object: FolderObject): Promise<Folder> {
  const folder = await object.folder();
  if (folder.kind !== 'search') throw new RopError(errorCode.NotSearchFolder, 'The folder is no search folder.');
  return folder;
}

function checkFlags(flags: number): void {
  // Exchange 2019 and later; earlier ones answer ecInvalidParam (note 19).
  if ((flags & ~allFlags) !== 0) throw new RopError(errorCode.NotSupported, `There are no search flags 0x${flags.toString(16)}.`);
  if (exclusive.some((both) => (flags & both) === both)) throw new RopError(errorCode.InvalidParameter, 'Two search flags contradict each other.');
}

/** [MS-OXCFOLD] 3.2.5.4. A folder is filled as soon as it has criteria, so that nothing is left to stop but what is yet to come. */
export const setSearchCriteria = defineRop('RopSetSearchCriteria', [FolderObject], async (asked, { object, logon }) => {
  const { searchCriteria: before } = await searchFolder(object);
  checkFlags(asked.SearchFlags);
  const has = (bit: number): boolean => (asked.SearchFlags & bit) !== 0;
  const criteria = { ...await scopeOf(asked, before, object, logon), ...wantedOf(asked, before, logon), isDeep: has(flag.Recursive) };
  const isNew = asked.RestrictionData !== null || asked.FolderIds.length > 0;
  const isStopped = has(flag.Stop) || (before?.isStopped === true && !has(flag.Restart) && !isNew);
  const isKept = !has(flag.Restart) && !isNew;
  await logon.session.updateFolder(object.id, { searchCriteria: { ...criteria, isStatic: has(flag.Static), isStopped, found: isKept ? before?.found : undefined } });
  return {};
});

async function scopeOf({ FolderIds }: Asked, before: SearchCriteria | undefined, { id }: FolderObject, logon: Logon): Promise<Pick<SearchCriteria, 'folderIds'>> {
  const folderIds: readonly FolderId[] = FolderIds.length > 0 ? FolderIds.map((one) => logon.folderId(one)) : (before?.folderIds ?? []);
  if (folderIds.length === 0) throw new RopError(errorCode.NotInitialized, 'The search has no folder yet to look in.');
  if (folderIds.includes(id)) throw new RopError(errorCode.SearchFolderScopeViolation, 'A search folder does not look in itself.');
  for (const one of folderIds) await logon.session.folder(one);
  return { folderIds };
}

function wantedOf({ RestrictionData }: Asked, before: SearchCriteria | undefined, { names }: Logon): Pick<SearchCriteria, 'restriction' | 'written'> {
  if (RestrictionData !== null) return { restriction: restrictionOfWire(RestrictionData, names), written: binary.from(encode(restrictionLayout, withTextWidth(RestrictionData, true))) };
  if (!before) throw new RopError(errorCode.NotInitialized, 'The search does not look for anything yet.');
  return { restriction: before.restriction, written: before.written };
}

/** [MS-OXCFOLD] 3.2.5.5. */
export const getSearchCriteria = defineRop('RopGetSearchCriteria', [FolderObject], async ({ UseUnicode, IncludeRestriction, IncludeFolders }, { object, logon, logonId }) => {
  const { searchCriteria } = await searchFolder(object);
  if (!searchCriteria) throw new RopError(errorCode.NotInitialized, 'The search has no criteria yet.');
  const { folderIds, isDeep, isStatic, isStopped } = searchCriteria;
  const isRunning = !isStatic && !isStopped;
  const SearchFlags = (isRunning ? status.Running : 0) | (isDeep ? status.Recursive : 0) | (isStatic ? status.Static : 0) | status.Complete | status.TwirTotally;
  const RestrictionData = IncludeRestriction ? withTextWidth(restrictionOf(searchCriteria, logon), UseUnicode) : null;
  return { body: { RestrictionData, LogonId: logonId, FolderIds: IncludeFolders ? folderIds.map((id) => logon.wireId(id)) : [], SearchFlags } };
});

/** As it was written, or what comes to the same: other protocols have searches too. */
const restrictionOf = ({ written, restriction }: SearchCriteria, { names }: Logon): Restriction =>
  (written === undefined ? wireOfRestriction(restriction, names) : decode(binary.toBytes(written), restrictionLayout));
