import type { PropertyName } from '@fauxchange/properties';
import type { FolderId } from '../ids.ts';
import type { Item } from '../items/item.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import type { Restriction } from './restriction.ts';

/** What ambiguous names are looked for in; each by its beginning, or the beginning of one of its words. */
const names: readonly PropertyName[] = ['PidTagDisplayName', 'PidTagGivenName', 'PidTagSurname', 'PidTagNickname', 'PidLidFileUnder', 'PidTagCompanyName'];
/** The addresses of a contact. */
export const contactAddresses: readonly ['PidLidEmail1EmailAddress', 'PidLidEmail2EmailAddress', 'PidLidEmail3EmailAddress'] = ['PidLidEmail1EmailAddress', 'PidLidEmail2EmailAddress', 'PidLidEmail3EmailAddress'];

/** Contacts and lists of a folder whose name or address begins so. `smtp:` looks at addresses alone. */
export async function contactsNamed(text: string, session: MailboxSession, folderId: FolderId, limit: number): Promise<readonly Item[]> {
  const [, scheme, rest = ''] = /^(smtp:)?=?(.*)$/is.exec(text.trim()) ?? [];
  if (rest === '') return [];
  const begins = (property: PropertyName): Restriction => ({ kind: 'contains', property, text: rest, mode: 'prefixOnWords', ignoreCase: true, ignoreNonSpacing: true });
  const restrictions = [...(scheme ? [] : names), ...contactAddresses].map(begins);
  const page = await session.query([folderId], { restriction: { kind: 'or', restrictions }, order: [{ property: 'PidTagDisplayName', descending: false }], limit });
  return page.items.filter(({ itemClass }) => /^IPM\.(Contact|DistList)(\.|$)/i.test(itemClass));
}
