import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import type { Recurrence, TimeZone } from '@fauxchange/calendar';
import type { Attachment, Recipient } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import type { NonEmptyArrayOfAttachmentsType } from '../schema/types.generated.ts';
import type { ItemKind } from './item-kind.ts';
import { getAny, type ItemView } from './item-view.ts';

/** Properties on their way to the model; undefined removes. */
export type MutableProperties = { [N in PropertyName]?: PropertyValue | undefined };

/** What a request says of an appointment's times, which mean something only together. */
export interface CalendarDraft {
  /** As sent: a time without an offset is one of the start's zone. */
  start?: string | undefined;
  end?: string | undefined;
  startZone?: TimeZone | undefined;
  endZone?: TimeZone | undefined;
  isAllDay?: boolean | undefined;
  recurrence?: Recurrence | 'none' | undefined;
  uid?: string | undefined;
}

/**
 * What a request makes or changes of an item, gathered field by field. `base`: what is there already (the item itself on update).
 */
export interface ItemTarget {
  readonly context: EwsContext;
  readonly kind: ItemKind;
  readonly isNew: boolean;
  /** What the item has now, for appending. */
  readonly view: ItemView | undefined;
  readonly properties: MutableProperties;
  itemClass?: string | undefined;
  isRead?: boolean | undefined;
  isAssociated?: boolean | undefined;
  recipients: Record<Recipient['type'], readonly Recipient[] | undefined>;
  body?: { readonly type: 'HTML' | 'Text'; readonly content: string } | 'none' | undefined;
  mime?: Uint8Array | undefined;
  calendar?: CalendarDraft | undefined;
  /** What is left of the attachments that were there. */
  attachments?: readonly Attachment[] | undefined;
  /** Attachments given with a new item; Exchange 2013 and later take them. */
  sentAttachments?: NonEmptyArrayOfAttachmentsType | undefined;
}

/** Where the base shapes show a field. `Get`: only GetItem does, FindItem never. */
export type ShapeRule = 'id' | 'default' | 'defaultGet' | 'all' | 'allGet' | 'asked' | 'askedGet';

/**
 * A field of EWS: one row on this side of the border, a property (or a computation) on the other. What may be set,
 * changed and removed follows the property definitions of Microsoft's EWS Managed API.
 */
export interface ItemField {
  /** UnindexedFieldURIType: `item:Subject`. */
  readonly uri: string;
  /** The element, in the order of the schema. */
  readonly element: string;
  /** The kinds that have it; undefined: every kind. */
  readonly kinds?: readonly ItemKind[] | undefined;
  readonly shape: ShapeRule;
  /** What stands for the field in restrictions, sorting and grouping; undefined: ErrorUnsupportedPathForQuery. */
  readonly property?: PropertyName | undefined;
  /** The value that goes into the answer; undefined leaves the element out. */
  read(view: ItemView): unknown;
  /** The value of the property that a constant of a restriction means, where it is written otherwise than the property's type. */
  constant?(text: string, context: EwsContext): PropertyValue | undefined;
  /** Absent: read-only, ErrorInvalidPropertySet. */
  readonly set?: ((value: never, target: ItemTarget) => void) | undefined;
  /** Set at creation only. */
  readonly onlyNew?: boolean | undefined;
  /** Not to be changed once the message has been sent. */
  readonly isSealed?: boolean | undefined;
  readonly append?: ((value: never, target: ItemTarget) => void | Promise<void>) | undefined;
  /** Absent: ErrorInvalidPropertyDelete. */
  readonly remove?: ((target: ItemTarget) => void) | undefined;
}

/** The value that a property of the item will have: the one that the request gives, else the one that is there. */
export function currentValue({ properties, view }: ItemTarget, name: PropertyName): PropertyValue | undefined {
  return name in properties ? properties[name] : view && getAny(view, name);
}
