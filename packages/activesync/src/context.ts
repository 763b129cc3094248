import type { Clock, IdSource } from '@fauxchange/kernel';
import type { DirectoryEntry, Mailbox, MailboxSession, Organization } from '@fauxchange/mailbox';
import type { Device } from './devices/device.ts';
import type { Policy } from './devices/policy.ts';
import type { CommandLine } from './http/command-line.ts';
import type { MultipartBody } from './http/multipart.ts';
import type { Profile } from './profile.ts';
import type { ProtocolVersion } from './protocol-version.ts';

/** A stored fact: nothing is encrypted here. */
export interface RightsManagementTemplate {
  /** A GUID. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** What a handler knows beside its request. It never sees the transport. */
export interface CommandContext {
  readonly organization: Organization;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly profile: Profile;
  readonly version: ProtocolVersion;
  /** Whether the version of the request is at least this one. */
  isAtLeast(version: ProtocolVersion): boolean;
  readonly line: CommandLine;
  readonly caller: DirectoryEntry;
  readonly mailbox: Mailbox;
  readonly session: MailboxSession;
  readonly device: Device;
  readonly policy: Policy;
  /** What messages may be protected with; undefined: rights management is off. */
  readonly rightsManagementTemplates: readonly RightsManagementTemplate[] | undefined;
  /** Where binary content goes when the client asked for a multipart answer; undefined: inline, as base64. */
  readonly multipart: MultipartBody | undefined;
  /** Aborts when the client goes, or the emulator closes. */
  readonly signal: AbortSignal;
  /** More headers of the answer. */
  readonly responseHeaders: Record<string, string>;
}
