import { property as propertyNamed, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { errorCode } from '@fauxchange/mapi-wire';
import type { Folder, FolderId } from '@fauxchange/mailbox';
import type { Logon } from '../logon/logon.ts';
import { codeOf } from '../errors.ts';
import { folderChanges } from '../mapping/folder-changes.ts';
import { folderFactNames, folderValue } from '../mapping/folder-values.ts';
import { PropertyObject, type Problem } from './property-object.ts';

/** An open folder. It may be gone by the time that it is used: then everything answers that it is not found. */
export class FolderObject extends PropertyObject {
  override readonly logon: Logon;
  readonly id: FolderId;
  #folder: Folder;

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
    await this.folder();
  }

  override value(property: Property): PropertyValue | undefined {
    return folderValue(this.#folder, this.logon, property);
  }

  override *properties(): IterableIterator<PropertyName> {
    const stored = new Set<PropertyName>();
    for (const [name] of this.#folder.bag.entries()) stored.add(name);
    yield* stored;
    for (const name of folderFactNames) if (!stored.has(name) && this.value(propertyNamed(name) as Property) !== undefined) yield name;
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
