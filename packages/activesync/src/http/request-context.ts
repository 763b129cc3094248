import type { Environment, HttpExchange } from '@fauxchange/emulator';
import type { DirectoryEntry, Mailbox, MailboxSession } from '@fauxchange/mailbox';
import type { CommandContext } from '../context.ts';
import type { Device } from '../devices/device.ts';
import type { Policy } from '../devices/policy.ts';
import type { Profile } from '../profile.ts';
import { isAtLeast, type ProtocolVersion } from '../protocol-version.ts';
import type { CommandLine } from './command-line.ts';
import { MultipartBody } from './multipart.ts';

interface Facts {
  readonly environment: Environment;
  readonly profile: Profile;
  readonly policy: Policy;
  readonly exchange: HttpExchange;
  readonly line: CommandLine;
  readonly caller: DirectoryEntry;
  readonly mailbox: Mailbox;
  readonly device: Device;
  readonly rightsManagementTemplates: CommandContext['rightsManagementTemplates'];
}

/** The context of one request; what costs something is made on first use. */
export class RequestContext implements CommandContext {
  readonly #facts: Facts;
  #session: MailboxSession | undefined;
  #signal: AbortSignal | undefined;
  readonly multipart: MultipartBody | undefined;
  readonly responseHeaders: Record<string, string> = {};

  constructor(facts: Facts) {
    this.#facts = facts;
    this.multipart = facts.line.acceptMultiPart && facts.line.command === 'ItemOperations' ? new MultipartBody() : undefined;
  }

  get organization(): CommandContext['organization'] {
    return this.#facts.environment.organization;
  }
  get clock(): CommandContext['clock'] {
    return this.#facts.environment.clock;
  }
  get ids(): CommandContext['ids'] {
    return this.#facts.environment.ids;
  }
  get profile(): Profile {
    return this.#facts.profile;
  }
  get policy(): Policy {
    return this.#facts.policy;
  }
  get line(): CommandLine {
    return this.#facts.line;
  }
  get version(): ProtocolVersion {
    return this.#facts.line.version;
  }
  get caller(): DirectoryEntry {
    return this.#facts.caller;
  }
  get mailbox(): Mailbox {
    return this.#facts.mailbox;
  }
  get device(): Device {
    return this.#facts.device;
  }
  get rightsManagementTemplates(): CommandContext['rightsManagementTemplates'] {
    return this.#facts.rightsManagementTemplates;
  }
  get session(): MailboxSession {
    this.#session ??= this.#facts.mailbox.openAs(this.#facts.caller);
    return this.#session;
  }

  isAtLeast(version: ProtocolVersion): boolean {
    return isAtLeast(this.version, version);
  }

  /** Aborts when the client goes, or the emulator closes. */
  get signal(): AbortSignal {
    if (!this.#signal) {
      const controller = new AbortController();
      const { response } = this.#facts.exchange;
      const { signal: closing } = this.#facts.environment.lifecycle;
      if (response.destroyed) controller.abort();
      else response.once('close', () => controller.abort());
      this.#signal = AbortSignal.any([controller.signal, closing]);
    }
    return this.#signal;
  }
}
