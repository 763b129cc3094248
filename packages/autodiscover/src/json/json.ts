import { lookUp } from '../redirects.ts';
import type { AutodiscoverAnswer, AutodiscoverContext } from '../context.ts';
import type { ServiceAddresses } from '../services.ts';

/** Protocols by their lower-case names; undefined where the service does not exist. */
const protocols: Readonly<Record<string, { readonly name: string; readonly url: (services: ServiceAddresses) => string | undefined }>> = {
  activesync: { name: 'ActiveSync', url: ({ activesync }) => activesync?.external },
  ews: { name: 'Ews', url: ({ ews }) => ews?.external },
  autodiscoverv1: { name: 'AutodiscoverV1', url: ({ base }) => `${base.external}/autodiscover/autodiscover.xml` },
};

const MOST_REDIRECTS = 10;

/**
 * GET /autodiscover/autodiscover.json?Email=…&Protocol=… and …/v1.0/EMAIL?Protocol=…; no credentials.
 * Statuses 400 and 404 and UserNotFound are [K].
 */
export function autodiscoverJson(path: string, query: URLSearchParams, context: AutodiscoverContext): AutodiscoverAnswer {
  const parameter = (name: string): string | undefined => {
    const key = [...query.keys()].find((each) => each.toLowerCase() === name);
    const value = key === undefined ? null : query.get(key);
    return value === null || value.trim() === '' ? undefined : value.trim();
  };
  const email = /\/v1\.0\/([^/]+)$/i.exec(path)?.[1] ?? parameter('email');
  if (email === undefined) return error(400, 'MandatoryParameterMissing', "A valid value must be provided for the query parameter 'Email'.");
  const protocol = parameter('protocol');
  if (protocol === undefined) return error(400, 'MissingProtocol', "A valid value must be provided for the query parameter 'Protocol'");
  const known = Object.hasOwn(protocols, protocol.toLowerCase()) ? protocols[protocol.toLowerCase()] : undefined;
  const url = known?.url(context.services);
  if (known === undefined || url === undefined) return error(400, 'ProtocolNotSupported', `The given protocol value '${protocol.slice(0, 50)}' is invalid. Supported values are '${supported(context)}'`);
  const found = lookUp(email, context.organization, context.redirects);
  switch (found.kind) {
    case 'mailbox': return json(200, { Protocol: known.name, Url: url });
    case 'unknown': return error(404, 'UserNotFound', 'The given user is not found');
    case 'url': return redirect(found.to, email, known.name, parameter('redirectcount'));
    case 'address': return redirect(`https://autodiscover.${found.to.slice(found.to.indexOf('@') + 1)}`, found.to, known.name, parameter('redirectcount'));
  }
}

const supported = ({ services }: AutodiscoverContext): string => Object.values(protocols).filter(({ url }) => url(services) !== undefined).map(({ name }) => name).join(',');

/** The same question at another host; it counts, so that two servers cannot send a client round and round. */
function redirect(to: string, email: string, protocol: string, counted: string | undefined): AutodiscoverAnswer {
  const count = Number.parseInt(counted ?? '0', 10) || 0;
  if (count >= MOST_REDIRECTS) return error(404, 'TooManyRedirects', 'The request was redirected too often.');
  let origin: string;
  try { ({ origin } = new URL(to)); } catch { return error(404, 'UserNotFound', 'The given user is not found'); }
  const query = new URLSearchParams({ Email: email, Protocol: protocol, RedirectCount: String(count + 1) });
  return { status: 302, headers: { Location: `${origin}/autodiscover/autodiscover.json?${query.toString()}` }, body: '', errorCode: 'Redirect' };
}

export function error(status: number, code: string, message: string): AutodiscoverAnswer {
  return { ...json(status, { ErrorCode: code, ErrorMessage: message }), errorCode: code };
}

function json(status: number, value: unknown): AutodiscoverAnswer {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'private' }, body: JSON.stringify(value), value };
}
