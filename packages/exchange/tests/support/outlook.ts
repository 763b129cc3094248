import {
  decode, decodeExtendedBuffers, decodeRopResponses, decodeRows, emsmdbRequestTypes, encode, encodeExtendedBuffers, encodeRops, executeFlag, noHandle, rops,
  type AnyRopResponse, type PropertyValue, type RopName, type RopRequest, type RopRequestValue, type RopResponse, type RopResponseValue, type TaggedValue,
} from '@fauxchange/mapi-wire';
import type { Exchange } from '../../src/index.ts';

const AuxiliaryBuffer = new Uint8Array(0);
const usePerMdbReplidMapping = 0x0100_0000;
/** Places of the special folders in what a logon tells. */
export const folderAt = { root: 0, ipm: 3, inbox: 4, outbox: 5, sentitems: 6, deleteditems: 7 } as const;
export const tag = {
  subject: 0x0037_001f, messageClass: 0x001a_001f, body: 0x1000_001f, senderName: 0x0c1a_001f, displayTo: 0x0e04_001f, flags: 0x0e07_0003, importance: 0x0017_0003, mid: 0x674a_0014, displayName: 0x3001_001f, hasAttachments: 0x0e1b_000b,
  entryId: 0x0fff_0102, sentMailEntryId: 0x0e0a_0102,
} as const;

/** Somebody with a program that speaks MAPI over HTTP. */
export class Outlook {
  readonly #exchange: Exchange;
  readonly #user: string;
  readonly #cookies = new Map<string, string>();
  /** Handle of the logon. */
  readonly logon = 0;
  folderIds: readonly bigint[] = [];
  #count = 0;
  /** What RopNotify told so far. */
  readonly notified: AnyRopResponse[] = [];

  constructor(exchange: Exchange, user: string) {
    this.#exchange = exchange;
    this.#user = user;
  }

  async connect(): Promise<this> {
    const UserDn = this.#exchange.organization.directory.byAddress(`${this.#user}@example.test`)?.legacyExchangeDN ?? '';
    await this.#send('Connect', encode(emsmdbRequestTypes.Connect.request, { UserDn, Flags: 0, DefaultCodePage: 1252, LcidSort: 1033, LcidString: 1033, AuxiliaryBuffer }));
    const { body } = await this.rop('RopLogon', { LogonFlags: 1, OpenFlags: usePerMdbReplidMapping, StoreState: 0, Essdn: UserDn });
    this.folderIds = body.FolderIds;
    return this;
  }

  folderId(name: keyof typeof folderAt): bigint {
    return this.folderIds[folderAt[name]] ?? 0n;
  }

  async openFolder(FolderId: bigint): Promise<number> {
    return (await this.rop('RopOpenFolder', { FolderId, OpenModeFlags: 0 }, this.logon)).opened;
  }

  folder(name: keyof typeof folderAt): Promise<number> {
    return this.openFolder(this.folderId(name));
  }

  /** Values of a table's rows; undefined for what is not there. */
  async rows(table: number, PropertyTags: readonly number[]): Promise<readonly (readonly unknown[])[]> {
    await this.rop('RopSetColumns', { SetColumnsFlags: 0, PropertyTags }, table);
    const { body } = await this.rop('RopQueryRows', { QueryRowsFlags: 0, ForwardRead: true, RowCount: 100 }, table, PropertyTags);
    return decodeRows(body.RowData, PropertyTags).map((row) => row.map((cell) => ('value' in cell ? cell.value : undefined)));
  }

  /** Rows of a folder's contents in the tags, in the order of the folder. */
  async contents(name: keyof typeof folderAt, tags: readonly number[]): Promise<readonly (readonly unknown[])[]> {
    const { opened: table } = await this.rop('RopGetContentsTable', { TableFlags: 0 }, await this.folder(name));
    return this.rows(table, tags);
  }

  /** The message with a subject, opened. */
  async open(name: keyof typeof folderAt, subject: string): Promise<number> {
    const rows = await this.contents(name, [tag.mid, tag.subject]);
    const MessageId = rows.find(([, own]) => own === subject)?.[0] as bigint | undefined;
    if (MessageId === undefined) throw new Error(`no message ${subject}`);
    return (await this.rop('RopOpenMessage', { CodePageId: 0xfff, FolderId: this.folderId(name), OpenModeFlags: 3, MessageId }, 0)).opened;
  }

  async values(handle: number, tags: readonly number[]): Promise<readonly unknown[]> {
    const { body } = await this.rop('RopGetPropertiesSpecific', { PropertySizeLimit: 0, WantUnicode: 1, PropertyTags: tags }, handle, tags);
    return (decodeRows(body.RowData, tags)[0] ?? []).map((cell) => ('value' in cell ? cell.value : undefined));
  }

  async set(handle: number, values: readonly (readonly [number, PropertyValue])[]): Promise<void> {
    const { body } = await this.rop('RopSetProperties', { PropertyValues: values.map(([one, value]): TaggedValue => ({ tag: one, value })) }, handle);
    if (body.PropertyProblems.length > 0) throw new Error(JSON.stringify(body.PropertyProblems));
  }

  /** A new message of a folder, not saved yet. */
  async create(name: keyof typeof folderAt, values: readonly (readonly [number, PropertyValue])[]): Promise<number> {
    const { opened } = await this.rop('RopCreateMessage', { CodePageId: 0xfff, FolderId: this.folderId(name), AssociatedFlag: false }, 0);
    await this.set(opened, values);
    return opened;
  }

  save(handle: number, SaveFlags = 2): Promise<unknown> {
    return this.rop('RopSaveChangesMessage', { SaveFlags }, handle);
  }

  /** The next thing that happens: resolves when NotificationWait is answered. */
  async wait(): Promise<number> {
    const answer = decode(await this.#send('NotificationWait', encode(emsmdbRequestTypes.NotificationWait.request, { Flags: 0, AuxiliaryBuffer })), emsmdbRequestTypes.NotificationWait.response);
    return 'EventPending' in answer ? answer.EventPending : -1;
  }

  /** One ROP that has to succeed. */
  async rop<N extends RopName>(name: N, request: Partial<RopRequestValue<N>>, handle: number = noHandle, columns?: readonly number[]): Promise<{ readonly body: RopResponseValue<N>; readonly opened: number }> {
    const { requestHead, responseHead } = rops[name];
    const isOpening = requestHead !== 'OutputHandleIndex' && responseHead === 'OutputHandleIndex';
    const index = requestHead === 'ResponseHandleIndex' ? { InputHandleIndex: 0 } : isOpening ? { OutputHandleIndex: 1 } : {};
    const one = { name, logonId: 0, handleIndex: name === 'RopLogon' ? 1 : 0, request: { ...index, ...request } } as unknown as RopRequest;
    const RopBuffer = encodeExtendedBuffers([encodeRops({ rops: [one], handles: [handle, noHandle] })]);
    const answer = decode(await this.#send('Execute', encode(emsmdbRequestTypes.Execute.request, { Flags: executeFlag.NoCompression | executeFlag.NoXorMagic, RopBuffer, MaxRopOut: 0x1_0008, AuxiliaryBuffer })), emsmdbRequestTypes.Execute.response);
    if (!('ErrorCode' in answer) || answer.ErrorCode !== 0) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    const decoded = decodeRopResponses(decodeExtendedBuffers(answer.RopBuffer)[0] ?? new Uint8Array(0), { columnsOf: () => columns });
    this.notified.push(...decoded.rops.filter((told) => told.name === 'RopNotify'));
    const response = decoded.rops.find((told): told is RopResponse & { readonly id: number } => told.name === name);
    if (response?.returnValue !== 0) throw new Error(`${name} failed: 0x${response?.returnValue.toString(16)}`);
    return { body: response.body as RopResponseValue<N>, opened: decoded.handles[1] ?? noHandle };
  }

  async #send(type: string, body: Uint8Array): Promise<Buffer> {
    const response = await fetch(`${this.#exchange.httpUrl}/mapi/emsmdb/`, {
      method: 'POST', body: Buffer.from(body),
      headers: {
        Authorization: `Basic ${Buffer.from(`${this.#user}@example.test:${this.#user}-pass`).toString('base64')}`, 'Content-Type': 'application/mapi-http', 'X-RequestType': type,
        'X-RequestId': `{d9ba2ed7-92f5-4fc0-b2b0-4d13b3e2b1e1}:${++this.#count}`, Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    });
    const whole = Buffer.from(await response.arrayBuffer());
    if (response.headers.get('X-ResponseCode') !== '0') throw new Error(`${type}: X-ResponseCode ${response.headers.get('X-ResponseCode')}: ${whole.toString()}`);
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    return whole.subarray(whole.indexOf('\r\n\r\n') + 4);
  }
}
