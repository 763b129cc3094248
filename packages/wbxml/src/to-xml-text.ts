import { toBase64 } from './base64.ts';
import { codePages } from './code-pages.ts';
import type { CodePage } from './code-pages.ts';
import { TokenKind, TokenReader } from './token-reader.ts';
import type { TokenReaderOptions } from './token-reader.ts';

/** Of the one element that is no element of the document: opaque content as base64. */
export const OPAQUE_NAMESPACE = 'urn:fauxchange:wbxml';
export const OPAQUE_NAME = 'opaque';

export interface ToXmlTextOptions extends TokenReaderOptions {
  /** Spaces for each level; 0 puts all on one line; 2 by default. */
  readonly indent?: number | undefined;
}

/** What XML 1.0 cannot say at all. */
const UNSAYABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };
const escape = (text: string): string => text.replace(UNSAYABLE, '\ufffd').replace(/[&<>\r]/g, (character) => ESCAPES[character] as string);

/** An open element. */
interface Frame {
  readonly name: string;
  readonly parts: string[];
  hasText: boolean;
}

/**
 * A document as XML for people: the root's namespace is the default one, the others have the page's name in small letters as
 * their prefix, as in Microsoft's documents. Opaque content is base64 in `wbxml:opaque`, which `fromXmlText` turns back.
 * Characters that XML cannot say are shown as U+FFFD.
 *
 * @throws WbxmlError
 * @example
 * toXmlText(new Uint8Array([0x03, 0x01, 0x6a, 0x00, 0x45, 0x5c, 0x01, 0x01]), { indent: 0 });
 * // <?xml version="1.0" encoding="utf-8"?>
 * // <Sync xmlns="AirSync:"><Collections/></Sync>
 */
export function toXmlText(bytes: Uint8Array, { indent = 2, ...options }: ToXmlTextOptions = {}): string {
  const writer = new XmlTextWriter(indent);
  const tokens = new TokenReader(bytes, options);
  for (let kind = tokens.next(); kind !== TokenKind.End; kind = tokens.next()) {
    if (kind === TokenKind.Close) writer.close();
    else if (kind === TokenKind.Text) writer.text(escape(tokens.text()));
    else if (kind === TokenKind.Opaque) writer.opaque(tokens.opaque());
    else {
      writer.open(codePages[tokens.page] as CodePage, tokens.element.local);
      if (kind === TokenKind.Empty) writer.close();
    }
  }
  return writer.document;
}

class XmlTextWriter {
  document = '';
  readonly #indent: number;
  readonly #frames: Frame[] = [];
  /** Attributes of the root, in the order in which the namespaces were met. */
  readonly #declarations = new Map<string, string>();
  #rootPage: CodePage | undefined;

  constructor(indent: number) {
    this.#indent = indent;
  }

  open(page: CodePage, local: string): void {
    this.#rootPage ??= page;
    const prefix = page === this.#rootPage ? '' : page.name.toLowerCase();
    this.#declarations.set(prefix === '' ? 'xmlns' : `xmlns:${prefix}`, page.namespace);
    this.#frames.push({ name: prefix === '' ? local : `${prefix}:${local}`, parts: [], hasText: false });
  }

  text(escaped: string): void {
    const frame = this.#frames[this.#frames.length - 1] as Frame;
    frame.hasText = true;
    frame.parts.push(escaped);
  }

  opaque(content: Uint8Array): void {
    this.#declarations.set('xmlns:wbxml', OPAQUE_NAMESPACE);
    this.text(`<wbxml:${OPAQUE_NAME}>${toBase64(content)}</wbxml:${OPAQUE_NAME}>`);
  }

  close(): void {
    const { name, parts, hasText } = this.#frames.pop() as Frame;
    const parent = this.#frames[this.#frames.length - 1];
    const attributes = parent ? '' : [...this.#declarations].map(([key, value]) => ` ${key}="${value}"`).join('');
    const element = parts.length === 0 ? `<${name}${attributes}/>` : `<${name}${attributes}>${this.#content(parts, hasText)}</${name}>`;
    if (parent) parent.parts.push(element);
    else this.document = `<?xml version="1.0" encoding="utf-8"?>\n${element}\n`;
  }

  /** White space would be content beside text, so only children that stand alone get lines of their own. */
  #content(parts: readonly string[], hasText: boolean): string {
    if (hasText || this.#indent === 0) return parts.join('');
    const line = `\n${' '.repeat(this.#indent * this.#frames.length)}`;
    const inner = line + ' '.repeat(this.#indent);
    return `${inner}${parts.join(inner)}${line}`;
  }
}
