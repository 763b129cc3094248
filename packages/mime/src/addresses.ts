import { repairWindows1252 } from './charset.ts';
import { postalMime } from './libraries.ts';

/** A mailbox as written in a header: `name` decoded, either may be empty. */
export interface Address {
  readonly name: string;
  readonly address: string;
}

/** More groups than this in one header are no groups: postal-mime needs half a minute for a million of them. */
const mostGroups = 2000;

function bounded(header: string): string {
  let colons = 0;
  for (let at = header.indexOf(':'); at >= 0; at = header.indexOf(':', at + 1)) colons += 1;
  return colons > mostGroups ? header.replace(/:/g, ' ') : header;
}

/** The mailboxes of one address header, groups flattened, encoded words decoded. */
export function parseAddresses(header: string): readonly Address[] {
  const parsed = postalMime().addressParser(bounded(header), { flatten: true });
  return parsed
    .map(({ name, address }) => ({ name: repairWindows1252(name ?? ''), address: address ?? '' }))
    .filter(({ name, address }) => name !== '' || address !== '');
}
