import { indexOf } from '@fauxchange/calendar';
import { MailboxError, occurrenceItemAt, seriesOf, type Item, type ItemId } from '@fauxchange/mailbox';
import { parseServerId } from '../../collections.ts';
import type { CommandContext } from '../../context.ts';
import { commonStatus, EasStatusError } from '../../errors.ts';
import { decodeLongId } from '../../long-id.ts';
import { readCompact, readDashed } from '../../mapping/date-time.ts';
import type { Source } from '../../schema/compose-mail.ts';

const refuse = (status: number, why: string): never => {
  throw new EasStatusError(status, why);
};

/** The item that is answered or forwarded, or the occurrence of it. @throws EasStatusError 103 to 106, 146, 150 */
export async function openSource({ FolderId, ItemId, LongId, InstanceId }: Source, context: CommandContext): Promise<Item> {
  const at = InstanceId === undefined ? undefined : (readDashed(InstanceId) ?? readCompact(InstanceId) ?? refuse(commonStatus.InvalidDateTime, `${InstanceId} is no time.`));
  if (LongId !== undefined && (FolderId !== undefined || ItemId !== undefined)) refuse(commonStatus.InvalidCombinationOfIDs, 'An item has one id.');
  const item = LongId === undefined ? await byServerId(FolderId, ItemId, context) : await found((decodeLongId(LongId) ?? refuse(commonStatus.InvalidIDs, 'No such LongId.')).id, context);
  return at === undefined ? item : occurrenceOf(item, at);
}

async function byServerId(folder: string | undefined, serverId: string | undefined, context: CommandContext): Promise<Item> {
  if (folder === undefined || serverId === undefined) return refuse(commonStatus.InvalidXML, 'The source has no ids.');
  const folderId = context.device.folders?.folderIdOf(folder) ?? refuse(commonStatus.ItemNotFound, `There is no folder ${folder}.`);
  const item = await found(parseServerId(serverId)?.id ?? refuse(commonStatus.ItemNotFound, `There is no item ${serverId}.`), context);
  return item.folderId === folderId ? item : refuse(commonStatus.ItemNotFound, `${serverId} is not in ${folder}.`);
}

async function found(id: ItemId, { session }: CommandContext): Promise<Item> {
  const [item] = await session.items([id]);
  return item && !(item instanceof MailboxError) ? item : refuse(commonStatus.ItemNotFound, 'There is no such item.');
}

/** The occurrence that began at the time, or would have if it had not been moved. */
function occurrenceOf(master: Item, at: number): Item {
  const series = seriesOf(master);
  if (!series) return refuse(commonStatus.NoRecurrenceInCalendar, 'The item does not recur.');
  const item = occurrenceItemAt(master, series, indexOf(series, at) ?? 0);
  return typeof item === 'string' ? refuse(commonStatus.ItemNotFound, 'There is no such occurrence.') : item;
}
