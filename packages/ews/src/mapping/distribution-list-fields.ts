import { addressBookEntryId, MailboxError, valueOf, type Item, type Properties } from '@fauxchange/mailbox';
import { binary, type Binary } from '@fauxchange/properties';
import { EwsError } from '../errors.ts';
import { decodeEntryId, encodeMessageEntryId } from '../ids/entry-id.ts';
import { decodeId, encodeItemId } from '../ids/ews-id.ts';
import type { EmailAddressType, MembersListType, MemberType } from '../schema/types.generated.ts';
import { mailboxElement } from './address.ts';
import { currentValue, type ItemField, type ItemTarget } from './fields.ts';
import { getAny, type ItemView } from './item-view.ts';
import { decodeOneOff, isTooLong, memberTarget, membersChecksum, oneOffEntryId, wrappedEntryId, type ListMember, type MemberTarget } from './list-members.ts';

/** Members of private distribution lists; name and file-as are fields of contacts. */
export const distributionListFields: readonly ItemField[] = [
  {
    uri: 'distributionlist:Members', element: 'Members', kinds: ['DistributionList'], shape: 'allGet',
    read: async (view) => {
      const members = await readMembers(storedMembers((name) => getAny(view, name)), view);
      return members.length > 0 ? { Member: members } : undefined;
    },
    set: ({ Member }: MembersListType, target) => store(target, encodeMembers(Member, target)),
    append: ({ Member }: MembersListType, target) => store(target, [...currentMembers(target), ...encodeMembers(Member, target)]),
    remove: (target) => store(target, []),
  },
];

/** The members that have these keys. */
export async function listMember(keys: readonly string[], view: ItemView): Promise<MembersListType | undefined> {
  const members = storedMembers((name) => getAny(view, name)).filter(({ entryId }) => keys.includes(keyOf(entryId)));
  return members.length > 0 ? { Member: await readMembers(members, view) } : undefined;
}

/** Removes the member with that key; one that is not there is removed already. */
export function removeListMember(key: string, target: ItemTarget): void {
  store(target, currentMembers(target).filter(({ entryId }) => keyOf(entryId) !== key));
}

/** A list is found by its name in three properties, [MS-OXOCNTC] 2.2.2. */
export function completeDistributionList(target: ItemTarget): void {
  const { properties } = target;
  if (target.isNew) properties['PidTagDisplayName'] ??= properties['PidTagSubject'];
  if (!('PidTagDisplayName' in properties)) return;
  const name = properties['PidTagDisplayName'];
  properties['PidLidDistributionListName'] = name;
  if (!('PidLidFileUnder' in properties)) properties['PidLidFileUnder'] = name;
  if (!('PidTagSubject' in properties)) properties['PidTagSubject'] = name;
}

const keyOf = (entryId: Uint8Array): string => Buffer.from(entryId).toString('base64');

/** The members of a list that is in a folder, and the properties that keep members: for what changes lists by other ways than their fields. */
export function membersOf(list: Pick<Item, 'bag'>): readonly ListMember[] {
  return storedMembers((name) => list.bag.get(name));
}
export function memberProperties(members: readonly ListMember[]): Properties {
  const has = members.length > 0;
  return {
    PidLidDistributionListMembers: has ? members.map(({ entryId }) => binary.from(entryId)) : undefined,
    PidLidDistributionListOneOffMembers: has ? members.map(({ oneOff }) => binary.from(oneOff)) : undefined,
    PidLidDistributionListChecksum: has ? membersChecksum(members.map(({ entryId }) => entryId)) : undefined,
  };
}

type MemberProperty = 'PidLidDistributionListMembers' | 'PidLidDistributionListOneOffMembers';

function storedMembers(read: (name: MemberProperty) => unknown): ListMember[] {
  const bytesIn = (name: MemberProperty): Uint8Array[] => ((read(name) as readonly Binary[] | undefined) ?? []).map((one) => binary.toBytes(one));
  const oneOffs = bytesIn('PidLidDistributionListOneOffMembers');
  return bytesIn('PidLidDistributionListMembers').map((entryId, index) => ({ entryId, oneOff: oneOffs[index] ?? entryId }));
}

function currentMembers(target: ItemTarget): ListMember[] {
  return storedMembers((name) => currentValue(target, name));
}

function store(target: ItemTarget, members: readonly ListMember[]): void {
  if (isTooLong(members)) throw new EwsError('ErrorInvalidPropertySet', undefined, { paths: [['FieldURI', { FieldURI: 'distributionlist:Members' }]] });
  Object.assign(target.properties, memberProperties(members));
}

function encodeMembers(sent: readonly MemberType[] | undefined, target: ItemTarget): ListMember[] {
  return (sent ?? []).map(({ Mailbox }) => {
    if (!Mailbox || !(Mailbox.EmailAddress ?? Mailbox.ItemId)) throw new EwsError('ErrorInvalidMailbox');
    return encodeMember(Mailbox, target);
  });
}

/** By item id a contact or another list; by address somebody of the address book, else a one-off. */
function encodeMember(mailbox: EmailAddressType, { context }: ItemTarget): ListMember {
  const { EmailAddress: address = '', Name, RoutingType = 'SMTP', ItemId, MailboxType } = mailbox;
  const { directory } = context.organization;
  const entry = RoutingType.toUpperCase() === 'EX' ? directory.byLegacyDN(address) : directory.byAddress(address);
  const oneOff = oneOffEntryId({ name: Name ?? (entry?.displayName || address), addressType: RoutingType, address });
  if (ItemId) {
    const id = decodeId(ItemId.Id);
    if (id?.kind !== 'item') throw new EwsError('ErrorInvalidIdMalformed');
    const { publicFolders } = context.organization;
    const store = 'mailboxGuid' in id ? context.organization.mailboxByGuid(id.mailboxGuid) : publicFolders;
    if (!store) throw new EwsError('ErrorItemNotFound');
    const entryId = encodeMessageEntryId(store, id.folderId, id.itemId);
    return { entryId: wrappedEntryId(MailboxType === 'PrivateDL' ? 'privateList' : 'contact', entryId), oneOff };
  }
  if (!entry) return { entryId: oneOff, oneOff };
  const isList = entry.recipientType === 'MailUniversalDistributionGroup';
  return { entryId: wrappedEntryId(isList ? 'publicList' : 'mailbox', binary.toBytes(addressBookEntryId(entry.legacyExchangeDN))), oneOff };
}

async function readMembers(members: readonly ListMember[], view: ItemView): Promise<MemberType[]> {
  const shown: MemberType[] = [];
  for (const { entryId, oneOff } of members) {
    const target = memberTarget(entryId);
    const Mailbox = await memberMailbox(target, oneOff, view);
    shown.push({ Key: keyOf(entryId), Mailbox, Status: Mailbox ? 'Normal' : 'Unrecognized' });
  }
  return shown;
}

const mailboxTypes = { oneOff: 'OneOff', contact: 'Contact', privateList: 'PrivateDL', mailbox: 'Mailbox', publicList: 'PublicDL' } as const;

/** Members of a list as addresses: what ExpandDL tells of it. */
export async function expandedMembers(list: ItemView): Promise<EmailAddressType[]> {
  const mailboxes: EmailAddressType[] = [];
  for (const { entryId, oneOff } of storedMembers((name) => getAny(list, name))) {
    const mailbox = await memberMailbox(memberTarget(entryId), oneOff, list);
    if (mailbox) mailboxes.push(mailbox);
  }
  return mailboxes;
}

async function memberMailbox(target: MemberTarget | undefined, oneOff: Uint8Array, view: ItemView): Promise<EmailAddressType | undefined> {
  if (!target) return undefined;
  const facts = decodeOneOff(oneOff);
  const type = mailboxTypes[target.kind];
  if (target.kind !== 'contact' && target.kind !== 'privateList') return mailboxElement(facts?.name, facts?.address, facts?.addressType, type);
  const id = decodeEntryId(target.entryId);
  if (id?.kind !== 'item') return undefined;
  const { publicFolders } = view.context.organization;
  const session = id.isPublic ? publicFolders?.openAs(view.context.caller) : view.session;
  // A list in public folders may name contacts of a mailbox, which nobody else gets to see.
  if (!session || session.mailbox.isPublic !== id.isPublic) return undefined;
  const [found] = await session.items([id.itemId]);
  const item: Item | undefined = found instanceof MailboxError ? undefined : found;
  const name = facts?.name || (item && (valueOf(item, 'PidTagDisplayName') as string | undefined));
  const address = facts?.address || (item && (valueOf(item, 'PidLidEmail1EmailAddress') as string | undefined));
  const routing = address ? facts?.addressType : 'MAPIPDL';
  return { ...mailboxElement(name, address, routing, type), RoutingType: routing, ItemId: { Id: encodeItemId(session.mailbox, id.folderId, id.itemId) } };
}
