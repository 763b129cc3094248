import type { IncomingMessage } from 'node:http';
import { photoOf, type Organization } from '@fauxchange/mailbox';

export interface PhotoAnswer {
  readonly status: 200 | 304 | 400 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
}

const sizes = /^HR(48x48|64x64|96x96|120x120|240x240|360x360|432x432|504x504|648x648|1024xN|1920xN)$/i;

/**
 * GET `/EWS/Exchange.asmx/s/GetUserPhoto?email=…&size=HR48x48`: 304 while the client's ETag holds, 404 without a photo. There
 * is one size of each photo, and where the size asked is not at hand Exchange gives the largest
 * (documentation: Get user photos by using EWS in Exchange).
 */
export async function answerPhoto(request: IncomingMessage, organization: Organization): Promise<PhotoAnswer> {
  const query = new URLSearchParams((request.url ?? '').split('?')[1] ?? '');
  const [email, size] = [query.get('email'), query.get('size')];
  if (!email || (size !== null && !sizes.test(size))) return { status: 400, headers: {}, body: undefined };
  const mailbox = organization.mailboxByAddress(email);
  const photo = mailbox && (await photoOf(mailbox));
  if (!photo) return { status: 404, headers: {}, body: undefined };
  const headers = { ETag: `"${photo.changedAt}-${photo.bytes.length}"` };
  if (request.headers['if-none-match'] === headers.ETag) return { status: 304, headers, body: undefined };
  return { status: 200, headers: { ...headers, 'Content-Type': photo.contentType }, body: photo.bytes };
}
