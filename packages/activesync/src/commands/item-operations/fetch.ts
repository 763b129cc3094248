import { MailboxError, type Item } from '@fauxchange/mailbox';
import { collectionPlace, parseServerId } from '../../collections.ts';
import type { CommandContext } from '../../context.ts';
import { EasStatusError } from '../../errors.ts';
import { classOfFolder, type ClassName } from '../../folders/folder-type.ts';
import { itemClasses } from '../../item-classes.ts';
import { decodeLongId } from '../../long-id.ts';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { Fetch, FetchAnswer, FetchedProperties, FetchOptions } from '../../schema/item-operations.ts';
import { defaultOptions, readBodyPartPreference, readBodyPreferences, type CollectionOptions } from '../../sync/collection-options.ts';
import { fetchAttachment } from './fetch-attachment.ts';
import { operationStatus } from './operation-status.ts';

const refuse = (status: number, why: string): never => {
  throw new EasStatusError(status, why);
};

/** One Fetch, [MS-ASCMD] 2.2.3.67.1: an item by one of its ids, or an attachment. */
export async function fetchOne(fetch: Fetch, context: CommandContext): Promise<FetchAnswer> {
  const { 'AirSync:CollectionId': collectionId, 'AirSync:ServerId': serverId, 'Search:LongId': longId, 'AirSyncBase:FileReference': reference, 'DocumentLibrary:LinkId': link } = fetch;
  const named = { 'AirSync:CollectionId': collectionId, 'AirSync:ServerId': serverId, 'Search:LongId': longId, 'DocumentLibrary:LinkId': link, 'AirSyncBase:FileReference': reference };
  try {
    return await content(fetch, named, context);
  } catch (thrown) {
    if (thrown instanceof EasStatusError) return { Status: thrown.status, ...named };
    if (thrown instanceof MailboxError) return { Status: thrown.code === 'AccessDenied' ? operationStatus.accessDenied : operationStatus.notFound, ...named };
    throw thrown;
  }
}

async function content(fetch: Fetch, named: Omit<FetchAnswer, 'Status'>, context: CommandContext): Promise<FetchAnswer> {
  const { Store, Options } = fetch;
  if (/^documentlibrary$/i.test(Store)) return refuse(libraryStatus(fetch['DocumentLibrary:LinkId'] ?? ''), 'There is no document library.');
  if (!/^mailbox$/i.test(Store)) return refuse(operationStatus.unknownStore, `There is no store ${Store}.`);
  const reference = fetch['AirSyncBase:FileReference'];
  if (reference !== undefined) return { Status: operationStatus.success, ...named, Properties: await fetchAttachment(reference, Options?.Range, context) };
  const { item, collectionId, className } = await openItem(fetch, context);
  const options = readFetchOptions(Options, context);
  const whole = await itemClasses[className].encode({ item, session: context.session, collectionId, options, context });
  return { Status: operationStatus.success, ...named, 'AirSync:Class': className, Properties: restricted(whole, Options) };
}

/** A path of a share that cannot be reached, or no path at all. */
function libraryStatus(link: string): number {
  return /^\\\\[^\\]+\\[^\\]+/.test(link) ? operationStatus.noConnection : operationStatus.badUri;
}

interface Opened {
  readonly item: Item;
  readonly collectionId: string;
  readonly className: ClassName;
}

async function openItem({ 'Search:LongId': longId, 'AirSync:ServerId': serverId, 'AirSync:CollectionId': collectionId }: Fetch, context: CommandContext): Promise<Opened> {
  if (longId !== undefined) return byLongId(longId, context);
  if (serverId === undefined || collectionId === undefined) return refuse(operationStatus.protocolError, 'A Fetch names an item.');
  const place = await collectionPlace(collectionId, context);
  if (!place) return refuse(operationStatus.notFound, `There is no collection ${collectionId}.`);
  if (place.isRecipientInformation) return refuse(operationStatus.accessDenied, 'The recipient information cache tells nothing of its items.');
  const parsed = parseServerId(serverId);
  const [item] = parsed?.collectionId === collectionId ? await context.session.items([parsed.id]) : [];
  if (!item || item instanceof MailboxError || item.folderId !== place.folderId) return refuse(operationStatus.notFound, `There is no item ${serverId}.`);
  return { item, collectionId, className: place.className };
}

async function byLongId(longId: string, { session, device }: CommandContext): Promise<Opened> {
  const id = decodeLongId(longId)?.id;
  const [item] = id === undefined ? [] : await session.items([id]);
  if (!item || item instanceof MailboxError) return refuse(operationStatus.notFound, 'There is no such item.');
  const className = classOfFolder(await session.folder(item.folderId));
  const collectionId = device.folders?.serverIdOf(item.folderId);
  return className && collectionId !== undefined ? { item, collectionId, className } : refuse(operationStatus.notFound, 'The item is not synchronized.');
}

function readFetchOptions(sent: FetchOptions | undefined, context: CommandContext): CollectionOptions {
  if (!sent) return defaultOptions;
  return {
    ...defaultOptions,
    mimeSupport: sent['AirSync:MIMESupport'] ?? 0,
    bodyPreferences: readBodyPreferences(sent['AirSyncBase:BodyPreference'], context, operationStatus.protocolError),
    bodyPartPreference: readBodyPartPreference(sent['AirSyncBase:BodyPartPreference']),
    rightsManagement: sent['RightsManagement:RightsManagementSupport'] ?? false,
  };
}

/** Nothing but what Schema names, where there is one, [MS-ASCMD] 2.2.3.158. */
function restricted(data: ApplicationData, options: FetchOptions | undefined): FetchedProperties {
  const schema = options?.Schema;
  if (!schema) return data;
  const wanted = new Set(Object.keys(schema));
  return Object.fromEntries(Object.entries(data).filter(([name]) => wanted.has(name))) as FetchedProperties;
}

