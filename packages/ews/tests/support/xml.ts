import { SaxesParser } from 'saxes';

/** An element as a client's parser sees it; names are local names. */
export interface XmlElement {
  readonly name: string;
  readonly uri: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Character data directly inside. */
  readonly text: string;
}
interface Open extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/** Reads a whole document with a parser that is not ours; throws on what is not well-formed. */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, fragment: false });
  const document: Open = { name: '', uri: '', attributes: {}, children: [], text: '' };
  const stack: Open[] = [document];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    const element: Open = { name: local, uri, attributes: Object.fromEntries(Object.values(attributes).filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns').map((one) => [one.local, one.value])), children: [], text: '' };
    stack.at(-1)?.children.push(element);
    stack.push(element);
  });
  parser.on('text', (data) => {
    const top = stack.at(-1);
    if (top) top.text += data;
  });
  parser.on('closetag', () => void stack.pop());
  parser.write(text).close();
  const [root] = document.children;
  if (!root) throw new Error('an empty document');
  return root;
}

/** Every element of that name below, in document order. */
export function allBelow(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...allBelow(child, name)]);
}

/** The first element of that name below. */
export function below(element: XmlElement, name: string): XmlElement {
  const [first] = allBelow(element, name);
  if (!first) throw new Error(`no ${name} in ${element.name}`);
  return first;
}

/** The text of a child by its path of names; undefined where there is none. */
export function textAt(element: XmlElement, ...path: readonly string[]): string | undefined {
  let at: XmlElement | undefined = element;
  for (const name of path) at = at?.children.find((child) => child.name === name);
  return at?.text;
}

export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((one) => one.name === name);
}

/** Names of the children, in order. */
export function names(element: XmlElement): string[] {
  return element.children.map(({ name }) => name);
}
