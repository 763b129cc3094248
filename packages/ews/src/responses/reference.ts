import type { Item, MailboxSession } from '@fauxchange/mailbox';
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
