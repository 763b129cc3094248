import { decodeDocument, EnvelopeError, MalformedXmlError, openSchema, SchemaViolation, XmlLimitError } from '@fauxchange/xml';
import type { Schema } from '@fauxchange/xml';

const REQUESTS = { outlook: 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006', mobilesync: 'http://schemas.microsoft.com/exchange/autodiscover/mobilesync/requestschema/2006' } as const;

export const RESPONSES = {
  outlook: 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a',
  mobilesync: 'http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006',
} as const;

export type PoxSchema = keyof typeof RESPONSES;

export interface PoxRequest {
  readonly address: string | undefined;
  readonly legacyDN: string | undefined;
  /** Undefined: a schema that nobody provides. */
  readonly responseSchema: PoxSchema | undefined;
}

// [MS-OXDSCLI] 2.2.3.1 and [MS-ASCMD] 2.2.1.2; children in any order, as XmlSerializer readers take them.
const lines = `!ns o ${REQUESTS.outlook}
!ns s ${REQUESTS.mobilesync}
o:Autodiscover>AutodiscoverType
o:AutodiscoverType Request:RequestType
o:RequestType & AcceptableResponseSchema:#string? EMailAddress:#string? LegacyDN:#string?
s:Autodiscover>AutodiscoverType
s:AutodiscoverType Request:RequestType
s:RequestType & AcceptableResponseSchema:#string? EMailAddress:#string? LegacyDN:#string?`;

const LIMITS = { bytes: 64 * 1024, depth: 16, attributes: 32 } as const;

/** Opens the table of requests; keep what it returns. */
export const openPoxSchema = (): Schema => openSchema(lines);

/** The request, or undefined for anything that is none. */
export function readPoxRequest(body: Uint8Array, schema: Schema, charset: string | undefined): PoxRequest | undefined {
  let decoded: { Request: { AcceptableResponseSchema?: string; EMailAddress?: string; LegacyDN?: string } };
  try {
    decoded = decodeDocument(body, schema, { ...LIMITS, charset }).value as typeof decoded;
  } catch (error) {
    if (error instanceof SchemaViolation || error instanceof MalformedXmlError || error instanceof XmlLimitError || error instanceof EnvelopeError) return undefined;
    throw error;
  }
  const { AcceptableResponseSchema, EMailAddress, LegacyDN } = decoded.Request;
  const [address, legacyDN] = [text(EMailAddress), text(LegacyDN)];
  const asked = text(AcceptableResponseSchema);
  if ((address === undefined && legacyDN === undefined) || asked === undefined) return undefined;
  return { address, legacyDN, responseSchema: (Object.keys(RESPONSES) as PoxSchema[]).find((name) => RESPONSES[name] === asked) };
}

const text = (value: string | undefined): string | undefined => value === undefined || value.trim() === '' ? undefined : value.trim();
