import { property as propertyNamed, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { addressBookEntryId } from '@fauxchange/mailbox';
import type { Logon } from '../logon/logon.ts';
import { guidBytes, storeEntryIdOf } from './entry-ids.ts';
import { objectType, storeFacts } from './item-values.ts';

/** Properties of a logon, [MS-OXCSTOR] 2.2.2.1. */
const facts: { readonly [N in PropertyName]?: (logon: Logon) => PropertyValue | undefined } = {
  ...storeFacts,
  PidTagEntryId: ({ mailbox }) => storeEntryIdOf(mailbox),
  PidTagRecordKey: ({ mailbox }) => guidBytes(mailbox.guid),
  PidTagObjectType: () => objectType.store,
  PidTagDisplayName: ({ mailbox }) => (mailbox.isPublic ? 'Public Folders' : mailbox.owner.displayName),
  PidTagMailboxOwnerEntryId: ({ mailbox }) => (mailbox.isPublic ? undefined : addressBookEntryId(mailbox.owner.legacyExchangeDN)),
  PidTagMailboxOwnerName: ({ mailbox }) => (mailbox.isPublic ? undefined : mailbox.owner.displayName),
  PidTagUserEntryId: ({ session }) => session.accessor.entry && addressBookEntryId(session.accessor.entry.legacyExchangeDN),
};

export const storeValue = (logon: Logon, { name }: Pick<Property, 'name'>): PropertyValue | undefined => facts[name]?.(logon);

export function* storeNames(logon: Logon): IterableIterator<PropertyName> {
  for (const name of Object.keys(facts) as PropertyName[]) if (storeValue(logon, propertyNamed(name) as Property) !== undefined) yield name;
}
