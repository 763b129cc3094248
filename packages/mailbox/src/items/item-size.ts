import type { PropertyValue } from '@fauxchange/properties';
import type { ItemContent, PropertyBag } from './item.ts';

/** Bytes of one value as MAPI counts them: strings are UTF-16 with their end, times 8, everything else by its width. */
export function sizeOfValue(value: PropertyValue): number {
  if (typeof value === 'string') return value.length * 2 + 2;
  if (typeof value === 'number') return 8;
  if (typeof value === 'bigint') return 8;
  if (typeof value === 'boolean') return 2;
  if (Array.isArray(value)) return (value as readonly PropertyValue[]).reduce<number>((sum, one) => sum + sizeOfValue(one), 0);
  return 0;
}

/** PidTagMessageSize: properties, recipients, bodies and attachments. The verbatim MIME is another form of the same and does not count. */
export function sizeOfItem(content: ItemContent, bag: Pick<PropertyBag, 'entries'>): number {
  let size = content.itemClass.length * 2 + 2;
  for (const [name, value] of bag.entries()) if (name !== 'PidTagMessageSize') size += sizeOfValue(value) + 4;
  for (const { name, address } of content.recipients) size += (name.length + address.length) * 2 + 32;
  for (const attachment of content.attachments) size += attachment.size + attachment.name.length * 2 + 64;
  const { text, html, rtf } = content.body ?? {};
  return size + (text?.size ?? 0) + (html?.size ?? 0) + (rtf?.size ?? 0);
}
