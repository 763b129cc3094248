/** The versions of the ActiveSync protocol, oldest first. */
export const protocolVersions = ['2.5', '12.0', '12.1', '14.0', '14.1', '16.0', '16.1'] as const;
export type ProtocolVersion = (typeof protocolVersions)[number];

export const newestVersion: ProtocolVersion = '16.1';

/** A set of versions: bit n is the nth of `protocolVersions`. */
export type VersionSet = number;

export const allVersions: VersionSet = (1 << protocolVersions.length) - 1;

/** @throws RangeError for what is no version, which only untyped callers can pass */
function indexOf(version: ProtocolVersion): number {
  const index = protocolVersions.indexOf(version);
  if (index < 0) throw new RangeError(`'${version}' is not a version of ActiveSync: ${protocolVersions.join(', ')}`);
  return index;
}

export const versionBit = (version: ProtocolVersion): VersionSet => 1 << indexOf(version);

/** The versions from `since` to `until`, both included. */
export function versionsBetween(since: ProtocolVersion | undefined, until: ProtocolVersion | undefined): VersionSet {
  const from = since === undefined ? 0 : indexOf(since);
  const to = until === undefined ? protocolVersions.length - 1 : indexOf(until);
  return (allVersions << from) & ((1 << (to + 1)) - 1) & allVersions;
}
