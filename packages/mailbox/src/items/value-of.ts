import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import { binary } from '@fauxchange/properties';
import type { EmbeddedItem, Item, Recipient, StoredBytes } from './item.ts';
import { sizeOfItem } from './item-size.ts';
import { subjectParts } from './subject.ts';

/** PidTagMessageFlags, [MS-OXCMSG] 2.2.1.6. */
export const messageFlags = {
  read: 0x1, unmodified: 0x2, submitted: 0x4, unsent: 0x8, hasAttach: 0x10, fromMe: 0x20, associated: 0x40, resend: 0x80,
  notifyRead: 0x100, notifyUnread: 0x200, everRead: 0x400, internet: 0x2000, untrusted: 0x8000,
} as const;
/** Bits that follow from other facts and are never stored. */
export const computedFlags: number = messageFlags.read | messageFlags.hasAttach | messageFlags.associated;

type Compute = (item: EmbeddedItem | Item) => PropertyValue | undefined;

const hasAttachments: Compute = ({ attachments }) => attachments.some(({ isInline, isException }) => !isInline && !isException);
export const isAppointment = ({ itemClass }: EmbeddedItem): boolean => /^ipm\.appointment(\.|$)/i.test(itemClass);
/** Views of calendars look for long appointments by it, so that it has to be true. */
const duration: Compute = (item) => {
  const [start, end] = [item.bag.get('PidLidAppointmentStartWhole'), item.bag.get('PidLidAppointmentEndWhole')];
  return isAppointment(item) && typeof start === 'number' && typeof end === 'number' ? Math.floor((end - start) / 60_000) : item.bag.get('PidLidAppointmentDuration');
};
const isRead = (item: EmbeddedItem | Item): boolean => ('isRead' in item ? item.isRead : true);
/** PidTagDisplayTo and its kin: empty where there is nobody of the kind. */
export const displayNames = (type: Recipient['type']) => ({ recipients }: Pick<EmbeddedItem, 'recipients'>): string =>
  recipients.filter((one) => one.type === type).map(({ name, address }) => name || address).join('; ');
const textIn = (bytes: StoredBytes | undefined): string | undefined => {
  const raw = bytes?.peek?.();
  return raw && Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('utf8');
};
const binaryIn = (bytes: StoredBytes | undefined): PropertyValue | undefined => {
  const raw = bytes?.peek?.();
  return raw && binary.from(raw);
};
const subjectOf = ({ bag }: EmbeddedItem) => subjectParts(String(bag.get('PidTagSubject') ?? ''), bag.get('PidTagSubjectPrefix') as string | undefined);

/** What is a fact of the item and never in its bag, whatever a client wrote there. */
const facts: { readonly [N in PropertyName]?: Compute } = {
  PidTagMessageClass: ({ itemClass }) => itemClass,
  PidTagMessageFlags: (item) => {
    const answered = item.bag.get('PidTagReceiptTime') === undefined ? 0 : messageFlags.notifyRead | messageFlags.notifyUnread;
    const stored = (Number(item.bag.get('PidTagMessageFlags') ?? 0) & ~(computedFlags | answered)) >>> 0;
    const associated = 'isAssociated' in item && item.isAssociated ? messageFlags.associated : 0;
    // Exchange 2010 and above set mfEverRead with mfRead: [MS-OXCMSG] 2.2.1.6.
    return stored | associated | (isRead(item) ? messageFlags.read | messageFlags.everRead : 0) | (hasAttachments(item) ? messageFlags.hasAttach : 0);
  },
  PidTagRead: isRead,
  PidTagAssociated: (item) => 'isAssociated' in item && item.isAssociated,
  PidTagHasAttachments: hasAttachments,
  PidLidAppointmentDuration: duration,
  // Rises with every item that comes into a folder, as UIDs of IMAP have to: the id does.
  PidTagInternetArticleNumber: (item) => ('id' in item ? item.id : undefined),
  PidTagBody: ({ body }) => textIn(body?.text),
  PidTagHtml: ({ body }) => binaryIn(body?.html),
  PidTagRtfCompressed: ({ body }) => binaryIn(body?.rtf),
  // [MS-OXCMSG] 2.2.1.58.2: 1 plain text, 2 RTF, 3 HTML.
  PidTagNativeBody: ({ body }) => (body ? ({ text: 1, rtf: 2, html: 3 } as const)[body.native] : 0),
  // Whoever looks for the best body takes the RTF that all others were made of: [MS-OXBBODY] 2.1.3.1.
  PidTagRtfInSync: ({ body }) => body && body.native === 'rtf',
};

/** What follows from other facts unless the bag says otherwise. */
const fallbacks: { readonly [N in PropertyName]?: Compute } = {
  PidTagDisplayTo: displayNames('to'),
  PidTagDisplayCc: displayNames('cc'),
  PidTagDisplayBcc: displayNames('bcc'),
  // Clients look for appointments that do not recur by the value and not by its absence.
  PidLidRecurring: (item) => (isAppointment(item) ? false : undefined),
  PidTagSubjectPrefix: (item) => subjectOf(item).prefix,
  PidTagNormalizedSubject: (item) => subjectOf(item).normalized,
  // There is one store, which commits what it is told: [MS-OXCMSG] 2.2.1.49.
  PidTagLocalCommitTime: ({ bag }) => bag.get('PidTagLastModificationTime'),
  PidTagMessageSize: (item) => sizeOfItem(item, item.bag),
  PidTagMessageSizeExtended: (item) => BigInt(Number(valueOf(item, 'PidTagMessageSize') ?? 0)),
  // [MS-OXOMSG] 2.2.1.10: 0xFFFFFFFF is new mail.
  PidTagIconIndex: ({ itemClass }) => (/^ipm\.note/i.test(itemClass) ? -1 : undefined),
};

/**
 * Reads any property of an item: stored, computed, or part of its content. Left to the protocols, because they need to
 * know more than the item: everything made of ids (PidTagEntryId, PidTagParentEntryId, PidTagInstanceKey, PidTagChangeKey
 * …) and of the accessor (PidTagAccess). Bodies are read where the engine has them in memory (`StoredBytes.peek`).
 *
 * @example
 * valueOf(item, 'PidTagMessageFlags'); // 17: read, has attachments
 */
export function valueOf(item: EmbeddedItem | Item, name: PropertyName): PropertyValue | undefined {
  const fact = facts[name];
  if (fact) return fact(item);
  return item.bag.get(name) ?? fallbacks[name]?.(item);
}
