import {
  decode, decodeExtendedBuffers, decodeRopResponses, decodeRows, emsmdbRequestTypes, encode, encodeExtendedBuffers, encodeRops, executeFlag, noHandle, rops,
  type AnyRopResponse, type Cell, type LoneResponse, type RopName, type RopRequest, type RopRequestValue, type RopResponse, type RopResponseValue,
} from '@fauxchange/mapi-wire';
import type { MapiHttpEmulator } from '../../src/index.ts';
import { MapiClient } from './client.ts';

const AuxiliaryBuffer = new Uint8Array(0);
const flags = executeFlag.NoCompression | executeFlag.NoXorMagic;
const mostOut = 0x1_0008;
export const privateLogon = 1;
const usePerMdbReplidMapping = 0x0100_0000;

/** What a ROP answered, its members at hand; `opened` is the handle of what it opened. */
export type Answered<N extends RopName> = { readonly returnValue: number; readonly body: RopResponseValue<N>; readonly opened: number };

/** Speaks ROPs as a client does: one session, handles kept by who asks. */
export class RopClient {
  readonly http: MapiClient;
  readonly #mapi: MapiHttpEmulator;
  /** Columns of the tables that rows are read by, by handle. */
  readonly #columns = new Map<number, readonly number[]>();
  /** RopNotify and its like, as they came. */
  readonly notified: LoneResponse[] = [];
  /** LogonIds of logons to public folders: some ROPs have other members there. */
  readonly #public = new Set<number>();

  constructor(mapi: MapiHttpEmulator, user = 'alice') {
    this.#mapi = mapi;
    this.http = new MapiClient(mapi, undefined, user);
  }

  dn(user = this.http.user): string {
    return this.#mapi.organization.directory.byAddress(`${user}@example.test`)?.legacyExchangeDN ?? '';
  }

  async connect(): Promise<void> {
    const answer = await this.http.send('Connect', encode(emsmdbRequestTypes.Connect.request, { UserDn: this.dn(), Flags: 0, DefaultCodePage: 1252, LcidSort: 1033, LcidString: 1033, AuxiliaryBuffer }));
    const body = decode(answer.body, emsmdbRequestTypes.Connect.response);
    if (body.StatusCode !== 0 || !('ErrorCode' in body) || body.ErrorCode !== 0) throw new Error(`Connect answered ${JSON.stringify(body)}`);
  }

  /** Connects if need be, and logs on. @returns the handle of the logon, and what RopLogon told */
  async logon(user = this.http.user, logonId = 0, OpenFlags = usePerMdbReplidMapping): Promise<Answered<'RopLogon'>> {
    if (this.http.cookies.size === 0) await this.connect();
    return this.ok('RopLogon', { LogonFlags: privateLogon, OpenFlags, StoreState: 0, Essdn: this.dn(user) }, undefined, logonId);
  }

  /** Raw Execute. */
  async execute(requests: readonly RopRequest[], handles: readonly number[], columnsOf?: Parameters<typeof decodeRopResponses>[1]): Promise<{ readonly code: number; readonly ErrorCode: number; readonly responses: readonly AnyRopResponse[]; readonly handles: readonly number[] }> {
    const RopBuffer = encodeExtendedBuffers([encodeRops({ rops: requests, handles }, { isPublic: (logonId) => this.#public.has(logonId) })]);
    const { code, body } = await this.http.send('Execute', encode(emsmdbRequestTypes.Execute.request, { Flags: flags, RopBuffer, MaxRopOut: mostOut, AuxiliaryBuffer }));
    if (code !== 0) return { code, ErrorCode: 0, responses: [], handles: [] };
    const answered = decode(body, emsmdbRequestTypes.Execute.response);
    if (!('ErrorCode' in answered)) throw new Error(`Execute failed with StatusCode ${answered.StatusCode}`);
    if (answered.ErrorCode !== 0) return { code, ErrorCode: answered.ErrorCode, responses: [], handles: [] };
    const [payload = new Uint8Array(0)] = decodeExtendedBuffers(answered.RopBuffer);
    const decoded = decodeRopResponses(payload, columnsOf);
    const isTold = (one: AnyRopResponse): boolean => one.name === 'RopNotify' || one.name === 'RopPending';
    this.notified.push(...(decoded.rops.filter(isTold) as unknown as readonly LoneResponse[]));
    return { code, ErrorCode: 0, responses: decoded.rops.filter((one) => !isTold(one)), handles: decoded.handles };
  }

  /** One ROP, whatever it answers. `dest`: the handle of a second object (DestHandleIndex). */
  async rop<N extends RopName>(name: N, request: Partial<RopRequestValue<N>>, handle = noHandle, logonId = handle === noHandle ? 0 : handle >>> 24, dest = noHandle): Promise<{ readonly returnValue: number; readonly body: RopResponseValue<N> | undefined; readonly opened: number }> {
    const columns = this.#columnsFor(name, request, handle);
    const one = { name, logonId, handleIndex: name === 'RopLogon' ? 1 : 0, request: withIndex(name, request) };
    const { responses, handles, code, ErrorCode } = await this.execute([one as unknown as RopRequest], [handle, dest], { columnsOf: () => columns });
    if (code !== 0 || ErrorCode !== 0) throw new Error(`${name}: X-ResponseCode ${code}, ErrorCode 0x${ErrorCode.toString(16)}`);
    const [response] = responses as readonly RopResponse[];
    if (!response && name !== 'RopRelease') throw new Error(`${name} has no answer`);
    if (response?.name as string === 'RopBufferTooSmall') throw new Error(`${name}: RopBufferTooSmall`);
    if (name === 'RopLogon' && ((request as unknown as RopRequestValue<'RopLogon'>).LogonFlags & privateLogon) === 0) this.#public.add(logonId);
    if (name === 'RopSetColumns' && response?.returnValue === 0) this.#columns.set(handle, (request as unknown as RopRequestValue<'RopSetColumns'>).PropertyTags);
    return { returnValue: response?.returnValue ?? 0, body: response?.body as RopResponseValue<N> | undefined, opened: handles[1] ?? noHandle };
  }

  /** One ROP that has to succeed. */
  async ok<N extends RopName>(name: N, request: Partial<RopRequestValue<N>>, handle?: number, logonId?: number, dest?: number): Promise<Answered<N>> {
    const answer = await this.rop(name, request, handle, logonId, dest);
    if (answer.returnValue !== 0) throw new Error(`${name} failed with 0x${answer.returnValue.toString(16)}`);
    return answer as Answered<N>;
  }

  /** The code that one ROP fails with; 0 if it does not. */
  async fails<N extends RopName>(name: N, request: Partial<RopRequestValue<N>>, handle?: number, logonId?: number, dest?: number): Promise<number> {
    return (await this.rop(name, request, handle, logonId, dest)).returnValue;
  }

  /** Properties of an object, a cell a tag. */
  async properties(handle: number, PropertyTags: readonly number[], PropertySizeLimit = 0): Promise<readonly Cell[]> {
    const { body } = await this.ok('RopGetPropertiesSpecific', { PropertySizeLimit, WantUnicode: 1, PropertyTags }, handle);
    return decodeRows(body.RowData, PropertyTags)[0] ?? [];
  }

  /** The values of those properties; undefined for those that are not there. */
  async values(handle: number, PropertyTags: readonly number[]): Promise<readonly unknown[]> {
    return (await this.properties(handle, PropertyTags)).map((cell) => ('value' in cell ? cell.value : undefined));
  }

  /** Rows of a table, in its columns. */
  async rows(handle: number, RowCount = 50, ForwardRead = true, QueryRowsFlags = 0): Promise<readonly (readonly Cell[])[]> {
    const { body } = await this.ok('RopQueryRows', { QueryRowsFlags, ForwardRead, RowCount }, handle);
    return decodeRows(body.RowData, this.#columns.get(handle) ?? []);
  }

  #columnsFor(name: RopName, request: object, handle: number): readonly number[] | undefined {
    return name === 'RopGetPropertiesSpecific' ? (request as { PropertyTags: readonly number[] }).PropertyTags : this.#columns.get(handle);
  }
}

/** The request with the index that its head says it has: the object is at 0, what is opened or a second object at 1. */
function withIndex(name: RopName, request: object): object {
  const { requestHead, responseHead } = rops[name];
  if (requestHead === 'ResponseHandleIndex') return { InputHandleIndex: 0, ...request };
  if (requestHead === 'SourceHandleIndex') return { DestHandleIndex: 1, ...request };
  return requestHead !== 'OutputHandleIndex' && responseHead === 'OutputHandleIndex' ? { OutputHandleIndex: 1, ...request } : request;
}
