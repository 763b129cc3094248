import { messageFlags, valueOf, type Item } from '@fauxchange/mailbox';
import { defineCommand } from '../../command.ts';
import type { CommandContext } from '../../context.ts';
import { EasStatusError } from '../../errors.ts';
import { formatDashed } from '../../mapping/date-time.ts';
import { FindRequest, FindResponse, type FindResult } from '../../schema/find.ts';
import { serverIdOf } from '../../sync/item-class.ts';
import { itemClasses } from '../../item-classes.ts';
import { defaultOptions } from '../../sync/collection-options.ts';
import { freeText, searchedFolders, type SearchedFolder } from './mailbox-query.ts';
import { formatRange, parseRange, type Range } from './range.ts';
import { searchAddressList } from './search-address-list.ts';
import { searchStatus } from './search-status.ts';

/** [MS-ASCMD] 2.2.3.177.2. */
const findStatus = { success: 1, invalidRequest: 2, folderSyncRequired: 3, rangeNotFromZero: 4 } as const;
const defaultRange: Range = { first: 0, last: 99 };
/** Characters of a preview ([K]). */
const previewCharacters = 255;

type Mailbox = NonNullable<FindRequest['ExecuteSearch']['MailBoxSearchCriterion']>;
type AddressList = NonNullable<FindRequest['ExecuteSearch']['GALSearchCriterion']>;

/** [MS-ASCMD] 2.2.1.2 Find: since 16.1, with the keyword query language, and a few facts of what is found instead of the whole. */
export const find = defineCommand({
  request: FindRequest,
  response: FindResponse,
  since: '16.1',
  statusOfViolation: () => findStatus.invalidRequest,
}, async ({ ExecuteSearch }, context) => {
  const { MailBoxSearchCriterion: mailbox, GALSearchCriterion: addressList } = ExecuteSearch;
  if ((mailbox === undefined) === (addressList === undefined)) throw new EasStatusError(findStatus.invalidRequest, 'The request has none or both of the criteria.');
  try {
    const answer = mailbox ? await findInMailbox(mailbox, context) : await findInAddressList(addressList as AddressList, context);
    return { Status: findStatus.success, Response: answer };
  } catch (thrown) {
    if (!(thrown instanceof EasStatusError)) throw thrown;
    const status = thrown.status === searchStatus.folderSyncRequired ? findStatus.folderSyncRequired : thrown.status;
    if (status === findStatus.rangeNotFromZero || status === findStatus.invalidRequest) return { Status: status === findStatus.invalidRequest ? status : findStatus.success, Response: { Status: status, Result: [] } };
    throw new EasStatusError(status, thrown.message);
  }
});

/** Everything from the first on: there is no second page. */
function readRange(options: Mailbox['Options']): Range {
  const range = options?.Range === undefined ? defaultRange : parseRange(options.Range);
  if (!range) throw new EasStatusError(findStatus.invalidRequest, 'The range is none.');
  if (range.first !== 0) throw new EasStatusError(findStatus.rangeNotFromZero, 'The range does not begin with 0.');
  return range;
}

async function findInAddressList({ Query, Options }: AddressList, context: CommandContext) {
  const range = readRange(Options);
  const { results, total } = await searchAddressList(Query, range, Options?.Picture, context);
  return { 'ItemOperations:Store': 'GAL', Status: findStatus.success, Result: results.map((Properties) => ({ Properties })), Range: formatRange(range, results.length), Total: total };
}

async function findInMailbox({ Query, Options }: Mailbox, context: CommandContext) {
  const range = readRange(Options);
  const { 'AirSync:CollectionId': collectionId, FreeText: text } = Query;
  if (text === undefined) throw new EasStatusError(findStatus.invalidRequest, 'There is nothing to look for.');
  const className = Query['AirSync:Class'] ?? 'Email';
  const restriction = freeText(text, context.clock.now());
  const folders = (await searchedFolders(collectionId === undefined ? undefined : [collectionId], Options?.DeepTraversal === true, context)).filter((folder) => folder.className === className);
  const { items, total } = folders.length === 0 ? { items: [], total: 0 } : await context.session.query(folders.map(({ folderId }) => folderId), { restriction, limit: Math.min(range.last + 1, 1000) });
  const places = new Map(folders.map((folder) => [folder.folderId, folder]));
  const Result: FindResult[] = [];
  for (const item of items) Result.push(await resultOf(item, places.get(item.folderId) as SearchedFolder, context));
  return { 'ItemOperations:Store': 'Mailbox', Status: findStatus.success, Result, Range: formatRange(range, Result.length), Total: total };
}

async function resultOf(item: Item, { collectionId, className }: SearchedFolder, context: CommandContext): Promise<FindResult> {
  const options = { ...defaultOptions, bodyPreferences: [{ type: 1, truncationSize: 0, allOrNone: false, preview: previewCharacters }] };
  const shown = await itemClasses[className].encode({ item, session: context.session, collectionId, options, context });
  const text = (name: 'PidTagDisplayCc' | 'PidTagDisplayBcc'): string | undefined => (valueOf(item, name) as string | undefined) || undefined;
  const received = valueOf(item, 'PidTagMessageDeliveryTime');
  return {
    'AirSync:Class': className,
    'AirSync:ServerId': serverIdOf(collectionId, item.id),
    'AirSync:CollectionId': collectionId,
    Properties: {
      'Email:Subject': (valueOf(item, 'PidTagSubject') as string | undefined) ?? '',
      'Email:DateReceived': typeof received === 'number' ? formatDashed(received) : undefined,
      'Email:DisplayTo': (valueOf(item, 'PidTagDisplayTo') as string | undefined) || undefined,
      DisplayCc: text('PidTagDisplayCc'),
      DisplayBcc: text('PidTagDisplayBcc'),
      'Email:Importance': (valueOf(item, 'PidTagImportance') as number | undefined) ?? 1,
      'Email:Read': item.isRead,
      'Email2:IsDraft': (Number(valueOf(item, 'PidTagMessageFlags')) & messageFlags.unsent) !== 0,
      Preview: shown['AirSyncBase:Body']?.Preview,
      HasAttachments: item.attachments.some(({ isInline }) => !isInline),
      'Email:From': shown['Email:From'],
    },
  };
}
