import { createXsdCheck } from '@fauxchange/xsd-check';
import type { Exchange } from '../../src/index.ts';

const xsd = createXsdCheck();
if (!xsd.available) console.warn(`ANSWERS ARE NOT VALIDATED against Microsoft's schema in this run: ${xsd.reason ?? ''}`);

/** Fails when EWS said something that Microsoft's schema does not allow, or the server met a fault of its own. */
export function expectValidAnswers(exchange: Exchange): void {
  expect(exchange.journal.entries({ outcome: 'internal' })).toEqual([]);
  for (const { operation, response } of exchange.journal.entries({ protocol: 'ews', method: 'POST' })) {
    // A stream is several documents.
    for (const document of response.text?.split(/(?<=<\/(?:\w+:)?Envelope>)/) ?? []) {
      if (document.endsWith('Envelope>')) expect([operation, xsd.validate(document)]).toEqual([operation, '']);
    }
  }
}

/** An access token for Exchange, as a program gets it. */
export async function tokenOf(exchange: Exchange, form: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(`${exchange.httpUrl as string}/organizations/oauth2/v2.0/token`, { method: 'POST', body: new URLSearchParams({ scope: 'https://outlook.office365.com/.default', ...form }) });
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (token === undefined) throw new Error(`no token: HTTP ${response.status}`);
  return token;
}
