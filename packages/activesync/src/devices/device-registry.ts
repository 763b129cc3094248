import type { DirectoryEntry } from '@fauxchange/mailbox';
import { Device } from './device.ts';

/** Device partnerships that a user may have; Exchange's throttling policy has EasMaxDevices 100. */
const mostDevices = 100;

/** All partnerships of a server. */
export interface Devices {
  /** In the order in which they were first seen. */
  list(userAddress?: string): readonly Device[];
  find(userAddress: string, deviceId: string): Device | undefined;
  /** Ends a partnership: the device comes back as a new one. */
  remove(userAddress: string, deviceId: string): boolean;
}

export class DeviceRegistry implements Devices {
  readonly #devices = new Map<string, Device>();

  /** The partnership, made when there was none; undefined when the user has too many. Device ids are compared without case. */
  open(user: DirectoryEntry, id: string, type: string, now: number): Device | undefined {
    const key = keyOf(user.primarySmtpAddress, id);
    const known = this.#devices.get(key);
    if (known) return known;
    if (this.list(user.primarySmtpAddress).length >= mostDevices) return undefined;
    const device = new Device({ id, type, userId: user.id, userAddress: user.primarySmtpAddress, now });
    this.#devices.set(key, device);
    return device;
  }

  list(userAddress?: string): readonly Device[] {
    const address = userAddress?.toLowerCase();
    return [...this.#devices.values()].filter((device) => address === undefined || device.userAddress.toLowerCase() === address);
  }

  find(userAddress: string, deviceId: string): Device | undefined {
    return this.#devices.get(keyOf(userAddress, deviceId));
  }

  remove(userAddress: string, deviceId: string): boolean {
    return this.#devices.delete(keyOf(userAddress, deviceId));
  }

  clear(): void {
    this.#devices.clear();
  }
}

const keyOf = (userAddress: string, deviceId: string): string => `${userAddress.toLowerCase()}\n${deviceId.toLowerCase()}`;
