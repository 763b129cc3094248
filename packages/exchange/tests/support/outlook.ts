import {
  decode, decodeExtendedBuffers, decodeRopResponses, decodeRows, emsmdbRequestTypes, encode, encodeExtendedBuffers, encodeRops, noHandle, rops,
  type RopName, type RopRequest, type RopRequestValue, type RopResponse, type RopResponseValue,
} from '@fauxchange/mapi-wire';
import type { Exchange } from '../../src/index.ts';

const AuxiliaryBuffer = new Uint8Array(0);
/** NoCompression and NoXorMagic. */
const flags = 0x3;
const mostOut = 0x1_0008;

/** Somebody with a program that speaks MAPI over HTTP. */
export class Outlook {
  readonly #exchange: Exchange;
  readonly #user: string;
  readonly #cookies = new Map<string, string>();
  #count = 0;
  logon = 0;
  folderIds: readonly bigint[] = [];

  constructor(exchange: Exchange, user: string) {
    this.#exchange = exchange;
    this.#user = user;
  }

  async #send(requestType: string, body: Uint8Array): Promise<Buffer> {
    this.#count += 1;
    const response = await fetch(`${this.#exchange.url}/mapi/emsmdb/?MailboxId=x@example.test`, {
      method: 'POST', body: Buffer.from(body),
      headers: {
        Authorization: `Basic ${Buffer.from(`${this.#user}@example.test:${this.#user}-pass`).toString('base64')}`, 'Content-Type': 'application/mapi-http', 'X-RequestType': requestType,
        'X-RequestId': `{6fb0d8b1-47c3-4f5d-b1ab-6c1a6dbd0c12}:${this.#count}`, 'X-ClientInfo': 'x:1', Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    const bytes = Buffer.from(await response.arrayBuffer());
    if (response.headers.get('X-ResponseCode') !== '0') throw new Error(`${requestType}: ${bytes.toString()}`);
    return bytes.subarray(bytes.indexOf('\r\n\r\n') + 4);
  }

  async connect(): Promise<void> {
    const Essdn = this.#exchange.organization.directory.byAddress(`${this.#user}@example.test`)?.legacyExchangeDN ?? '';
    await this.#send('Connect', encode(emsmdbRequestTypes.Connect.request, { UserDn: Essdn, Flags: 0, DefaultCodePage: 1252, LcidSort: 1033, LcidString: 1033, AuxiliaryBuffer }));
    const { opened, body } = await this.rop('RopLogon', { LogonFlags: 1, OpenFlags: 0, StoreState: 0, Essdn });
    this.logon = opened;
    this.folderIds = body.FolderIds;
  }

  /** One ROP that has to succeed. */
  async rop<N extends RopName>(name: N, request: Partial<RopRequestValue<N>>, handle = noHandle): Promise<{ readonly body: RopResponseValue<N>; readonly opened: number }> {
    const { requestHead, responseHead } = rops[name];
    const withIndex = requestHead !== 'OutputHandleIndex' && responseHead === 'OutputHandleIndex' ? { OutputHandleIndex: 1, ...request } : request;
    const RopBuffer = encodeExtendedBuffers([encodeRops({ rops: [{ name, logonId: 0, handleIndex: name === 'RopLogon' ? 1 : 0, request: withIndex } as unknown as RopRequest], handles: [handle, noHandle] })]);
    const answered = decode(await this.#send('Execute', encode(emsmdbRequestTypes.Execute.request, { Flags: flags, RopBuffer, MaxRopOut: mostOut, AuxiliaryBuffer })), emsmdbRequestTypes.Execute.response);
    if (!('RopBuffer' in answered)) throw new Error(`${name}: StatusCode ${answered.StatusCode}`);
    const { rops: [response], handles } = decodeRopResponses(decodeExtendedBuffers(answered.RopBuffer)[0] ?? new Uint8Array(0));
    const { returnValue, body } = response as RopResponse;
    if (returnValue !== 0) throw new Error(`${name}: 0x${returnValue.toString(16)}`);
    return { body: body as RopResponseValue<N>, opened: handles[1] ?? noHandle };
  }

  async open(FolderId: bigint): Promise<number> {
    return (await this.rop('RopOpenFolder', { FolderId, OpenModeFlags: 0 }, this.logon)).opened;
  }

  /** Values of a table's rows; undefined for what is not there. */
  async rows(table: number, PropertyTags: readonly number[]): Promise<readonly (readonly unknown[])[]> {
    await this.rop('RopSetColumns', { SetColumnsFlags: 0, PropertyTags }, table);
    const { body } = await this.rop('RopQueryRows', { QueryRowsFlags: 0, ForwardRead: true, RowCount: 100 }, table);
    return decodeRows(body.RowData, PropertyTags).map((cells) => cells.map((cell) => ('value' in cell ? cell.value : undefined)));
  }
}
