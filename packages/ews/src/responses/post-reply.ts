import { htmlOfBody, inConversation, prefixedSubject, textOfBody, type ItemDraft } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import { kindOfClass } from '../mapping/item-kind.ts';
import { draftOf, gather } from '../mapping/item-write.ts';
import type { PostItemType, PostReplyItemType } from '../schema/types.generated.ts';
import type { Reference } from './reference.ts';

/** A post that answers a post, without a header block: folders show who wrote what. @see [MS-OXWSPOST] 3.1.4.2 */
export async function postReplyDraft({ ReferenceItemId: _, NewBodyContent, ...fields }: PostReplyItemType, { item, session }: Reference, context: EwsContext): Promise<ItemDraft> {
  const kind = kindOfClass(item.itemClass);
  if (kind !== 'PostItem' && kind !== 'Message') throw new EwsError('ErrorInvalidReferenceItem');
  const target = gather(fields as PostItemType, 'PostItem', context);
  Object.assign(target.properties, { ...prefixedSubject('RE: ', item), ...inConversation(item, context.clock.now(), context.ids) }, { ...target.properties });
  if (target.body === undefined) {
    const type = NewBodyContent?.BodyType ?? (item.body?.native === 'html' ? 'HTML' : 'Text');
    const original = (type === 'HTML' ? await htmlOfBody(item) : await textOfBody(item)) ?? '';
    target.body = { type, content: `${NewBodyContent?.$ ?? ''}${type === 'HTML' ? '<br>' : '\r\n\r\n'}${original}` };
  }
  return draftOf(target, session);
}
