import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthScheme } from '@fauxchange/auth';
import { HttpExchange, type Environment, type Installer, type Service } from '@fauxchange/emulator';
import type { RightsManagementTemplate } from '../context.ts';
import type { DeviceAccess } from '../devices/device.ts';
import { DeviceRegistry, type Devices } from '../devices/device-registry.ts';
import { Policy, type PolicyOptions } from '../devices/policy.ts';
import { profileNamed, type Profile, type ProfileName } from '../profile.ts';
import { CommandDoor } from './command-door.ts';
import { announcement, commonHeaders } from './headers.ts';

export interface ActiveSyncOptions extends PolicyOptions {
  /** Which server is played. Default `exchangeSE`. */
  readonly profile?: ProfileName | undefined;
  /** Schemes of the virtual directory, if not those of the server. */
  readonly schemes?: readonly ('Basic' | 'Bearer' | AuthScheme)[] | undefined;
  /** Bytes of a request; default 20 MiB ([K]: Exchange's MaxRequestLength of this directory is 10,240 KB; attachments grow by base64). */
  readonly maxRequestBytes?: number | undefined;
  /** Access of devices that come for the first time. Default `allowed`. */
  readonly newDevices?: DeviceAccess | undefined;
  /** Turns rights management on, with these templates. Default: off, as in an organization without a licence server. */
  readonly rightsManagementTemplates?: readonly RightsManagementTemplate[] | undefined;
}

/** What a test or an administrator holds of the running protocol. */
export interface ActiveSyncControl {
  readonly devices: Devices;
  readonly policy: Policy;
}

/** ActiveSync, not yet installed, and its control. */
export interface ActiveSyncInstallation extends ActiveSyncControl {
  readonly install: Installer;
}

/**
 * ActiveSync for a server, under `/Microsoft-Server-ActiveSync`.
 *
 * @example
 * const activeSync = activeSyncService({ provisioning: 'none' });
 * const emulator = await openEmulator(options, [activeSync.install]);
 * activeSync.devices.find('alice@example.test', 'DEVICE1')?.block();
 */
export function activeSyncService(options: ActiveSyncOptions = {}): ActiveSyncInstallation {
  const profile = profileNamed(options.profile ?? 'exchangeSE');
  const devices = new DeviceRegistry();
  const policy = new Policy(options);
  return { devices, policy, install: (environment) => new ActiveSyncDirectory(environment, profile, devices, policy, options) };
}

/** The virtual directory. */
class ActiveSyncDirectory implements Service {
  readonly mounts: Service['mounts'];
  readonly #environment: Environment;
  readonly #profile: Profile;
  readonly #devices: DeviceRegistry;
  readonly #policy: Policy;
  readonly #authentication: ReturnType<Environment['authentication']>;
  readonly #door: CommandDoor;

  constructor(environment: Environment, profile: Profile, devices: DeviceRegistry, policy: Policy, options: ActiveSyncOptions) {
    this.#environment = environment;
    this.#profile = profile;
    this.#devices = devices;
    this.#policy = policy;
    this.#authentication = environment.authentication(options.schemes ? { schemes: options.schemes } : {});
    this.#door = new CommandDoor(environment, { profile, devices, policy, maxRequestBytes: options.maxRequestBytes ?? 20 * 1024 * 1024, newDevices: options.newDevices ?? 'allowed', rightsManagementTemplates: options.rightsManagementTemplates });
    environment.lifecycle.defer(() => devices.clear());
    this.mounts = [{ path: '/microsoft-server-activesync', handler: (request, response) => this.#serve(request, response) }];
  }

  reset(): void {
    this.#devices.clear();
    this.#policy.reset();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = new HttpExchange(request, response, 'activesync', this.#environment);
    await exchange.strikeEarly();
    if (exchange.isOver) return;
    const headers = commonHeaders(this.#profile, this.#environment.ids);
    const result = await this.#authentication.authenticate(request);
    if (!result.ok) return exchange.refuse(this.#authentication, result, headers);
    exchange.user = result.principal.user?.primarySmtpAddress ?? result.principal.appId;
    if (!/^\/microsoft-server-activesync\/?(default\.eas)?$/i.test(exchange.path)) return exchange.send(404, { ...headers, 'Content-Type': 'text/html' }, []);
    if (request.method === 'OPTIONS') return exchange.send(200, { ...headers, ...announcement(this.#profile), Allow: 'OPTIONS,POST', Public: 'OPTIONS,POST' }, []);
    if (request.method !== 'POST') return exchange.send(501, { ...headers, Allow: 'OPTIONS,POST' }, []);
    return this.#door.answer(exchange, result.principal, headers);
  }
}
