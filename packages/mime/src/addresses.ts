import { repairWindows1252 } from './charset.ts';
import { postalMime } from './libraries.ts';

/** A mailbox as written in a header: `name` decoded, either may be empty. */
export interface Address {
  readonly name: string;
  readonly address: string;
}

/** The mailboxes of one address header, groups flattened, encoded words decoded. */
export function parseAddresses(header: string): readonly Address[] {
  const parsed = postalMime().addressParser(header, { flatten: true });
  return parsed
    .map(({ name, address }) => ({ name: repairWindows1252(name ?? ''), address: address ?? '' }))
    .filter(({ name, address }) => name !== '' || address !== '');
}
