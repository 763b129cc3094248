/** An application registered with the authority. */
export interface OAuthClient {
  readonly id: string;
  readonly name: string;
  /** Given: a confidential client, which must present it. Absent: a public one, which must not. */
  readonly secret?: string | undefined;
  /** Exact, but for `http://localhost` and `http://127.0.0.1`, whose port is free (RFC 8252 7.3), and a `*` at the end, which stands for any rest. */
  readonly redirectUris: readonly string[];
  /** Application rights that client credentials give; default: Exchange's four. */
  readonly roles?: readonly string[] | undefined;
}

const nativeRedirects: readonly string[] = [
  'https://login.microsoftonline.com/common/oauth2/nativeclient',
  'urn:ietf:wg:oauth:2.0:oob',
  'http://localhost',
  'http://127.0.0.1',
  'https://localhost',
  'net.thunderbird://oauth2/callback',
  'com.apple.Preferences://oauth-redirect',
  'msauth*',
];

const publicClient = (id: string, name: string): OAuthClient => ({ id, name, redirectUris: nativeRedirects });

/** Mail clients by the ids under which they are registered with Entra, and two of our own for tests. */
export const defaultClients: readonly OAuthClient[] = [
  { id: 'fauxchange-client', name: 'Fauxchange test client', secret: 'fauxchange-secret', redirectUris: nativeRedirects },
  publicClient('fauxchange-public', 'Fauxchange public test client'),
  publicClient('9e5f94bc-e8a4-4e73-b8be-63364c29d753', 'Mozilla Thunderbird'),
  publicClient('20460e5d-ce91-49af-a3a5-70b6be7486d1', 'GNOME Evolution'),
  publicClient('facd6cff-a294-4415-b59f-c5b01937d7bd', 'DavMail'),
  publicClient('d3590ed6-52b3-4102-aeff-aad2292ab01c', 'Microsoft Office'),
  publicClient('27922004-5251-4030-b22d-91ecd9a37ea4', 'Outlook Mobile'),
  publicClient('f8d98a96-0999-43f5-8af3-69971c7bb423', 'Apple Internet Accounts'),
];

/** What an application may do to Exchange when its registration names nothing else. */
export const defaultRoles: readonly string[] = ['full_access_as_app', 'IMAP.AccessAsApp', 'POP.AccessAsApp', 'SMTP.SendAsApp'];

export function allowsRedirect(client: OAuthClient, uri: string): boolean {
  const asked = withoutLoopbackPort(uri);
  return client.redirectUris.some((registered) => registered.endsWith('*')
    ? uri.startsWith(registered.slice(0, -1)) && !/[\s<>"]/.test(uri)
    : registered === uri || withoutLoopbackPort(registered) === asked);
}

function withoutLoopbackPort(uri: string): string {
  const [, start, path] = /^(https?:\/\/(?:localhost|127\.0\.0\.1))(?::\d{1,5})?(\/[^\s<>"]*)?$/i.exec(uri) ?? [];
  return start === undefined ? uri : start.toLowerCase() + (path === '/' ? '' : path ?? '');
}
