export type ProfileName = 'exchange2007' | 'exchange2010' | 'exchange2013' | 'exchange2016' | 'exchange2019' | 'exchangeSE' | 'exchangeOnline';

/** What Autodiscover of a server version says of itself, and knows. */
export interface Profile {
  readonly name: ProfileName;
  /** Major, minor, build, revision. */
  readonly version: readonly [number, number, number, number];
  /** The Version of ServerVersionInfo. */
  readonly schema: string;
  /** EwsSupportedSchemas names every one up to here. */
  readonly ewsSchema: string;
  readonly hasSoap: boolean;
  readonly hasJson: boolean;
  /** The mailbox's server is told as GUID@domain, and there are EXHTTP blocks: [MS-OXDSCLI] 2.2.4.1.1.2. */
  readonly hasMailboxServerNames: boolean;
  readonly hasMapiHttp: boolean;
  readonly isOnline: boolean;
}

const profiles: readonly Profile[] = [
  { name: 'exchange2007', version: [8, 3, 517, 0], schema: 'Exchange2007_SP1', ewsSchema: 'Exchange2007_SP1', hasSoap: false, hasJson: false, hasMailboxServerNames: false, hasMapiHttp: false, isOnline: false },
  { name: 'exchange2010', version: [14, 3, 513, 0], schema: 'Exchange2010_SP2', ewsSchema: 'Exchange2010_SP2', hasSoap: true, hasJson: false, hasMailboxServerNames: false, hasMapiHttp: false, isOnline: false },
  { name: 'exchange2013', version: [15, 0, 1497, 48], schema: 'Exchange2013_SP1', ewsSchema: 'Exchange2013_SP1', hasSoap: true, hasJson: false, hasMailboxServerNames: true, hasMapiHttp: true, isOnline: false },
  { name: 'exchange2016', version: [15, 1, 2507, 39], schema: 'Exchange2016', ewsSchema: 'Exchange2016', hasSoap: true, hasJson: true, hasMailboxServerNames: true, hasMapiHttp: true, isOnline: false },
  { name: 'exchange2019', version: [15, 2, 1544, 11], schema: 'Exchange2016', ewsSchema: 'Exchange2016', hasSoap: true, hasJson: true, hasMailboxServerNames: true, hasMapiHttp: true, isOnline: false },
  { name: 'exchangeSE', version: [15, 2, 2562, 17], schema: 'Exchange2016', ewsSchema: 'Exchange2016', hasSoap: true, hasJson: true, hasMailboxServerNames: true, hasMapiHttp: true, isOnline: false },
  { name: 'exchangeOnline', version: [15, 20, 7452, 50], schema: 'Exchange2015', ewsSchema: 'Exchange2016', hasSoap: true, hasJson: true, hasMailboxServerNames: true, hasMapiHttp: true, isOnline: true },
];

/** The profile of that name; throws a RangeError that lists the names. */
export function profileNamed(name: ProfileName): Profile {
  const profile = profiles.find((one) => one.name === name);
  if (profile === undefined) throw new RangeError(`Unknown profile '${name}': use one of ${profiles.map((one) => one.name).join(', ')}`);
  return profile;
}

const ewsSchemas: readonly string[] = ['Exchange2007', 'Exchange2007_SP1', 'Exchange2010', 'Exchange2010_SP1', 'Exchange2010_SP2', 'Exchange2013', 'Exchange2013_SP1', 'Exchange2015', 'Exchange2016'];

/** `Exchange2007, Exchange2007_SP1, …` */
export const supportedSchemas = ({ ewsSchema }: Profile): string => ewsSchemas.slice(0, ewsSchemas.indexOf(ewsSchema) + 1).join(', ');

/** Dotted, two digits and four, as CasVersion is: `15.02.2562.017`. */
export const dottedVersion = ({ version: [major, minor, build, revision] }: Profile): string =>
  `${String(major)}.${String(minor).padStart(2, '0')}.${String(build).padStart(4, '0')}.${String(revision).padStart(3, '0')}`;

/** Eight hexadecimal digits: 4 bits of structure version 7, 6 major, 6 minor, a set flag, 15 build: [MS-OXDSCLI] 2.2.4.1.1.2.6.6. */
export const hexVersion = ({ version: [major, minor, build] }: Profile): string =>
  (((0x7 << 28) | (major << 22) | (minor << 16) | 0x8000 | build) >>> 0).toString(16).toUpperCase();
