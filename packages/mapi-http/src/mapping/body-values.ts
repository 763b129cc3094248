import { binary, type PropertyValue } from '@fauxchange/properties';
import { BodyForms, type ItemBody } from '@fauxchange/mailbox';
import { decodeText, encodeText } from '@fauxchange/mapi-wire';

/** The bodies of an item, with the value that they were read of. */
export interface ReadBodies {
  readonly of: ItemBody | undefined;
  readonly forms: BodyForms | undefined;
}

export async function readBodies(body: ItemBody | undefined): Promise<ReadBodies> {
  return { of: body, forms: body && await BodyForms.of(body) };
}

const utf8 = 65_001;

/** A body as MAPI has it: HTML in PidTagInternetCodepage. */
export function bodyValue(name: 'PidTagBody' | 'PidTagHtml' | 'PidTagRtfCompressed', forms: BodyForms | undefined, codePage: number = utf8): PropertyValue | undefined {
  if (name === 'PidTagBody') return forms?.text;
  if (name === 'PidTagRtfCompressed') return forms?.rtf && binary.from(forms.rtf);
  const html = forms?.html;
  return html === undefined ? undefined : binary.from(encodeText(html, { codePage }));
}

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};
const westEuropean = 1252;

/** HTML as a client wrote it, in UTF-8, and the code page that it is read in: another where it would not come out as it went in. */
export function storedHtml(bytes: Uint8Array, codePage: number | undefined): { readonly html: Uint8Array; readonly codePage: number | undefined } {
  const from = codePage ?? (isUtf8(bytes) ? utf8 : westEuropean);
  if (from === utf8) return { html: bytes, codePage };
  const text = decodeText(bytes, { codePage: from });
  const html = new Uint8Array(Buffer.from(text));
  const again = encodeText(text, { codePage: from });
  return { html, codePage: Buffer.compare(again, bytes) === 0 ? from : utf8 };
}
