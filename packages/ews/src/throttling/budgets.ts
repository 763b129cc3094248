import type { Clock } from '@fauxchange/kernel';
import { EwsError } from '../errors.ts';
import type { OperationName } from '../operation.ts';
import type { ThrottlingPolicy } from './policy.ts';

/** What one request takes out of a budget. */
export interface Charge {
  /** Before each entry of a batch. Once the budget is used up it throws what a batch says of that: ErrorInternalServerError, with ErrorServerBusy inside. */
  entry(): void;
  /** The request is over. */
  leave(): void;
}

interface Budget {
  open: number;
  syncing: number;
  /** Milliseconds of work left, as of `at`; negative when overdrawn. */
  balance: number;
  at: number;
}

const syncs: ReadonlySet<OperationName> = new Set<OperationName>(['SyncFolderItems', 'SyncFolderHierarchy']);
const hour = 3_600_000;
/** Budgets that nobody uses are forgotten when there are more: a rested one is like a new one. */
const most = 10_000;
const unlimited: Charge = { entry: () => undefined, leave: () => undefined };

/** The budgets of a server. Whoever impersonates draws on a copy of the other's. */
export class Budgets {
  readonly #clock: Clock;
  readonly #policy: ThrottlingPolicy;
  readonly #budgets = new Map<string, Budget>();
  readonly #isOff: boolean;

  constructor(clock: Clock, policy: ThrottlingPolicy) {
    this.#clock = clock;
    this.#policy = policy;
    this.#isOff = policy.maxConcurrency === undefined && policy.concurrentSyncCalls === undefined && policy.maxBurst === undefined;
  }

  /** ErrorExceededConnectionCount, ErrorServerBusy. */
  charge(key: string, operation: OperationName): Charge {
    // Streams have a limit of their own.
    if (this.#isOff || operation === 'GetStreamingEvents') return unlimited;
    const { maxConcurrency = Infinity, concurrentSyncCalls = Infinity, requestCost = 0, entryCost = 0 } = this.#policy;
    const budget = this.#budget(key);
    const isSync = syncs.has(operation);
    if (budget.open >= maxConcurrency) throw new EwsError('ErrorExceededConnectionCount');
    const backOff = this.#backOff(budget);
    if (backOff !== undefined) throw busy(backOff);
    if (isSync && budget.syncing >= concurrentSyncCalls) throw busy(1_000);
    budget.open += 1;
    if (isSync) budget.syncing += 1;
    const begun = this.#clock.now();
    let spent = requestCost;
    let entries = 0;
    return {
      entry: () => {
        // What was let in does at least one thing.
        entries += 1;
        const backOff = entries === 1 ? undefined : this.#backOff(budget, spent + this.#clock.now() - begun);
        if (backOff !== undefined) throw insideBatch(busy(backOff));
        spent += entryCost;
      },
      leave: () => {
        budget.open -= 1;
        if (isSync) budget.syncing -= 1;
        this.#settle(budget);
        budget.balance -= spent + Math.max(0, this.#clock.now() - begun);
      },
    };
  }

  clear(): void {
    this.#budgets.clear();
  }

  #budget(key: string): Budget {
    const known = this.#budgets.get(key);
    if (known) return known;
    if (this.#budgets.size >= most) for (const [name, { open, balance }] of this.#budgets) if (open === 0 && balance >= 0) this.#budgets.delete(name);
    const budget = { open: 0, syncing: 0, balance: this.#policy.maxBurst ?? Infinity, at: this.#clock.now() };
    this.#budgets.set(key, budget);
    return budget;
  }

  /** Gives back what has been earned since. */
  #settle(budget: Budget): void {
    const { maxBurst = Infinity, rechargeRate = 0 } = this.#policy;
    const now = this.#clock.now();
    budget.balance = Math.min(maxBurst, budget.balance + (Math.max(0, now - budget.at) / hour) * rechargeRate);
    budget.at = now;
  }

  /** Milliseconds until there is something to spend; undefined where there is. */
  #backOff(budget: Budget, underWay = 0): number | undefined {
    this.#settle(budget);
    const { cutoffBalance = 0, rechargeRate = 0 } = this.#policy;
    // A millisecond of work has to be in hand; what came back in pieces may be short of it by a rounding.
    const overdrawn = -cutoffBalance - (budget.balance - underWay);
    if (overdrawn <= -0.999_999) return undefined;
    return rechargeRate > 0 ? Math.ceil(((overdrawn + 1) / rechargeRate) * hour) : hour;
  }
}

/** ErrorServerBusy with the milliseconds to stay away. */
export function busy(backOffMs: number): EwsError {
  return new EwsError('ErrorServerBusy', undefined, { values: { BackOffMilliseconds: String(backOffMs) } });
}

/** An error as it is told by an entry of a batch that had begun: "EWS throttling in Exchange", HTTP status codes. */
export function insideBatch(inner: EwsError): EwsError {
  const { BackOffMilliseconds } = inner.details?.values ?? {};
  const values = { InnerErrorMessageText: inner.message, InnerErrorResponseCode: inner.code, InnerErrorDescriptiveLinkKey: '0' };
  return new EwsError('ErrorInternalServerError', undefined, { values: { ...values, ...(BackOffMilliseconds === undefined ? {} : { BackOffMilliseconds }) } });
}
