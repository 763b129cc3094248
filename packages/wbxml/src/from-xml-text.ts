import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';
import { fromBase64 } from './base64.ts';
import { codePages, findElement } from './code-pages.ts';
import type { CodePageElement } from './code-pages.ts';
import { saxes } from './libraries.ts';
import { OPAQUE_NAME, OPAQUE_NAMESPACE } from './to-xml-text.ts';
import { TokenWriter } from './token-writer.ts';

/** The text is no XML, or says what WBXML cannot. Line and column, counted from 1, are those of the last character of what is wrong. */
export class XmlTextError extends Error {
  override readonly name = 'XmlTextError';
  readonly line: number;
  readonly column: number;

  constructor(reason: string, line: number, column: number) {
    super(`${reason} at line ${line}, column ${column}`);
    this.line = line;
    this.column = column;
  }
}

export interface FromXmlTextOptions {
  /** Open elements at a time; 64 by default. */
  readonly depth?: number | undefined;
  /** UTF-16 code units of the text; 64 Mi by default. */
  readonly length?: number | undefined;
}

const BLANK = /^[ \t\r\n]*$/;
const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** An open element: of the document, or the mark of opaque content. */
interface Frame {
  readonly isOpaque: boolean;
  text: string;
  hasChildren: boolean;
}

/**
 * The document that XML text stands for: what `toXmlText` writes, and whatever is written by hand with Microsoft's namespaces
 * (`AirSync:`; the colon may be missing, and Gal is GAL). White space between children is not content.
 *
 * @throws XmlTextError
 * @example
 * fromXmlText('<Sync xmlns="AirSync:"><Collections/></Sync>'); // 03 01 6a 00 45 1c 01
 */
export function fromXmlText(xml: string, { depth = 64, length = 64 * 1024 * 1024 }: FromXmlTextOptions = {}): Uint8Array {
  if (xml.length > length) throw new XmlTextError(`more than the ${length} characters allowed`, 1, 1);
  const { SaxesParser } = saxes();
  const parser = new SaxesParser({ xmlns: true });
  const builder = new Builder(depth, (reason) => {
    throw new XmlTextError(reason, parser.line, Math.max(parser.column, 1));
  });
  parser.on('opentag', (tag) => builder.open(tag));
  parser.on('text', (text) => builder.text(text));
  parser.on('cdata', (text) => builder.text(text));
  parser.on('closetag', () => builder.close());
  // Saxes begins its messages with the place.
  parser.on('error', (error) => builder.fail(error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')));
  parser.write(xml).close();
  return builder.finish();
}

class Builder {
  readonly fail: (reason: string) => never;
  readonly #depth: number;
  readonly #writer: TokenWriter = new TokenWriter();
  readonly #frames: Frame[] = [];

  constructor(depth: number, fail: (reason: string) => never) {
    this.#depth = depth;
    this.fail = fail;
  }

  open(tag: SaxesTagNS): void {
    for (const attribute of Object.values(tag.attributes) as SaxesAttributeNS[]) {
      if (attribute.uri !== XMLNS) this.fail(`the attribute ${attribute.name}: ActiveSync has none`);
    }
    if (this.#frames.length >= this.#depth) this.fail(`more than the ${this.#depth} open elements allowed`);
    const parent = this.#frames[this.#frames.length - 1];
    if (parent?.isOpaque) this.fail('an element in opaque content');
    const isOpaque = tag.uri === OPAQUE_NAMESPACE && tag.local === OPAQUE_NAME;
    if (isOpaque && !parent) this.fail('opaque content without an element around it');
    if (parent) {
      if (!BLANK.test(parent.text)) this.#writer.text(parent.text);
      parent.text = '';
      parent.hasChildren = true;
    }
    this.#frames.push({ isOpaque, text: '', hasChildren: false });
    if (isOpaque) return;
    const { page, token } = this.#elementOf(tag);
    this.#writer.open(page, token);
  }

  text(text: string): void {
    const frame = this.#frames[this.#frames.length - 1];
    if (frame) frame.text += text;
  }

  close(): void {
    const frame = this.#frames.pop() as Frame;
    if (frame.isOpaque) return this.#writer.opaque(fromBase64(frame.text) ?? this.fail('opaque content that is not base64'));
    if (!frame.hasChildren || !BLANK.test(frame.text)) this.#writer.text(frame.text);
    this.#writer.close();
  }

  finish(): Uint8Array {
    return this.#writer.finish();
  }

  #elementOf({ uri, local }: SaxesTagNS): CodePageElement {
    const wanted = uri.replace(/:$/, '').toLowerCase();
    const page = codePages.find(({ name }) => wanted === name.toLowerCase());
    if (!page) return this.fail(uri === '' ? `the element ${local} has no namespace` : `no code page has the namespace ${uri}`);
    return findElement(`${page.name}:${local}`) ?? this.fail(`the code page ${page.name} has no element ${local}`);
  }
}
