/** Values of RequestServerVersion, oldest first (ExchangeVersionType of the schema of Exchange SE). */
export const schemaVersions = [
  'Exchange2007', 'Exchange2007_SP1', 'Exchange2009', 'Exchange2010', 'Exchange2010_SP1', 'Exchange2010_SP2', 'Exchange2012', 'Exchange2013', 'Exchange2013_SP1',
  'Exchange2015', 'Exchange2016', 'V2015_10_05', 'V2016_01_06', 'V2016_04_13', 'V2016_07_13', 'V2016_10_10', 'V2017_01_07', 'V2017_04_14', 'V2017_07_11',
] as const;
export type SchemaVersionName = (typeof schemaVersions)[number];

export type ProfileName = 'exchange2007' | 'exchange2010' | 'exchange2013' | 'exchange2016' | 'exchange2019' | 'exchangeSE' | 'exchangeOnline';

/** What a server version says of itself and knows. */
export interface Profile {
  readonly name: ProfileName;
  /** ServerVersionInfo. */
  readonly majorVersion: number;
  readonly minorVersion: number;
  readonly majorBuildNumber: number;
  readonly minorBuildNumber: number;
  /** The newest schema that it speaks; requests for a newer one are refused with ErrorInvalidServerVersion. */
  readonly schemaVersion: SchemaVersionName;
  /** Most subscriptions an account may hold, and hanging connections (throttling policy defaults). */
  readonly maxSubscriptions: number;
  readonly maxHangingConnections: number;
  /** EWSFindCountLimit. */
  readonly findCountLimit: number;
}

const profiles: readonly Profile[] = [
  { name: 'exchange2007', majorVersion: 8, minorVersion: 3, majorBuildNumber: 517, minorBuildNumber: 0, schemaVersion: 'Exchange2007_SP1', maxSubscriptions: 20, maxHangingConnections: 3, findCountLimit: 1000 },
  { name: 'exchange2010', majorVersion: 14, minorVersion: 3, majorBuildNumber: 513, minorBuildNumber: 0, schemaVersion: 'Exchange2010_SP2', maxSubscriptions: 20, maxHangingConnections: 3, findCountLimit: 1000 },
  { name: 'exchange2013', majorVersion: 15, minorVersion: 0, majorBuildNumber: 1497, minorBuildNumber: 48, schemaVersion: 'Exchange2013_SP1', maxSubscriptions: 5000, maxHangingConnections: 3, findCountLimit: 1000 },
  { name: 'exchange2016', majorVersion: 15, minorVersion: 1, majorBuildNumber: 2507, minorBuildNumber: 39, schemaVersion: 'V2017_07_11', maxSubscriptions: 5000, maxHangingConnections: 10, findCountLimit: 1000 },
  { name: 'exchange2019', majorVersion: 15, minorVersion: 2, majorBuildNumber: 1544, minorBuildNumber: 11, schemaVersion: 'V2017_07_11', maxSubscriptions: 5000, maxHangingConnections: 10, findCountLimit: 1000 },
  { name: 'exchangeSE', majorVersion: 15, minorVersion: 2, majorBuildNumber: 2562, minorBuildNumber: 17, schemaVersion: 'V2017_07_11', maxSubscriptions: 5000, maxHangingConnections: 10, findCountLimit: 1000 },
  { name: 'exchangeOnline', majorVersion: 15, minorVersion: 20, majorBuildNumber: 7452, minorBuildNumber: 50, schemaVersion: 'V2017_07_11', maxSubscriptions: 20, maxHangingConnections: 10, findCountLimit: 1000 },
];

/** The profile of that name; throws a RangeError that lists the names. */
export function profileNamed(name: ProfileName): Profile {
  const profile = profiles.find((one) => one.name === name);
  if (!profile) throw new RangeError(`Unknown profile '${name}': use one of ${profiles.map((one) => one.name).join(', ')}`);
  return profile;
}

export const profileNames: readonly ProfileName[] = profiles.map((profile) => profile.name);

/** Exchange 2016 and what came after it. */
export function isSince2016({ majorVersion, minorVersion }: Profile): boolean {
  return majorVersion > 15 || (majorVersion === 15 && minorVersion >= 1);
}

/** The numbers that every answer carries in its header. */
export function serverVersionInfo({ majorVersion, minorVersion, majorBuildNumber, minorBuildNumber, schemaVersion }: Profile): Readonly<Record<string, string | number>> {
  return { MajorVersion: majorVersion, MinorVersion: minorVersion, MajorBuildNumber: majorBuildNumber, MinorBuildNumber: minorBuildNumber, Version: schemaVersion };
}
