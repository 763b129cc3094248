import { protocolVersions, type ProtocolVersion } from '@fauxchange/wbxml';

export type { ProtocolVersion };

export const isProtocolVersion = (text: string): text is ProtocolVersion => (protocolVersions as readonly string[]).includes(text);

/** Whether a version knows what came with another. */
export const isAtLeast = (version: ProtocolVersion, least: ProtocolVersion): boolean => protocolVersions.indexOf(version) >= protocolVersions.indexOf(least);
