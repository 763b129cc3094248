import { metaTagOfStream } from './markers.ts';
import type { PropList, StreamCursor } from './stream-cursor.ts';
import type { StreamElement } from './stream-element.ts';

/** PidTagMessageRecipients, as MetaTagFXDelProp names it: [MS-OXCFXICS] 2.2.1.7. */
const recipientsTag = 0x0e12_000d;
const { DnPrefix, FXDelProp } = metaTagOfStream;

/** [MS-OXCFXICS] 2.2.4.3.12, messageChildren. */
export interface MessageChildren {
  /** Kinds of subobjects that whoever reads has to delete first, as tags: the values of MetaTagFXDelProp. */
  readonly deleted: readonly number[];
  readonly recipients: readonly PropList[];
  readonly attachments: readonly AttachmentContent[];
}
/** [MS-OXCFXICS] 2.2.4.3.16. */
export interface MessageContent extends MessageChildren {
  readonly propList: PropList;
}
/** [MS-OXCFXICS] 2.2.4.3.1. */
export interface AttachmentContent {
  /** PidTagAttachNumber is the first one. */
  readonly propList: PropList;
  readonly embeddedMessage?: MessageContent;
}

export function readMessageChildren(cursor: StreamCursor): MessageChildren {
  const deleted: number[] = [];
  const takeDeleted = (): void => {
    for (let found = cursor.take(FXDelProp); found; found = cursor.take(FXDelProp)) deleted.push((found.value as number) >>> 0);
  };
  takeDeleted();
  const recipients = cursor.many(['StartRecip'], () => readRecipient(cursor));
  takeDeleted();
  return { deleted, recipients, attachments: cursor.many(['NewAttach'], () => readAttachment(cursor)) };
}

function readRecipient(cursor: StreamCursor): PropList {
  cursor.expect('StartRecip');
  const propList = cursor.propList();
  cursor.expect('EndToRecip');
  return propList;
}

function readAttachment(cursor: StreamCursor): AttachmentContent {
  cursor.expect('NewAttach');
  const content = readAttachmentContent(cursor);
  cursor.expect('EndAttach');
  return content;
}

export function readAttachmentContent(cursor: StreamCursor): AttachmentContent {
  cursor.take(DnPrefix);
  const propList = cursor.propList();
  if (!cursor.skip('StartEmbed')) return { propList };
  const embeddedMessage = cursor.deeper(() => readMessageContent(cursor));
  cursor.expect('EndEmbed');
  return { propList, embeddedMessage };
}

/** MetaTagDnPrefix in front of it is passed over, [MS-OXCFXICS] 2.2.4.1.5.6. */
export function readMessageContent(cursor: StreamCursor): MessageContent {
  cursor.take(DnPrefix);
  return { propList: cursor.propList(FXDelProp), ...readMessageChildren(cursor) };
}

export const deletion = (tag: number): StreamElement => ({ tag: FXDelProp, value: tag | 0 });

export function* messageChildrenElements({ deleted, recipients, attachments }: MessageChildren): Generator<StreamElement> {
  if (deleted.includes(recipientsTag)) yield deletion(recipientsTag);
  for (const recipient of recipients) yield* [{ marker: 'StartRecip' } as const, ...recipient, { marker: 'EndToRecip' } as const];
  for (const tag of deleted) if (tag !== recipientsTag) yield deletion(tag);
  for (const attachment of attachments) {
    yield { marker: 'NewAttach' };
    yield* attachmentContentElements(attachment);
    yield { marker: 'EndAttach' };
  }
}

export function* attachmentContentElements({ propList, embeddedMessage }: AttachmentContent): Generator<StreamElement> {
  yield* propList;
  if (!embeddedMessage) return;
  yield { marker: 'StartEmbed' };
  yield* messageContentElements(embeddedMessage);
  yield { marker: 'EndEmbed' };
}

/** The elements of a message, to be written as they come. */
export function* messageContentElements(message: MessageContent): Generator<StreamElement> {
  yield* message.propList;
  yield* messageChildrenElements(message);
}
