// The operations: pairs of elements from the WSDL, and those that only messages.xsd declares.
import { parseXml } from './xsd.mjs';

/** @typedef {{ name: string, request: string, response: string, since: number, inWsdl: boolean, headers: string[] }} Operation  headers: types of the request's header blocks */

const local = (name) => name.replace(/^\w+:/, '');

function readWsdl(text) {
  const root = parseXml(text);
  const messages = new Map(root.children.filter((node) => node.tag === 'message').map((node) => [node.attributes.name, node.children.filter((part) => part.tag === 'part').map((part) => part.attributes.element)]));
  const body = (reference) => messages.get(local(reference)).find((element) => element.startsWith('tns:'));
  const operations = root.children.filter((node) => node.tag === 'portType').flatMap((node) => node.children.filter((child) => child.tag === 'operation')).map((node) => {
    const of = (tag) => local(body(node.children.find((child) => child.tag === tag).attributes.message));
    const input = messages.get(local(node.children.find((child) => child.tag === 'input').attributes.message));
    return { name: node.attributes.name, request: of('input'), response: of('output'), headers: input.filter((element) => element.startsWith('t:')).map(local) };
  });
  const headers = new Set([...messages.values()].flat().filter((element) => element.startsWith('t:')).map(local));
  return { operations, headers: [...headers].sort() };
}

/** @param {string} wsdl @param {import('./xsd.mjs').SchemaModel[]} models oldest first @returns {{ operations: Operation[], headers: string[] }} */
export function readOperations(wsdl, models) {
  const { operations, headers } = readWsdl(wsdl);
  const newest = models[models.length - 1];
  const taken = new Set(operations.flatMap(({ request, response }) => [request, response]));
  const names = [...newest.elements.keys()].filter((name) => name.startsWith('m:')).map((name) => name.slice(2));
  const others = names.filter((name) => !taken.has(name)).flatMap((name) => {
    const response = [`${name}Response`, `${name}ResponseMessage`, name.replace(/Request$/, 'Response')].find((candidate) => candidate !== name && names.includes(candidate) && !taken.has(candidate));
    return response ? [{ name: name.replace(/Request$/, ''), request: name, response, headers: [] }] : [];
  });
  const since = ({ request }) => models.findIndex((model) => model.elements.has(`m:${request}`));
  const all = [...operations.map((o) => ({ ...o, since: since(o), inWsdl: true })), ...others.map((o) => ({ ...o, since: since(o), inWsdl: false }))];
  return { operations: all.sort((a, b) => (a.name < b.name ? -1 : 1)), headers };
}
