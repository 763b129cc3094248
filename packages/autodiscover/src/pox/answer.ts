import { buildDocument } from '@fauxchange/xml';
import { RESPONSES } from './request.ts';
import type { XmlNode } from '@fauxchange/xml';
import type { AutodiscoverAnswer, AutodiscoverContext } from '../context.ts';

const FRAME = 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006';

/** An element with text; nothing when there is no value. */
export const element = (name: string, value: string | undefined): XmlNode | undefined => value === undefined ? undefined : { name, children: [value] };

const headers = { 'Content-Type': 'text/xml; charset=utf-8', 'Cache-Control': 'private' } as const;

/** The frame of every answer. */
function framed(response: XmlNode, errorCode: string | undefined): AutodiscoverAnswer {
  return { status: 200, headers, body: buildDocument({ name: 'Autodiscover', namespaces: { '': FRAME }, children: [response] }, { pretty: true }), errorCode };
}

/** What is inside is in the namespace of the schema that was asked for. */
export function poxAnswer(schema: keyof typeof RESPONSES, children: XmlNode['children'], errorCode?: string): AutodiscoverAnswer {
  return framed({ name: 'Response', namespaces: { '': RESPONSES[schema] }, children }, errorCode);
}

/** Codes of [MS-OXDSCLI] 2.2.4.1.1.1.2 and [MS-ASCMD]; all come with HTTP 200. */
export const poxErrors = {
  500: "The email address can't be found.",
  501: 'Bad Address',
  600: 'Invalid Request',
  601: 'Provider is not available',
  602: 'Server Error',
  603: 'Server Error',
} as const;

export type PoxErrorCode = keyof typeof poxErrors;

export function poxError(code: PoxErrorCode, context: Pick<AutodiscoverContext, 'clock' | 'ids'>): AutodiscoverAnswer {
  const time = new Date(context.clock.now()).toISOString().slice(11, 23);
  const error: XmlNode = {
    name: 'Error', attributes: { Time: `${time}0000`, Id: Buffer.from(context.ids.fork('pox error id').bytes(4)).readUInt32BE(0) },
    children: [element('ErrorCode', String(code)), element('Message', poxErrors[code]), { name: 'DebugData' }],
  };
  return framed({ name: 'Response', children: [error] }, String(code));
}
