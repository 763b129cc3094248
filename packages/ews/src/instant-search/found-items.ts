import { classBeginsWith, sortBy, valueOf, wholeConversations, type Item, type MailboxSession, type Restriction } from '@fauxchange/mailbox';
import type { Binary } from '@fauxchange/properties';
import type { EwsContext } from '../context.ts';
import { conversationElement } from '../mapping/conversation.ts';
import { compileItemShape } from '../mapping/item-shape.ts';
import { viewOf } from '../mapping/item-view.ts';
import type { ConversationType, ItemResponseShapeType, ItemType } from '../schema/types.generated.ts';
import { keyOfFound, type FoundItem } from '../searched-folders.ts';
import type { SearchedPlace } from './searched-places.ts';

export type FoundKind = 'mail' | 'calendar' | 'contacts';

const classes: Readonly<Record<FoundKind, readonly string[]>> = { mail: ['IPM.Note', 'IPM.Schedule', 'IPM.Post', 'REPORT'], calendar: ['IPM.Appointment'], contacts: ['IPM.Contact'] };
const times = { mail: 'PidTagMessageDeliveryTime', calendar: 'PidLidAppointmentStartWhole', contacts: 'PidTagLastModificationTime' } as const;

/** Items of a kind, the newest first. */
export async function findItems(places: readonly SearchedPlace[], kind: FoundKind, restriction: Restriction): Promise<readonly FoundItem[]> {
  const ofKind: Restriction = { kind: 'or', restrictions: classes[kind].map(classBeginsWith) };
  const found = new Map<string, FoundItem>();
  for (const { session, folderIds } of places) {
    if (folderIds.length === 0) continue;
    const { items } = await session.query(folderIds, { restriction: { kind: 'and', restrictions: [restriction, ofKind] }, limit: Number.MAX_SAFE_INTEGER });
    for (const item of items) found.set(keyOfFound({ item, session }), { id: item.id, item, session });
  }
  return sortBy([...found.values()], [{ property: times[kind], descending: true }], ({ item }, name) => valueOf(item, name));
}

/** Properties that items of every kind have: which of them Exchange's property sets choose is not documented ([K]). */
const properties = [
  'ParentFolderId', 'ItemClass', 'Subject', 'Sensitivity', 'DateTimeReceived', 'Size', 'Categories', 'Importance', 'DateTimeSent', 'DateTimeCreated', 'HasAttachments', 'ConversationId', 'Flag', 'InstanceKey', 'Preview',
] as const;
const shape: ItemResponseShapeType = { BaseShape: 'IdOnly', AdditionalProperties: properties.map((name) => ['FieldURI', { FieldURI: `item:${name}` }] as const) };
const calendarShape: ItemResponseShapeType = { BaseShape: 'IdOnly', AdditionalProperties: [...(shape.AdditionalProperties ?? []), ...(['Start', 'End', 'Location'] as const).map((name) => ['FieldURI', { FieldURI: `calendar:${name}` }] as const)] };

/** @param previewLength characters of Preview */
export async function itemElements(found: readonly FoundItem[], kind: FoundKind | 'any', context: EwsContext, previewLength = 255): Promise<ItemType[]> {
  const asked = kind === 'calendar' ? calendarShape : shape;
  const compiled = compileItemShape(asked, 'find');
  const elements: ItemType[] = [];
  for (const { item, session } of found) {
    const [, element] = await compiled.render(viewOf(item, session, asked, context));
    const { Preview } = element as ItemType;
    elements.push(Preview === undefined ? element : { ...element, Preview: Preview.slice(0, previewLength) });
  }
  return elements;
}

/** Conversations that found messages are of, in their order. */
export async function conversationElements(found: readonly FoundItem[], { offset, rows }: { readonly offset: number; readonly rows: number }): Promise<{ readonly total: number; readonly elements: ConversationType[] }> {
  const grouped = new Map<string, { readonly id: Binary; readonly session: MailboxSession; readonly items: Item[] }>();
  for (const { item, session } of found) {
    const id = item.bag.get('PidTagConversationId') as Binary | undefined;
    if (id === undefined) continue;
    const key = `${session.mailbox.guid} ${String(id)}`;
    const known = grouped.get(key) ?? { id, session, items: [] };
    grouped.set(key, known);
    known.items.push(item);
  }
  const elements: ConversationType[] = [];
  for (const { id, session, items } of [...grouped.values()].slice(offset, offset + rows)) {
    const whole = await wholeConversations(session, [id]);
    elements.push(conversationElement({ id, items }, whole.get(id) ?? items, { BaseShape: 'Default' }, session));
  }
  return { total: grouped.size, elements };
}
