import { MailboxError, parseQueryString, type FolderId, type Restriction } from '@fauxchange/mailbox';
import { binary } from '@fauxchange/properties';
import { collectionPlace } from '../../collections.ts';
import type { CommandContext } from '../../context.ts';
import { EasStatusError } from '../../errors.ts';
import { classOfFolder, type ClassName } from '../../folders/folder-type.ts';
import { readDashed } from '../../mapping/date-time.ts';
import type { QueryNode, SearchStore } from '../../schema/search.ts';
import { searchStatus } from './search-status.ts';

/** What to look for, and where. */
export interface MailboxQuery {
  readonly restriction: Restriction;
  /** Undefined: every folder. */
  readonly collectionIds: readonly string[] | undefined;
  /** Undefined: every class. */
  readonly classes: readonly string[] | undefined;
}

const classNames: readonly string[] = ['Email', 'Calendar', 'Contacts', 'Tasks', 'Notes', 'SMS'];

/** [MS-ASCMD] 2.2.3.142.2: one And with everything in it; anything else is too complex for Exchange. @throws EasStatusError */
export function readMailboxQuery({ $: _text, ...query }: SearchStore['Query'], now: number): MailboxQuery {
  const { And, ...beside } = query;
  if (Object.values(beside).some((nodes) => nodes.length > 0) || And.length !== 1) throw tooComplex();
  const restrictions: Restriction[] = [];
  const collectionIds: string[] = [];
  const classes: string[] = [];
  let conversations = 0;
  for (const node of And[0] as readonly QueryNode[]) {
    const [name, value] = node;
    if (name === 'AirSync:Class') classes.push(knownClass(value));
    else if (name === 'AirSync:CollectionId') collectionIds.push(value);
    else if (name === 'FreeText') restrictions.push(freeText(value, now));
    else if (name === 'ConversationId') {
      // One conversation at a time, [MS-ASCMD] 7.
      if ((conversations += 1) > 1) throw new EasStatusError(searchStatus.invalidRequest, 'There are two conversations.');
      restrictions.push({ kind: 'compare', property: 'PidTagConversationId', operator: 'eq', value: binary.from(bytesOf(value)) });
    } else if (name === 'GreaterThan' || name === 'LessThan') restrictions.push(received(name, node[1].Value, node[1]['Email:DateReceived'] === true));
    else throw tooComplex();
  }
  if (restrictions.length === 0) throw new EasStatusError(searchStatus.invalidRequest, 'There is nothing to look for.');
  return { restriction: { kind: 'and', restrictions }, collectionIds: collectionIds.length > 0 ? collectionIds : undefined, classes: classes.length > 0 ? classes : undefined };
}

const tooComplex = (): EasStatusError => new EasStatusError(searchStatus.tooComplex, 'The query is more than one And of conditions.');

function knownClass(name: string): string {
  if (!classNames.includes(name)) throw new EasStatusError(searchStatus.invalidRequest, `There is no class ${name}.`);
  return name;
}

/** Words in the keyword query language that every search of Exchange speaks. */
export function freeText(text: string, now: number): Restriction {
  try {
    const restriction = parseQueryString(text, now);
    if (restriction.kind === 'always') throw new EasStatusError(searchStatus.invalidRequest, 'There is no text to look for.');
    return restriction;
  } catch (thrown) {
    if (thrown instanceof MailboxError) throw new EasStatusError(searchStatus.invalidRequest, thrown.message);
    throw thrown;
  }
}

const bytesOf = (value: Uint8Array | string): Uint8Array => (typeof value === 'string' ? Buffer.from(value, 'base64') : value);

function received(name: 'GreaterThan' | 'LessThan', text: string, isDate: boolean): Restriction {
  const value = readDashed(text);
  if (!isDate || value === undefined) throw new EasStatusError(searchStatus.invalidRequest, `${text.slice(0, 40)} is no time.`);
  return { kind: 'compare', property: 'PidTagMessageDeliveryTime', operator: name === 'GreaterThan' ? 'gt' : 'lt', value };
}

/** A folder that is searched. */
export interface SearchedFolder {
  readonly folderId: FolderId;
  readonly collectionId: string;
  readonly className: ClassName;
}

/** The folders that a query means, those below them too if it is deep. @throws EasStatusError 11 for a folder that the device was not told of */
export async function searchedFolders(collectionIds: readonly string[] | undefined, isDeep: boolean, context: CommandContext): Promise<readonly SearchedFolder[]> {
  const { session, device } = context;
  const known = device.folders;
  if (!known) throw new EasStatusError(searchStatus.folderSyncRequired, 'The hierarchy was never synchronized.');
  const roots: FolderId[] = [];
  for (const collectionId of collectionIds ?? []) {
    const place = await collectionPlace(collectionId, context);
    if (!place) throw new EasStatusError(searchStatus.folderSyncRequired, `There is no folder ${collectionId}.`);
    roots.push(place.folderId);
  }
  const top = (await session.distinguished('msgfolderroot')).id;
  const folders = (await session.folders(top, 'deep')).filter(({ kind, bag }) => kind === 'generic' && bag.get('PidTagAttributeHidden') !== true);
  const wanted = new Set<FolderId>(collectionIds ? roots : folders.map(({ id }) => id));
  // Parents come before their children.
  if (collectionIds && isDeep) for (const folder of folders) if (wanted.has(folder.parentId)) wanted.add(folder.id);
  return folders.flatMap((folder) => {
    const className = classOfFolder(folder);
    return className && wanted.has(folder.id) ? [{ folderId: folder.id, collectionId: known.serverIdOf(folder.id), className }] : [];
  });
}
