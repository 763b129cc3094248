import { decodeEnvelope, encodeEnvelope, encodeFault, EnvelopeError, MalformedXmlError, SchemaViolation, XmlLimitError } from '@fauxchange/xml';
import { operations } from './operations.ts';
import { ADDRESSING, NAMESPACE, ok } from './schema.ts';
import type { Schema } from '@fauxchange/xml';
import type { AutodiscoverAnswer, AutodiscoverContext } from '../context.ts';
import type { Profile } from '../profile.ts';
import type { SoapOperation } from './operations.ts';
import type { ErrorCode } from './schema.ts';

export interface SoapRequest {
  readonly name: string;
  readonly operation: SoapOperation;
  readonly messageId: string | undefined;
  readonly value: unknown;
}

const LIMITS = { bytes: 1024 * 1024, depth: 32, attributes: 64 } as const;
const headers = { 'Content-Type': 'text/xml; charset=utf-8', 'Cache-Control': 'private' } as const;

/** Reads one request; what is no request becomes the fault that WCF sends. */
export function readSoapRequest(body: Uint8Array, schema: Schema, charset: string | undefined): SoapRequest | AutodiscoverAnswer {
  try {
    const { header, name: element, value } = decodeEnvelope(body, schema, { ...LIMITS, charset });
    const name = /^a:(\w+)RequestMessage$/.exec(element)?.[1] ?? '';
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (operation === undefined) return contractMismatch();
    const messageId = (header['MessageID'] as { $?: string } | undefined)?.$;
    return { name, operation, messageId, value };
  } catch (error) {
    if (error instanceof EnvelopeError && (error.reason === 'unknown-operation' || error.reason === 'empty-body')) return contractMismatch();
    if (error instanceof EnvelopeError && error.reason === 'version-mismatch') return { status: 415, headers: {}, body: '', errorCode: 'VersionMismatch' };
    if (error instanceof SchemaViolation || error instanceof EnvelopeError) return fault('DeserializationFailed', `The request could not be read: ${error instanceof SchemaViolation ? error.violation : error.message}`);
    // WCF refuses what is no XML before any service sees it.
    if (error instanceof MalformedXmlError || error instanceof XmlLimitError) return { status: 400, headers: {}, body: '', errorCode: 'BadRequest' };
    throw error;
  }
}

export const isAnswer = (read: SoapRequest | AutodiscoverAnswer): read is AutodiscoverAnswer => 'status' in read;

export function answerSoap(request: SoapRequest, schema: Schema, context: AutodiscoverContext): AutodiscoverAnswer {
  const asked = (request.value as { Request?: unknown } | undefined)?.Request ?? {};
  return respond(request, schema, context.profile, request.operation.answer(asked as never, context));
}

/** An answer that refuses the whole request by a code of the protocol: what a fault rule asks for. */
export function refuseSoap(request: SoapRequest, schema: Schema, profile: Profile, code: string, message: string | undefined): AutodiscoverAnswer {
  const known: readonly string[] = ['InvalidRequest', 'ServerBusy', 'InternalServerError', 'InvalidDomain', 'NotFederated', 'InvalidUser'] satisfies ErrorCode[];
  if (!known.includes(code)) return fault(code, message ?? code);
  return respond(request, schema, profile, { ErrorCode: code as ErrorCode, ErrorMessage: message ?? code });
}

function respond({ name, messageId }: SoapRequest, schema: Schema, profile: Profile, response: { readonly ErrorCode: ErrorCode } & Record<string, unknown>): AutodiscoverAnswer {
  const [MajorVersion, MinorVersion, MajorBuildNumber, MinorBuildNumber] = profile.version;
  const body = encodeEnvelope(schema, `a:${name}ResponseMessage`, { Response: response }, { header: {
    'w:Action': { $: `${NAMESPACE}/Autodiscover/${name}Response` },
    'a:ServerVersionInfo': { MajorVersion, MinorVersion, MajorBuildNumber, MinorBuildNumber, Version: profile.schema },
    'w:RelatesTo': messageId === undefined ? undefined : { $: messageId },
  } });
  return { status: 200, headers, body: withDefaultNamespace(body), value: response, errorCode: response.ErrorCode === ok.ErrorCode ? undefined : response.ErrorCode };
}

/**
 * Exchange writes these answers in the default namespace, and Managed API and its descendants compare `i:type` as a text:
 * `StringSetting` without a prefix. Text cannot look like a tag here, since its `<` is escaped.
 */
function withDefaultNamespace(chunks: readonly Uint8Array[]): readonly Uint8Array[] {
  const rewritten = Buffer.concat(chunks).toString('utf8').replace(/<[^>]+>/g, (tag) => tag.replace(/^(<\/?)a:/, '$1').replace(' xmlns:a=', ' xmlns=').replace(' xsi:type="a:', ' xsi:type="'));
  return [Buffer.from(rewritten)];
}

/** exchangelib looks for these words when a server is too old for the version asked for. */
function contractMismatch(): AutodiscoverAnswer {
  const body = encodeFault({
    code: { prefix: 'a', namespace: ADDRESSING, local: 'ActionNotSupported' },
    message: 'The message cannot be processed at the receiver, due to a ContractFilter mismatch at the EndpointDispatcher.',
  });
  return { status: 500, headers, body, errorCode: 'ActionNotSupported' };
}

function fault(code: string, message: string): AutodiscoverAnswer {
  const local = /^[A-Za-z_][\w.-]*$/.test(code) ? code : 'InternalServiceFault';
  const body = encodeFault({ code: { prefix: 'a', namespace: 'http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher', local }, message });
  return { status: 500, headers, body, errorCode: code };
}
