import { binary, property as propertyNamed, type Binary, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { propertiesOf, sizeOfItem, type Attachment, type EmbeddedItem, type FileAttachment, type ItemAttachment, type StoredBytes } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { Logon } from '../logon/logon.ts';
import { attachmentNames, attachmentValue, attachMethod, isComputedOfAttachment, withAttachmentValue } from '../mapping/attachment-values.ts';
import { storeFacts } from '../mapping/item-values.ts';
import type { Access, MessageObject } from './message-object.ts';
import { PropertyObject, type Problem } from './property-object.ts';

const contents: ReadonlySet<PropertyName> = new Set<PropertyName>(['PidTagAttachDataBinary', 'PidTagAttachDataObject']);

/** An open attachment: its changes are the message's when it is saved, and everybody's when the message is. [MS-OXCMSG] 3.2.5.14 */
export class AttachmentObject extends PropertyObject {
  override readonly logon: Logon;
  readonly message: MessageObject;
  readonly access: Access;
  #attachment: Attachment;
  #isDirty: boolean;
  /** Until it is saved for the first time. */
  #isNew: boolean;

  constructor(message: MessageObject, attachment: Attachment, access: Access, isNew: boolean) {
    super();
    this.logon = message.logon;
    this.message = message;
    this.#attachment = attachment;
    this.access = access;
    this.#isNew = isNew;
    this.#isDirty = isNew;
  }

  static of(message: MessageObject, attachment: Attachment, access: Access): AttachmentObject {
    return new AttachmentObject(message, attachment, access, false);
  }

  /** One that is in the message once it is saved: [MS-OXCMSG] 3.2.5.13. */
  static async create(message: MessageObject, now: number): Promise<AttachmentObject> {
    const attachment: FileAttachment = {
      kind: 'file', id: message.nextAttachmentId(), name: '', contentType: '', isInline: false, lastModified: now, size: 0, content: await message.keep(new Uint8Array(0)),
      properties: { PidTagAttachMethod: attachMethod.none, PidTagCreationTime: now, PidTagRenderingPosition: -1 },
    };
    return new AttachmentObject(message, attachment, 'readWrite', true);
  }

  override get isImmediate(): boolean {
    return false;
  }

  get attachment(): Attachment {
    return this.#attachment;
  }

  get number(): number {
    return this.#attachment.id;
  }

  get embedded(): EmbeddedItem | undefined {
    return this.#attachment.kind === 'item' ? this.#attachment.item : undefined;
  }

  get isDirty(): boolean {
    return this.#isDirty;
  }

  /** @throws RopError ecAccessDenied */
  checkWritable(): void {
    if (this.access === 'readOnly' || this.message.access === 'readOnly') throw new RopError(errorCode.AccessDenied, 'The attachment was opened for reading only.');
  }

  override value(property: Property): PropertyValue | undefined {
    // Exchange 2013 and above tell no access of one that is not saved: [MS-OXCMSG] 3.2.5.13, note 31.
    if (property.name === 'PidTagAccessLevel') return this.access === 'readWrite' && !this.#isNew ? 1 : 0;
    return storeFacts[property.name]?.(this.logon) ?? attachmentValue(this.#attachment, property);
  }

  override *properties(): IterableIterator<PropertyName> {
    yield* attachmentNames(this.#attachment);
    for (const name of ['PidTagAccessLevel', ...Object.keys(storeFacts)] as PropertyName[]) if (this.value(propertyNamed(name) as Property) !== undefined) yield name;
  }

  override async change(changes: ReadonlyMap<Property, PropertyValue | undefined>): Promise<readonly Problem[]> {
    this.checkWritable();
    const problems: Problem[] = [];
    for (const [property, value] of changes) {
      const { name } = property;
      if (isComputedOfAttachment(name)) problems.push({ property, code: errorCode.ComputedValue });
      else if (contents.has(name)) await this.setContent(value === undefined ? new Uint8Array(0) : binary.toBytes(value as Binary));
      else this.#set(withAttachmentValue(this.#attachment, name, value));
    }
    return problems;
  }

  #set(attachment: Attachment): void {
    this.#attachment = attachment;
    this.#isDirty = true;
  }

  /** The bytes of a file; an embedded message that was there is gone. */
  async setContent(bytes: Uint8Array): Promise<void> {
    this.checkWritable();
    const content: StoredBytes = await this.message.keep(bytes);
    const { item: _item, ...facts } = this.#attachment as ItemAttachment;
    this.#set({ ...facts, kind: 'file', content, size: bytes.length } as FileAttachment);
  }

  /** RopSaveChangesMessage of the message in it. */
  embed(item: EmbeddedItem): void {
    const { content: _content, ...facts } = this.#attachment as FileAttachment;
    const { PidTagAttachMethod: _method, ...properties } = facts.properties ?? {};
    const name = facts.name === '' ? String(propertiesOf(item.bag).PidTagSubject ?? '') : facts.name;
    this.#set({ ...facts, kind: 'item', item, name, size: sizeOfItem(item, item.bag), properties });
  }

  override async refreshed(): Promise<void> {
    await this.settleStreams();
  }

  /** RopSaveChangesAttachment. */
  async save(now: number): Promise<void> {
    this.checkWritable();
    await this.settleStreams();
    if (this.#isDirty) this.#attachment = { ...this.#attachment, lastModified: now };
    this.message.putAttachment(this.#attachment);
    this.#isDirty = false;
    this.#isNew = false;
  }
}
