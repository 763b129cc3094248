import { decode, encode, nspiRequestTypes, type Cell, type LayoutValue, type NspiRequestType, type Restriction, type Stat, type TaggedValue } from '@fauxchange/mapi-wire';
import type { MapiHttpEmulator } from '../../src/index.ts';
import { MapiClient } from './client.ts';

type Request<N extends NspiRequestType> = LayoutValue<(typeof nspiRequestTypes)[N]['request']>;
type Response<N extends NspiRequestType> = Extract<LayoutValue<(typeof nspiRequestTypes)[N]['response']>, { readonly ErrorCode: number }>;

export const westernPage = 1252;
export const newStat = (changes: Partial<Stat> = {}): Stat => ({ SortType: 0, ContainerID: 0, CurrentRec: 0, Delta: 0, NumPos: 0, TotalRecs: 0, CodePage: westernPage, TemplateLocale: 1033, SortLocale: 1033, ...changes });

/** Requests as they are most of the time. */
const usual: { readonly [N in NspiRequestType]: Omit<Request<N>, 'AuxiliaryBuffer'> } = {
  Bind: { Flags: 0, State: newStat() },
  Unbind: { Reserved: 0 },
  CompareMIds: { Reserved: 0, State: newStat(), MinimalId1: 0, MinimalId2: 0 },
  DNToMId: { Reserved: 0, Names: [] },
  GetMatches: { Reserved: 0, State: newStat(), MinimalIds: null, InterfaceOptionFlags: 0, Filter: null, PropertyName: null, RowCount: 100, Columns: null },
  GetPropList: { Flags: 0, MinimalId: 0, CodePage: westernPage },
  GetProps: { Flags: 0, State: newStat(), PropertyTags: null },
  GetSpecialTable: { Flags: 4, State: newStat(), Version: null },
  GetTemplateInfo: { Flags: 1, DisplayType: 0, TemplateDn: null, CodePage: westernPage, LocaleId: 1033 },
  ModLinkAtt: { Flags: 0, PropertyTag: 0, MinimalId: 0, EntryIds: [] },
  ModProps: { Reserved: 0, State: newStat(), PropertyTags: [], PropertyValues: [] },
  QueryRows: { Flags: 0, State: newStat(), ExplicitTable: [], RowCount: 100, Columns: null },
  QueryColumns: { Reserved: 0, MapiFlags: 0x8000_0000 },
  ResolveNames: { Reserved: 0, State: newStat(), PropertyTags: null, Names: [] },
  ResortRestriction: { Reserved: 0, State: newStat(), MinimalIds: [] },
  SeekEntries: { Reserved: 0, State: newStat(), Target: null, ExplicitTable: null, Columns: null },
  UpdateStat: { Reserved: 0, State: newStat(), DeltaRequested: true },
  GetMailboxUrl: { Flags: 0, ServerDn: '' },
  GetAddressBookUrl: { Flags: 0, UserDn: '' },
};

/** A client of the address book that says what differs from the usual request. */
export class AddressBookClient {
  readonly client: MapiClient;
  readonly #mapi: MapiHttpEmulator;

  constructor(mapi: MapiHttpEmulator, user = 'alice') {
    this.#mapi = mapi;
    this.client = new MapiClient(mapi, `/mapi/nspi/?MailboxId=${user}@example.test`, user);
  }

  async call<N extends NspiRequestType>(name: N, changes: Partial<Request<N>> = {}): Promise<Response<N>> {
    const asked = { ...usual[name], ...changes, AuxiliaryBuffer: new Uint8Array(0) } as unknown as Request<N> & { readonly State?: Stat | null; readonly CodePage?: number };
    const scope = { codePage: asked.CodePage ?? asked.State?.CodePage ?? westernPage };
    const { request, response } = nspiRequestTypes[name];
    const answer = await this.client.send(name, encode(request as never, asked as never, scope));
    if (answer.code !== 0) throw new Error(`X-ResponseCode ${answer.code}: ${answer.body.toString()}`);
    return decode(answer.body, response as never, scope);
  }

  async bind(): Promise<this> {
    await this.call('Bind');
    return this;
  }

  /** The number of somebody of the default organization. */
  async midOf(name: string): Promise<number> {
    return (await this.midsOf(name))[0] ?? 0;
  }

  async midsOf(...names: readonly string[]): Promise<readonly number[]> {
    return (await this.call('DNToMId', { Names: names.map((name) => this.dnOf(name)) })).MinimalIds ?? [];
  }

  dnOf(name: string): string {
    return this.#mapi.organization.directory.byAddress(name.includes('@') ? name : `${name}@example.test`)?.legacyExchangeDN ?? '';
  }

  /** The ContainerID of a list, by its name. */
  async listNamed(name: string): Promise<number> {
    const { Rows } = await this.call('GetSpecialTable');
    const row = Rows?.find((each) => valueIn(each, 0x3001_001f) === name);
    return Number(row && valueIn(row, 0xfffd_0003));
  }
}

export const valueIn = (row: readonly TaggedValue[], tag: number): unknown => row.find((one) => one.tag === tag)?.value;
/** The values of cells; an error is its code. */
export const cells = (rows: readonly (readonly Cell[])[] | undefined): readonly (readonly unknown[])[] => (rows ?? []).map((row) => row.map((cell) => ('value' in cell ? cell.value : 'error' in cell ? { error: cell.error } : undefined)));

export const tag = {
  displayName: 0x3001_001f, displayName8: 0x3001_001e, entryId: 0x0fff_0102, smtpAddress: 0x39fe_001f, member: 0x8009_000d, publicDelegates: 0x8015_000d, manager: 0x8005_000d, reports: 0x800e_000d,
  containerContents: 0x360f_000d, printable: 0x39ff_001f, printable8: 0x39ff_001e, userCertificate: 0x8c6a_1102, smimeCertificate: 0x3a70_1102, displayType: 0x3900_0003, objectType: 0x0ffe_0003, anr: 0x360c_001f,
} as const;

export const named = (text: string, RelOp = 4, PropTag: number = tag.displayName): Restriction => ({ kind: 'Property', RelOp, PropTag, TaggedValue: { tag: PropTag, value: text } });
