import { lookup } from '@fauxchange/kernel';
import type { SchemaVersionName } from '../profile.ts';
import { renderMessagesXsd, renderServicesWsdl, renderTypesXsd } from '../schema/wsdl.ts';

/** What a browser sees at the endpoint. */
export const servicePage = '<HTML><HEAD><TITLE>Exchange Web Services</TITLE></HEAD><BODY><H1>Service</H1><P>You have created a service. Its description is at <A HREF="Services.wsdl">Services.wsdl</A>.</P></BODY></HTML>';

const renderers: Readonly<Record<string, (version: SchemaVersionName) => string>> = { 'services.wsdl': renderServicesWsdl, 'messages.xsd': renderMessagesXsd, 'types.xsd': renderTypesXsd };

/** The files beside the endpoint, by lower-case name: rendered when first asked for, then kept. */
export class SchemaFiles {
  readonly #rendered = new Map<string, string>();
  readonly #version: SchemaVersionName;

  constructor(version: SchemaVersionName) {
    this.#version = version;
  }

  get(name: string): string | undefined {
    const render = lookup(renderers, name);
    if (!render) return undefined;
    const file = this.#rendered.get(name) ?? render(this.#version);
    this.#rendered.set(name, file);
    return file;
  }
}
