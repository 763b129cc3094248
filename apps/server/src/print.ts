import type { Exchange } from '@fauxchange/exchange';
import type { JournalEntry } from '@fauxchange/kernel';

export type Print = (line: string) => void;

/** Says where the server is, who may sign in, and a line to try. */
export function printReady(exchange: Exchange, { isJson }: { readonly isJson: boolean }, print: Print): void {
  const { httpUrl, httpsUrl, organization } = exchange;
  if (isJson) return print(JSON.stringify({ event: 'ready', httpUrl, httpsUrl, ewsUrl: exchange.ewsUrl, activeSyncUrl: exchange.activeSync.url, users: organization.users }));
  const [first] = organization.users;
  print('Fauxchange is ready.\n');
  for (const base of [httpUrl, httpsUrl]) if (base) print(`  EWS           ${base}/EWS/Exchange.asmx`);
  for (const base of [httpUrl, httpsUrl]) if (base) print(`  ActiveSync    ${base}/Microsoft-Server-ActiveSync`);
  for (const base of [httpUrl, httpsUrl]) if (base) print(`  MAPI          ${base}/mapi/emsmdb/`);
  print(`  Autodiscover  ${httpsUrl ?? httpUrl}/autodiscover/autodiscover.xml`);
  print(`  OAuth         ${httpUrl ?? httpsUrl}/common/oauth2/v2.0/authorize`);
  print('\n  Users:');
  for (const { address, password } of organization.users) print(`    ${address.padEnd(28)} ${password}`);
  if (first) {
    print(`\nTry:\n  curl -u '${`${first.address}:${first.password}`.replaceAll("'", `'\\''`)}' ${httpUrl ?? httpsUrl}/EWS/Services.wsdl`);
  }
  print('\nCtrl-C ends it.\n');
}

/** One line a request. */
export function printRequest(entry: JournalEntry, { isJson }: { readonly isJson: boolean }, print: Print): void {
  const { time, protocol, operation, user, method, path, status, errorCode, durationMs, outcome } = entry;
  if (isJson) return print(JSON.stringify({ event: 'request', time, protocol, operation, user, method, path, status, errorCode, durationMs: Math.round(durationMs * 10) / 10, outcome }));
  print(`${new Date(time).toISOString()} ${status} ${protocol} ${operation ?? `${method} ${path}`} ${user ?? '-'}${errorCode ? ` ${errorCode}` : ''} ${durationMs.toFixed(1)} ms`);
}
