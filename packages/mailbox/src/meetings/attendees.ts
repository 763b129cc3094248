import type { Directory } from '../directory/directory.ts';
import type { AttendeeResponse, Recipient } from '../items/item.ts';
import { entryOf } from '../transport/expand-recipients.ts';

/** The same for every address of one person. */
export function attendeeKey({ address, addressType }: Pick<Recipient, 'address' | 'addressType'>, directory: Directory): string {
  return entryOf(directory, { address, addressType })?.id ?? address.toLowerCase();
}

/** The attendee table with an answer in it; who was not asked is added as optional ([MS-OXOCAL] 3.1.4.8.2). */
export function withResponse(attendees: readonly Recipient[], from: Omit<Recipient, 'type' | 'response'>, response: AttendeeResponse, directory: Directory): readonly Recipient[] {
  const key = attendeeKey(from, directory);
  const at = attendees.findIndex((one) => attendeeKey(one, directory) === key);
  const before = attendees[at];
  if (!before) return [...attendees, { ...from, type: 'cc', response }];
  // An older answer that comes late says nothing.
  if ((before.response?.time ?? -Infinity) > (response.time ?? Infinity)) return attendees;
  return attendees.map((one, index) => (index === at ? { ...one, response } : one));
}

/** The table of a meeting whose time has changed: everybody is asked anew. */
export function withoutResponses(attendees: readonly Recipient[]): readonly Recipient[] {
  return attendees.map(({ type, name, address, addressType }) => ({ type, name, address, addressType }));
}

/** Those of the one table that are not in the other. */
export function attendeesBeyond(attendees: readonly Recipient[], others: readonly Recipient[], directory: Directory): readonly Recipient[] {
  const known = new Set(others.map((one) => attendeeKey(one, directory)));
  return attendees.filter((one) => !known.has(attendeeKey(one, directory)));
}
