import type { ProtocolVersion } from './protocol-version.ts';

export type ProfileName = 'exchange2007' | 'exchange2010' | 'exchange2013' | 'exchange2016' | 'exchange2019' | 'exchangeSE' | 'exchangeOnline';

/** What a server version says of itself and knows. */
export interface Profile {
  readonly name: ProfileName;
  /** MS-Server-ActiveSync. */
  readonly serverVersion: string;
  /** MS-ASProtocolVersions, ascending: clients take the last. Versions before 2.5 are announced and not spoken. */
  readonly announced: readonly string[];
  readonly versions: readonly ProtocolVersion[];
  /** Elements of one request, [MS-ASCMD] 3.1.5.10; Exchange before 2013 does not count them. */
  readonly limitsRequests: boolean;
}

const upTo14 = ['2.0', '2.1', '2.5', '12.0', '12.1', '14.0', '14.1'] as const;
const upTo161 = [...upTo14, '16.0', '16.1'] as const;
const spoken = (announced: readonly string[]): readonly ProtocolVersion[] => announced.filter((version) => Number(version) >= 2.5) as ProtocolVersion[];

const profile = (name: ProfileName, serverVersion: string, announced: readonly string[], limitsRequests = true): Profile => ({ name, serverVersion, announced, versions: spoken(announced), limitsRequests });

// [MS-ASHTTP] 6 <11>; version strings of the servers. Exchange Online has turned off what is older than 16.1 (2026, [K]).
const profiles: readonly Profile[] = [
  profile('exchange2007', '8.3', ['1.0', '2.0', '2.1', '2.5', '12.0', '12.1'], false),
  profile('exchange2010', '14.3', upTo14, false),
  profile('exchange2013', '15.0', upTo14),
  profile('exchange2016', '15.1', upTo161),
  profile('exchange2019', '15.2', upTo161),
  profile('exchangeSE', '15.2', upTo161),
  profile('exchangeOnline', '15.20', ['16.1']),
];

/** The profile of that name; throws a RangeError that lists the names. */
export function profileNamed(name: ProfileName): Profile {
  const found = profiles.find((one) => one.name === name);
  if (!found) throw new RangeError(`Unknown profile '${name}': use one of ${profiles.map((one) => one.name).join(', ')}`);
  return found;
}
