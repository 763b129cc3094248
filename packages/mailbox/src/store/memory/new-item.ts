import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import type { FolderId, ItemId } from '../../ids.ts';
import type { BagMaker } from '../../items/bag.ts';
import { asAnother, nextVersion } from '../../items/version.ts';
import type { Attachment, Item, ItemBody, ItemChanges, ItemContent, Properties, PropertyBag, Recipient, StoredBytes } from '../../items/item.ts';
import { sizeOfItem } from '../../items/item-size.ts';
import { messageFlags } from '../../items/value-of.ts';
import type { Op } from '../mailbox-store.ts';

const none: readonly never[] = Object.freeze([]);
const shared = <T>(list: readonly T[]): readonly T[] => (list.length === 0 ? none : list);

/** One shape for every item: the engines of JavaScript reward it with memory and speed. */
class StoredItem implements Item {
  readonly id: ItemId;
  readonly folderId: FolderId;
  readonly cn: number;
  readonly contentCn: number;
  readonly readCn: number;
  readonly isRead: boolean;
  readonly isAssociated: boolean;
  readonly itemClass: string;
  readonly recipients: readonly Recipient[];
  readonly attachments: readonly Attachment[];
  readonly body: ItemBody | undefined;
  readonly mime: StoredBytes | undefined;
  readonly bag: PropertyBag;

  constructor(parts: StoredItem) {
    this.id = parts.id;
    this.folderId = parts.folderId;
    this.cn = parts.cn;
    this.contentCn = parts.contentCn;
    this.readCn = parts.readCn;
    this.isRead = parts.isRead;
    this.isAssociated = parts.isAssociated;
    this.itemClass = parts.itemClass;
    this.recipients = shared(parts.recipients);
    this.attachments = shared(parts.attachments);
    this.body = parts.body;
    this.mime = parts.mime;
    this.bag = parts.bag;
  }
}

/** Adds the size of the item, unless somebody who knows better gave one. */
function measured(content: ItemContent, given: Properties | undefined): (values: Map<PropertyName, PropertyValue>) => void {
  return (values) => {
    if (given?.PidTagMessageSize === undefined) values.set('PidTagMessageSize', sizeOfItem(content, values));
  };
}

export function newItem({ id, folderId, draft }: Extract<Op, { op: 'create' }>, cn: number, bags: BagMaker): Item {
  const { itemClass, recipients, attachments, body, mime, isRead, isAssociated } = draft;
  const bag = bags.make(itemClass, draft.properties, undefined, measured(draft, draft.properties));
  return new StoredItem({ id, folderId, cn, contentCn: cn, readCn: 0, isRead, isAssociated, itemClass, recipients, attachments, body, mime, bag });
}

/** What is left of an optional part: `none` takes it away, absent leaves it alone. */
const part = <T>(change: T | 'none' | undefined, now: T | undefined): T | undefined => (change === 'none' ? undefined : (change ?? now));

/** What was read once stays so, even if it is marked as unread again: mfEverRead, [MS-OXCMSG] 2.2.1.6. */
function marksOf(item: Item, isRead: boolean, marks: Properties | undefined): Properties | undefined {
  if (!item.isRead || isRead) return marks;
  const flags = Number(marks?.PidTagMessageFlags ?? item.bag.get('PidTagMessageFlags') ?? 0);
  return { ...marks, PidTagMessageFlags: flags | messageFlags.everRead };
}

export function changedItem(item: Item, changes: ItemChanges, cn: number, bags: BagMaker): Item {
  const { isRead = item.isRead, marks, ...rest } = changes;
  const readCn = isRead === item.isRead ? item.readCn : cn;
  const isContent = Object.values(rest).some((change) => change !== undefined);
  const marked = marksOf(item, isRead, marks);
  const bag = marked ? bags.make(item.itemClass, marked, item.bag) : item.bag;
  if (!isContent) return new StoredItem({ ...item, body: item.body, mime: item.mime, cn, readCn, isRead, bag });
  const itemClass = changes.itemClass ?? item.itemClass;
  const content = {
    itemClass,
    recipients: changes.recipients ?? item.recipients,
    attachments: changes.attachments ?? item.attachments,
    body: part(changes.body, item.body),
    mime: part(changes.mime, item.mime),
  };
  const whole = bags.make(itemClass, nextVersion(bag, changes.properties ?? {}), bag, measured(content, changes.properties));
  return new StoredItem({ ...content, id: item.id, folderId: item.folderId, cn, contentCn: cn, readCn, isRead, isAssociated: item.isAssociated, bag: whole });
}

/** The same item under another id in another place. */
export function transferredItem(item: Item, { id, folderId, changes }: Extract<Op, { op: 'transfer' }>, cn: number, bags: BagMaker): Item {
  const changed = changes ? changedItem(item, changes, cn, bags) : item;
  const bag = asAnother(changed.bag, changes?.properties);
  return new StoredItem({ ...changed, body: changed.body, mime: changed.mime, id, folderId, cn, contentCn: cn, readCn: 0, bag });
}
