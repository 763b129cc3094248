import { openEmulator, type Emulator, type EmulatorOptions } from '@fauxchange/emulator';
import { ewsService, type EwsOptions } from './http/ews-service.ts';

export interface EwsEmulatorOptions extends EmulatorOptions, EwsOptions {}

/** A running emulator of EWS. */
export interface EwsEmulator extends Emulator {
  /** Where clients post: `http://127.0.0.1:PORT/EWS/Exchange.asmx`. */
  readonly endpoint: string;
}

/**
 * Starts an Exchange that speaks EWS, on a free port, with the default mailboxes.
 *
 * @example
 * await using ews = await createEwsEmulator();
 * const response = await fetch(ews.endpoint, { method: 'POST', headers: { Authorization: `Basic ${btoa('alice@example.test:alice-pass')}` }, body: soap });
 */
export async function createEwsEmulator(options: EwsEmulatorOptions = {}): Promise<EwsEmulator> {
  const emulator = await openEmulator(options, [ewsService(options)]);
  return Object.defineProperty(emulator, 'endpoint', { value: `${emulator.url}/EWS/Exchange.asmx`, enumerable: true }) as EwsEmulator;
}
