import type { DirectoryEntry } from '@fauxchange/mailbox';
import { commonStatus, refusalFor } from '../errors.ts';
import type { CommandLine } from '../http/command-line.ts';
import type { Device, DeviceAccess } from './device.ts';
import type { DeviceRegistry } from './device-registry.ts';
import type { Policy } from './policy.ts';

interface Asking {
  readonly devices: DeviceRegistry;
  readonly policy: Policy;
  readonly newDevices: DeviceAccess;
  readonly user: DirectoryEntry;
  readonly line: CommandLine;
  readonly userAgent: string | undefined;
  /** ms since 1970 UTC. */
  readonly now: number;
}

/** At most 32 characters each; [MS-ASHTTP] 2.2.1.1.1.2.3 and 2.2.1.1.1.2.4. */
const deviceWord = /^[\x21-\x7e]{1,32}$/;

/** Lets a device in, or says what it has to do first. @throws EasStatusError | HttpStatusError */
export function admit({ devices, policy, newDevices, user, line, userAgent, now }: Asking): Device {
  const refuse = (status: number, message: string): Error => refusalFor(status, line.version, message);
  if (!deviceWord.test(line.deviceId)) throw refuse(commonStatus.DeviceIdMissingOrInvalid, 'The device id is missing or too long.');
  if (!deviceWord.test(line.deviceType)) throw refuse(commonStatus.DeviceTypeMissingOrInvalid, 'The device type is missing or too long.');
  const known = devices.find(user.primarySmtpAddress, line.deviceId);
  const device = known ?? devices.open(user, line.deviceId, line.deviceType, now);
  if (!device) throw refuse(commonStatus.MaximumDevicesReached, 'The user has too many devices.');
  if (!known) device.access = newDevices;
  device.lastSeen = now;
  device.userAgent = userAgent;
  device.protocolVersion = line.version;
  if (device.access === 'blocked') throw refuse(commonStatus.DeviceIsBlockedForThisUser, 'The device is blocked.');
  if (line.command !== 'Provision') checkProvisioned(device, policy, line, refuse);
  return device;
}

/** What a device that has no right key is told, [MS-ASPROV] 3.1.5.1 and 3.1.5.2; a wipe goes before everything. */
function checkProvisioned(device: Device, policy: Policy, { policyKey }: CommandLine, refuse: (status: number, message: string) => Error): void {
  if (device.wipe) throw refuse(commonStatus.RemoteWipeRequested, 'The device is to be wiped.');
  if (policy.provisioning !== 'required') return;
  if (policyKey === undefined) throw refuse(commonStatus.LegacyDeviceOnStrictPolicy, 'The device sends no policy key.');
  if (policyKey === '0' || device.policyKey === '0') throw refuse(commonStatus.DeviceNotProvisioned, 'The device has no policy.');
  if (policyKey !== device.policyKey) throw refuse(commonStatus.InvalidPolicyKey, 'The policy key is not the last one.');
  if (device.policyRevision !== policy.revision) throw refuse(commonStatus.PolicyRefresh, 'The policy has changed.');
}
