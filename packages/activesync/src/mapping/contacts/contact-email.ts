import { contactEmail, type Properties, type PropertyBag } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import { xmlText } from '../xml-text.ts';

export const emailNumbers = [1, 2, 3] as const;
type EmailNumber = (typeof emailNumbers)[number];

/** `"Bob" <bob@example.test>`, [MS-ASDTYPE] 2.7.3; the address alone where it has no name of its own. */
export function encodeContactEmail(bag: Pick<PropertyBag, 'get'>, number: EmailNumber): string | undefined {
  const read = (suffix: string): string | undefined => bag.get(`PidLidEmail${number}${suffix}` as PropertyName) as string | undefined;
  const address = read('EmailAddress');
  if (!address) return undefined;
  const name = read('DisplayName');
  return xmlText(name && name.toLowerCase() !== address.toLowerCase() ? `"${name.replaceAll('"', "'")}" <${address}>` : address);
}

/** Any text is taken: what is not of that form is the address as it stands. */
export function decodeContactEmail(sent: string, number: EmailNumber): Properties {
  const [, quoted, plain, address] = /^\s*(?:"([^"]*)"|([^"<>]*))\s*<([^<>]+)>\s*$/.exec(sent) ?? [];
  if (address === undefined) return contactEmail(number, sent.trim() === '' ? undefined : { address: sent.trim() });
  return contactEmail(number, { address: address.trim(), name: (quoted ?? plain)?.trim() || undefined });
}
