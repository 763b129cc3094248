import { openEmulator, type Emulator, type EmulatorOptions } from '@fauxchange/emulator';
import { mapiHttpService, type MapiHttpOptions } from './mapi-http-service.ts';

export interface MapiHttpEmulatorOptions extends EmulatorOptions, MapiHttpOptions {}
export type MapiHttpEmulator = Emulator;

/**
 * Starts an Exchange that speaks MAPI over HTTP, on a free port, with the default mailboxes.
 *
 * @example
 * await using mapi = await createMapiHttpEmulator();
 * const answer = await fetch(`${mapi.url}/mapi/emsmdb/`, { method: 'POST', headers: { 'X-RequestType': 'PING', 'X-RequestId': '{D9BA2ED7-92F5-4FC0-B2B0-4D13B3E2B1E1}:1', Authorization: `Basic ${btoa('alice@example.test:alice-pass')}` } });
 * console.log(answer.headers.get('X-ResponseCode'));
 */
export function createMapiHttpEmulator(options: MapiHttpEmulatorOptions = {}): Promise<MapiHttpEmulator> {
  return openEmulator(options, [mapiHttpService(options)]);
}
