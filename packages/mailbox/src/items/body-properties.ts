import { binary, type Binary, type PropertyName } from '@fauxchange/properties';
import type { ItemBody, Properties, StoredBytes } from './item.ts';

const bodies: ReadonlySet<string> = new Set<PropertyName>(['PidTagBody', 'PidTagHtml', 'PidTagRtfCompressed']);

type Keep = (bytes: Uint8Array) => Promise<StoredBytes>;

/** Bodies that were written as properties, as MAPI writes them, become bodies; the rest of the properties stays.
 * A body that is written alone makes the others untrue. */
export async function bodiesFromProperties(
  properties: Properties | undefined,
  body: ItemBody | undefined,
  keep: Keep,
): Promise<{ readonly properties: Properties | undefined; readonly body: ItemBody | undefined }> {
  const { PidTagBody: text, PidTagHtml: html, PidTagRtfCompressed: rtf } = properties ?? {};
  if (text === undefined && html === undefined && rtf === undefined) return { properties, body };
  const keepBinary = (bytes: unknown): Promise<StoredBytes> => keep(binary.toBytes(bytes as Binary));
  return {
    properties: Object.fromEntries(Object.entries(properties ?? {}).filter(([name]) => !bodies.has(name))) as Properties,
    body: {
      native: html === undefined ? (rtf === undefined ? 'text' : 'rtf') : 'html',
      text: text === undefined ? undefined : await keep(Buffer.from(String(text))),
      html: html === undefined ? undefined : await keepBinary(html),
      rtf: rtf === undefined ? undefined : await keepBinary(rtf),
    },
  };
}
