import { createHash } from 'node:crypto';
import type { Clock, IdSource } from '@fauxchange/kernel';
import { AddressBook, type DirectoryEntry, type Organization } from '@fauxchange/mailbox';
import { columns, headerTags, truncatedProperties } from '../columns.ts';
import { encodeContainer } from '../file/container.ts';
import { encodeDetails, type OabRecord } from '../file/details-file.ts';
import type { StaticFile } from '../http/static-file.ts';
import { renderManifest } from './manifest.ts';
import { recordOf } from './record.ts';

const listName = '\\Global Address List';
/** The distinguished name of the global list in an offline address book ([K]). */
const listDN = '/';
const detailsVersion = 32;
const second = 1000;
const filetimeOf1970 = 116_444_736_000_000_000n;

export const idOf = (ids: IdSource): string => ids.fork('offline address book').uuid();

interface Generation {
  readonly seq: number;
  /** Of the records: whether the next generation is another one. */
  readonly hash: string;
  readonly modified: number;
  readonly files: ReadonlyMap<string, StaticFile>;
}

/**
 * The offline address book of an organization. Exchange makes its files every eight hours; here they are made when the manifest is
 * asked for and the global address list is not what it was. Until then the last ones are there, whatever has happened since.
 */
export class OfflineAddressBook {
  readonly #book: AddressBook;
  readonly #organization: Organization;
  readonly #clock: Clock;
  #listed: readonly DirectoryEntry[] | undefined;
  #latest: Generation | undefined;

  constructor(organization: Organization, clock: Clock) {
    this.#organization = organization;
    this.#clock = clock;
    this.#book = new AddressBook(organization.directory, organization.ids);
  }

  manifest(): StaticFile {
    return this.#made().files.get(manifestName) as StaticFile;
  }

  /** A file of the last generation; undefined for any other name. */
  file(name: string): StaticFile | undefined {
    return (this.#latest ?? this.#made()).files.get(name.toLowerCase());
  }

  clear(): void {
    this.#latest = undefined;
    this.#listed = undefined;
  }

  #made(): Generation {
    const listed = this.#organization.directory.list();
    if (this.#latest && listed === this.#listed) return this.#latest;
    this.#listed = listed;
    const records = this.#book.table(this.#book.global).entries.map((entry) => recordOf(entry, this.#book));
    const hash = sha1(this.#details(0, records));
    if (this.#latest?.hash !== hash) this.#latest = this.#generate(records, hash, this.#latest);
    return this.#latest as Generation;
  }

  #generate(records: readonly OabRecord[], hash: string, before: Generation | undefined): Generation {
    const seq = (before?.seq ?? 0) + 1;
    const { id } = this.#book.global;
    // Two within one second would be one by their dates.
    const now = Math.floor(this.#clock.now() / second) * second;
    const modified = before ? Math.max(now, before.modified + second) : now;
    // As IIS has it: a FILETIME and how often the configuration has changed.
    const etag = `"${(BigInt(modified) * 10_000n + filetimeOf1970).toString(16)}:0"`;
    const details = this.#details(seq, records);
    const content = encodeContainer(details);
    const name = `${id}-data-${seq}.lzx`;
    const Full = { seq, ver: detailsVersion, size: content.length, uncompressedsize: details.length, SHA: sha1(content), name };
    const value = { id, dn: listDN, name: listName, Full };
    const files: readonly StaticFile[] = [
      { name: manifestName, type: 'text/xml', content: renderManifest(value), etag, modified, value },
      { name, type: 'application/octet-stream', content, etag, modified, value: { seq, records: records.length } },
    ];
    return { seq, hash, modified, files: new Map(files.map((file) => [file.name, file])) };
  }

  #details(seq: number, records: readonly OabRecord[]): Uint8Array {
    const { Name, DistinguishedName, Sequence, ContainerGuid } = headerTags;
    return encodeDetails({
      headerProperties: Object.values(headerTags).map((ulPropId) => ({ ulPropId, ulFlags: 0 })),
      properties: [...columns, truncatedProperties],
      header: new Map<number, string | number>([[Name, listName], [DistinguishedName, listDN], [Sequence, seq], [ContainerGuid, this.#book.global.id]]),
      records,
    });
  }
}

export const manifestName = 'oab.xml';
const sha1 = (bytes: Uint8Array): string => createHash('sha1').update(bytes).digest('hex').toUpperCase();
