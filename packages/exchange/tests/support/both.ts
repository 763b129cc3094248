import { fromXmlText, toXmlText } from '@fauxchange/wbxml';
import type { Exchange } from '../../src/index.ts';

const basic = (user: string): string => `Basic ${Buffer.from(`${user}@example.test:${user}-pass`).toString('base64')}`;
const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** All contents of elements of that name, whatever their prefix, in the order of the document. */
export const texts = (xml: string, name: string): string[] => [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(?: [^>]*)?(?:/>|>([^<]*)</)`, 'g'))].map(([, text = '']) => text);
export const text = (xml: string, name: string): string | undefined => texts(xml, name)[0];

/** Somebody with a program that speaks EWS. */
export class EwsUser {
  readonly #exchange: Exchange;
  readonly #user: string;
  constructor(exchange: Exchange, user: string) {
    this.#exchange = exchange;
    this.#user = user;
  }

  async call(body: string): Promise<string> {
    const envelope = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><s:Header><t:RequestServerVersion Version="Exchange2016"/></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
    const response = await fetch(this.#exchange.ewsUrl, { method: 'POST', body: envelope, headers: { Authorization: basic(this.#user), 'Content-Type': 'text/xml; charset=utf-8' } });
    const answer = await response.text();
    const bad = texts(answer, 'ResponseCode').find((code) => code !== 'NoError') ?? text(answer, 'faultstring');
    if (bad !== undefined) throw new Error(`EWS answered ${bad}: ${texts(answer, 'MessageText').join('; ')}`);
    return answer;
  }

  send(to: string, subject: string): Promise<string> {
    return this.call(`<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:Message><t:Subject>${escapeXml(subject)}</t:Subject><t:Body BodyType="Text">Hi</t:Body><t:ToRecipients><t:Mailbox><t:EmailAddress>${to}</t:EmailAddress></t:Mailbox></t:ToRecipients></t:Message></m:Items></m:CreateItem>`);
  }

  /** Items of a folder with a subject: their ids with change keys, as ItemId elements. */
  async find(folder: string, subject: string): Promise<string[]> {
    const answer = await this.call(`<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="item:Subject"/></t:AdditionalProperties></m:ItemShape><m:Restriction><t:IsEqualTo><t:FieldURI FieldURI="item:Subject"/><t:FieldURIOrConstant><t:Constant Value="${escapeXml(subject)}"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction><m:ParentFolderIds><t:DistinguishedFolderId Id="${folder}"/></m:ParentFolderIds></m:FindItem>`);
    return answer.match(/<t:ItemId [^>]*\/>/g) ?? [];
  }

  get(id: string): Promise<string> {
    return this.call(`<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape><m:ItemIds>${id}</m:ItemIds></m:GetItem>`);
  }

  set(id: string, field: string, element: string, more = ''): Promise<string> {
    const item = field.startsWith('calendar:') ? 'CalendarItem' : field.startsWith('contacts:') ? 'Contact' : 'Message';
    return this.call(`<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly" ${more}><m:ItemChanges><t:ItemChange>${id}<t:Updates><t:SetItemField><t:FieldURI FieldURI="${field}"/><t:${item}>${element}</t:${item}></t:SetItemField></t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
  }

  /** Subjects and starts of what a calendar shows. */
  async calendarView(start: string, end: string): Promise<[string, string][]> {
    const answer = await this.call(`<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:CalendarView StartDate="${start}" EndDate="${end}"/><m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>`);
    const starts = texts(answer, 'Start');
    return texts(answer, 'Subject').map((subject, at) => [subject, starts[at] ?? '']);
  }
}

/** Somebody with a phone. Documents are written and read as XML. */
export class Phone {
  readonly #exchange: Exchange;
  readonly #user: string;
  readonly #version: string;
  readonly #keys = new Map<string, string>();
  readonly #folders = new Map<string, string>();
  #policyKey = '0';

  constructor(exchange: Exchange, user: string, version = '14.1') {
    this.#exchange = exchange;
    this.#user = user;
    this.#version = version;
  }

  /** @returns the answer as XML; empty without a document */
  async send(command: string, xml: string): Promise<string> {
    const response = await fetch(`${this.#exchange.activeSync.url}?Cmd=${command}&User=${this.#user}&DeviceId=PHONE${this.#version.replace('.', '')}&DeviceType=Phone`, {
      method: 'POST', body: Buffer.from(fromXmlText(xml)),
      headers: { Authorization: basic(this.#user), 'Content-Type': 'application/vnd.ms-sync.wbxml', 'MS-ASProtocolVersion': this.#version, 'X-MS-PolicyKey': this.#policyKey },
    });
    if (response.status !== 200) throw new Error(`${command}: HTTP ${response.status}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return bytes.length === 0 ? '' : toXmlText(bytes, { indent: 0 });
  }

  /** Both phases of Provision, then the hierarchy. */
  async connect(): Promise<void> {
    const policy = (inner: string): string => `<Provision xmlns="Provision:"><Policies><Policy><PolicyType>MS-EAS-Provisioning-WBXML</PolicyType>${inner}</Policy></Policies></Provision>`;
    const temporary = text(await this.send('Provision', policy('')), 'PolicyKey') ?? '';
    this.#policyKey = text(await this.send('Provision', policy(`<PolicyKey>${temporary}</PolicyKey><Status>1</Status>`)), 'PolicyKey') ?? '';
    const answer = await this.send('FolderSync', '<FolderSync xmlns="FolderHierarchy:"><SyncKey>0</SyncKey></FolderSync>');
    const ids = texts(answer, 'ServerId');
    texts(answer, 'DisplayName').forEach((name, at) => this.#folders.set(name, ids[at] ?? ''));
  }

  id(folder: string): string {
    const id = this.#folders.get(folder);
    if (id === undefined) throw new Error(`no folder ${folder}`);
    return id;
  }

  /** One Sync of a folder; with `commands` what the phone does there. */
  async sync(folder: string, commands = ''): Promise<string> {
    const key = this.#keys.get(folder) ?? '0';
    const options = key === '0' ? '' : '<Options><BodyPreference xmlns="AirSyncBase:"><Type>1</Type></BodyPreference></Options>';
    const answer = await this.send('Sync', `<Sync xmlns="AirSync:"><Collections><Collection><SyncKey>${key}</SyncKey><CollectionId>${this.id(folder)}</CollectionId>${key === '0' ? '' : '<WindowSize>512</WindowSize>'}${options}${commands && `<Commands>${commands}</Commands>`}</Collection></Collections></Sync>`);
    const next = text(answer, 'SyncKey');
    if (next !== undefined) this.#keys.set(folder, next);
    const [, bad] = /<Status>(?!1<)(\d+)</.exec(answer) ?? [];
    if (bad !== undefined) throw new Error(`Sync answered ${bad}: ${answer.slice(0, 500)}`);
    return answer;
  }

  /** From key 0 to everything. */
  async syncAll(folder: string): Promise<string> {
    this.#keys.delete(folder);
    await this.sync(folder);
    return this.sync(folder);
  }

  /** Hangs until something happens in one of the folders. @returns the status */
  async ping(...folders: readonly string[]): Promise<string | undefined> {
    const watched = folders.map((folder) => `<Folder><Id>${this.id(folder)}</Id><Class>Email</Class></Folder>`).join('');
    return text(await this.send('Ping', `<Ping xmlns="Ping:"><HeartbeatInterval>600</HeartbeatInterval><Folders>${watched}</Folders></Ping>`), 'Status');
  }
}
