import { decompressRtf, htmlToText, rtfToText, textToHtml } from '@fauxchange/mime';
import type { ItemContent, StoredBytes } from './item.ts';

type WithBody = Pick<ItemContent, 'body'>;

async function read(bytes: StoredBytes): Promise<Buffer> {
  const raw = bytes.peek?.() ?? (await bytes.read());
  return Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
}

/** The body as plain text: kept, or made of the HTML or the RTF. Undefined: there is no body. */
export async function textOfBody({ body }: WithBody): Promise<string | undefined> {
  if (body?.text) return (await read(body.text)).toString('utf8');
  if (body?.html) return htmlToText((await read(body.html)).toString('utf8'));
  return body?.rtf && textOfRtf(await read(body.rtf));
}

/** What a client stored as compressed RTF need not be any: then nobody can read it. */
function textOfRtf(bytes: Uint8Array): string {
  try {
    return rtfToText(decompressRtf(bytes));
  } catch {
    return '';
  }
}

/** The body as HTML: kept, or made of the text. */
export async function htmlOfBody(item: WithBody): Promise<string | undefined> {
  if (item.body?.html) return (await read(item.body.html)).toString('utf8');
  const text = await textOfBody(item);
  return text === undefined ? undefined : textToHtml(text);
}

/** The first characters of the text in one line. */
export async function previewOfBody(item: WithBody, length: number): Promise<string | undefined> {
  const text = await textOfBody(item);
  return text?.replaceAll(/\s+/g, ' ').trim().slice(0, length);
}
