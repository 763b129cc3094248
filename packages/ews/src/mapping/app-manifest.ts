import { MalformedXmlError, readXml, XmlLimitError, type XmlEvents } from '@fauxchange/xml';
import { EwsError } from '../errors.ts';

/** What an add-in's manifest says that the server acts on. */
export interface AppManifest {
  /** Lower-case. */
  readonly id: string;
  readonly permissions: AppPermission;
  /** The page of its form: the audience of its identity tokens. */
  readonly sourceLocation: string;
}

/** Permissions of mail add-ins, each with what the one before may. */
const permissions = ['Restricted', 'ReadItem', 'ReadWriteItem', 'ReadWriteMailbox'] as const;
export type AppPermission = (typeof permissions)[number];

export const mayAtLeast = (had: AppPermission, needed: AppPermission): boolean => permissions.indexOf(had) >= permissions.indexOf(needed);

/** Bytes: what the documentation of add-ins allows a manifest. */
const mostBytes = 256 * 1024;
const namespaces = /^http:\/\/schemas\.microsoft\.com\/office\/appforoffice\/1\.\d$/;

/** An error of the installation, in the words of the error example of InstallApp. */
const cannotInstall = (why: string): EwsError => new EwsError('ErrorInternalServerError', `This app can't be installed. ${why}`);

/** Reads a manifest; ErrorInternalServerError, as Exchange answers it, for what is none ([K] the reasons but that of OfficeApp). */
export function readAppManifest(bytes: Uint8Array): AppManifest {
  if (bytes.length > mostBytes) throw cannotInstall('The manifest is too large.');
  const reader = new ManifestReader();
  try {
    readXml(Buffer.from(bytes).toString('utf8').replace(/^\ufeff/, ''), reader);
  } catch (thrown) {
    if (thrown instanceof MalformedXmlError || thrown instanceof XmlLimitError) throw cannotInstall('The manifest is not well-formed XML.');
    throw thrown;
  }
  return reader.manifest();
}

class ManifestReader implements XmlEvents {
  readonly #path: string[] = [];
  readonly #texts = new Map<string, string>();
  #isOfficeApp = false;

  open(tag: Parameters<XmlEvents['open']>[0]): void {
    this.#path.push(tag.local);
    if (this.#path.length === 1) this.#isOfficeApp = tag.local === 'OfficeApp' && namespaces.test(tag.uri);
    const location = tag.attributes['DefaultValue']?.value;
    if (tag.local === 'SourceLocation' && location !== undefined && !this.#texts.has('SourceLocation')) this.#texts.set('SourceLocation', location);
  }

  text(text: string): void {
    if (this.#path.length !== 2) return;
    const name = this.#path[1] as string;
    this.#texts.set(name, (this.#texts.get(name) ?? '') + text);
  }

  close(): void {
    this.#path.pop();
  }

  manifest(): AppManifest {
    if (!this.#isOfficeApp) throw cannotInstall('Missing OfficeApp element.');
    const id = this.#texts.get('Id')?.trim().toLowerCase() ?? '';
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw cannotInstall('Missing Id element.');
    const sourceLocation = this.#texts.get('SourceLocation');
    if (sourceLocation === undefined) throw cannotInstall('Missing SourceLocation element.');
    const asked = this.#texts.get('Permissions')?.trim();
    return { id, sourceLocation, permissions: permissions.find((one) => one === asked) ?? 'Restricted' };
  }
}
