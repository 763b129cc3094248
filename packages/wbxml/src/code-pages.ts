import { codePageLines } from './code-pages.generated.ts';
import type { ElementNames } from './code-pages.generated.ts';
import type { ProtocolVersion } from './protocol-version.ts';

/** `'AirSync'`, `'Email2'` …: the names of the code pages. */
export type PageName = keyof ElementNames;

/** `'AirSync:Sync'`: an element with the name of its page. */
export type ElementName = { [P in PageName]: `${P}:${ElementNames[P]}` }[PageName];

/** One element of a code page. */
export interface CodePageElement {
  readonly name: ElementName;
  /** The name without its page. */
  readonly local: string;
  readonly page: number;
  readonly token: number;
  /** The version that brought it. */
  readonly since: ProtocolVersion;
  /** The last version that knew it; undefined when the newest does. */
  readonly until: ProtocolVersion | undefined;
  /** Whether only 2.5 knew it. */
  readonly isLegacy: boolean;
}

/** One of the 26 code pages of [MS-ASWBXML] 2.1.2.1. */
export interface CodePage {
  readonly number: number;
  readonly name: PageName;
  /** As Microsoft writes it in XML: `AirSync:`. */
  readonly namespace: string;
  readonly since: ProtocolVersion;
  /** By token; the first five tokens of every page are global ones and have none. */
  readonly elements: readonly (CodePageElement | undefined)[];
}

/**
 * `Name`, `Name@14.0` (the version that brought it), `Name@-14.1` (the last that knew it), `Name!` (2.5 only), each after `20:`
 * where tokens are left out (hexadecimal).
 */
const WORD = /^(?:([0-9a-f]{2}):)?(\w+)(?:@([\d.]*)(?:-([\d.]+))?)?(!?)$/;
const FIRST_TOKEN = 0x05;

/** A line of the table: number, name, the version that brought the page, then its elements by ascending token. */
function readLine(line: string): CodePage {
  const [number, name, since, ...words] = line.split(' ') as [string, PageName, ProtocolVersion, ...string[]];
  const elements: (CodePageElement | undefined)[] = new Array<undefined>(64).fill(undefined);
  let token = FIRST_TOKEN;
  for (const word of words) {
    const [, jump, local = '', first, last, legacy] = WORD.exec(word) ?? [];
    if (jump !== undefined) token = Number.parseInt(jump, 16);
    const isLegacy = legacy === '!';
    const until = (isLegacy ? '2.5' : last) as ProtocolVersion | undefined;
    elements[token] = { name: `${name}:${local}` as ElementName, local, page: Number(number), token, since: (first || since) as ProtocolVersion, until, isLegacy };
    token += 1;
  }
  return { number: Number(number), name, namespace: `${name}:`, since, elements };
}

/** The code pages of ActiveSync; the index is the page's number. */
export const codePages: readonly CodePage[] = codePageLines.split('\n').map(readLine);

const elementsByName: ReadonlyMap<string, CodePageElement> = new Map(
  codePages.flatMap(({ elements }) => elements.flatMap((element) => (element ? [[element.name, element] as const] : []))),
);

/** The element of a name like `AirSync:Sync`; undefined when there is none. */
export const findElement = (name: string): CodePageElement | undefined => elementsByName.get(name);

/** The element of a token; undefined when the page or the token is unknown. */
export const elementAt = (page: number, token: number): CodePageElement | undefined => codePages[page]?.elements[token];

/** What a reader looks up at every tag, by page × 64 + token: 0 unknown, 1 known, 2 known to 2.5 only. */
export const knownTokens: Readonly<Uint8Array> = new Uint8Array(codePages.length * 64).map((_, code) => {
  const element = elementAt(code >> 6, code & 0x3f);
  return element === undefined ? 0 : element.isLegacy ? 2 : 1;
});
