import { binary, type Binary } from '@fauxchange/properties';
import type { Directory, DirectoryEntry } from '../directory/directory.ts';
import { MailboxError } from '../errors.ts';
import type { FolderId } from '../ids.ts';
import { addressBookEntryId } from '../items/entry-id.ts';
import type { Item, Properties } from '../items/item.ts';
import type { Mailbox } from '../mailbox.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';

export interface Delegate {
  readonly entry: DirectoryEntry;
  readonly viewsPrivate: boolean;
  /** Gets copies of what concerns meetings. */
  readonly receivesCopies: boolean;
}

/** Who acts for the owner of a mailbox, and who gets the meeting requests. */
export interface Delegation {
  readonly delegates: readonly Delegate[];
  readonly meetingRequests: 'delegatesOnly' | 'delegatesAndMe' | 'delegatesAndInformMe' | 'noForward';
}

/** The free/busy message that clients keep delegates in, [MS-OXODLGT] 2.2.2.1. */
const FREE_BUSY_CLASS = 'IPM.Microsoft.ScheduleData.FreeBusy';
/** PidTagDelegateFlags, [MS-OXODLGT] 2.2.2.2.6: 1 shows private items. Copies are a rule's business there; the second bit is ours. */
const flags = { private: 1, copies: 2 } as const;
/** Flags, provider, version and type before the DN of an address book entry id. */
const ENTRY_ID_HEAD = 28;

/** Undefined where nothing was ever said, not even who may send on behalf. */
export async function delegationOf(mailbox: Mailbox, directory: Directory): Promise<Delegation | undefined> {
  const message = await freeBusyMessage(mailbox.openAsSystem());
  if (message) return fromProperties(message, directory);
  const delegates = directory.list().filter(({ id }) => directory.grants(mailbox.owner.id, id).includes('sendOnBehalf'));
  return delegates.length === 0 ? undefined : { delegates: delegates.map((entry) => ({ entry, viewsPrivate: false, receivesCopies: false })), meetingRequests: 'delegatesAndMe' };
}

function fromProperties({ bag }: Item, directory: Directory): Delegation {
  const ids = (bag.get('PidTagScheduleInfoDelegateEntryIds') as readonly Binary[] | undefined) ?? [];
  const kinds = (bag.get('PidTagDelegateFlags') as readonly number[] | undefined) ?? [];
  const delegates = ids.flatMap((id, at): Delegate[] => {
    const entry = directory.byLegacyDN(Buffer.from(binary.toBytes(id)).toString('latin1', ENTRY_ID_HEAD).replace(/\0.*$/s, ''));
    const kind = kinds[at] ?? 0;
    return entry ? [{ entry, viewsPrivate: (kind & flags.private) !== 0, receivesCopies: (kind & flags.copies) !== 0 }] : [];
  });
  const is = (name: 'PidTagScheduleInfoDontMailDelegates' | 'PidTagScheduleInfoDelegatorWantsInfo' | 'PidTagScheduleInfoDelegatorWantsCopy'): boolean => bag.get(name) === true;
  const meetingRequests = is('PidTagScheduleInfoDontMailDelegates') ? 'noForward' : is('PidTagScheduleInfoDelegatorWantsInfo') ? 'delegatesAndInformMe' : is('PidTagScheduleInfoDelegatorWantsCopy') ? 'delegatesAndMe' : 'delegatesOnly';
  return { delegates, meetingRequests };
}

/** Keeps the delegation, and lets delegates send on behalf, former ones no more. For who has the whole mailbox. */
export async function setDelegation(session: MailboxSession, { delegates, meetingRequests }: Delegation, directory: Directory): Promise<void> {
  if (!session.accessor.hasFullAccess) throw new MailboxError('AccessDenied', 'Delegates are the business of who has the whole mailbox.');
  const { mailbox } = session;
  const before = (await delegationOf(mailbox, directory))?.delegates ?? [];
  const kind = ({ viewsPrivate, receivesCopies }: Delegate): number => (viewsPrivate ? flags.private : 0) | (receivesCopies ? flags.copies : 0);
  const names = delegates.map(({ entry }) => entry.displayName);
  const properties: Properties = {
    PidTagSubject: 'LocalFreebusy', PidTagScheduleInfoDelegateNames: names, PidTagScheduleInfoDelegateNamesW: names,
    PidTagScheduleInfoDelegateEntryIds: delegates.map(({ entry }) => addressBookEntryId(entry.legacyExchangeDN)), PidTagDelegateFlags: delegates.map(kind),
    PidTagScheduleInfoDelegatorWantsCopy: meetingRequests !== 'delegatesOnly', PidTagScheduleInfoDelegatorWantsInfo: meetingRequests === 'delegatesAndInformMe', PidTagScheduleInfoDontMailDelegates: meetingRequests === 'noForward',
  };
  const message = await freeBusyMessage(session);
  if (message) await session.updateItem(message.id, { properties });
  else await session.createItem(await freeBusyFolder(session), { itemClass: FREE_BUSY_CLASS, properties, recipients: [], attachments: [], isRead: true, isAssociated: false });
  for (const { entry } of before) {
    directory.revoke(mailbox.owner.id, entry.id, 'viewPrivate');
    if (!delegates.some((one) => one.entry.id === entry.id)) directory.revoke(mailbox.owner.id, entry.id, 'sendOnBehalf');
  }
  for (const { entry, viewsPrivate } of delegates) {
    directory.grant(mailbox.owner.id, entry.id, 'sendOnBehalf');
    if (viewsPrivate) directory.grant(mailbox.owner.id, entry.id, 'viewPrivate');
  }
}

async function freeBusyFolder(session: MailboxSession): Promise<FolderId> {
  const root = session.mailbox.wellKnown('root');
  const folder = root === undefined ? undefined : (await session.folders(root, 'shallow')).find(({ displayName }) => displayName === 'Freebusy Data');
  if (!folder) throw new MailboxError('FolderNotFound', 'The mailbox has no folder for free/busy data.', 'Freebusy Data');
  return folder.id;
}

async function freeBusyMessage(session: MailboxSession): Promise<Item | undefined> {
  const page = await session.query([await freeBusyFolder(session)], { limit: 1, restriction: { kind: 'compare', property: 'PidTagMessageClass', operator: 'eq', value: FREE_BUSY_CLASS } });
  return page.items[0];
}
