import type { Item } from '@fauxchange/mailbox';
import { defineCommand } from '../../command.ts';
import type { CommandContext } from '../../context.ts';
import { EasStatusError } from '../../errors.ts';
import { itemClasses } from '../../item-classes.ts';
import { encodeLongId } from '../../long-id.ts';
import { SearchRequest, SearchResponse, type SearchResult, type SearchStore } from '../../schema/search.ts';
import { defaultOptions, readBodyPartPreference, readBodyPreferences, type CollectionOptions } from '../../sync/collection-options.ts';
import { readMailboxQuery, searchedFolders, type SearchedFolder } from './mailbox-query.ts';
import { formatRange, parseRange, type Range } from './range.ts';
import { searchAddressList } from './search-address-list.ts';
import { searchStatus } from './search-status.ts';

/** Of each store, when no Range is asked for: [MS-ASCMD] 2.2.3.143.3. */
const defaultRange: Range = { first: 0, last: 99 };
/** Results of a mailbox search that can be had at all ([K]: Exchange keeps the first 1,000). */
const mostResults = 1000;

interface Found {
  readonly results: readonly SearchResult[];
  readonly total: number;
}

/** [MS-ASCMD] 2.2.1.16 Search */
export const search = defineCommand({
  request: SearchRequest,
  response: SearchResponse,
  statusOfViolation: () => searchStatus.invalidRequest,
  // The command's own statuses are those of the store, but for the server's error: [MS-ASCMD] 2.2.3.177.13.
  refusal: (Status) => (Status > 100 || Status === searchStatus.serverError ? { Status } : refused(Status)),
}, async ({ Store }, context) => {
  const store = Store.at(-1) as SearchStore;
  try {
    const range = readRange(store);
    const { results, total } = await find(store, range, context);
    const isMailbox = /^mailbox$/i.test(store.Name);
    return {
      Status: searchStatus.success,
      Response: { Store: {
        Status: searchStatus.success,
        // A mailbox that has nothing says so with an empty Result, the address list without one: [MS-ASCMD] 2.2.3.155.3.
        Result: results.length === 0 && isMailbox ? [{}] : results,
        Range: formatRange(range, results.length),
        Total: total === 0 ? undefined : total,
      } },
    };
  } catch (thrown) {
    if (!(thrown instanceof EasStatusError) || thrown.status > 100) throw thrown;
    return refused(thrown.status);
  }
});

const refused = (Status: number) => ({ Status: searchStatus.success, Response: { Store: { Status, Result: [] } } });

/** The last of several, [MS-ASCMD] 7. */
function readRange({ Options }: SearchStore): Range {
  const text = Options?.Range.at(-1);
  const range = text === undefined ? defaultRange : parseRange(text);
  if (!range) throw new EasStatusError(searchStatus.invalidRequest, `${text?.slice(0, 40) ?? ''} is no range.`);
  return range;
}

async function find(store: SearchStore, range: Range, context: CommandContext): Promise<Found> {
  if (/^gal$/i.test(store.Name)) {
    const { results, total } = await searchAddressList(store.Query.$ ?? '', range, store.Options?.Picture, context);
    return { results: results.map((Properties) => ({ Properties })), total };
  }
  if (/^mailbox$/i.test(store.Name)) return searchMailbox(store, range, context);
  // Links to files: Exchange 2013 and later have no access to libraries, and before it has to be allowed.
  if (/^documentlibrary$/i.test(store.Name)) throw new EasStatusError(searchStatus.accessBlocked, 'Document libraries are not reached from here.');
  throw new EasStatusError(searchStatus.invalidRequest, `There is no store ${store.Name.slice(0, 40)}.`);
}

async function searchMailbox(store: SearchStore, range: Range, context: CommandContext): Promise<Found> {
  const { restriction, collectionIds, classes } = readMailboxQuery(store.Query, context.clock.now());
  const folders = (await searchedFolders(collectionIds, (store.Options?.DeepTraversal.length ?? 0) > 0, context)).filter(({ className }) => classes?.includes(className) ?? true);
  if (folders.length === 0) return { results: [], total: 0 };
  if (range.first >= mostResults) throw new EasStatusError(searchStatus.endOfRange, 'So many results are not kept.');
  const limit = Math.min(range.last + 1, mostResults) - range.first;
  const { items, total } = await context.session.query(folders.map(({ folderId }) => folderId), { restriction, offset: range.first, limit });
  const options = optionsOf(store, context);
  const places = new Map(folders.map((folder) => [folder.folderId, folder]));
  const results: SearchResult[] = [];
  for (const item of items) results.push(await resultOf(item, places.get(item.folderId) as SearchedFolder, options, context));
  return { results, total };
}

function optionsOf({ Options }: SearchStore, context: CommandContext): CollectionOptions {
  if (!Options) return defaultOptions;
  return {
    ...defaultOptions,
    bodyPreferences: readBodyPreferences(Options['AirSyncBase:BodyPreference'], context, searchStatus.invalidRequest),
    bodyPartPreference: readBodyPartPreference(Options['AirSyncBase:BodyPartPreference']),
    mimeSupport: Options['AirSync:MIMESupport'].at(-1) ?? 0,
    rightsManagement: Options['RightsManagement:RightsManagementSupport'] ?? false,
  };
}

async function resultOf(item: Item, { collectionId, className }: SearchedFolder, options: CollectionOptions, context: CommandContext): Promise<SearchResult> {
  return {
    'AirSync:Class': className,
    LongId: encodeLongId(item),
    'AirSync:CollectionId': collectionId,
    Properties: await itemClasses[className].encode({ item, session: context.session, collectionId, options, context }),
  };
}
