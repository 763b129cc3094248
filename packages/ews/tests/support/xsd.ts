import { createXsdCheck } from '@fauxchange/xsd-check';

const xsd = createXsdCheck();
if (!xsd.available) console.warn(`RESPONSES ARE NOT VALIDATED against Microsoft's schema in this run: ${xsd.reason ?? ''}`);

/** Characters that XML 1.0 forbids and Exchange writes as references: libxml2 refuses these documents altogether. */
const forbidden = /&#x(?:0?[0-8BCEFbcef]|1[0-9A-Fa-f]|FFF[EF]);/g;

/** As other parsers can read it. */
export function withoutForbidden(xml: string): string {
  return xml.replaceAll(forbidden, '\ufffd');
}

/** Real servers depart from their own schema here: src/schema/ews-schema.ts. */
const errorIds = /(?<=<m:ErrorSubscriptionIds>)(?:<m:SubscriptionId>[^<]*<\/m:SubscriptionId>)+/g;

function asPublished(xml: string): string {
  return xml.replaceAll(errorIds, (ids) => ids.replaceAll('m:SubscriptionId', 't:SubscriptionId'));
}

/** Fails the test that received a document which Microsoft's schema does not allow. */
export function expectValid(xml: string): void {
  const complaints = xsd.validate(asPublished(withoutForbidden(xml)));
  if (complaints !== '') throw new Error(`not valid for Microsoft's schema: ${complaints}\n${xml.slice(0, 4000)}`);
}

export const isXsdAvailable: boolean = xsd.available;
