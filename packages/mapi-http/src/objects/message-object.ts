import { binary, type Binary, property as propertyNamed, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { attachmentId, bagOf, messageFlags, propertiesOf, type Attachment, type EffectiveRights, type EmbeddedItem, type FolderId, type Item, type ItemDraft, type Properties, type Recipient, type StoredBytes } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { Logon } from '../logon/logon.ts';
import { bodyValue, readBodies, storedHtml, type ReadBodies } from '../mapping/body-values.ts';
import { accessOf, itemFactNames, itemValue, objectType, storeFacts } from '../mapping/item-values.ts';
import { isComputedOfMessage, messageNames } from '../mapping/message-values.ts';
import { newContent, type EmbeddingAttachment, type MessageOptions, type NewMessageOptions, type Place, type SaveOptions } from './message-place.ts';
import { bodyNames, isBodyName, OpenContent } from './open-content.ts';
import { PropertyObject, type Problem } from './property-object.ts';
import { saveItem } from './save-item.ts';
import { settleSubject } from './subject-change.ts';

export type { Access, EmbeddingAttachment, MessageOptions, SaveOptions } from './message-place.ts';

/** PidTagAccess of a message that its maker has not saved yet: [MS-OXCMSG] 3.2.5.2, Exchange 2013 and above. */
const newAccess = 0x7;

/**
 * An open message: in a folder, not yet in one, or in an attachment. It is as it was when it was opened, with the changes of this
 * handle; they are everybody's when they are saved. [MS-OXCMSG] 3.2.1
 */
export class MessageObject extends PropertyObject {
  override readonly logon: Logon;
  readonly content: OpenContent;
  readonly access: MessageOptions['access'];
  readonly codePage: number | undefined;
  readonly #localeId: number | undefined;
  #place: Place;
  #rights: EffectiveRights | undefined;
  #bodies: ReadBodies | undefined;
  #highestAttachment: number;
  #isSubmitted = false;
  /** PidTagHtml as it was written, until it is saved. */
  #rawHtml: Binary | undefined;

  constructor(logon: Logon, place: Place, base: EmbeddedItem | Item, { access, rights, codePage, localeId }: MessageOptions) {
    super();
    this.logon = logon;
    this.#place = place;
    this.content = new OpenContent(base);
    this.access = access;
    this.#rights = rights;
    this.codePage = codePage;
    this.#localeId = localeId;
    this.#highestAttachment = Math.max(-1, ...base.attachments.map(({ id }) => id));
  }

  /** An item of a folder. */
  static ofItem(logon: Logon, item: Item, options: MessageOptions): MessageObject {
    return new MessageObject(logon, { kind: 'item', item }, item, options);
  }

  /** One that is in its folder once it is saved. `create`: what saves it for the first time, where that is not simply the folder. */
  static ofFolder(logon: Logon, folderId: FolderId, isAssociated: boolean, { now, localeId, searchKey, codePage, create }: NewMessageOptions): MessageObject {
    const base = { ...newContent(now, searchKey), id: 0, folderId, cn: 0, contentCn: 0, isRead: true, isAssociated } as unknown as Item;
    return new MessageObject(logon, { kind: 'new', folderId, isAssociated, create }, base, { access: 'readWrite', codePage, localeId });
  }

  /** The message in an attachment; undefined: one that is made there. */
  static ofAttachment(attachment: EmbeddingAttachment, item: EmbeddedItem | undefined, options: MessageOptions & { readonly now: number }): MessageObject {
    const { logon } = attachment;
    const base = item ?? newContent(options.now);
    return new MessageObject(logon, { kind: 'embedded', attachment }, base, options);
  }

  override get isImmediate(): boolean {
    return false;
  }

  /** The item as it was when it was opened or saved; undefined where it is in no folder. */
  get item(): Item | undefined {
    return this.#place.kind === 'item' ? this.#place.item : undefined;
  }

  get folderId(): FolderId | undefined {
    return this.#place.kind === 'item' ? this.#place.item.folderId : this.#place.kind === 'new' ? this.#place.folderId : undefined;
  }

  get isAssociated(): boolean {
    return this.#place.kind === 'item' ? this.#place.item.isAssociated : this.#place.kind === 'new' && this.#place.isAssociated;
  }

  get isEmbedded(): boolean {
    return this.#place.kind === 'embedded';
  }

  /** The message whose attachment holds this one. */
  get container(): MessageObject | undefined {
    return this.#place.kind === 'embedded' ? this.#place.attachment.message : undefined;
  }

  /** Bodies that the server makes of the one that was given. */
  get madeBodies(): ReadonlySet<PropertyName> {
    const { body } = this.content;
    return new Set((Object.keys(bodyNames) as (keyof typeof bodyNames)[]).filter((name) => !body?.[bodyNames[name]]));
  }

  /** Whether no client may set the property. */
  isComputed(name: PropertyName): boolean {
    return isComputedOfMessage(name);
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
    await this.settleStreams();
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
    if (name === 'PidTagMessageFlags' && this.#isSubmitted) return (Number(this.content.value(name)) & ~messageFlags.unsent) | messageFlags.submitted;
    return undefined;
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
    settleSubject(this.content, changes);
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

  get #language(): Properties {
    return this.#localeId === undefined ? {} : { PidTagMessageLocaleId: this.#localeId, PidTagLocaleId: this.#localeId };
  }

  /** The draft with everything that streams have written. */
  async settledDraft(): Promise<ItemDraft> {
    await this.settleStreams();
    await this.#settleCharset();
    return this.draft();
  }

  /** The draft that it is: of one that has never been saved, to send it or to save it elsewhere. */
  draft(): ItemDraft {
    const view = this.content.view();
    const { isAssociated } = this;
    const flags = Number(view.bag.get('PidTagMessageFlags') ?? 0);
    return { itemClass: view.itemClass, recipients: this.content.storedRecipients(), attachments: view.attachments, body: view.body, properties: { ...this.#language, ...propertiesOf(view.bag) }, isRead: 'isRead' in view ? view.isRead : (flags & messageFlags.read) !== 0, isAssociated };
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
    await this.settleStreams();
    await this.#settleCharset();
    if (place.kind === 'embedded') {
      const { isRead: _isRead, isAssociated: _isAssociated, properties, ...content } = this.draft();
      const item: EmbeddedItem = { ...content, bag: bagOf(properties) };
      place.attachment.embed(item);
      this.content.rebase(item);
      return undefined;
    }
    const item = place.kind === 'new' ? await (place.create ?? this.#create)(this.draft(), { isRestored }) : await saveItem(this.logon, this.content, place.item, { isForced, isRestored });
    await this.settle(item);
    return item;
  }

  readonly #create = async (draft: ItemDraft, options: SaveOptions): Promise<Item> => this.logon.session.createItem(this.folderId as FolderId, draft, options);

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

  /** It is on its way; `sent` is what is kept of it. */
  submitted(sent: Item | undefined): void {
    this.#isSubmitted = true;
    if (!sent) return;
    this.#place = { kind: 'item', item: sent };
    this.content.rebase(sent);
  }

  /** What was changed and not saved is forgotten. */
  forget(): void {
    this.#rawHtml = undefined;
    this.content.rebase(this.content.base);
  }
}
