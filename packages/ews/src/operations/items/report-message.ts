import { EwsError } from '../../errors.ts';
import { getItem, itemIdElement, oneOf } from '../../items.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { resolveItem, type ItemIdEntry } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { ReportMessageType } from '../../schema/types.generated.ts';

/** Where the actions put a message. Of Phish and Unsubscribe nothing is documented but their names: refused with the code that the schema has for actions. */
const folders: Readonly<Record<string, 'junkemail' | 'inbox' | undefined>> = { Junk: 'junkemail', NotJunk: 'inbox' };

/** As MarkAsJunk with MoveItem: the answer has a MovedItemId, too ([K]). Its schema is all that is documented. */
export const reportMessage: Operation<'ReportMessage'> = defineOperation('ReportMessage', async ({ ReportAction, ItemIds }, context) => ({
  ResponseMessages: await forEachEntry(context, 'ReportMessageResponseMessage', entriesOf(ItemIds), (head) => head, async (entry) => {
    const name = folders[ReportAction];
    if (!name) throw new EwsError('ErrorInvalidReportMessageActionType');
    const { session, itemId } = resolveItem(entry, context);
    const item = await getItem(session, itemId);
    const folderId = session.mailbox.wellKnown(name);
    if (folderId === undefined) throw new EwsError('ErrorFolderNotFound');
    const moved = item.folderId === folderId ? item : oneOf(await session.moveItems([itemId], { session, folderId }));
    return { ...success, MovedItemId: itemIdElement(moved, session) };
  }),
}));

/** On premises a list of ids of any kind, in Exchange Online one of ItemIds alone. */
function entriesOf(sent: ReportMessageType['ItemIds'] | readonly ItemIdEntry[]): readonly ItemIdEntry[] {
  if (sent === undefined || 'map' in sent) return sent ?? [];
  return (sent.ItemId ?? []).map((id) => ['ItemId', id] as const);
}
