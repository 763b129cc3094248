import { openEmulator } from '@fauxchange/emulator';
import { autodiscoverService } from './autodiscover-service.ts';
import type { Emulator, EmulatorOptions } from '@fauxchange/emulator';
import type { AutodiscoverSettings } from './autodiscover-service.ts';

export interface AutodiscoverEmulatorOptions extends EmulatorOptions, AutodiscoverSettings {}

/** A listening Autodiscover; `url` is without a path. */
export type AutodiscoverEmulator = Emulator;

/**
 * Starts an Autodiscover server.
 *
 * @example
 * await using autodiscover = await createAutodiscoverEmulator({ services: { ews: { external: 'https://mail.example.test/EWS/Exchange.asmx' } } });
 * const response = await fetch(`${autodiscover.url}/autodiscover/autodiscover.json?Email=alice@example.test&Protocol=Ews`);
 */
export function createAutodiscoverEmulator(options: AutodiscoverEmulatorOptions = {}): Promise<AutodiscoverEmulator> {
  return openEmulator(options, [autodiscoverService(options)]);
}
