import { autodiscoverJson, error as jsonError } from './json/json.ts';
import { poxError, poxErrors } from './pox/answer.ts';
import { mobilesync } from './pox/mobilesync.ts';
import { outlook } from './pox/outlook.ts';
import { openPoxSchema, readPoxRequest } from './pox/request.ts';
import { hostOf } from './services.ts';
import { openSoapSchema } from './soap/schema.ts';
import { answerSoap, isAnswer, readSoapRequest, refuseSoap } from './soap/soap.ts';
import type { FaultEffect } from '@fauxchange/kernel';
import type { Schema } from '@fauxchange/xml';
import type { AutodiscoverAnswer, AutodiscoverContext } from './context.ts';
import type { PoxErrorCode } from './pox/answer.ts';
import type { Profile } from './profile.ts';

type ErrorFault = Extract<FaultEffect, { kind: 'error' }>;

/** A request as an endpoint needs it. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Uint8Array;
  readonly charset: string | undefined;
}

/** A request that was understood: what it asks, and how to answer it. */
export interface Decoded {
  readonly operation: string;
  readonly isAnonymous: boolean;
  /** For the journal. */
  readonly value?: unknown;
  readonly answer: (context: AutodiscoverContext) => AutodiscoverAnswer;
  /** The protocol's own form of an error that a fault rule names. */
  readonly refuse: (effect: ErrorFault, context: AutodiscoverContext) => AutodiscoverAnswer;
}

export interface Endpoint {
  readonly path: RegExp;
  readonly methods: readonly string[];
  /** Bytes. */
  readonly bodyLimit: number;
  readonly exists: (profile: Profile) => boolean;
  readonly decode: (incoming: Incoming) => Decoded;
}

/** The endpoints of one emulator, with the tables of their schemas, which are opened on first use. */
export function createEndpoints(): readonly Endpoint[] {
  let poxSchema: Schema | undefined;
  let soapSchema: Schema | undefined;
  return [
    { path: /^\/autodiscover\/autodiscover\.xml$/i, methods: ['GET', 'POST'], bodyLimit: 64 * 1024, exists: () => true, decode: (incoming) => decodePox(incoming, poxSchema ??= openPoxSchema()) },
    { path: /^\/autodiscover\/autodiscover\.svc$/i, methods: ['GET', 'POST'], bodyLimit: 1024 * 1024, exists: ({ hasSoap }) => hasSoap, decode: (incoming) => decodeSoap(incoming, soapSchema ??= openSoapSchema()) },
    { path: /^\/autodiscover\/autodiscover\.json(\/v1\.0\/[^/]+)?$/i, methods: ['GET'], bodyLimit: 0, exists: ({ hasJson }) => hasJson, decode: decodeJson },
    { path: /^\/autodiscover\/healthcheck\.htm$/i, methods: ['GET'], bodyLimit: 0, exists: () => true, decode: decodeHealthcheck },
  ];
}

function decodePox({ method, body, charset }: Incoming, schema: Schema): Decoded {
  const refuse: Decoded['refuse'] = ({ code }, context) => poxError(Object.hasOwn(poxErrors, code) ? Number(code) as PoxErrorCode : 603, context);
  const request = method === 'GET' ? undefined : readPoxRequest(body, schema, charset);
  // An authenticated GET is answered as any other request that is none: [MS-OXDSCLI] 3.2.5.
  if (request === undefined) return { operation: 'invalid', isAnonymous: false, answer: (context) => poxError(600, context), refuse };
  const { responseSchema } = request;
  return {
    operation: responseSchema ?? 'unknown-provider', isAnonymous: false, value: request, refuse,
    answer: (context) => responseSchema === undefined ? poxError(601, context) : responseSchema === 'outlook' ? outlook(request, context) : mobilesync(request, context),
  };
}

function decodeSoap({ method, body, charset }: Incoming, schema: Schema): Decoded {
  if (method === 'GET') {
    const page = '<html><head><title>Autodiscover Service</title></head><body><h1>Autodiscover Service</h1></body></html>';
    return plain('page', () => ({ status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: page }), false);
  }
  const read = readSoapRequest(body, schema, charset);
  if (isAnswer(read)) return plain('invalid', () => read, false);
  return {
    operation: read.name, isAnonymous: read.operation.isAnonymous, value: read.value,
    answer: (context) => answerSoap(read, schema, context),
    refuse: ({ code, message }, context) => refuseSoap(read, schema, context.profile, code, message),
  };
}

function decodeJson({ path, query }: Incoming): Decoded {
  return {
    operation: 'json', isAnonymous: true, value: Object.fromEntries(query),
    answer: (context) => autodiscoverJson(path, query, context),
    refuse: ({ code, message }) => jsonError(400, code, message ?? code),
  };
}

/** Asked by load balancers; no credentials. */
const decodeHealthcheck = (): Decoded => plain('healthcheck', ({ services }) => ({
  status: 200, headers: { 'Content-Type': 'text/html' }, body: `200 OK<br/>${hostOf(services.base.internal).toUpperCase()}`,
}), true);

function plain(operation: string, answer: Decoded['answer'], isAnonymous: boolean): Decoded {
  return { operation, isAnonymous, answer, refuse: ({ code }) => ({ status: 500, headers: {}, body: '', errorCode: code }) };
}
