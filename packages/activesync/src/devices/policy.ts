import type { EASProvisionDoc } from '../schema/provision.ts';

/** Values of the elements of Provision:EASProvisionDoc, by their names ([MS-ASPROV] 2.2.2.28). */
export type PolicySettings = Partial<Readonly<Record<Exclude<keyof EASProvisionDoc, 'UnapprovedInROMApplicationList' | 'ApprovedApplicationList'>, string>>>;

/**
 * The mailbox policy of the server: what devices have to accept before they may synchronize.
 * `required`: a device without the key of the newest policy is refused; `optional`: it may go on without; `none`: there is no
 * policy, and Provision says so.
 */
export type Provisioning = 'required' | 'optional' | 'none';

export interface PolicyOptions {
  readonly provisioning?: Provisioning | undefined;
  /** Whether Provision without DeviceInformation is refused with 165 in 14.1 and later. Default false. */
  readonly requireDeviceInformation?: boolean | undefined;
  /** In place of the defaults of Exchange's policy "Default". */
  readonly settings?: PolicySettings | undefined;
}

export class Policy {
  provisioning: Provisioning;
  requireDeviceInformation: boolean;
  settings: PolicySettings;
  /** Rises with every change: keys of earlier policies have to be renewed. */
  revision = 1;
  readonly #options: PolicyOptions;

  constructor(options: PolicyOptions = {}) {
    this.#options = options;
    this.provisioning = options.provisioning ?? 'required';
    this.requireDeviceInformation = options.requireDeviceInformation ?? false;
    this.settings = options.settings ?? {};
  }

  /** Changes the policy: the next request of every device is refused with 143 (HTTP 449) until it has fetched the new one. */
  change(settings: PolicySettings): void {
    this.settings = { ...this.settings, ...settings };
    this.revision += 1;
  }

  reset(): void {
    this.provisioning = this.#options.provisioning ?? 'required';
    this.requireDeviceInformation = this.#options.requireDeviceInformation ?? false;
    this.settings = this.#options.settings ?? {};
    this.revision = 1;
  }
}
