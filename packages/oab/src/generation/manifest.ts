import { buildDocument } from '@fauxchange/xml';

/** A file that the manifest names, [MS-OXWOAB] 2. */
export interface ListedFile {
  readonly seq: number;
  readonly ver: number;
  readonly size: number;
  readonly uncompressedsize: number;
  /** SHA-1 of the file as it is fetched. */
  readonly SHA: string;
  readonly name: string;
}

export interface ManifestValue {
  readonly id: string;
  readonly dn: string;
  readonly name: string;
  readonly Full: ListedFile;
}

export function renderManifest({ id, dn, name, Full }: ManifestValue): Uint8Array {
  const { name: file, ...attributes } = Full;
  const OAL = { name: 'OAL', attributes: { id, dn, name }, children: [{ name: 'Full', attributes, children: [file] }] };
  return Buffer.from(buildDocument({ name: 'OAB', children: [OAL] }));
}
