import { createHash } from 'node:crypto';
import { BoundedCache } from '../bounded-cache.ts';
import { OAuthError } from './oauth-error.ts';
import type { Clock, IdSource } from '@fauxchange/kernel';
import type { RequestedScope } from './scopes.ts';

/** What a user let a client do. */
export interface Grant {
  readonly clientId: string;
  readonly userId: string;
  readonly scope: RequestedScope;
  readonly nonce?: string | undefined;
}

export interface CodeBinding {
  readonly redirectUri: string;
  readonly challenge?: { readonly value: string; readonly method: 'S256' | 'plain' } | undefined;
}

interface IssuedCode extends CodeBinding { readonly grant: Grant; readonly expires: number; isRedeemed: boolean }
interface IssuedRefresh { readonly grant: Grant; /** Counts; two things can happen in one millisecond of a frozen clock. */ readonly order: number; readonly expires: number }

export interface DeviceCode {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly clientId: string;
  readonly scope: RequestedScope;
  readonly expires: number;
  state: 'pending' | 'declined' | { readonly userId: string };
  /** Milliseconds between polls. */
  interval: number;
  lastPoll: number | undefined;
}

export interface Lifetimes {
  /** Seconds. */
  readonly accessToken: number;
  readonly code: number;
  readonly refreshToken: number;
  readonly deviceCode: number;
}

const MOST_GRANTS = 10_000;
const POLL_INTERVAL_MS = 5_000;
/** No vowels, no digits that look like letters. */
const USER_CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';

/** Codes and refresh tokens given out; bounded, the oldest are forgotten. */
export class GrantStore {
  readonly #clock: Clock;
  readonly #ids: IdSource;
  readonly #lifetimes: Lifetimes;
  readonly #codes = new BoundedCache<IssuedCode>(MOST_GRANTS);
  readonly #refreshTokens = new BoundedCache<IssuedRefresh>(MOST_GRANTS);
  readonly #deviceCodes = new BoundedCache<DeviceCode>(MOST_GRANTS);
  /** User to the order from which tokens are good again. */
  readonly #revoked = new Map<string, number>();
  #order = 0;

  constructor(options: { clock: Clock; ids: IdSource; lifetimes: Lifetimes }) {
    this.#clock = options.clock;
    this.#ids = options.ids;
    this.#lifetimes = options.lifetimes;
  }

  issueCode(grant: Grant, binding: CodeBinding): string {
    const code = `0.A${this.#random(64)}`;
    this.#codes.set(code, { grant, ...binding, expires: this.#after(this.#lifetimes.code), isRedeemed: false });
    return code;
  }

  redeemCode(code: string, presented: { clientId: string; redirectUri: string; verifier: string | undefined }): Grant {
    const issued = this.#codes.get(code);
    if (issued === undefined) throw new OAuthError('codeUnknown');
    if (issued.grant.clientId !== presented.clientId) throw new OAuthError('codeOfOther');
    if (issued.isRedeemed) throw new OAuthError('codeRedeemed');
    if (issued.expires <= this.#clock.now()) throw new OAuthError('codeExpired');
    if (issued.redirectUri !== presented.redirectUri) throw new OAuthError('redirectDiffers');
    if (issued.challenge !== undefined) {
      if (presented.verifier === undefined || presented.verifier === '') throw new OAuthError('verifierMissing');
      if (challengeOf(presented.verifier, issued.challenge.method) !== issued.challenge.value) throw new OAuthError('verifierWrong');
    }
    issued.isRedeemed = true;
    return issued.grant;
  }

  issueRefresh(grant: Grant): string {
    const token = `0.R${this.#random(96)}`;
    this.#refreshTokens.set(token, { grant, order: this.#order++, expires: this.#after(this.#lifetimes.refreshToken) });
    return token;
  }

  /** The old token stays good, as in Entra. */
  redeemRefresh(token: string, clientId: string): Grant {
    const issued = this.#refreshTokens.get(token);
    if (issued === undefined || issued.grant.clientId !== clientId) throw new OAuthError('refreshUnknown');
    if (issued.order < (this.#revoked.get(issued.grant.userId) ?? 0)) throw new OAuthError('refreshRevoked');
    if (issued.expires <= this.#clock.now()) throw new OAuthError('refreshExpired');
    return issued.grant;
  }

  /** Refresh tokens given to this user until now are worth nothing. */
  revoke(userId: string): void { this.#revoked.set(userId, this.#order); }

  startDevice(clientId: string, scope: RequestedScope): DeviceCode {
    const letters = [...this.#ids.bytes(9)].map((byte) => USER_CODE_LETTERS[byte % USER_CODE_LETTERS.length]).join('');
    const device: DeviceCode = {
      deviceCode: `0.D${this.#random(64)}`, userCode: letters, clientId, scope,
      expires: this.#after(this.#lifetimes.deviceCode), state: 'pending', interval: POLL_INTERVAL_MS, lastPoll: undefined,
    };
    this.#deviceCodes.set(device.deviceCode, device);
    return device;
  }

  /** One poll of the device, RFC 8628 3.5. */
  pollDevice(deviceCode: string, clientId: string): Grant {
    const device = this.#deviceCodes.get(deviceCode);
    if (device === undefined || device.clientId !== clientId) throw new OAuthError('deviceCodeUnknown');
    const now = this.#clock.now();
    if (device.expires <= now) throw new OAuthError('deviceCodeExpired');
    if (device.state === 'declined') throw new OAuthError('declined');
    if (device.state === 'pending') {
      const isTooSoon = device.lastPoll !== undefined && now - device.lastPoll < device.interval;
      device.lastPoll = now;
      if (!isTooSoon) throw new OAuthError('pending');
      device.interval += POLL_INTERVAL_MS;
      throw new OAuthError('slowDown');
    }
    this.#deviceCodes.delete(deviceCode);
    return { clientId, userId: device.state.userId, scope: device.scope };
  }

  pendingDevices(): readonly DeviceCode[] {
    return [...this.#deviceCodes.values()].filter(({ state, expires }) => state === 'pending' && expires > this.#clock.now());
  }

  deviceByUserCode(userCode: string): DeviceCode | undefined {
    const letters = userCode.replace(/[\s-]/g, '').toUpperCase();
    return this.pendingDevices().find((device) => device.userCode === letters);
  }

  /** Throws OAuthError for a code that nobody is waiting for. */
  settleDevice(userCode: string, state: DeviceCode['state']): void {
    const device = this.deviceByUserCode(userCode);
    if (device === undefined) throw new OAuthError('deviceCodeUnknown');
    device.state = state;
  }

  clear(): void {
    this.#codes.clear();
    this.#refreshTokens.clear();
    this.#deviceCodes.clear();
    this.#revoked.clear();
  }

  #random(bytes: number): string { return Buffer.from(this.#ids.bytes(bytes)).toString('base64url'); }

  #after(seconds: number): number { return this.#clock.now() + seconds * 1000; }
}

/** RFC 7636 4.2. */
export function challengeOf(verifier: string, method: 'S256' | 'plain'): string {
  return method === 'plain' ? verifier : createHash('sha256').update(verifier, 'ascii').digest('base64url');
}
