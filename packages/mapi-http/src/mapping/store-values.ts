import { binary, property as propertyNamed, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { addressBookEntryId } from '@fauxchange/mailbox';
import type { Logon } from '../logon/logon.ts';
import { guidBytes, storeEntryIdOf } from './entry-ids.ts';
import { objectType, storeFacts } from './item-values.ts';

/** Sums over all folders, as they were when last counted. */
export interface StoreSums {
  readonly contentCount: number;
  /** Bytes. */
  readonly size: number;
  readonly isOut: boolean;
}

const bytesInKilobyte = 1024;
/** Kilobytes: the defaults of a mailbox database, 2 GB to send and 2.3 GB to receive ([K]). */
const quota = { send: 2_097_152, receive: 2_411_520 } as const;
/** Bytes of one extended rule, the default ([K]). */
const extendedRuleSizeLimit = 32_768;
const mostInteger = 0x7fff_ffff;

const ofMailbox = <T>(read: (logon: Logon) => T) => (logon: Logon): T | undefined => (logon.isPublic ? undefined : read(logon));

/** Properties of a logon, [MS-OXCSTOR] 2.2.2.1; those of a logon to public folders are fewer. */
const facts: { readonly [N in PropertyName]?: (logon: Logon) => PropertyValue | undefined } = {
  ...storeFacts,
  PidTagEntryId: ({ mailbox }) => storeEntryIdOf(mailbox),
  PidTagRecordKey: ({ mailbox }) => guidBytes(mailbox.guid),
  PidTagObjectType: () => objectType.store,
  PidTagDisplayName: ({ mailbox }) => (mailbox.isPublic ? 'Public Folders' : mailbox.owner.displayName),
  PidTagMailboxOwnerEntryId: ofMailbox(({ mailbox }) => addressBookEntryId(mailbox.owner.legacyExchangeDN)),
  PidTagMailboxOwnerName: ofMailbox(({ mailbox }) => mailbox.owner.displayName),
  PidTagUserEntryId: ({ session }) => session.accessor.entry && addressBookEntryId(session.accessor.entry.legacyExchangeDN),
  PidTagExtendedRuleSizeLimit: ofMailbox(() => extendedRuleSizeLimit),
  PidTagMaximumSubmitMessageSize: ofMailbox(({ maxMessageBytes }) => Math.floor(maxMessageBytes / bytesInKilobyte)),
  PidTagProhibitReceiveQuota: ofMailbox(() => quota.receive),
  PidTagProhibitSendQuota: ofMailbox(() => quota.send),
  PidTagContentCount: ofMailbox(({ sums }) => sums.contentCount),
  PidTagMessageSize: ofMailbox(({ sums }) => Math.min(sums.size, mostInteger)),
  PidTagMessageSizeExtended: ofMailbox(({ sums }) => BigInt(sums.size)),
  PidTagOutOfOfficeState: ofMailbox(({ sums }) => sums.isOut),
  // 18 bytes a pair: [MS-OXCSTOR] 2.2.2.1.1.13.
  PidTagSerializedReplidGuidMap: ofMailbox(({ replicas }) => {
    const pair = ([replId, guid]: readonly [number, string]): Buffer => Buffer.concat([Buffer.from([replId & 0xff, replId >> 8]), Buffer.from(guidBytes(guid), 'latin1')]);
    return binary.from(Buffer.concat([...replicas.entries()].map(pair)));
  }),
};

export const storeValue = (logon: Logon, { name }: Pick<Property, 'name'>): PropertyValue | undefined => logon.settings.get(name) ?? facts[name]?.(logon);
/** Whether a client cannot change it. */
export const isStoreFact = (name: PropertyName): boolean => name in facts;

export function* storeNames(logon: Logon): IterableIterator<PropertyName> {
  yield* logon.settings.keys();
  for (const name of Object.keys(facts) as PropertyName[]) if (storeValue(logon, propertyNamed(name) as Property) !== undefined) yield name;
}
