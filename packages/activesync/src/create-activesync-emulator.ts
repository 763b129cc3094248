import { openEmulator, type Emulator, type EmulatorOptions } from '@fauxchange/emulator';
import { activeSyncService, type ActiveSyncControl, type ActiveSyncOptions } from './http/activesync-service.ts';

export interface ActiveSyncEmulatorOptions extends EmulatorOptions, ActiveSyncOptions {}

/** A running emulator of Exchange ActiveSync. */
export interface ActiveSyncEmulator extends Emulator, ActiveSyncControl {
  /** Where clients post: `http://127.0.0.1:PORT/Microsoft-Server-ActiveSync`. */
  readonly endpoint: string;
}

/**
 * Starts an Exchange that speaks ActiveSync, on a free port, with the default mailboxes.
 *
 * @example
 * await using eas = await createActiveSyncEmulator();
 * const answer = await fetch(eas.endpoint, { method: 'OPTIONS', headers: { Authorization: `Basic ${btoa('alice@example.test:alice-pass')}` } });
 * console.log(answer.headers.get('MS-ASProtocolVersions'));
 */
export async function createActiveSyncEmulator(options: ActiveSyncEmulatorOptions = {}): Promise<ActiveSyncEmulator> {
  const { devices, policy, install } = activeSyncService(options);
  const emulator = await openEmulator(options, [install]);
  return Object.assign(emulator, { endpoint: `${emulator.url}/Microsoft-Server-ActiveSync`, devices, policy });
}
