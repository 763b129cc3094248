import type { ThrottlingPolicy } from './throttling/policy.ts';

/** Values of RequestServerVersion, oldest first (ExchangeVersionType of the schema of Exchange Online). */
export const schemaVersions = [
  'Exchange2007', 'Exchange2007_SP1', 'Exchange2009', 'Exchange2010', 'Exchange2010_SP1', 'Exchange2010_SP2', 'Exchange2012', 'Exchange2013', 'Exchange2013_SP1',
  'Exchange2015', 'Exchange2016', 'V2015_10_05', 'V2016_01_06', 'V2016_04_13', 'V2016_07_13', 'V2016_10_10', 'V2017_01_07', 'V2017_04_14', 'V2017_07_11',
  'V2017_10_09', 'V2018_01_08',
] as const;
export type SchemaVersionName = (typeof schemaVersions)[number];

export const isAtLeast = (version: SchemaVersionName, since: SchemaVersionName): boolean => schemaVersions.indexOf(version) >= schemaVersions.indexOf(since);

export type ProfileName = 'exchange2007' | 'exchange2010' | 'exchange2013' | 'exchange2016' | 'exchange2019' | 'exchangeSE' | 'exchangeOnline';

/** What versions do differently beyond their schemas. */
export interface Behaviour {
  /** Public folders are in mailboxes, and some of what could be done with them cannot be any more: "Public folder access with EWS in Exchange". */
  readonly publicFoldersInMailboxes: boolean;
  /** The longest window of GetUserAvailability, in days: documentation of ErrorTimeIntervalTooBig, and the text of that error since 2013. */
  readonly availabilityDays: number;
  /** Merged free/busy has a digit for working elsewhere. */
  readonly tellsWorkingElsewhere: boolean;
  /** Rights beside a level other than Custom are ErrorInvalidPermissionSettings: [MS-OXWSFOLD] appendix C, <9>. */
  readonly permissionLevelsStandAlone: boolean;
  /** Nobody renames or moves the root of managed folders: [MS-OXWSFOLD] appendix C. */
  readonly fixesManagedFoldersRoot: boolean;
  /** TimeZone of appointments that do not recur, ConferenceType of meeting requests, IsOnlineMeeting that can be set: [MS-OXWSMTGS] appendix C, <12>, <37>, <41>. */
  readonly keepsOldMeetingElements: boolean;
  /** Where EwsEnabled of a mailbox and of its organization differ: whether the mailbox's decides, or both have to allow ("The way to control EWS usage in Exchange Online is changing"). */
  readonly mailboxDecidesAccess: boolean;
}

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
  readonly behaviour: Behaviour;
  /** The default throttling policy. */
  readonly throttling: ThrottlingPolicy;
}

/** As Set-ThrottlingPolicy documents them. */
const discovery: ThrottlingPolicy = { discoveryMaxConcurrency: 2, discoveryMaxMailboxes: 5000, discoveryMaxKeywords: 500, discoveryPageSize: 200 };
const of2013: ThrottlingPolicy = { ...discovery, maxConcurrency: 27, hangingConnections: 3, maxSubscriptions: 5000, findCountLimit: 1000, searchFindCountLimit: 250, maxBurst: 300_000, rechargeRate: 900_000, cutoffBalance: 3_000_000 };
const since2016: ThrottlingPolicy = { ...of2013, hangingConnections: 10 };
/** Streams have a budget of their own as large as that of other requests; EWSPercentTimeInCAS is 90 % of each minute. */
const of2010: ThrottlingPolicy = { maxConcurrency: 10, hangingConnections: 10, maxSubscriptions: 20, findCountLimit: 1000, searchFindCountLimit: 1000, maxBurst: 54_000, rechargeRate: 3_240_000, cutoffBalance: 0 };

const behaviourOf2007: Behaviour = {
  publicFoldersInMailboxes: false, availabilityDays: 42, tellsWorkingElsewhere: false, permissionLevelsStandAlone: true, fixesManagedFoldersRoot: true, keepsOldMeetingElements: true, mailboxDecidesAccess: true,
};
const behaviourOf2013: Behaviour = { ...behaviourOf2007, publicFoldersInMailboxes: true, availabilityDays: 62, tellsWorkingElsewhere: true, permissionLevelsStandAlone: false };
const behaviourSince2016: Behaviour = { ...behaviourOf2013, fixesManagedFoldersRoot: false, keepsOldMeetingElements: false };

const profiles: readonly Profile[] = [
  // Throttling came with 2010.
  { name: 'exchange2007', majorVersion: 8, minorVersion: 3, majorBuildNumber: 517, minorBuildNumber: 0, schemaVersion: 'Exchange2007_SP1', behaviour: behaviourOf2007, throttling: {} },
  { name: 'exchange2010', majorVersion: 14, minorVersion: 3, majorBuildNumber: 513, minorBuildNumber: 0, schemaVersion: 'Exchange2010_SP2', behaviour: behaviourOf2007, throttling: of2010 },
  { name: 'exchange2013', majorVersion: 15, minorVersion: 0, majorBuildNumber: 1497, minorBuildNumber: 48, schemaVersion: 'Exchange2013_SP1', behaviour: behaviourOf2013, throttling: of2013 },
  { name: 'exchange2016', majorVersion: 15, minorVersion: 1, majorBuildNumber: 2507, minorBuildNumber: 39, schemaVersion: 'V2017_07_11', behaviour: behaviourSince2016, throttling: since2016 },
  { name: 'exchange2019', majorVersion: 15, minorVersion: 2, majorBuildNumber: 1544, minorBuildNumber: 11, schemaVersion: 'V2017_07_11', behaviour: behaviourSince2016, throttling: since2016 },
  { name: 'exchangeSE', majorVersion: 15, minorVersion: 2, majorBuildNumber: 2562, minorBuildNumber: 17, schemaVersion: 'V2017_07_11', behaviour: behaviourSince2016, throttling: since2016 },
  { name: 'exchangeOnline', majorVersion: 15, minorVersion: 20, majorBuildNumber: 7452, minorBuildNumber: 50, schemaVersion: 'V2018_01_08', behaviour: { ...behaviourSince2016, mailboxDecidesAccess: false }, throttling: { ...since2016, maxSubscriptions: 20 } },
];

/** The profile of that name; throws a RangeError that lists the names. */
export function profileNamed(name: ProfileName): Profile {
  const profile = profiles.find((one) => one.name === name);
  if (!profile) throw new RangeError(`Unknown profile '${name}': use one of ${profiles.map((one) => one.name).join(', ')}`);
  return profile;
}

export const profileNames: readonly ProfileName[] = profiles.map((profile) => profile.name);

/** The numbers that every answer carries in its header. */
export function serverVersionInfo({ majorVersion, minorVersion, majorBuildNumber, minorBuildNumber, schemaVersion }: Profile): Readonly<Record<string, string | number>> {
  return { MajorVersion: majorVersion, MinorVersion: minorVersion, MajorBuildNumber: majorBuildNumber, MinorBuildNumber: minorBuildNumber, Version: schemaVersion };
}
