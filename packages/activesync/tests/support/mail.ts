import type { ValueOf } from '@fauxchange/wbxml';
import type { ActiveSyncEmulator } from '../../src/index.ts';
import type { ApplicationData } from '../../src/schema/application-data.ts';
import { SendMailRequest, SendMailResponse, SmartForwardRequest, SmartForwardResponse, SmartReplyRequest, SmartReplyResponse } from '../../src/schema/compose-mail.ts';
import { ItemOperationsRequest, ItemOperationsResponse, type FetchAnswer, type FetchOptions, type Operation } from '../../src/schema/item-operations.ts';
import { SearchRequest, SearchResponse } from '../../src/schema/search.ts';
import type { SyncOptions } from '../../src/schema/sync.ts';
import { noOptions, type SyncExtras, type TestDevice } from './client.ts';

export interface TestMessage {
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  /** More header fields, a line each. */
  readonly headers?: readonly string[];
  /** Whole parts behind the body. */
  readonly parts?: readonly string[];
}

/** A message as MIME. */
export function mimeOf({ from = 'Zoe Zander <zoe@elsewhere.test>', to = 'alice@example.test', subject = 'hello', text = 'Hi', html, headers = [], parts = [] }: TestMessage = {}): string {
  const head = [`From: ${from}`, ...(to ? [`To: ${to}`] : []), `Subject: ${subject}`, ...headers, 'MIME-Version: 1.0'];
  const body = html === undefined ? ['Content-Type: text/plain; charset=utf-8', '', text] : ['Content-Type: text/html; charset=utf-8', '', html];
  if (parts.length === 0) return [...head, ...body, ''].join('\r\n');
  return [...head, 'Content-Type: multipart/mixed; boundary=xx', '', '--xx', ...body, ...parts.flatMap((part) => ['--xx', part]), '--xx--', ''].join('\r\n');
}

export const filePart = (name: string, content: string, ...more: readonly string[]): string => [`Content-Type: text/plain; name="${name}"`, `Content-Disposition: attachment; filename="${name}"`, ...more, '', content].join('\r\n');

/** Lets a message arrive at alice, and others. */
export const deliver = (eas: ActiveSyncEmulator, message: TestMessage, ...to: readonly string[]): Promise<void> =>
  eas.organization.deliver(mimeOf(message), { to: to.length > 0 ? to : ['alice@example.test'] });

/** Options of a Sync with these preferences. */
export const optionsWith = (options: Partial<SyncOptions>): SyncExtras => ({ Options: [{ ...noOptions, ...options }] });

export interface Shown {
  readonly serverId: string;
  readonly data: ApplicationData;
}

/** The items of a collection as a first round shows them, newest first. */
export async function shownBySync(phone: TestDevice, collectionId: string, extras: SyncExtras = {}): Promise<readonly Shown[]> {
  const commands = await phone.syncAll(collectionId, extras);
  return commands.flatMap(([, command]) => ('ApplicationData' in command ? [{ serverId: command.ServerId, data: command.ApplicationData }] : []));
}

/** The one message with that subject. */
export async function findBySubject(phone: TestDevice, collectionId: string, subject: string, extras: SyncExtras = {}): Promise<Shown> {
  const all = await shownBySync(phone, collectionId, extras);
  const found = all.find(({ data }) => data['Email:Subject'] === subject);
  if (!found) throw new Error(`no ${subject} among ${all.map(({ data }) => data['Email:Subject'] ?? '').join(', ')}`);
  return found;
}

export type FetchExtras = Partial<FetchOptions>;
export const fetchOptions = (options: FetchExtras = {}): FetchOptions => ({ 'AirSyncBase:BodyPreference': [], 'AirSyncBase:BodyPartPreference': [], ...options });

export const operate = async (phone: TestDevice, operations: readonly Operation[], headers: Readonly<Record<string, string>> = {}) => (await phone.command(ItemOperationsRequest, ItemOperationsResponse, operations, headers)).value;

export async function fetchOne(phone: TestDevice, fetch: Partial<Extract<Operation, readonly ['Fetch', unknown]>[1]>): Promise<FetchAnswer> {
  const answer = await operate(phone, [['Fetch', { Store: 'Mailbox', ...fetch }]]);
  const one = answer?.Response?.Fetch[0];
  if (!one) throw new Error(`ItemOperations answered ${answer?.Status ?? 'nothing'}`);
  return one;
}

export async function shownByFetch(phone: TestDevice, collectionId: string, serverId: string, options: FetchExtras = {}): Promise<ApplicationData> {
  const { Status, Properties } = await fetchOne(phone, { 'AirSync:CollectionId': collectionId, 'AirSync:ServerId': serverId, Options: fetchOptions(options) });
  if (!Properties) throw new Error(`Fetch answered ${Status}`);
  return Properties;
}

export async function shownBySearch(phone: TestDevice, collectionId: string, words: string, options: Partial<NonNullable<ValueOf<typeof SearchRequest>['Store'][number]['Options']>> = {}) {
  const query = { And: [[['AirSync:Class', 'Email'], ['AirSync:CollectionId', collectionId], ['FreeText', words]]] as const };
  const Options = { 'AirSync:MIMESupport': [], 'AirSyncBase:BodyPreference': [], 'AirSyncBase:BodyPartPreference': [], Range: ['0-9'], DeepTraversal: [], RebuildResults: [], ...options };
  const { value } = await phone.command(SearchRequest, SearchResponse, { Store: [{ Name: 'Mailbox', Query: query as never, Options }] });
  const result = value?.Response?.Store.Result[0];
  if (!result?.Properties) throw new Error(`Search answered ${value?.Response?.Store.Status ?? value?.Status ?? 'nothing'}`);
  return result as typeof result & { readonly Properties: ApplicationData };
}

type Compose = Partial<ValueOf<typeof SendMailRequest>>;
let clientIds = 0;
const clientId = (): string => `client-${(clientIds += 1)}`;

/** Each answers the status of its refusal; undefined: it went. */
export const sendMail = async (phone: TestDevice, Mime: string | Uint8Array, more: Compose = {}) => (await phone.command(SendMailRequest, SendMailResponse, { ClientId: clientId(), Mime, SaveInSentItems: true, ...more })).value?.Status;
export const smartReply = async (phone: TestDevice, value: Omit<ValueOf<typeof SmartReplyRequest>, 'ClientId'> & { ClientId?: string }) => (await phone.command(SmartReplyRequest, SmartReplyResponse, { ClientId: clientId(), ...value })).value?.Status;
export const smartForward = async (phone: TestDevice, value: Omit<ValueOf<typeof SmartForwardRequest>, 'ClientId'> & { ClientId?: string }) => (await phone.command(SmartForwardRequest, SmartForwardResponse, { ClientId: clientId(), ...value })).value?.Status;
