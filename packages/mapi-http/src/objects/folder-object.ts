import { property as propertyNamed, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { errorCode } from '@fauxchange/mapi-wire';
import { folderFacts, inboxRules, type Folder, type FolderId } from '@fauxchange/mailbox';
import type { Logon } from '../logon/logon.ts';
import { codeOf } from '../errors.ts';
import { folderChanges } from '../mapping/folder-changes.ts';
import { folderFactNames, folderFlag, folderValue } from '../mapping/folder-values.ts';
import { PropertyObject, type Problem } from './property-object.ts';

/** An open folder. It may be gone by the time that it is used: then everything answers that it is not found. */
export class FolderObject extends PropertyObject {
  override readonly logon: Logon;
  readonly id: FolderId;
  #folder: Folder;
  /** Whether it has rules, as of a change number of its contents: rules are in them. */
  #rules: { readonly asOf: number; readonly areThere: boolean } | undefined;

  constructor(logon: Logon, folder: Folder) {
    super();
    this.logon = logon;
    this.id = folder.id;
    this.#folder = folder;
  }

  /** As it is now. @throws MailboxError FolderNotFound */
  async folder(): Promise<Folder> {
    this.#folder = await this.logon.session.folder(this.id);
    return this.#folder;
  }

  override async refreshed(): Promise<void> {
    const { contentsCn, associatedCount, kind } = await this.folder();
    if (this.#rules?.asOf === contentsCn) return;
    this.#rules = { asOf: contentsCn, areThere: associatedCount > 0 && kind !== 'search' && (await this.#hasRules()) };
  }

  /** Whoever may not read the folder does not know. */
  async #hasRules(): Promise<boolean> {
    try {
      return (await inboxRules(this.logon.session, this.id)).length > 0;
    } catch (thrown) {
      if (codeOf(thrown) === undefined) throw thrown;
      return false;
    }
  }

  override value(property: Property): PropertyValue | undefined {
    const areThere = this.#rules?.areThere ?? false;
    if (property.name === 'PidTagHasRules') return areThere;
    const value = folderValue(this.#folder, this.logon, property);
    return property.name === 'PidTagFolderFlags' && areThere ? Number(value) | folderFlag.Rules : value;
  }

  override *properties(): IterableIterator<PropertyName> {
    const stored = new Set<PropertyName>();
    for (const [name] of this.#folder.bag.entries()) stored.add(name);
    yield* stored;
    for (const name of [...folderFactNames, ...folderFacts, 'PidTagHasRules' as const]) if (!stored.has(name) && this.value(propertyNamed(name) as Property) !== undefined) yield name;
  }

  override async change(changes: ReadonlyMap<Property, PropertyValue | undefined>): Promise<readonly Problem[]> {
    const { accepted, problems } = folderChanges(changes);
    if (!accepted) return problems;
    try {
      this.#folder = await this.logon.session.updateFolder(this.id, accepted);
    } catch (thrown) {
      const code = codeOf(thrown);
      // A folder that is gone is no problem of one property.
      if (code === undefined || code === errorCode.NotFound) throw thrown;
      const refused = new Set(problems.map(({ property }) => property));
      return [...problems, ...[...changes.keys()].filter((property) => !refused.has(property)).map((property) => ({ property, code }))];
    }
    return problems;
  }
}
