import { classBeginsWith, type FolderId, type Item, type MailboxSession, type Properties, type WellKnownFolderName } from '@fauxchange/mailbox';
import type { EwsContext } from './context.ts';
import { EwsError } from './errors.ts';
import { decodeEntryId, encodeMessageEntryId } from './ids/entry-id.ts';
import { getItem } from './items.ts';
import { memberProperties, membersOf } from './mapping/distribution-list-fields.ts';
import { memberTarget, oneOffEntryId, wrappedEntryId, type ListMember } from './mapping/list-members.ts';
import { ownSession, resolveItemId } from './resolve.ts';
import type { ItemIdType } from './schema/types.generated.ts';

/** Classes of the groups of the IM list, from the examples of GetImItemList and AddDistributionGroupToImList. */
export const imGroupClasses = {
  otherContacts: 'IPM.DistList.MOC.OtherContacts', tagged: 'IPM.DistList.MOC.Tagged', favorites: 'IPM.DistList.MOC.Favorites',
  userGroup: 'IPM.DistList.MOC.UserGroup', distributionGroup: 'IPM.DistList.MOC.DG',
} as const;

/** The three that the store has by itself. */
const defaultGroups = [['Other Contacts', imGroupClasses.otherContacts], ['Tagged', imGroupClasses.tagged], ['Favorites', imGroupClasses.favorites]] as const;

/** "People and contacts in EWS in Exchange": up to 1,000 contacts and 64 groups. */
const most = { contacts: 1000, groups: 64 } as const;

/**
 * The IM list of the Unified Contact Store: contacts in Quick Contacts, and groups as distribution lists in IM Contact List
 * whose members they are.
 */
export interface ImList {
  readonly session: MailboxSession;
  readonly groupsIn: FolderId;
  readonly contactsIn: FolderId;
  readonly groups: readonly Item[];
  readonly contacts: readonly Item[];
}

/** The caller's own list; its default groups are made when somebody first looks ([K] when Exchange makes them). */
export async function openImList(context: EwsContext): Promise<ImList> {
  const session = ownSession(context);
  const [groupsIn, contactsIn] = [folderNamed(session, 'imcontactlist'), folderNamed(session, 'quickcontacts')];
  const groups = await itemsIn(session, groupsIn, 'IPM.DistList.MOC.', most.groups + defaultGroups.length);
  for (const [name, itemClass] of defaultGroups) {
    if (!groups.some((group) => isOfClass(group, itemClass))) groups.push(await session.createItem(groupsIn, { ...emptyItem, itemClass, properties: groupName(name) }));
  }
  return { session, groupsIn, contactsIn, groups, contacts: await itemsIn(session, contactsIn, 'IPM.Contact', most.contacts) };
}

const emptyItem = { isRead: true, isAssociated: false, recipients: [], attachments: [] } as const;

function folderNamed({ mailbox }: MailboxSession, name: WellKnownFolderName): FolderId {
  const id = mailbox.wellKnown(name);
  if (id === undefined) throw new EwsError('ErrorFolderNotFound');
  return id;
}

async function itemsIn(session: MailboxSession, folderId: FolderId, prefix: string, limit: number): Promise<Item[]> {
  return [...(await session.query([folderId], { restriction: classBeginsWith(prefix), limit })).items].sort((one, other) => one.id - other.id);
}

const isOfClass = ({ itemClass }: Item, wanted: string): boolean => itemClass.toLowerCase() === wanted.toLowerCase();

/** A distribution list has its name in these, [MS-OXOCNTC] 2.2.2. */
const groupName = (name: string): Properties => ({ PidTagDisplayName: name, PidLidDistributionListName: name, PidLidFileUnder: name, PidTagSubject: name });
export const nameOfGroup = ({ bag }: Item): string => String(bag.get('PidTagDisplayName') ?? '');

/** A new group. ErrorImGroupDisplayNameAlreadyExists, ErrorImGroupLimitReached. */
export async function addGroup(list: ImList, name: string, itemClass: string, more: Properties = {}): Promise<Item> {
  checkName(list, name);
  if (list.groups.length >= most.groups + defaultGroups.length) throw new EwsError('ErrorImGroupLimitReached');
  return list.session.createItem(list.groupsIn, { ...emptyItem, itemClass, properties: { ...groupName(name), ...more } });
}

/** Its own name is taken, too: the error example of SetImGroup. */
export async function renameGroup(list: ImList, group: Item, name: string): Promise<void> {
  checkName(list, name);
  await list.session.updateItem(group.id, { properties: groupName(name) });
}

function checkName({ groups }: ImList, name: string): void {
  if (groups.some((group) => nameOfGroup(group).toLowerCase() === name.toLowerCase())) throw new EwsError('ErrorImGroupDisplayNameAlreadyExists');
}

/** The group that an id means; Other Contacts for none. ErrorItemNotFound, ErrorInvalidImGroupId for what is no group of these classes. */
export async function groupOf(list: ImList, id: ItemIdType | undefined, context: EwsContext, classes: readonly string[] = Object.values(imGroupClasses)): Promise<Item> {
  if (!id) return list.groups.find((group) => isOfClass(group, imGroupClasses.otherContacts)) as Item;
  const item = await ownItem(list, id, context, 'ErrorInvalidImGroupId');
  if (item.folderId !== list.groupsIn || !classes.some((wanted) => isOfClass(item, wanted))) throw new EwsError('ErrorInvalidImGroupId');
  return item;
}

/** The IM contact that an id means. ErrorItemNotFound, ErrorInvalidImContactId for what is not on the list. */
export async function contactOf(list: ImList, id: ItemIdType, context: EwsContext): Promise<Item> {
  const item = await ownItem(list, id, context, 'ErrorInvalidImContactId');
  if (!isImContact(list, item)) throw new EwsError('ErrorInvalidImContactId');
  return item;
}

const isImContact = ({ contactsIn }: ImList, { folderId, itemClass }: Item): boolean => folderId === contactsIn && itemClass.toLowerCase().startsWith('ipm.contact');

async function ownItem({ session }: ImList, id: ItemIdType, context: EwsContext, elsewhere: 'ErrorInvalidImGroupId' | 'ErrorInvalidImContactId'): Promise<Item> {
  const reference = resolveItemId(id, context);
  if (reference.session.mailbox.guid !== session.mailbox.guid) throw new EwsError(elsewhere);
  return getItem(reference.session, reference.itemId);
}

/** A new contact. ErrorImContactLimitReached. */
export async function addContact({ session, contactsIn, contacts }: ImList, properties: Properties): Promise<Item> {
  if (contacts.length >= most.contacts) throw new EwsError('ErrorImContactLimitReached');
  return session.createItem(contactsIn, { ...emptyItem, itemClass: 'IPM.Contact', properties });
}

/** Ids of the contacts of a group, in the order in which they came. */
export function contactsOfGroup(group: Item): readonly Item['id'][] {
  return membersOf(group).flatMap((member) => idOfMember(member) ?? []);
}

function idOfMember({ entryId }: ListMember): Item['id'] | undefined {
  const target = memberTarget(entryId);
  const id = target?.kind === 'contact' ? decodeEntryId(target.entryId) : undefined;
  return id?.kind === 'item' ? id.itemId : undefined;
}

/** Puts a contact into a group; one that is there stays as it is. */
export async function addToGroup({ session }: ImList, group: Item, contact: Item): Promise<void> {
  if (contactsOfGroup(group).includes(contact.id)) return;
  const entryId = wrappedEntryId('contact', encodeMessageEntryId(session.mailbox, contact.folderId, contact.id));
  const oneOff = oneOffEntryId({ name: String(contact.bag.get('PidTagDisplayName') ?? ''), addressType: 'SMTP', address: String(contact.bag.get('PidLidEmail1EmailAddress') ?? '') });
  await session.updateItem(group.id, { properties: memberProperties([...membersOf(group), { entryId, oneOff }]) });
}

/** Takes a contact out of a group; whether it was in there. */
export async function removeFromGroup({ session }: ImList, group: Item, contact: Item): Promise<boolean> {
  const members = membersOf(group);
  const left = members.filter((member) => idOfMember(member) !== contact.id);
  if (left.length === members.length) return false;
  await session.updateItem(group.id, { properties: memberProperties(left) });
  return true;
}
