import type { Property, PropertyName, PropertyValue } from '@fauxchange/properties';
import type { Properties, Recipient } from '@fauxchange/mailbox';
import type { MarkerName } from '@fauxchange/mapi-wire';
import type { Logon } from '../logon/logon.ts';
import { isReadOnlyOfMessage } from '../mapping/message-values.ts';
import { subobjectTag } from '../mapping/stream-message.ts';
import { recipientOf } from '../mapping/stream-recipients.ts';
import { AttachmentObject } from './attachment-object.ts';
import { MessageObject } from './message-object.ts';
import { misplaced, UploadTarget } from './upload-target.ts';

export interface UploadContext {
  readonly logon: Logon;
  readonly codePage: number;
  readonly localeId: number;
  readonly now: () => number;
}

/** Says of the source which one it was: the copy is another one. */
const ofSource: ReadonlySet<PropertyName> = new Set<PropertyName>(['PidTagChangeKey', 'PidTagPredecessorChangeList', 'PidTagSourceKey', 'PidTagParentSourceKey', 'PidTagMid', 'PidTagFolderId', 'PidTagEntryId']);
const subjectNames: ReadonlySet<PropertyName> = new Set<PropertyName>(['PidTagSubject', 'PidTagSubjectPrefix', 'PidTagNormalizedSubject']);
const settable = (taken: ReadonlyMap<Property, PropertyValue>): ReadonlyMap<Property, PropertyValue> => new Map([...taken].filter(([{ name }]) => !ofSource.has(name)));
const named = (taken: ReadonlyMap<Property, PropertyValue>): Properties => Object.fromEntries([...taken].map(([{ name }, value]) => [name, value])) as Properties;

/** A message: one that is open, one of a folder, or one in an attachment. Who opened it saves it; a new one is saved when it is whole. */
export class MessageTarget extends UploadTarget {
  readonly #message: MessageObject;
  readonly #context: UploadContext;
  readonly #subject = new Map<Property, PropertyValue>();

  constructor(message: MessageObject, context: UploadContext, end?: MarkerName) {
    super(end);
    this.#message = message;
    this.#context = context;
  }

  override async flush(): Promise<void> {
    // A message that is saved keeps what nobody may change then: [MS-OXCMSG] 3.2.5.3.
    const isSaved = this.#message.item !== undefined;
    const changes = new Map([...settable(this.taken())].filter(([{ name }]) => !isSaved || !isReadOnlyOfMessage(name)));
    if (changes.size === 0) return;
    // A buffer may end between the parts of a subject: they are understood together.
    const isOfSubject = ({ name }: Property): boolean => subjectNames.has(name);
    if ([...changes.keys()].some(isOfSubject)) {
      for (const [property, value] of changes) if (isOfSubject(property)) this.#subject.set(property, value);
      for (const [property, value] of this.#subject) changes.set(property, value);
    }
    await this.#message.change(changes);
  }

  override async open(marker: MarkerName): Promise<UploadTarget> {
    if (marker === 'StartRecip') return new RecipientTarget(this.#message);
    if (marker !== 'NewAttach') throw misplaced(marker, 'a message');
    const attachment = await AttachmentObject.create(this.#message, this.#context.now());
    return new AttachmentTarget(attachment, this.#context, 'EndAttach');
  }

  override async remove(tag: number): Promise<void> {
    if (tag === subobjectTag.recipients) this.#message.recipients = new Map();
    if (tag === subobjectTag.attachments) for (const { id } of this.#message.content.attachments) this.#message.removeAttachment(id);
  }

  override async close(): Promise<void> {
    await this.flush();
    await this.#message.save({ isRestored: true });
  }
}

class RecipientTarget extends UploadTarget {
  readonly #message: MessageObject;

  constructor(message: MessageObject) {
    super('EndToRecip');
    this.#message = message;
  }

  override async flush(): Promise<void> {
    // A recipient is one thing: it is there when it is whole.
  }

  override async open(marker: MarkerName): Promise<UploadTarget> {
    throw misplaced(marker, 'a recipient');
  }

  override async close(): Promise<void> {
    const properties = named(this.taken());
    const rows = new Map<number, Recipient>(this.#message.recipients);
    const told = properties.PidTagRowid;
    rows.set(typeof told === 'number' && !rows.has(told) ? told : Math.max(-1, ...rows.keys()) + 1, recipientOf(properties));
    this.#message.recipients = rows;
  }
}

/** An attachment: one that is open, or a new one of a message. */
export class AttachmentTarget extends UploadTarget {
  readonly #attachment: AttachmentObject;
  readonly #context: UploadContext;

  constructor(attachment: AttachmentObject, context: UploadContext, end?: MarkerName) {
    super(end);
    this.#attachment = attachment;
    this.#context = context;
  }

  override async flush(): Promise<void> {
    const changes = this.taken();
    if (changes.size > 0) await this.#attachment.change(changes);
  }

  override async open(marker: MarkerName): Promise<UploadTarget> {
    if (marker !== 'StartEmbed') throw misplaced(marker, 'an attachment');
    const { now, localeId, codePage } = this.#context;
    const message = MessageObject.ofAttachment(this.#attachment, undefined, { access: 'readWrite', now: now(), localeId, codePage });
    return new MessageTarget(message, this.#context, 'EndEmbed');
  }

  override async close(): Promise<void> {
    await this.flush();
    this.#attachment.save(this.#context.now());
  }
}
