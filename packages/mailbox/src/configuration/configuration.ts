import { binary, type Binary } from '@fauxchange/properties';
import { MailboxError } from '../errors.ts';
import type { FolderId } from '../ids.ts';
import type { Item, Properties } from '../items/item.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { decodeDictionary, encodeDictionary, type DictionaryEntry } from './dictionary.ts';

/** What a configuration keeps; undefined: it has nothing of that kind. */
export interface ConfigurationContent {
  readonly dictionary?: readonly DictionaryEntry[] | undefined;
  readonly xml?: Uint8Array | undefined;
  readonly binary?: Uint8Array | undefined;
}
export interface Configuration extends ConfigurationContent {
  readonly name: string;
  readonly item: Item;
}

const PREFIX = 'IPM.Configuration.';
/** PidTagRoamingDatatypes, [MS-OXOCFG] 2.2.2.1. */
const datatypes = { binary: 0x1, xml: 0x2, dictionary: 0x4 } as const;

/** Letters, digits and full stops, fewer than 237 of them: with the prefix they are a message class. */
export function isConfigurationName(name: string): boolean {
  return /^[A-Za-z0-9.]{1,236}$/.test(name) && !name.toLowerCase().startsWith('ipm.configuration');
}

/**
 * The configuration of that name in a folder; undefined where there is none.
 *
 * A configuration is a hidden item of class IPM.Configuration.NAME whose streams MAPI clients read as PidTagRoamingDictionary,
 * PidTagRoamingXmlStream and PidTagRoamingBinary, [MS-OXOCFG] 2.2.2.
 */
export async function findConfiguration(session: MailboxSession, folderId: FolderId, name: string): Promise<Configuration | undefined> {
  const page = await session.query([folderId], {
    table: 'associated', limit: 1,
    restriction: { kind: 'contains', property: 'PidTagMessageClass', text: PREFIX + name, mode: 'fullString', ignoreCase: true, ignoreNonSpacing: false },
    order: [{ property: 'PidTagLastModificationTime', descending: true }],
  });
  const [item] = page.items;
  return item && { name, item, ...contentOf(item) };
}

function contentOf({ bag }: Item): ConfigurationContent {
  const bytes = (property: 'PidTagRoamingDictionary' | 'PidTagRoamingXmlStream' | 'PidTagRoamingBinary'): Uint8Array | undefined => {
    const value = bag.get(property) as Binary | undefined;
    return value === undefined ? undefined : binary.toBytes(value);
  };
  const dictionary = bytes('PidTagRoamingDictionary');
  return { dictionary: dictionary && decodeDictionary(dictionary), xml: bytes('PidTagRoamingXmlStream'), binary: bytes('PidTagRoamingBinary') };
}

/** What is undefined is left as it is. */
function propertiesOf(content: ConfigurationContent, before: Item | undefined): Properties {
  const given: Properties = {
    ...(content.dictionary && { PidTagRoamingDictionary: binary.from(encodeDictionary(content.dictionary)) }),
    ...(content.xml && { PidTagRoamingXmlStream: binary.from(content.xml) }),
    ...(content.binary && { PidTagRoamingBinary: binary.from(content.binary) }),
  };
  const has = (name: keyof typeof given): boolean => given[name] !== undefined || before?.bag.has(name) === true;
  return {
    ...given,
    PidTagRoamingDatatypes:
      (has('PidTagRoamingBinary') ? datatypes.binary : 0) | (has('PidTagRoamingXmlStream') ? datatypes.xml : 0) | (has('PidTagRoamingDictionary') ? datatypes.dictionary : 0),
  };
}

/** Makes a configuration. MailboxError InvalidProperty for a name that is none, ItemExists where the folder has it already. */
export async function createConfiguration(session: MailboxSession, folderId: FolderId, name: string, content: ConfigurationContent): Promise<Item> {
  if (!isConfigurationName(name)) throw new MailboxError('InvalidProperty', 'A configuration has a name of 1 to 236 letters, digits and full stops.', name.slice(0, 100));
  if (await findConfiguration(session, folderId, name)) throw new MailboxError('ItemExists', 'The folder has a configuration of that name.', name);
  return session.createItem(folderId, { itemClass: PREFIX + name, properties: propertiesOf(content, undefined), recipients: [], attachments: [], isRead: true, isAssociated: true });
}

/** Sets what is given of a configuration. */
export async function updateConfiguration(session: MailboxSession, configuration: Configuration, content: ConfigurationContent): Promise<Item> {
  return session.updateItem(configuration.item.id, { properties: propertiesOf(content, configuration.item) });
}
