import { childConversationIndex, valueOf, type Item, type MailboxSession, type Properties } from '@fauxchange/mailbox';
import type { Binary } from '@fauxchange/properties';
import { openItem } from '../calendar-items.ts';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import type { ItemIdType } from '../schema/types.generated.ts';

export interface Reference {
  readonly session: MailboxSession;
  readonly item: Item;
}

/** The item that a response is about: ErrorMissingInformationReferenceItemId, ErrorStaleObject for a change key of before. */
export async function openReference(id: ItemIdType | undefined, context: EwsContext): Promise<Reference> {
  if (!id) throw new EwsError('ErrorMissingInformationReferenceItemId');
  const { session, item, cn } = await openItem(['ItemId', id], context);
  if (cn !== undefined && cn !== item.cn) throw new EwsError('ErrorStaleObject');
  return { session, item };
}

/** A subject with its prefix instead of the one that was there. */
export function prefixed(prefix: string, item: Item): Properties {
  const normalized = String(valueOf(item, 'PidTagNormalizedSubject') ?? '');
  return { PidTagSubject: `${prefix}${normalized}`, PidTagSubjectPrefix: prefix };
}

/** What makes a message one of the conversation: headers of RFC 5322 3.6.4, and the conversation's index one level down. */
export function inConversation(item: Item, { clock, ids }: EwsContext): Properties {
  const read = (name: Parameters<typeof valueOf>[1]): unknown => valueOf(item, name);
  const messageId = read('PidTagInternetMessageId') as string | undefined;
  const references = [read('PidTagInternetReferences') ?? read('PidTagInReplyToId'), messageId].filter(Boolean).join(' ');
  const index = read('PidTagConversationIndex') as Binary | undefined;
  return {
    PidTagInReplyToId: messageId,
    PidTagInternetReferences: references || undefined,
    PidTagConversationTopic: (read('PidTagConversationTopic') ?? read('PidTagNormalizedSubject')) as string | undefined,
    ...(index !== undefined && {
      PidTagConversationIndex: childConversationIndex(index, clock.now(), ids.bytes(1)[0] ?? 0),
      PidTagConversationIndexTracking: read('PidTagConversationIndexTracking') as boolean | undefined,
    }),
  };
}
