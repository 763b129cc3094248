import { decodeDocument, encodeDocument, type Document, type ProtocolVersion } from '@fauxchange/wbxml';
import { createActiveSyncEmulator, type ActiveSyncEmulator, type ActiveSyncEmulatorOptions } from '../../src/index.ts';
import { FolderSyncRequest, FolderSyncResponse } from '../../src/schema/folder-hierarchy.ts';
import { SyncRequest, SyncResponse, type ClientCommand, type RequestCollection, type ResponseCollection, type SyncOptions } from '../../src/schema/sync.ts';
import { expectValid } from './xsd.ts';

// Machines that do other things besides need more than jest's five seconds.
jest.setTimeout(30_000);

/** One emulator for all tests of a suite, as new before each. */
export function eachTest(options: ActiveSyncEmulatorOptions, begin: (eas: ActiveSyncEmulator) => Promise<void> | void): void {
  let eas: ActiveSyncEmulator;
  beforeAll(async () => {
    eas = await createActiveSyncEmulator(options);
  });
  beforeEach(async () => {
    await eas.reset();
    await begin(eas);
  });
  afterAll(() => eas.close());
}

export interface DeviceOptions {
  readonly version?: ProtocolVersion | undefined;
  readonly id?: string | undefined;
  readonly type?: string | undefined;
  readonly policyKey?: string | undefined;
}

/** What came back, decoded and validated against Microsoft's schema. */
export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** Undefined when there is no document. */
  readonly value: T | undefined;
}

/** Options as they stand in a request, with what was left out. */
export const noOptions: SyncOptions = { FilterType: [], Class: [], 'AirSyncBase:BodyPreference': [], 'AirSyncBase:BodyPartPreference': [], Conflict: [], MIMESupport: [], MIMETruncation: [], Truncation: [], RTFTruncation: [], MaxItems: [] };
export type SyncExtras = Partial<Omit<RequestCollection, 'CollectionId' | 'SyncKey'>>;

/** A device of a user: it remembers its keys. */
export class TestDevice {
  readonly #emulator: ActiveSyncEmulator;
  readonly user: string;
  readonly version: ProtocolVersion;
  readonly id: string;
  readonly type: string;
  policyKey: string | undefined;
  folderKey = '0';
  readonly keys = new Map<string, string>();

  constructor(emulator: ActiveSyncEmulator, user = 'alice', { version = '14.1', id = 'DEVICE1', type = 'SmartPhone', policyKey }: DeviceOptions = {}) {
    this.#emulator = emulator;
    this.user = user;
    this.version = version;
    this.id = id;
    this.type = type;
    this.policyKey = policyKey;
  }

  get authorization(): string {
    return `Basic ${Buffer.from(`${this.user}@example.test:${this.user}-pass`).toString('base64')}`;
  }

  /** Posts bytes as they are. */
  post(command: string, body: Uint8Array | undefined, headers: Readonly<Record<string, string>> = {}, query: Readonly<Record<string, string>> = {}, signal?: AbortSignal): Promise<Response> {
    const parameters = new URLSearchParams({ Cmd: command, User: this.user, DeviceId: this.id, DeviceType: this.type, ...query });
    return fetch(`${this.#emulator.endpoint}?${parameters.toString()}`, {
      method: 'POST',
      body: body ? Buffer.from(body) : null,
      signal: signal ?? null,
      headers: {
        Authorization: this.authorization, 'MS-ASProtocolVersion': this.version, 'Accept-Encoding': 'identity',
        ...(body && { 'Content-Type': 'application/vnd.ms-sync.wbxml' }), ...(this.policyKey !== undefined && { 'X-MS-PolicyKey': this.policyKey }), ...headers,
      },
    });
  }

  /** Sends a document, or with undefined none. */
  async command<Q, R>(request: Document<Q>, response: Document<R>, value: NoInfer<Q> | undefined, headers: Readonly<Record<string, string>> = {}, query: Readonly<Record<string, string>> = {}): Promise<Answer<R>> {
    const { version } = this;
    const body = value === undefined ? undefined : encodeDocument(request, value, { version });
    const answer = await this.post(request.root.split(':')[1] ?? '', body, headers, query);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (answer.status !== 200 || bytes.length === 0) return { status: answer.status, headers: answer.headers, bytes, value: undefined };
    // Microsoft's schemas are those of 12.1 and later.
    if (version !== '2.5' && version !== '12.0') expectValid(bytes);
    return { status: answer.status, headers: answer.headers, bytes, value: decodeDocument(bytes, response, { version }) };
  }

  /** The hierarchy from the key that the device has; the whole from `0`. */
  async folderSync(key = this.folderKey) {
    const { value } = await this.command(FolderSyncRequest, FolderSyncResponse, { SyncKey: key });
    if (value?.SyncKey !== undefined) this.folderKey = value.SyncKey;
    if (!value) throw new Error('FolderSync without an answer');
    return value;
  }

  /** The id of a folder by its name, from a FolderSync with key 0. */
  async collectionId(name: string): Promise<string> {
    const { Changes } = await this.folderSync('0');
    const found = Changes?.Add.find(({ DisplayName }) => DisplayName === name);
    if (!found) throw new Error(`no folder ${name}: ${Changes?.Add.map(({ DisplayName }) => DisplayName).join(', ') ?? ''}`);
    return found.ServerId;
  }

  /** One collection from the key that the device has; undefined when the server has nothing to say. The new key is remembered. */
  async sync(collectionId: string, extras: SyncExtras = {}, key = this.keys.get(collectionId) ?? '0'): Promise<ResponseCollection | undefined> {
    const { value } = await this.command(SyncRequest, SyncResponse, { Collections: [{ Options: [], CollectionId: collectionId, SyncKey: key, ...extras }] });
    const collection = value?.Collections?.[0];
    if (value?.Status !== undefined) throw new Error(`Sync answered ${value.Status}`);
    if (collection?.SyncKey !== undefined) this.keys.set(collectionId, collection.SyncKey);
    return collection;
  }

  /** Key 0, then everything: the commands of all answers together. */
  async syncAll(collectionId: string, extras: SyncExtras = {}): Promise<NonNullable<ResponseCollection['Commands']>> {
    await this.sync(collectionId, extras, '0');
    const all = [];
    for (;;) {
      const collection = await this.sync(collectionId, extras);
      all.push(...(collection?.Commands ?? []));
      if (!collection?.MoreAvailable) return all;
    }
  }

  /** Sends the device's own commands. */
  async change(collectionId: string, commands: readonly ClientCommand[], extras: SyncExtras = {}): Promise<ResponseCollection> {
    const collection = await this.sync(collectionId, { Commands: commands, ...extras });
    if (!collection) throw new Error('no answer to commands');
    return collection;
  }
}
