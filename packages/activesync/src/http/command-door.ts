import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Principal } from '@fauxchange/auth';
import { HttpExchange, isBodyError, type Environment } from '@fauxchange/emulator';
import { decodeDocument, encodeDocument, ShapeViolation, WbxmlError } from '@fauxchange/wbxml';
import { BareAnswer, type Command } from '../command.ts';
import { commands } from '../commands.ts';
import type { CommandContext } from '../context.ts';
import type { DeviceRegistry } from '../devices/device-registry.ts';
import { admit } from '../devices/admission.ts';
import type { DeviceAccess } from '../devices/device.ts';
import type { Policy } from '../devices/policy.ts';
import { commonStatus, EasStatusError, HttpStatusError, refusalFor, refusalOf } from '../errors.ts';
import type { Profile } from '../profile.ts';
import { isAtLeast } from '../protocol-version.ts';
import { readCommandLine, type CommandLine } from './command-line.ts';
import { multipartType, restartHeaders, wbxmlType } from './headers.ts';
import { RequestContext } from './request-context.ts';

export interface DoorOptions {
  readonly profile: Profile;
  readonly devices: DeviceRegistry;
  readonly policy: Policy;
  readonly maxRequestBytes: number;
  readonly newDevices: DeviceAccess;
  readonly rightsManagementTemplates: CommandContext['rightsManagementTemplates'];
}

type Headers = Readonly<Record<string, string>>;
const compress = promisify(gzip);
/** Shorter answers are not worth compressing. */
const leastCompressed = 512;

/** A command in, its answer out: decode, dispatch, encode, with every refusal in its own form. Knows no command. */
export class CommandDoor {
  readonly #environment: Environment;
  readonly #options: DoorOptions;

  constructor(environment: Environment, options: DoorOptions) {
    this.#environment = environment;
    this.#options = options;
  }

  async answer(exchange: HttpExchange, principal: Principal, headers: Headers): Promise<void> {
    try {
      const { request } = exchange;
      const line = readCommandLine(queryOf(request.url), request.headers);
      exchange.operation = line.command;
      const effect = await exchange.strike();
      if (exchange.isOver) return;
      await this.#run(exchange, line, principal, headers, effect?.code);
    } catch (thrown) {
      this.#refuse(exchange, thrown, headers);
    }
  }

  async #run(exchange: HttpExchange, line: CommandLine, principal: Principal, headers: Headers, fault: string | undefined): Promise<void> {
    const command = commands[line.command];
    try {
      if (!this.#options.profile.versions.includes(line.version)) throw new HttpStatusError(400, `The protocol version ${line.version} is not offered.`);
      if (fault !== undefined) throw new EasStatusError(Number(fault), 'A fault rule asks for this.');
      if (!command) throw new EasStatusError(commonStatus.CommandNotSupported, `${line.command} is not emulated.`);
      refuseOtherVersions(command, line);
      const context = this.#context(exchange, line, principal);
      const value = await this.#handle(exchange, command, context);
      await this.#send(exchange, command, context, value, headers);
    } catch (thrown) {
      const refusal = refusalOf(thrown, line.version) ?? this.#bug(exchange, thrown, line);
      if (refusal instanceof HttpStatusError || !command) throw refusal;
      exchange.errorCode = String(refusal.status);
      const value = command.refusal(refusal.status);
      exchange.responseValue = value;
      // In the newest version: that a command is not known to an older one has to be said in elements that this one does not know.
      const body = encodeDocument(command.response, value as never);
      const restart = refusal.status === commonStatus.SyncStateCorrupt || refusal.status === commonStatus.SyncStateNotFound ? restartHeaders(this.#options.profile) : {};
      exchange.send(200, { ...headers, ...restart, 'Content-Type': wbxmlType }, [body]);
    }
  }

  #context(exchange: HttpExchange, line: CommandLine, principal: Principal): RequestContext {
    const { organization, clock } = this.#environment;
    const { profile, devices, policy, newDevices, rightsManagementTemplates } = this.#options;
    const { user } = principal;
    if (!user) throw refusalFor(commonStatus.AccessDenied, line.version, 'An application has no mailbox of its own.');
    const mailbox = organization.mailboxOf(user);
    if (!mailbox) throw refusalFor(commonStatus.UserHasNoMailbox, line.version, `${user.primarySmtpAddress} has no mailbox.`);
    const device = admit({ devices, policy, newDevices, user, line, now: clock.now(), userAgent: exchange.request.headers['user-agent'] });
    return new RequestContext({ environment: this.#environment, profile, policy, exchange, line, caller: user, mailbox, device, rightsManagementTemplates });
  }

  async #handle(exchange: HttpExchange, command: Command, context: CommandContext): Promise<unknown> {
    const body = await exchange.body(this.#options.maxRequestBytes);
    const raw = await command.handleRaw?.(body, context);
    if (raw) return raw;
    const request = body.length === 0 && command.mayBeEmpty ? undefined : decode(body, exchange.request.headers['content-type'], command, context);
    exchange.requestValue = request;
    return command.handle(request, context);
  }

  async #send(exchange: HttpExchange, command: Command, context: RequestContext, value: unknown, headers: Headers): Promise<void> {
    const all = { ...headers, ...context.responseHeaders };
    if (value instanceof BareAnswer) return exchange.send(200, { ...all, ...(value.contentType && { 'Content-Type': value.contentType }) }, value.bytes ? [value.bytes] : []);
    exchange.responseValue = value;
    exchange.errorCode = statusCode(value);
    const document = encodeDocument(command.response, value as never, { version: context.version });
    const { multipart } = context;
    if (multipart) return exchange.send(200, { ...all, 'Content-Type': multipartType }, multipart.encode(document));
    const accepts = /\bgzip\b/i.test(String(exchange.request.headers['accept-encoding'] ?? '')) && document.length >= leastCompressed;
    const body = accepts ? await compress(document, { level: 1 }) : document;
    exchange.send(200, { ...all, 'Content-Type': wbxmlType, ...(accepts && { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' }) }, [body]);
  }

  #refuse(exchange: HttpExchange, thrown: unknown, headers: Headers): void {
    if (isBodyError(thrown, 'aborted')) return exchange.record();
    const refusal = isBodyError(thrown, 'too-large') ? new HttpStatusError(413, 'The request is too large.', { Connection: 'close' })
      : isBodyError(thrown, 'bad-encoding') ? new HttpStatusError(400, 'The content encoding cannot be undone.')
        : thrown instanceof HttpStatusError ? thrown : this.#bug(exchange, thrown);
    exchange.errorCode ??= `HTTP ${refusal.status}`;
    if (exchange.isOver) return exchange.record();
    exchange.send(refusal.status, { ...headers, ...(refusal instanceof HttpStatusError ? refusal.headers : {}), 'Content-Type': 'text/html' }, []);
  }

  /** A fault of ours, as Exchange expresses one of its own. */
  #bug(exchange: HttpExchange, thrown: unknown, line?: CommandLine): EasStatusError | HttpStatusError {
    if (isBodyError(thrown, 'aborted') || isBodyError(thrown, 'too-large') || isBodyError(thrown, 'bad-encoding')) throw thrown;
    exchange.outcome = 'internal';
    exchange.cause = thrown;
    this.#environment.reportBug(thrown);
    return line ? refusalFor(commonStatus.ServerError, line.version, 'An internal error.') : new HttpStatusError(500, 'An internal error.');
  }
}

function refuseOtherVersions({ since, until }: Command, { command, version }: CommandLine): void {
  if (!isAtLeast(version, since)) throw refusalFor(commonStatus.VersionNotSupported, version, `${command} came with ${since}.`);
  // The commands that ended are older than statuses.
  if (until !== undefined && isAtLeast(version, until) && version !== until) throw new HttpStatusError(501, `${command} ended with ${until}.`);
}

function queryOf(url = ''): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
}

function decode(body: Uint8Array, contentType: string | undefined, command: Command, context: CommandContext): unknown {
  const { version } = context;
  const refuse = (status: number, message: string): Error => refusalFor(status, version, message);
  if (body.length === 0) throw refuse(commonStatus.InvalidContent, 'The command has no body.');
  // Old clients send application/vnd.ms-sync; some send no type at all.
  if (contentType !== undefined && !/^application\/vnd\.ms-sync(\.wbxml)?\s*(;|$)/i.test(contentType)) throw refuse(commonStatus.InvalidContent, `The body is ${contentType}.`);
  try {
    return decodeDocument(body, command.request, { version });
  } catch (thrown) {
    if (thrown instanceof WbxmlError) throw refuse(commonStatus.InvalidWBXML, thrown.message);
    if (!(thrown instanceof ShapeViolation)) throw thrown;
    throw refuse(command.statusOfViolation?.(thrown.path, thrown.kind, context) ?? commonStatus.InvalidXML, thrown.message);
  }
}

/** The status of an answer as a whole, for the journal; undefined for success. */
function statusCode(value: unknown): string | undefined {
  const { Status } = (Array.isArray(value) ? Object.fromEntries(value as [string, unknown][]) : (value ?? {})) as { Status?: number };
  return Status === undefined || Status === 1 ? undefined : String(Status);
}
