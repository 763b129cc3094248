import { compressRtf, decompressRtf, htmlToRtf, htmlToText, rtfToHtml, rtfToText, textToHtml, textToRtf } from '@fauxchange/mime';
import type { ItemBody, ItemContent, StoredBytes } from './item.ts';

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
function plainRtf(bytes: Uint8Array): Uint8Array | undefined {
  try {
    return decompressRtf(bytes);
  } catch {
    return undefined;
  }
}

/** RTF that encloses HTML has the text of that. */
function textOfRtf(bytes: Uint8Array): string {
  const rtf = plainRtf(bytes);
  const html = rtf && rtfToHtml(rtf);
  return html === undefined ? (rtf ? rtfToText(rtf) : '') : htmlToText(html);
}

/** HTML that RTF encloses; undefined where there is none. */
function htmlOfRtf(bytes: Uint8Array): string | undefined {
  const rtf = plainRtf(bytes);
  return rtf && rtfToHtml(rtf);
}

/** The body as HTML: kept, or made of the RTF that encloses it or of the text. */
export async function htmlOfBody(item: WithBody): Promise<string | undefined> {
  if (item.body?.html) return (await read(item.body.html)).toString('utf8');
  const enclosed = item.body?.native === 'rtf' && item.body.rtf ? htmlOfRtf(await read(item.body.rtf)) : undefined;
  if (enclosed !== undefined) return enclosed;
  const text = await textOfBody(item);
  return text === undefined ? undefined : textToHtml(text);
}

/** The first characters of the text in one line. */
export async function previewOfBody(item: WithBody, length: number): Promise<string | undefined> {
  const text = await textOfBody(item);
  return text?.replaceAll(/\s+/g, ' ').trim().slice(0, length);
}

/**
 * A body in the forms that MAPI has for it: what was given, and what the server makes of it ([MS-OXBBODY] 2.1.3.1). A plain text has no HTML;
 * RTF has one if it encloses it. What is made is made when it is asked for.
 */
export class BodyForms {
  readonly #native: ItemBody['native'];
  readonly #text: string | undefined;
  readonly #html: string | undefined;
  readonly #rtf: Uint8Array | undefined;
  readonly #made = new Map<'text' | 'html' | 'rtf', string | Uint8Array | undefined>();

  private constructor(native: ItemBody['native'], text: Buffer | undefined, html: Buffer | undefined, rtf: Uint8Array | undefined) {
    this.#native = native;
    this.#text = text?.toString('utf8');
    this.#html = html?.toString('utf8');
    this.#rtf = rtf;
  }

  static async of({ native, text, html, rtf }: ItemBody): Promise<BodyForms> {
    return new BodyForms(native, text && await read(text), html && await read(html), rtf && await read(rtf));
  }

  get text(): string | undefined {
    return this.#text ?? this.#once('text', () => (this.#html === undefined ? this.#rtf && textOfRtf(this.#rtf) : htmlToText(this.#html)));
  }

  get html(): string | undefined {
    return this.#html ?? this.#once('html', () => (this.#native === 'rtf' && this.#rtf ? htmlOfRtf(this.#rtf) : undefined));
  }

  /** Compressed, as PidTagRtfCompressed is. */
  get rtf(): Uint8Array | undefined {
    return this.#rtf ?? this.#once('rtf', () => {
      const { text } = this;
      return this.#html === undefined ? (text === undefined ? undefined : compressRtf(textToRtf(text))) : compressRtf(htmlToRtf(this.#html));
    });
  }

  #once<T extends string | Uint8Array>(form: 'text' | 'html' | 'rtf', make: () => T | undefined): T | undefined {
    if (!this.#made.has(form)) this.#made.set(form, make());
    return this.#made.get(form) as T | undefined;
  }
}
