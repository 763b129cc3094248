import type { Item } from '@fauxchange/mailbox';
import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemView } from '../../sync/item-class.ts';
import { encodeCategories } from '../categories.ts';
import { encodeFlag, flagProperties } from './flag.ts';

/** What changes with every change, or follows from others, and is shown nowhere. */
const unseen: ReadonlySet<PropertyName> = new Set<PropertyName>([
  'PidTagLastModificationTime', 'PidTagLastModifierName', 'PidTagLastModifierEntryId', 'PidTagMessageFlags', 'PidTagMessageSize', 'PidTagMessageSizeExtended', 'PidTagIconIndex', 'PidTagFollowupIcon',
  'PidTagToDoItemFlags', 'PidLidReminderSignalTime',
]);

/**
 * Of a message that the client has what changed, where that is its read flag, its flag or its categories, each alone or together;
 * an empty object where nothing that is shown did, and undefined where it has to be told whole. [MS-ASEMAIL] 3.2.5.4.1
 */
export function changedParts(before: Item, { item, context }: ItemView): ApplicationData | undefined {
  const names = changedProperties(before, item);
  const isOther = names.some((name) => !flagProperties.has(name) && name !== 'PidNameKeywords' && !unseen.has(name));
  if (isOther || before.itemClass !== item.itemClass || before.body !== item.body || before.recipients !== item.recipients || before.attachments !== item.attachments) return undefined;
  return {
    ...(before.isRead !== item.isRead && { 'Email:Read': item.isRead }),
    ...(names.some((name) => flagProperties.has(name)) && context.isAtLeast('12.0') && { 'Email:Flag': encodeFlag(item) }),
    ...(names.includes('PidNameKeywords') && context.isAtLeast('14.0') && { 'Email:Categories': encodeCategories(item.bag) ?? [] }),
  };
}

function changedProperties({ bag: before }: Item, { bag: after }: Item): readonly PropertyName[] {
  const changed: PropertyName[] = [];
  for (const [name, value] of after.entries()) if (!isSame(before.get(name), value)) changed.push(name);
  for (const [name] of before.entries()) if (!after.has(name)) changed.push(name);
  return changed;
}

function isSame(one: PropertyValue | undefined, other: PropertyValue | undefined): boolean {
  if (one === other) return true;
  return Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((value, index) => value === (other as readonly unknown[])[index]);
}
