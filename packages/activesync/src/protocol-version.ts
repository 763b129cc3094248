/** Versions of the protocol, oldest first, as they stand in MS-ASProtocolVersion. */
export const protocolVersions = ['2.5', '12.0', '12.1', '14.0', '14.1', '16.0', '16.1'] as const;
export type ProtocolVersion = (typeof protocolVersions)[number];

export const isProtocolVersion = (text: string): text is ProtocolVersion => (protocolVersions as readonly string[]).includes(text);

/** Whether a version knows what came with another. */
export const isAtLeast = (version: ProtocolVersion, least: ProtocolVersion): boolean => protocolVersions.indexOf(version) >= protocolVersions.indexOf(least);
