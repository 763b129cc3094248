import { openEmulator, type Emulator, type EmulatorOptions } from '@fauxchange/emulator';
import { oabPath, oabService } from './oab-service.ts';

export type OabEmulatorOptions = EmulatorOptions;
export interface OabEmulator extends Emulator {
  /** The folder that Autodiscover would tell, with a slash at its end. */
  readonly oabUrl: string;
}

/**
 * Starts an Exchange that has an offline address book, on a free port, with the default mailboxes.
 *
 * @example
 * await using oab = await createOabEmulator();
 * const response = await fetch(`${oab.oabUrl}oab.xml`, { headers: { Authorization: `Basic ${btoa('alice@example.test:alice-pass')}` } });
 */
export async function createOabEmulator(options: OabEmulatorOptions = {}): Promise<OabEmulator> {
  const emulator = await openEmulator(options, [oabService()]);
  return Object.assign(emulator, { oabUrl: `${emulator.url}${oabPath(emulator.organization)}` });
}
