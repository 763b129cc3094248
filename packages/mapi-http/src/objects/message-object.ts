import { binary, type Binary, property as propertyNamed, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { addressBookEntryId, attachmentId, bagOf, MailboxError, messageFlags, propertiesOf, type Attachment, type EffectiveRights, type EmbeddedItem, type FolderId, type Item, type ItemDraft, type Properties, type Recipient, type StoredBytes } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { Logon } from '../logon/logon.ts';
import { bodyValue, readBodies, storedHtml, type ReadBodies } from '../mapping/body-values.ts';
import { accessOf, itemFactNames, itemValue, objectType, storeFacts } from '../mapping/item-values.ts';
import { isComputedOfMessage, isReadOnlyOfMessage, messageNames } from '../mapping/message-values.ts';
import { isBodyName, OpenContent } from './open-content.ts';
import { PropertyObject, type Problem } from './property-object.ts';

export type Access = 'readOnly' | 'readWrite';

/** What saves an embedded message: the attachment that holds it. */
export interface EmbeddingAttachment {
  readonly logon: Logon;
  /** Its item from now on, in the attachment: not yet in the message. */
  embed(item: EmbeddedItem): void;
}

/** Where a message is saved. */
type Place =
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'new'; readonly folderId: FolderId; readonly isAssociated: boolean; readonly create: ((draft: ItemDraft) => Promise<Item>) | undefined }
  | { readonly kind: 'embedded'; readonly attachment: EmbeddingAttachment };

export interface MessageOptions {
  readonly access: Access;
  /** What the caller may do with it. */
  readonly rights?: EffectiveRights | undefined;
  /** Of 8-bit texts: CodePageId of the ROP that opened it. */
  readonly codePage?: number | undefined;
}

export interface SaveOptions {
  /** Changes that others have saved meanwhile are overwritten: ForceSave. */
  readonly isForced?: boolean | undefined;
  /** Times and author are those that the changes say, as in what is synchronized. */
  readonly isRestored?: boolean | undefined;
}

/** PidTagAccess of a message that its maker has not saved yet: [MS-OXCMSG] 3.2.5.2, Exchange 2013 and above. */
const newAccess = 0x7;
const noItem: EmbeddedItem = { itemClass: 'IPM.Note', recipients: [], attachments: [], bag: bagOf({}) };

/**
 * An open message: in a folder, not yet in one, or in an attachment. It is as it was when it was opened, with the changes of this
 * handle; they are everybody's when they are saved. [MS-OXCMSG] 3.2.1
 */
export class MessageObject extends PropertyObject {
  override readonly logon: Logon;
  readonly content: OpenContent;
  readonly access: Access;
  readonly codePage: number | undefined;
  #place: Place;
  #rights: EffectiveRights | undefined;
  #bodies: ReadBodies | undefined;
  #highestAttachment: number;
  #isSubmitted = false;
  /** PidTagHtml as it was written, until it is saved. */
  #rawHtml: Binary | undefined;

  constructor(logon: Logon, place: Place, base: EmbeddedItem | Item, { access, rights, codePage }: MessageOptions) {
    super();
    this.logon = logon;
    this.#place = place;
    this.content = new OpenContent(base);
    this.access = access;
    this.#rights = rights;
    this.codePage = codePage;
    this.#highestAttachment = Math.max(-1, ...base.attachments.map(({ id }) => id));
  }

  /** An item of a folder. */
  static ofItem(logon: Logon, item: Item, options: MessageOptions): MessageObject {
    return new MessageObject(logon, { kind: 'item', item }, item, options);
  }

  /** One that is in its folder once it is saved. `create`: what saves it for the first time, where that is not simply the folder. */
  static ofFolder(logon: Logon, folderId: FolderId, isAssociated: boolean, { now, localeId, codePage, create }: { readonly now: number; readonly localeId: number; readonly codePage?: number | undefined; readonly create?: ((draft: ItemDraft) => Promise<Item>) | undefined }): MessageObject {
    const bag = bagOf(initialProperties(logon, now, localeId));
    const base = { ...noItem, bag, id: 0, folderId, cn: 0, contentCn: 0, isRead: true, isAssociated } as unknown as Item;
    return new MessageObject(logon, { kind: 'new', folderId, isAssociated, create }, base, { access: 'readWrite', codePage });
  }

  /** The message in an attachment; undefined: one that is made there. */
  static ofAttachment(attachment: EmbeddingAttachment, item: EmbeddedItem | undefined, options: MessageOptions & { readonly now: number; readonly localeId: number }): MessageObject {
    const { logon } = attachment;
    const base = item ?? { ...noItem, bag: bagOf(initialProperties(logon, options.now, options.localeId)) };
    return new MessageObject(logon, { kind: 'embedded', attachment }, base, options);
  }

  /** The item as it was when it was opened or saved; undefined where it is in no folder. */
  get item(): Item | undefined {
    return this.#place.kind === 'item' ? this.#place.item : undefined;
  }

  get folderId(): FolderId | undefined {
    return this.#place.kind === 'item' ? this.#place.item.folderId : this.#place.kind === 'new' ? this.#place.folderId : undefined;
  }

  get isEmbedded(): boolean {
    return this.#place.kind === 'embedded';
  }

  /** It has been handed to transport: nothing can be changed any more, [MS-OXOMSG] 3.2.5.1. */
  get isSubmitted(): boolean {
    return this.#isSubmitted;
  }

  /** @throws RopError ecAccessDenied */
  checkWritable(): void {
    if (this.access === 'readOnly') throw new RopError(errorCode.AccessDenied, 'The message was opened for reading only.');
    if (this.#isSubmitted) throw new RopError(errorCode.AccessDenied, 'The message has been submitted.');
  }

  override async refreshed(): Promise<void> {
    const { body } = this.content;
    if (this.#bodies?.of !== body) this.#bodies = await readBodies(body);
  }

  override value(property: Property): PropertyValue | undefined {
    const { name } = property;
    if (isBodyName(name)) return name === 'PidTagHtml' && this.#rawHtml !== undefined ? this.#rawHtml : bodyValue(name, this.#bodies?.forms, this.#codePageOfHtml);
    const fact = this.#fact(name);
    if (fact !== undefined) return fact;
    if (this.item && itemFactNames.includes(name)) return itemValue(this.item, this.logon, property);
    return storeFacts[name]?.(this.logon) ?? this.content.value(name);
  }

  /** What depends on how the message was opened. */
  #fact(name: PropertyName): PropertyValue | undefined {
    if (name === 'PidTagAccessLevel') return this.access === 'readWrite' ? 1 : 0;
    if (name === 'PidTagAccess') return this.#rights ? accessOf(this.#rights) : newAccess;
    if (name === 'PidTagObjectType') return objectType.message;
    if (name === 'PidTagHasNamedProperties') return this.hasNamedProperties;
    if (name === 'PidTagMessageFlags' && this.#place.kind === 'new') return this.#newFlags();
    return undefined;
  }

  #newFlags(): number {
    const flags = Number(this.content.value('PidTagMessageFlags'));
    return this.#isSubmitted ? flags | messageFlags.submitted : flags;
  }

  get hasNamedProperties(): boolean {
    for (const [name] of this.content.view().bag.entries()) if (name.startsWith('{') || propertyNamed(name)?.set !== undefined) return true;
    return false;
  }

  override *properties(): IterableIterator<PropertyName> {
    const names = new Set<PropertyName>(messageNames);
    for (const [name] of this.content.view().bag.entries()) names.add(name);
    if (this.item) for (const name of itemFactNames) names.add(name);
    for (const name of names) if (this.value(propertyNamed(name) as Property) !== undefined) yield name;
  }

  override async change(changes: ReadonlyMap<Property, PropertyValue | undefined>): Promise<readonly Problem[]> {
    this.checkWritable();
    const problems: Problem[] = [];
    for (const [property, value] of changes) {
      const { name } = property;
      if (isComputedOfMessage(name)) problems.push({ property, code: errorCode.ComputedValue });
      else if (isBodyName(name)) await this.#setBody(name, value);
      else this.content.set(name, value);
    }
    this.#settleSubject(changes);
    return problems;
  }

  async #setBody(name: 'PidTagBody' | 'PidTagHtml' | 'PidTagRtfCompressed', value: PropertyValue | undefined): Promise<void> {
    if (name === 'PidTagHtml') this.#rawHtml = value as Binary | undefined;
    const bytes = value === undefined ? undefined : name === 'PidTagBody' ? Buffer.from(String(value)) : binary.toBytes(value as Binary);
    this.content.setBody(name, bytes && await this.logon.session.keep(bytes));
  }

  get #codePageOfHtml(): number | undefined {
    const codePage = this.content.value('PidTagInternetCodepage');
    return typeof codePage === 'number' ? codePage : undefined;
  }

  /** The model has HTML in UTF-8; clients write it in PidTagInternetCodepage, which they may set later. */
  async #settleCharset(): Promise<void> {
    const raw = this.#rawHtml;
    if (raw === undefined) return;
    const { html, codePage } = storedHtml(binary.toBytes(raw), this.#codePageOfHtml);
    this.content.setBody('PidTagHtml', await this.logon.session.keep(html));
    if (codePage !== this.#codePageOfHtml) this.content.set('PidTagInternetCodepage', codePage);
    this.#rawHtml = undefined;
  }

  /** A subject is a prefix and the rest: whichever is set, the others follow. [MS-OXCMSG] 2.2.1.9, 2.2.1.10, 2.2.1.46 */
  #settleSubject(changes: ReadonlyMap<Property, PropertyValue | undefined>): void {
    const given = new Map([...changes].map(([{ name }, value]) => [name, value]));
    const [prefix, normalized] = [given.get('PidTagSubjectPrefix'), given.get('PidTagNormalizedSubject')];
    if (given.has('PidTagSubject') && prefix === undefined && normalized === undefined) {
      this.content.set('PidTagSubjectPrefix', undefined);
      this.content.set('PidTagNormalizedSubject', undefined);
      return;
    }
    if (!given.has('PidTagSubjectPrefix') && !given.has('PidTagNormalizedSubject')) return;
    // What is not given is what the subject had before these changes.
    const [before, rest] = [this.content.value('PidTagSubjectPrefix'), this.#normalizedBefore(given)];
    const start = given.has('PidTagSubjectPrefix') ? String(prefix ?? '') : String(before ?? '');
    this.content.set('PidTagSubject', `${start}${rest}`);
    this.content.set('PidTagSubjectPrefix', start);
    this.content.set('PidTagNormalizedSubject', undefined);
  }

  #normalizedBefore(given: ReadonlyMap<PropertyName, PropertyValue | undefined>): string {
    if (given.has('PidTagNormalizedSubject')) return String(given.get('PidTagNormalizedSubject') ?? '');
    const { content } = this;
    const whole = String(content.value('PidTagSubject') ?? '');
    const base = content.base.bag.get('PidTagSubjectPrefix');
    const old = given.has('PidTagSubject') ? String(given.get('PidTagSubjectPrefix') ?? '') : String(base ?? '');
    return old !== '' && whole.startsWith(old) ? whole.slice(old.length) : whole;
  }

  /** The number of the next attachment: never one that this message has had while it was open. */
  nextAttachmentId(): Attachment['id'] {
    this.#highestAttachment++;
    return attachmentId(this.#highestAttachment);
  }

  attachment(number: number): Attachment | undefined {
    return this.content.attachments.find(({ id }) => id === number);
  }

  /** Puts the attachment in its place, or behind the others. */
  putAttachment(attachment: Attachment): void {
    const { attachments } = this.content;
    const isKnown = attachments.some(({ id }) => id === attachment.id);
    this.content.attachments = isKnown ? attachments.map((one) => (one.id === attachment.id ? attachment : one)) : [...attachments, attachment];
  }

  removeAttachment(number: number): void {
    this.content.attachments = this.content.attachments.filter(({ id }) => id !== number);
  }

  /** Recipients by the ids of their rows. */
  get recipients(): ReadonlyMap<number, Recipient> {
    return this.content.recipients;
  }

  set recipients(rows: ReadonlyMap<number, Recipient>) {
    this.content.recipients = rows;
  }

  keep(bytes: Uint8Array): Promise<StoredBytes> {
    return this.logon.session.keep(bytes);
  }

  /** The draft that it is: of one that has never been saved, to send it or to save it elsewhere. */
  draft(): ItemDraft {
    const view = this.content.view();
    const isAssociated = this.#place.kind === 'new' && this.#place.isAssociated;
    const flags = Number(view.bag.get('PidTagMessageFlags') ?? 0);
    return { itemClass: view.itemClass, recipients: this.content.storedRecipients(), attachments: view.attachments, body: view.body, properties: propertiesOf(view.bag), isRead: 'isRead' in view ? view.isRead : (flags & messageFlags.read) !== 0, isAssociated };
  }

  /**
   * RopSaveChangesMessage, [MS-OXCMSG] 3.2.5.3. The handle goes on with what was saved.
   *
   * @returns the item; undefined for an embedded message
   * @throws RopError ecObjectModified where somebody else has saved meanwhile, GeneralFailure for changes of what no client may change
   */
  async save({ isForced = false, isRestored = false }: SaveOptions = {}): Promise<Item | undefined> {
    this.checkWritable();
    const place = this.#place;
    await this.#settleCharset();
    if (place.kind === 'embedded') {
      const { isRead: _isRead, isAssociated: _isAssociated, properties, ...content } = this.draft();
      const item: EmbeddedItem = { ...content, bag: bagOf(properties) };
      place.attachment.embed(item);
      this.content.rebase(item);
      return undefined;
    }
    const create = place.kind === 'new' ? (place.create ?? ((draft: ItemDraft) => this.logon.session.createItem(place.folderId, draft, { isRestored }))) : undefined;
    const item = place.kind === 'new' && create ? await create(this.draft()) : await this.#update((place as Extract<Place, { kind: 'item' }>).item, isForced, isRestored);
    await this.settle(item);
    return item;
  }

  async #update(opened: Item, isForced: boolean, isRestored: boolean): Promise<Item> {
    const { session } = this.logon;
    // Exchange 2010 and above take a save of nothing as done, whatever others have saved: [MS-OXCMSG] 3.2.5.3, note 25.
    if (!this.content.isDirty) return await this.#current(opened).catch(() => opened);
    if (!isRestored) this.#checkReadOnly(opened);
    for (;;) {
      const now = await this.#current(opened);
      // The read flag, and what is like it, is no content: it may have changed.
      if (!isForced && now.contentCn !== opened.contentCn) throw new RopError(errorCode.ObjectChanged, 'The message has been saved by somebody else since it was opened.');
      try {
        return await session.updateItem(opened.id, this.content.changes(), { expected: now.cn, isRestored });
      } catch (thrown) {
        if (!(thrown instanceof MailboxError) || thrown.code !== 'ItemChanged') throw thrown;
      }
    }
  }

  async #current({ id }: Item): Promise<Item> {
    const [item] = await this.logon.session.items([id]);
    if (item instanceof MailboxError) throw item.code === 'ItemNotFound' ? new RopError(errorCode.ObjectDeleted, 'The message has been deleted.') : item;
    if (!item) throw new RopError(errorCode.ObjectDeleted, 'The message has been deleted.');
    return item;
  }

  /** Exchange 2010 and above refuse to save what no client may change: [MS-OXCMSG] 3.2.5.3, note 26. */
  #checkReadOnly(opened: Item): void {
    for (const [name, value] of this.content.changed) {
      if (!isReadOnlyOfMessage(name)) continue;
      const isSame = name === 'PidTagMessageFlags' && value === itemValue(opened, this.logon, { name });
      if (!isSame) throw new RopError(errorCode.GeneralFailure, `${name} cannot be changed once the message is saved.`);
    }
  }

  /** Goes on with an item: after it was saved, or to see what others have saved. */
  async settle(item: Item): Promise<void> {
    this.#place = { kind: 'item', item };
    this.content.rebase(item);
    this.#rights = await this.logon.session.itemRights(item);
    this.#highestAttachment = Math.max(this.#highestAttachment, ...item.attachments.map(({ id }) => id));
  }

  /** RopSetMessageReadFlag of one that is in no folder yet. */
  markRead(isRead: boolean): void {
    const flags = Number(this.content.value('PidTagMessageFlags') ?? 0);
    this.content.set('PidTagMessageFlags', isRead ? flags | messageFlags.read | messageFlags.everRead : flags & ~messageFlags.read);
  }

  /** The stored item has another read flag: that is no change of this handle's content. */
  readFlagChanged(item: Item): void {
    if (this.#place.kind !== 'item') return;
    this.#place = { kind: 'item', item: item.contentCn === this.#place.item.contentCn ? item : { ...this.#place.item, isRead: item.isRead } };
    this.content.refresh(this.#place.item);
  }

  /** It is on its way. */
  submitted(): void {
    this.#isSubmitted = true;
  }

  /** What was changed and not saved is forgotten. */
  forget(): void {
    this.#rawHtml = undefined;
    this.content.rebase(this.content.base);
  }
}

/** What a message has before its client says anything: [MS-OXCMSG] 3.2.5.2. */
function initialProperties({ session }: Logon, now: number, localeId: number): Properties {
  const { entry } = session.accessor;
  const [name, entryId] = [entry?.displayName, entry && addressBookEntryId(entry.legacyExchangeDN)];
  return {
    PidTagImportance: 1, PidTagSensitivity: 0, PidTagMessageFlags: messageFlags.read | messageFlags.unsent | messageFlags.everRead, PidTagTrustSender: 1,
    PidTagCreationTime: now, PidTagLastModificationTime: now, PidTagMessageLocaleId: localeId, PidTagLocaleId: localeId,
    PidTagCreatorName: name, PidTagCreatorEntryId: entryId, PidTagLastModifierName: name, PidTagLastModifierEntryId: entryId,
  };
}
