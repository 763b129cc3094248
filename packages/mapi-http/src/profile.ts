export type ProfileName = 'exchange2007' | 'exchange2010' | 'exchange2013' | 'exchange2016' | 'exchange2019' | 'exchangeSE' | 'exchangeOnline';

/** What a server version says of itself; before 2013 SP1 there was no MAPI over HTTP. */
export interface Profile {
  readonly name: ProfileName;
  /** X-ServerApplication, [MS-OXCMAPIHTTP] 2.2.3.3.10. */
  readonly serverApplication: string;
  /** Milliseconds between two PENDING, X-PendingPeriod: [MS-OXCMAPIHTTP] 7. */
  readonly pendingPeriod: number;
}

const profiles: readonly Profile[] = [
  { name: 'exchange2013', serverApplication: 'Exchange/15.00.1497.048', pendingPeriod: 15_000 },
  { name: 'exchange2016', serverApplication: 'Exchange/15.01.2507.058', pendingPeriod: 30_000 },
  { name: 'exchange2019', serverApplication: 'Exchange/15.02.1748.010', pendingPeriod: 30_000 },
  { name: 'exchangeSE', serverApplication: 'Exchange/15.02.2562.017', pendingPeriod: 30_000 },
  { name: 'exchangeOnline', serverApplication: 'Exchange/15.20.9343.009', pendingPeriod: 30_000 },
];

/** The profile of that name; undefined for servers without MAPI over HTTP. */
export const profileNamed = (name: ProfileName): Profile | undefined => profiles.find((one) => one.name === name);
