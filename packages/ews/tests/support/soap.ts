export const namespaces = {
  soap: 'http://schemas.xmlsoap.org/soap/envelope/',
  messages: 'http://schemas.microsoft.com/exchange/services/2006/messages',
  types: 'http://schemas.microsoft.com/exchange/services/2006/types',
  errors: 'http://schemas.microsoft.com/exchange/services/2006/errors',
} as const;

export interface EnvelopeOptions {
  /** RequestServerVersion; default Exchange2016, null for none. */
  readonly version?: string | null | undefined;
  /** Further header elements. */
  readonly header?: string | undefined;
}

/** A request by hand: what clients write, not what our codec does. */
export function envelope(body: string, { version = 'Exchange2016', header = '' }: EnvelopeOptions = {}): string {
  const asked = version === null ? '' : `<t:RequestServerVersion Version="${version}"/>`;
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${namespaces.soap}" xmlns:m="${namespaces.messages}" xmlns:t="${namespaces.types}"><s:Header>${asked}${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** A folder by id, by distinguished name, or by `name@address`. */
export function folderRef(folder: string): string {
  if (/^[A-Za-z0-9+/=]{60,}$/.test(folder)) return `<t:FolderId Id="${folder}"/>`;
  const [name, mailbox] = folder.includes('/') ? folder.split('/') : [folder, undefined];
  return mailbox === undefined ? `<t:DistinguishedFolderId Id="${name}"/>` : `<t:DistinguishedFolderId Id="${name}"><t:Mailbox><t:EmailAddress>${mailbox}</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>`;
}
export const itemRef = ({ id, changeKey }: { readonly id: string; readonly changeKey?: string | undefined }): string =>
  `<t:ItemId Id="${id}"${changeKey === undefined ? '' : ` ChangeKey="${changeKey}"`}/>`;

/** A path: `item:Subject`, or an element written out. */
export const pathRef = (path: string): string => (path.startsWith('<') ? path : `<t:FieldURI FieldURI="${path}"/>`);

export function shape(base: string, paths: readonly string[] = [], more = ''): string {
  return `<t:BaseShape>${base}</t:BaseShape>${more}${paths.length > 0 ? `<t:AdditionalProperties>${paths.map(pathRef).join('')}</t:AdditionalProperties>` : ''}`;
}

export const mailbox = (address: string): string => `<t:Mailbox><t:EmailAddress>${address}</t:EmailAddress></t:Mailbox>`;
