// The libraries are loaded when first needed. `require` and not `import()`: the latter stays a dynamic
// import in the CommonJS build, and jest's CommonJS loader cannot run one.
/* eslint-disable @typescript-eslint/no-require-imports */
import type PostalMime from 'postal-mime';

export const postalMime = (): typeof PostalMime => require('postal-mime') as typeof PostalMime;

export interface ComposedNode {
  keepBcc: boolean;
  build(done: (error: Error | null, message: Buffer) => void): void;
}
export const mailComposer = (): new (mail: object) => { compile(): ComposedNode } =>
  (require('nodemailer/lib/mail-composer') as { default?: never }) as unknown as new (mail: object) => { compile(): ComposedNode };

export interface MimeFunctions {
  encodeWords(value: string, encoding: string, maxLength: number): string;
  foldLines(text: string, lineLength: number): string;
  detectExtension(contentType: string): string;
}
export const mimeFunctions = (): MimeFunctions => require('nodemailer/lib/mime-funcs') as MimeFunctions;

export interface HtmlToText {
  compile(options: object): (html: string) => string;
}
export const htmlToTextLibrary = (): HtmlToText => require('html-to-text') as HtmlToText;
