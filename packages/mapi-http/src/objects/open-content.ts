import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import { messageFlags, valueOf, type Attachment, type EmbeddedItem, type Item, type ItemBody, type ItemChanges, type Properties, type PropertyBag, type Recipient, type StoredBytes } from '@fauxchange/mailbox';

/** Bodies are no properties in the model; each is written and read by a name. */
export const bodyNames: Readonly<Record<'PidTagBody' | 'PidTagHtml' | 'PidTagRtfCompressed', 'text' | 'html' | 'rtf'>> = { PidTagBody: 'text', PidTagHtml: 'html', PidTagRtfCompressed: 'rtf' };
export const isBodyName = (name: PropertyName): name is keyof typeof bodyNames => name in bodyNames;

/** What the store derives from the rest, and keeps: untrue as soon as the rest changes. */
const derived: ReadonlySet<PropertyName> = new Set<PropertyName>(['PidTagMessageSize', 'PidTagMessageSizeExtended']);
const displayLists: ReadonlySet<PropertyName> = new Set<PropertyName>(['PidTagDisplayTo', 'PidTagDisplayCc', 'PidTagDisplayBcc']);

const isItem = (base: EmbeddedItem | Item): base is Item => 'id' in base;

/** The content of a message as it was when it was opened, and what has changed since: nobody else sees that before it is saved. */
export class OpenContent {
  readonly #set = new Map<PropertyName, PropertyValue | undefined>();
  #base: EmbeddedItem | Item;
  #recipients: ReadonlyMap<number, Recipient>;
  #attachments: readonly Attachment[] | undefined;
  #bodies: { readonly [N in 'text' | 'html' | 'rtf']?: StoredBytes | undefined } | undefined;
  /** What those come to. */
  #body: ItemBody | undefined;
  #hasNewRecipients = false;
  /** Made once between two changes. */
  #view: EmbeddedItem | Item | undefined;

  constructor(base: EmbeddedItem | Item) {
    this.#base = base;
    this.#recipients = rowsOf(base.recipients);
  }

  get base(): EmbeddedItem | Item {
    return this.#base;
  }

  get isDirty(): boolean {
    return this.#set.size > 0 || this.#hasNewRecipients || this.#attachments !== undefined || this.#bodies !== undefined;
  }

  /** Names of the properties that have been set or deleted since. */
  get changed(): ReadonlyMap<PropertyName, PropertyValue | undefined> {
    return this.#set;
  }

  /** Rows by their ids (PidTagRowid), in their order. */
  get recipients(): ReadonlyMap<number, Recipient> {
    return this.#recipients;
  }

  set recipients(rows: ReadonlyMap<number, Recipient>) {
    this.#view = undefined;
    this.#recipients = new Map([...rows].sort(([a], [b]) => a - b));
    this.#hasNewRecipients = true;
  }

  get attachments(): readonly Attachment[] {
    return this.#attachments ?? this.#base.attachments;
  }

  set attachments(attachments: readonly Attachment[]) {
    this.#view = undefined;
    this.#attachments = attachments;
  }

  /** Sets or (undefined) deletes any property but a body. */
  set(name: PropertyName, value: PropertyValue | undefined): void {
    this.#view = undefined;
    this.#set.set(name, value);
  }

  /** One body makes those untrue that were there when the message was opened. */
  setBody(name: keyof typeof bodyNames, bytes: StoredBytes | undefined): void {
    const form = bodyNames[name];
    this.#view = undefined;
    // A body that goes takes what was made of it along.
    const left = this.#bodies ?? (bytes || this.#base.body?.native === form ? {} : this.#base.body);
    this.#bodies = { text: left?.text, html: left?.html, rtf: left?.rtf, [form]: bytes };
    const { text, html, rtf } = this.#bodies;
    this.#body = text || html || rtf ? { native: html ? 'html' : rtf ? 'rtf' : 'text', text, html, rtf } : undefined;
  }

  get body(): ItemBody | undefined {
    return this.#bodies ? this.#body : this.#base.body;
  }

  get itemClass(): string {
    return this.#set.has('PidTagMessageClass') ? String(this.#set.get('PidTagMessageClass') ?? '') : this.#base.itemClass;
  }

  /** As it would be if it were saved now. */
  view(): EmbeddedItem | Item {
    return (this.#view ??= this.#viewOfNow());
  }

  #viewOfNow(): EmbeddedItem | Item {
    const flags = this.#set.get('PidTagMessageFlags');
    const isRead = isItem(this.#base) ? { isRead: this.#base.id === 0 && typeof flags === 'number' ? (flags & messageFlags.read) !== 0 : this.#base.isRead } : {};
    return { ...this.#base, ...isRead, itemClass: this.itemClass, recipients: [...this.#recipients.values()], attachments: this.attachments, body: this.body, mime: undefined, bag: this.#bag() };
  }

  value(name: PropertyName): PropertyValue | undefined {
    return valueOf(this.view(), name);
  }

  #bag(): PropertyBag {
    const [set, base, isDirty, hasNewRecipients] = [this.#set, this.#base.bag, this.isDirty, this.#hasNewRecipients];
    const isUntrue = (name: PropertyName): boolean => (isDirty && derived.has(name)) || (hasNewRecipients && displayLists.has(name));
    const get = (name: PropertyName): PropertyValue | undefined => (set.has(name) ? set.get(name) : isUntrue(name) ? undefined : base.get(name));
    return {
      get,
      has: (name) => get(name) !== undefined,
      *entries() {
        for (const [name, value] of base.entries()) if (!set.has(name) && !isUntrue(name)) yield [name, value];
        for (const [name, value] of set) if (value !== undefined) yield [name, value];
      },
    };
  }

  /** What there is to save. */
  changes(): ItemChanges {
    const { PidTagMessageClass: _class, ...properties } = Object.fromEntries(this.#set) as Properties;
    return {
      itemClass: this.#set.has('PidTagMessageClass') ? this.itemClass : undefined,
      properties: Object.keys(properties).length > 0 ? properties : undefined,
      recipients: this.#hasNewRecipients ? withRowIds(this.#recipients) : undefined,
      attachments: this.#attachments,
      body: this.#bodies ? (this.body ?? 'none') : undefined,
    };
  }

  /** Recipients as they are stored: those whose id is not their place keep it. */
  storedRecipients(): readonly Recipient[] {
    return withRowIds(this.#recipients);
  }

  /** Takes over what is no content of the item: its read flag. */
  refresh(base: EmbeddedItem | Item): void {
    this.#view = undefined;
    this.#base = base;
  }

  /** It has been saved, or is read again: what has changed is forgotten. */
  rebase(base: EmbeddedItem | Item): void {
    this.#view = undefined;
    this.#base = base;
    this.#recipients = rowsOf(base.recipients);
    this.#set.clear();
    this.#attachments = undefined;
    this.#bodies = undefined;
    this.#hasNewRecipients = false;
  }
}

function rowsOf(recipients: readonly Recipient[]): ReadonlyMap<number, Recipient> {
  const rows = new Map<number, Recipient>();
  let next = 0;
  for (const recipient of recipients) {
    const told = recipient.properties?.PidTagRowid;
    const id = typeof told === 'number' && told >= next ? told : next;
    rows.set(id, recipient);
    next = id + 1;
  }
  return rows;
}

function withRowIds(rows: ReadonlyMap<number, Recipient>): readonly Recipient[] {
  let next = 0;
  return [...rows].map(([id, recipient]) => {
    const { PidTagRowid: _told, ...others } = recipient.properties ?? {};
    const properties = id === next ? others : { ...others, PidTagRowid: id };
    next = id + 1;
    return { ...recipient, properties: Object.keys(properties).length > 0 ? properties : undefined };
  });
}
