import { folderId, type FolderId } from '../ids.ts';
import type { Properties } from '../items/item.ts';
import { rights, roles, type FolderPermission } from '../permissions/rights.ts';
import { classBeginsWith, type Restriction } from '../search/restriction.ts';
import type { FolderOp } from '../store/mailbox-store.ts';
import type { WellKnownFolderName } from './distinguished.ts';

/** `public`: it holds the hierarchy of public folders. */
export type MailboxKind = 'primary' | 'withArchive' | 'public';

/** `path` is unique in the table; its last part is the display name. */
interface NewFolder {
  readonly path: string;
  readonly folderClass?: string;
  readonly wellKnown?: WellKnownFolderName;
  readonly isHidden?: boolean;
  readonly searches?: { readonly in: string; readonly for: Restriction };
}

const TOP = 'root/Top of Information Store';
const CONTACTS = `${TOP}/Contacts`;
/**
 * What a mailbox is born with, parents first. Names and classes as Exchange Server 2016 and later show them in an English
 * mailbox ([MS-OXOSFLD] 2.2.1 for the special folders; the folders without a well-known name from what servers were seen to have).
 */
const primary: readonly NewFolder[] = [
  { path: 'root', wellKnown: 'root' },
  { path: TOP, wellKnown: 'msgfolderroot' },
  { path: `${TOP}/Inbox`, folderClass: 'IPF.Note', wellKnown: 'inbox' },
  { path: `${TOP}/Outbox`, folderClass: 'IPF.Note', wellKnown: 'outbox' },
  { path: `${TOP}/Sent Items`, folderClass: 'IPF.Note', wellKnown: 'sentitems' },
  { path: `${TOP}/Deleted Items`, folderClass: 'IPF.Note', wellKnown: 'deleteditems' },
  { path: `${TOP}/Drafts`, folderClass: 'IPF.Note', wellKnown: 'drafts' },
  { path: `${TOP}/Junk Email`, folderClass: 'IPF.Note', wellKnown: 'junkemail' },
  { path: `${TOP}/Calendar`, folderClass: 'IPF.Appointment', wellKnown: 'calendar' },
  { path: CONTACTS, folderClass: 'IPF.Contact', wellKnown: 'contacts' },
  { path: `${CONTACTS}/Recipient Cache`, folderClass: 'IPF.Contact.RecipientCache', wellKnown: 'recipientcache', isHidden: true },
  { path: `${CONTACTS}/Quick Contacts`, folderClass: 'IPF.Contact.MOC.QuickContacts', wellKnown: 'quickcontacts', isHidden: true },
  { path: `${CONTACTS}/IM Contact List`, folderClass: 'IPF.Contact.MOC.ImContactList', wellKnown: 'imcontactlist', isHidden: true },
  { path: `${CONTACTS}/GAL Contacts`, folderClass: 'IPF.Contact.GalContacts', isHidden: true },
  { path: `${CONTACTS}/Organizational Contacts`, folderClass: 'IPF.Contact.OrganizationalContacts', isHidden: true },
  { path: `${CONTACTS}/Companies`, folderClass: 'IPF.Contact.Company', isHidden: true },
  { path: `${CONTACTS}/PeopleCentricConversation Buddies`, folderClass: 'IPF.Contact.PeopleCentricConversationBuddies', isHidden: true },
  { path: `${TOP}/Tasks`, folderClass: 'IPF.Task', wellKnown: 'tasks' },
  { path: `${TOP}/Notes`, folderClass: 'IPF.StickyNote', wellKnown: 'notes' },
  { path: `${TOP}/Journal`, folderClass: 'IPF.Journal', wellKnown: 'journal' },
  { path: `${TOP}/Conversation History`, folderClass: 'IPF.Note', wellKnown: 'conversationhistory' },
  { path: `${TOP}/Conversation Action Settings`, folderClass: 'IPF.Configuration', isHidden: true },
  { path: `${TOP}/Quick Step Settings`, folderClass: 'IPF.Configuration', isHidden: true },
  { path: `${TOP}/RSS Feeds`, folderClass: 'IPF.Note.OutlookHomepage' },
  { path: `${TOP}/Sync Issues`, folderClass: 'IPF.Note', wellKnown: 'syncissues' },
  { path: `${TOP}/Sync Issues/Conflicts`, folderClass: 'IPF.Note', wellKnown: 'conflicts' },
  { path: `${TOP}/Sync Issues/Local Failures`, folderClass: 'IPF.Note', wellKnown: 'localfailures' },
  { path: `${TOP}/Sync Issues/Server Failures`, folderClass: 'IPF.Note', wellKnown: 'serverfailures' },
  { path: 'root/Common Views' },
  { path: 'root/Views' },
  { path: 'root/Shortcuts' },
  { path: 'root/Deferred Action' },
  { path: 'root/Spooler Queue' },
  { path: 'root/Schedule' },
  { path: 'root/Sharing', folderClass: 'IPF.Note' },
  { path: 'root/Freebusy Data' },
  { path: 'root/System' },
  { path: 'root/Finder', wellKnown: 'searchfolders' },
  { path: 'root/ExchangeSyncData' },
  { path: 'root/PeopleConnect', folderClass: 'IPF.Contact', wellKnown: 'peopleconnect' },
  { path: 'root/MyContacts', folderClass: 'IPF.Note', wellKnown: 'mycontacts', searches: { in: CONTACTS, for: classBeginsWith('IPM.Contact') } },
  { path: 'root/Favorites', folderClass: 'IPF.Note', wellKnown: 'favorites', searches: { in: CONTACTS, for: { kind: 'never' } } },
  {
    path: 'root/To-Do Search',
    folderClass: 'IPF.Task',
    wellKnown: 'todosearch',
    searches: { in: TOP, for: { kind: 'or', restrictions: [{ kind: 'exists', property: 'PidTagFlagStatus' }, classBeginsWith('IPM.Task')] } },
  },
  { path: 'root/Recoverable Items', wellKnown: 'recoverableitemsroot' },
  { path: 'root/Recoverable Items/Deletions', wellKnown: 'recoverableitemsdeletions' },
  { path: 'root/Recoverable Items/Versions', wellKnown: 'recoverableitemsversions' },
  { path: 'root/Recoverable Items/Purges', wellKnown: 'recoverableitemspurges' },
  { path: 'root/Recoverable Items/Calendar Logging' },
];

const archive: readonly NewFolder[] = [
  { path: 'archive', wellKnown: 'archiveroot' },
  { path: 'archive/Top of Information Store', wellKnown: 'archivemsgfolderroot' },
  { path: 'archive/Top of Information Store/Inbox', folderClass: 'IPF.Note', wellKnown: 'archiveinbox' },
  { path: 'archive/Top of Information Store/Deleted Items', folderClass: 'IPF.Note', wellKnown: 'archivedeleteditems' },
  { path: 'archive/Recoverable Items', wellKnown: 'archiverecoverableitemsroot' },
  { path: 'archive/Recoverable Items/Deletions', wellKnown: 'archiverecoverableitemsdeletions' },
  { path: 'archive/Recoverable Items/Versions', wellKnown: 'archiverecoverableitemsversions' },
  { path: 'archive/Recoverable Items/Purges', wellKnown: 'archiverecoverableitemspurges' },
];

/** The two subtrees of [MS-OXCSTOR] 2.2.1.1.4 under a root. IPM_SUBTREE is the second folder, as the counters in ids of real servers tell. */
const publicFolders: readonly NewFolder[] = [
  { path: 'root', wellKnown: 'publicroot' },
  { path: 'root/IPM_SUBTREE', wellKnown: 'publicfoldersroot' },
  { path: 'root/NON_IPM_SUBTREE', wellKnown: 'publicnonipmsubtree' },
  { path: 'root/NON_IPM_SUBTREE/EFORMS REGISTRY', wellKnown: 'publiceformsregistry' },
  { path: 'root/NON_IPM_SUBTREE/DUMPSTER_ROOT', wellKnown: 'publicdumpsterroot' },
];

const tables: Readonly<Record<MailboxKind, readonly NewFolder[]>> = { primary, withArchive: [...primary, ...archive], public: publicFolders };

/**
 * What everybody may: in mailboxes see free and busy of the calendar; in public folders what Get-PublicFolderClientPermission
 * shows of a new Exchange 2013, Author, which folders made there inherit ([K]: of what is not IPM_SUBTREE they only see that it is there).
 */
const defaultRights: { readonly [N in WellKnownFolderName]?: number } = {
  calendar: rights.freeBusySimple, publicfoldersroot: roles.Author, publicroot: rights.folderVisible, publicnonipmsubtree: rights.folderVisible, publiceformsregistry: rights.folderVisible,
};

const permissionsOf = (wellKnown: WellKnownFolderName | undefined): readonly FolderPermission[] => [
  { member: 'default', rights: (wellKnown && defaultRights[wellKnown]) ?? 0 },
  { member: 'anonymous', rights: 0 },
];

export const newFolderCount = (kind: MailboxKind): number => tables[kind].length;

/** The commit that makes the folders of a new mailbox, under ids from `firstId` on. */
export function newFolders(firstId: number, kind: MailboxKind): readonly FolderOp[] {
  const table = tables[kind];
  const ids = new Map<string, FolderId>(table.map(({ path }, at) => [path, folderId(firstId + at)]));
  const idOf = (path: string): FolderId => ids.get(path) ?? folderId(0);
  return table.map(({ path, folderClass, wellKnown, isHidden, searches }) => {
    const cut = path.lastIndexOf('/');
    const properties: Properties = isHidden ? { PidTagAttributeHidden: true } : {};
    return {
      op: 'create',
      id: idOf(path),
      parentId: idOf(path.slice(0, Math.max(0, cut))),
      draft: {
        displayName: cut < 0 ? 'root' : path.slice(cut + 1),
        folderClass,
        wellKnown,
        kind: searches ? 'search' : 'generic',
        properties,
        permissions: permissionsOf(wellKnown),
        searchCriteria: searches && { folderIds: [idOf(searches.in)], isDeep: true, restriction: searches.for },
      },
    };
  });
}
