import { decodeEnvelope, encodeEnvelope, EnvelopeError, EnvelopeFault, SchemaViolation, type DecodedEnvelope, type QName, type Schema, type SoapHeader } from '@fauxchange/xml';
import type { Principal } from '@fauxchange/auth';
import type { DirectoryEntry } from '@fauxchange/mailbox';
import { HttpExchange, isBodyError, type Environment } from '@fauxchange/emulator';
import { asEwsError, EwsError } from '../errors.ts';
import { impersonated } from '../impersonation.ts';
import type { Operation, OperationName } from '../operation.ts';
import { operations } from '../operations.ts';
import { refusalOf } from '../operations/service/refusals.ts';
import { unsupportedResponse } from '../operations/service/unsupported.ts';
import { schemaVersions, serverVersionInfo, type Profile, type SchemaVersionName } from '../profile.ts';
import type { ManagementRoleType, ResponseCodeType } from '../schema/types.generated.ts';
import type { EwsState } from '../state.ts';
import { insideBatch, type Charge } from '../throttling/budgets.ts';
import { operationElements } from '../schema/operation-types.generated.ts';
import { laterValue } from '../schema/later-values.ts';
import { ewsSchema } from '../schema/ews-schema.ts';
import { commonHeaders, soapHeaders, type Headers } from './headers.ts';
import { RequestContext } from './request-context.ts';
import { ewsFault, faultOf, type FaultAnswer } from './soap-fault.ts';

export interface DoorOptions {
  readonly profile: Profile;
  /** Bytes; Exchange's web.config has 64 MB. */
  readonly maxRequestBytes: number;
}

/** SOAP in, SOAP out: decode, dispatch, encode, with every refusal in its own form. Knows no operation. */
export class SoapDoor {
  readonly #environment: Environment;
  readonly #state: EwsState;
  readonly #options: DoorOptions;
  readonly #schema: Schema = ewsSchema();
  readonly #serverVersion: Readonly<Record<string, unknown>>;
  readonly #requestNames = new Map<string, OperationName>();

  constructor(environment: Environment, state: EwsState, options: DoorOptions) {
    this.#environment = environment;
    this.#state = state;
    this.#options = options;
    this.#serverVersion = serverVersionInfo(options.profile);
    for (const [name, { request }] of Object.entries(operationElements)) this.#requestNames.set(`m:${request}`, name as OperationName);
  }

  async answer(exchange: HttpExchange, principal: Principal): Promise<void> {
    const headers: Headers = { ...commonHeaders(exchange.request, this.#environment.ids) };
    try {
      const envelope = this.#decode(await exchange.body(this.#options.maxRequestBytes));
      await this.#dispatch(exchange, envelope, principal, headers);
    } catch (thrown) {
      if (isBodyError(thrown, 'too-large')) exchange.send(413, { ...headers, 'Content-Type': 'text/html', Connection: 'close' }, []);
      else if (isBodyError(thrown, 'bad-encoding')) exchange.send(400, { ...headers, 'Content-Type': 'text/html' }, []);
      else if (isBodyError(thrown, 'aborted')) exchange.record();
      else this.#refuse(exchange, thrown, headers);
    }
  }

  #decode(body: Uint8Array): DecodedEnvelope {
    const read = (versionOf: (header: SoapHeader) => SchemaVersionName): DecodedEnvelope =>
      decodeEnvelope(body, this.#schema, { bytes: this.#options.maxRequestBytes, chooseSchema: (header, schema) => schema.at(versionOf(header)) });
    try {
      return read((header) => this.#version(header));
    } catch (thrown) {
      if (thrown instanceof SchemaViolation || (thrown instanceof EnvelopeError && thrown.reason === EnvelopeFault.UnknownOperation)) this.#refuseOldVersion(read);
      throw thrown;
    }
  }

  /** ErrorIncorrectSchemaVersion for what is wrong for the version asked for alone: the newest that the server speaks would take it. */
  #refuseOldVersion(read: (versionOf: () => SchemaVersionName) => DecodedEnvelope): void {
    try {
      read(() => this.#options.profile.schemaVersion);
    } catch {
      return;
    }
    throw new EwsError('ErrorIncorrectSchemaVersion');
  }

  /** What the header asks for; without one the schema of 2007. Newer than the server is refused. */
  #version(header: SoapHeader): SchemaVersionName {
    const asked = (header['RequestServerVersion'] as { Version?: SchemaVersionName } | undefined)?.Version ?? 'Exchange2007_SP1';
    const age = schemaVersions.indexOf(asked);
    if (age < 0 || age > schemaVersions.indexOf(this.#options.profile.schemaVersion)) throw new EwsError('ErrorInvalidServerVersion');
    return asked;
  }

  async #dispatch(exchange: HttpExchange, { header, name, value, schema }: DecodedEnvelope, principal: Principal, headers: Headers): Promise<void> {
    const operationName = this.#requestNames.get(name);
    if (!operationName) throw new EwsError('ErrorInvalidRequest');
    exchange.operation = operationName;
    exchange.requestValue = value;
    // A token in the place of credentials is for servers among themselves.
    if (header['SerializedSecurityContext'] !== undefined) throw new EwsError('ErrorTokenSerializationDenied');
    checkManagementRole(header);
    const caller = impersonated(principal, header, this.#environment.organization);
    const charge = this.#state.budgets.charge(budgetOf(principal, caller), operationName);
    try {
      await this.#handle(exchange, { operationName, header, value, schema, caller, charge }, headers);
    } finally {
      charge.leave();
    }
  }

  async #handle(exchange: HttpExchange, { operationName, header, value, schema, caller, charge }: Call, headers: Headers): Promise<void> {
    const effect = await exchange.strike();
    if (effect && effect.entry === undefined) throw faultError(effect);
    if (exchange.isOver) return;
    const responseName: QName = `m:${operationElements[operationName].response}`;
    const { profile } = this.#options;
    const context = new RequestContext({ environment: this.#environment, state: this.#state, profile, serverVersion: this.#serverVersion, exchange, headers, header, schema, version: this.#version(header), caller, charge, entryFault: effect?.entry === undefined ? undefined : { from: effect.entry, error: entryError(effect) } });
    const operation = (operations as Partial<Record<OperationName, Operation>>)[operationName];
    const response = operation ? await operation.handle(value as never, context) : unsupportedResponse(operationName, this.#plan(schema, responseName), refusalOf(operationName, value as never));
    if (response === undefined) return exchange.end();
    exchange.responseValue = response;
    exchange.errorCode = firstError(response);
    const chunks = encodeEnvelope(schema, responseName, response, { header: { ServerVersionInfo: this.#serverVersion }, laterValue });
    exchange.send(200, { ...headers, ...soapHeaders(200) }, chunks);
  }

  #plan(schema: Schema, responseName: QName): Parameters<typeof unsupportedResponse>[1] {
    const target = schema.element(responseName)?.target;
    if (target?.kind !== 'plan') throw new RangeError(`no type for ${responseName}`);
    return target;
  }

  #refuse(exchange: HttpExchange, thrown: unknown, headers: Headers): void {
    const answer = faultOf(asEwsError(thrown) ?? thrown) ?? this.#bug(exchange, thrown);
    exchange.errorCode = answer.code;
    if (exchange.response.headersSent) return exchange.end();
    exchange.send(500, { ...headers, ...soapHeaders(500) }, answer.chunks);
  }

  #bug(exchange: HttpExchange, thrown: unknown): FaultAnswer {
    exchange.outcome = 'internal';
    exchange.cause = thrown;
    this.#environment.reportBug(thrown);
    return ewsFault(new EwsError('ErrorInternalServerError'));
  }
}

type FaultError = NonNullable<Awaited<ReturnType<HttpExchange['strike']>>>;

/** As `faultError`, for an entry of a batch. */
function entryError(effect: FaultError): EwsError {
  return effect.innerCode === undefined ? faultError(effect) : insideBatch(faultError({ ...effect, code: effect.innerCode }));
}

/** The error that a fault rule asks for by name; ErrorServerBusy says how long to stay away. */
function faultError({ code, message, backOffMs }: FaultError): EwsError {
  return new EwsError(code as ResponseCodeType, message, backOffMs === undefined ? undefined : { values: { BackOffMilliseconds: String(backOffMs) } });
}

/** What is asked, once it is known by whom. */
interface Call extends Pick<DecodedEnvelope, 'header' | 'value' | 'schema'> {
  readonly operationName: OperationName;
  readonly caller: DirectoryEntry;
  readonly charge: Charge;
}

/** A header that asks for no role at all. ErrorInvalidManagementRoleHeader. */
function checkManagementRole({ ManagementRole: asked }: SoapHeader): void {
  const { UserRoles, ApplicationRoles } = (asked ?? { UserRoles: [] }) as ManagementRoleType;
  if (!UserRoles && !ApplicationRoles) throw new EwsError('ErrorInvalidManagementRoleHeader');
}

/** Who impersonates draws on a copy of the other's budget: "EWS throttling in Exchange". */
function budgetOf(principal: Principal, { id }: DirectoryEntry): string {
  return principal.user?.id === id ? id : `${id} impersonated`;
}

interface Message {
  readonly ResponseCode?: string;
}

/** The first code other than NoError among the messages of an answer: for the journal. */
function firstError(response: unknown): string | undefined {
  const { ResponseMessages, ResponseCode } = response as { ResponseMessages?: readonly (readonly [string, Message])[] | Readonly<Record<string, readonly Message[]>>; ResponseCode?: string };
  const messages = Array.isArray(ResponseMessages) ? (ResponseMessages as readonly (readonly [string, Message])[]).map(([, message]) => message) : Object.values((ResponseMessages ?? {}) as Readonly<Record<string, readonly Message[]>>).flat();
  const codes = [ResponseCode, ...messages.map((message) => message.ResponseCode)];
  return codes.find((code) => code !== undefined && code !== 'NoError');
}
