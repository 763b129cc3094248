import { encodeFault, EnvelopeError, EnvelopeFault, MalformedXmlError, SchemaViolation, XmlLimitError, type SoapFault } from '@fauxchange/xml';
import { EwsError } from '../errors.ts';

const types = 'http://schemas.microsoft.com/exchange/services/2006/types';
const errors = 'http://schemas.microsoft.com/exchange/services/2006/errors';
const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
type Node = NonNullable<SoapFault['detail']>[number];

/** A request-level refusal, ready for the wire. */
export interface FaultAnswer {
  /** A response code, or the code of a plain SOAP fault. */
  readonly code: string;
  readonly chunks: readonly Uint8Array[];
}

/** The fault for whatever went wrong before or outside a batch; undefined where it is a bug of ours. */
export function faultOf(thrown: unknown): FaultAnswer | undefined {
  if (thrown instanceof EwsError) return ewsFault(thrown);
  if (thrown instanceof SchemaViolation || thrown instanceof MalformedXmlError) return schemaFault(thrown.violation, thrown);
  if (thrown instanceof XmlLimitError) return ewsFault(new EwsError('ErrorInvalidRequest'));
  if (thrown instanceof EnvelopeError) return envelopeFault(thrown);
  return undefined;
}

/** Codes are in the types namespace, details in the errors namespace, MessageXml in that of the types again. */
export function ewsFault(error: EwsError): FaultAnswer {
  const values = Object.entries(error.details?.values ?? {}).map(([Name, value]) => node('t:Value', types, [value], { Name }));
  return { code: error.code, chunks: encodeFault(fault(error.code, error.message, error.message, values)) };
}

function schemaFault(violation: string, { line, position }: { readonly line: number; readonly position: number }): FaultAnswer {
  const code = 'ErrorSchemaValidation';
  const details = [['LineNumber', String(line)], ['LinePosition', String(position)], ['Violation', violation]].map(([name, text]) => node(`t:${name}`, types, [text as string]));
  return { code, chunks: encodeFault(fault(code, `The request failed schema validation: ${violation}`, 'The request failed schema validation.', details)) };
}

function fault(code: string, message: string, detail: string, messageXml: readonly Node[]): SoapFault {
  return {
    code: { prefix: 'a', namespace: types, local: code },
    message,
    detail: [
      node('e:ResponseCode', errors, [code]),
      node('e:Message', errors, [detail]),
      ...(messageXml.length > 0 ? [node('t:MessageXml', types, messageXml)] : []),
    ],
  };
}

function node(name: string, namespace: string, children: readonly (Node | string)[], attributes: Readonly<Record<string, string>> = {}): Node {
  return { name, namespaces: { [name.slice(0, name.indexOf(':'))]: namespace }, attributes, children };
}

/** Documents that are XML but no request: SOAP's own faults for the envelope, a schema violation for what is in it. */
function envelopeFault({ reason, element, line, position }: EnvelopeError): FaultAnswer {
  const { NotAnEnvelope, VersionMismatch, MustUnderstand, NoBody, DuplicateBlock } = EnvelopeFault;
  if (reason === VersionMismatch || reason === NotAnEnvelope) return plainFault('VersionMismatch', 'The message is not a SOAP 1.1 envelope.');
  if (reason === MustUnderstand) return plainFault('MustUnderstand', `The header ${element} was not understood.`);
  if (reason === DuplicateBlock) return ewsFault(new EwsError(element.endsWith(':ExchangeImpersonation') ? 'ErrorMoreThanOneAccessModeSpecified' : 'ErrorDuplicateSOAPHeader'));
  if (reason === NoBody) return plainFault('Client', 'The envelope has no body.');
  const [, uri = '', local = element] = /^(.*):([^:]*)$/.exec(element) ?? [];
  const violation = element === ''
    ? `The element 'Body' in namespace '${soap}' has incomplete content.`
    : `The element 'Body' in namespace '${soap}' has invalid child element '${local}' in namespace '${uri}'.`;
  return schemaFault(violation, { line, position });
}

function plainFault(code: string, message: string): FaultAnswer {
  return { code: `s:${code}`, chunks: encodeFault({ code, message }) };
}
