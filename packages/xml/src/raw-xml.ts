/** XML that goes to the wire as it is, or came from there: the content of `xs:any`. */
export class RawXml {
  readonly xml: string;

  constructor(xml: string) {
    this.xml = xml;
  }
}

/**
 * Marks a text as XML, for places where the schema allows any element, such as MessageXml.
 * Its prefixes must be declared in it or be those of the answer (`m`, `t`).
 *
 * @example
 * const MessageXml = rawXml('<t:Value Name="BackOffMilliseconds">1000</t:Value>');
 */
export const rawXml = (xml: string): RawXml => new RawXml(xml);
