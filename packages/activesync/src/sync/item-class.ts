import type { Item, ItemId, MailboxSession } from '@fauxchange/mailbox';
import type { CommandContext } from '../context.ts';
import type { ApplicationData } from '../schema/application-data.ts';
import type { Collection } from './collection.ts';
import type { CollectionOptions } from './collection-options.ts';

/** How one item is to be shown. */
export interface ItemView {
  readonly item: Item;
  readonly session: MailboxSession;
  readonly collectionId: string;
  readonly options: CollectionOptions;
  readonly context: CommandContext;
}

/** Where what a client sends goes. */
export interface ItemPlace {
  readonly session: MailboxSession;
  readonly collection: Collection;
  readonly context: CommandContext;
}

/** Whether an item belongs into a filtered collection, [MS-ASCMD] 2.2.3.68.2. */
export interface ItemFilter {
  accepts(item: Item): boolean;
}

/** What a client's Add or Change left behind: the item, and elements that the server tells back since it set them itself. */
export interface Written {
  readonly item: Item;
  /** Elements of Responses, since 16.0. */
  readonly told?: ApplicationData | undefined;
}

/** One class of ActiveSync over the model: the only place that knows both vocabularies. */
export interface ItemClass {
  /** Whether an item of a folder of this class is shown at all. */
  shows(item: Item): boolean;
  /** The class of an item that is not of the collection's own: text messages among mail. */
  otherClass?(item: Item): string | undefined;
  /** The ApplicationData of an item as the server tells it. */
  encode(view: ItemView): Promise<ApplicationData>;
  /**
   * What of an item changed since the client was told of it, where that can be told alone: an empty object for nothing,
   * undefined for the whole item.
   */
  encodeChange?(before: Item, view: ItemView): ApplicationData | undefined;
  /** The ApplicationData of a change of nothing but the read flag; undefined where the class has none. */
  encodeReadFlag?(item: Item): ApplicationData;
  /** @throws EasStatusError 6 for data that cannot be an item */
  create(data: ApplicationData, place: ItemPlace, isSent: boolean, className: string | undefined): Promise<Written>;
  /** `instanceId`: the occurrence meant, since 16.0. */
  update(item: Item, data: ApplicationData, place: ItemPlace, change: { readonly instanceId: string | undefined; readonly isSent: boolean }): Promise<Written>;
  /** Deletes one occurrence, since 16.0. */
  removeInstance?(item: Item, instanceId: string, place: ItemPlace): Promise<void>;
  /** What is to be done before an item goes that the client deletes: since 16.0 the server calls a meeting off. */
  beforeRemoval?(item: Item, place: ItemPlace): Promise<void>;
  /** Whether a change of the client and one of the server can be in each other's way. */
  readonly hasConflicts: boolean;
  /** @param from the beginning of the filter's time, ms since 1970 UTC; undefined: everything */
  filter(options: CollectionOptions, from: number | undefined): ItemFilter;
}

/** The ServerId of an item: the collection's, and the item's own number. */
export const serverIdOf = (collectionId: string, id: ItemId): string => `${collectionId}:${id}`;
