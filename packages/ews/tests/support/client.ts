import type { EwsEmulator } from '../../src/index.ts';
import { envelope, escapeXml, folderRef, itemRef, mailbox, shape, type EnvelopeOptions } from './soap.ts';
import { allBelow, below, child, readXml, textAt, type XmlElement } from './xml.ts';
import { expectValid, withoutForbidden } from './xsd.ts';

// Machines that do other things besides need more than jest's five seconds.
jest.setTimeout(30_000);

export interface CallOptions extends EnvelopeOptions {
  readonly headers?: Readonly<Record<string, string>> | undefined;
}
export interface FindOptions {
  readonly base?: string | undefined;
  readonly paths?: readonly string[] | undefined;
  /** View, grouping, restriction, sort order, in the schema's order. */
  readonly more?: string | undefined;
  /** Elements of ParentFolderIds, instead of the folder. */
  readonly parents?: string | undefined;
  /** What follows ParentFolderIds: QueryString. */
  readonly after?: string | undefined;
  readonly attributes?: string | undefined;
}
export interface Id {
  readonly id: string;
  readonly changeKey: string;
}

/** What came back, read by a parser that is not ours and validated against Microsoft's schema. */
export class Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly xml: string;
  readonly root: XmlElement;

  constructor(status: number, headers: Headers, xml: string) {
    this.status = status;
    this.headers = headers;
    this.xml = xml;
    expectValid(xml);
    this.root = readXml(withoutForbidden(xml));
  }

  get body(): XmlElement {
    return child(this.root, 'Body')?.children[0] as XmlElement;
  }
  /** The response messages; or the response itself where it is its own message. */
  get messages(): readonly XmlElement[] {
    return child(this.body, 'ResponseMessages')?.children ?? [child(this.body, 'ResponseMessage') ?? this.body];
  }
  /** `NoError`, or the code of each message with its class where that is Warning. */
  get codes(): string[] {
    return this.messages.map((message) => (message.attributes['ResponseClass'] === 'Warning' ? 'Warning ' : '') + (textAt(message, 'ResponseCode') ?? ''));
  }
  /** The code of a fault. */
  get fault(): string | undefined {
    return this.body.name === 'Fault' ? textAt(this.body, 'faultcode')?.replace(/^\w+:/, '') : undefined;
  }
  all(name: string): XmlElement[] {
    return allBelow(this.body, name);
  }
  first(name: string): XmlElement {
    return below(this.body, name);
  }
  /** Texts of all elements of that name. */
  texts(name: string): string[] {
    return this.all(name).map(({ text }) => text);
  }
  /** The answer, if it tells of nothing but success: every ResponseCode is NoError and every ResponseClass is Success. */
  ok(): this {
    const bad = this.fault ?? this.codes.find((code) => code !== 'NoError');
    if (bad !== undefined) throw new Error(`${bad}: ${[...this.texts('MessageText'), ...this.texts('faultstring')].join('; ').slice(0, 500)}`);
    const classes = this.messages.map(({ attributes }) => attributes['ResponseClass']);
    if (classes.some((each) => each !== 'Success')) throw new Error(`NoError, but of class ${classes.join(', ')}`);
    return this;
  }
}

export const idOf = ({ attributes }: XmlElement): Id => ({ id: attributes['Id'] as string, changeKey: attributes['ChangeKey'] as string });

/** A client of EWS that writes its envelopes by hand. */
export class EwsClient {
  readonly #emulator: EwsEmulator;
  readonly user: string;
  constructor(emulator: EwsEmulator, user = 'alice') {
    this.#emulator = emulator;
    this.user = user;
  }

  get authorization(): string {
    return `Basic ${Buffer.from(`${this.user}@example.test:${this.user}-pass`).toString('base64')}`;
  }

  fetch(body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(this.#emulator.endpoint, { method: 'POST', body, headers: { Authorization: this.authorization, 'Content-Type': 'text/xml; charset=utf-8', ...headers } });
  }

  /** Posts bytes as they are. */
  async post(body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const response = await this.fetch(body, headers);
    return new Answer(response.status, response.headers, await response.text());
  }

  call(body: string, options: CallOptions = {}): Promise<Answer> {
    return this.post(envelope(body, options), options.headers);
  }

  getFolder(folders: string | readonly string[], base = 'AllProperties', paths: readonly string[] = []): Promise<Answer> {
    return this.call(`<m:GetFolder><m:FolderShape>${shape(base, paths)}</m:FolderShape><m:FolderIds>${[folders].flat().map(folderRef).join('')}</m:FolderIds></m:GetFolder>`);
  }

  async folderId(folder: string): Promise<Id> {
    return idOf((await this.getFolder(folder, 'IdOnly')).ok().first('FolderId'));
  }

  async createFolder(name: string, parent = 'msgfolderroot', kind = 'Folder'): Promise<Id> {
    const answer = await this.call(`<m:CreateFolder><m:ParentFolderId>${folderRef(parent)}</m:ParentFolderId><m:Folders><t:${kind}><t:DisplayName>${escapeXml(name)}</t:DisplayName></t:${kind}></m:Folders></m:CreateFolder>`);
    return idOf(answer.ok().first('FolderId'));
  }

  /** Items as they are found. */
  findItem(folder: string, { base = 'IdOnly', paths = [], more = '', parents = '', after = '', attributes = 'Traversal="Shallow"' }: FindOptions = {}): Promise<Answer> {
    return this.call(`<m:FindItem ${attributes}><m:ItemShape>${shape(base, paths)}</m:ItemShape>${more}<m:ParentFolderIds>${parents || folderRef(folder)}</m:ParentFolderIds>${after}</m:FindItem>`);
  }

  /** Ids of a folder's items by subject. */
  async idBySubject(folder: string, subject: string): Promise<Id> {
    const answer = (await this.findItem(folder, { paths: ['item:Subject'] })).ok();
    const found = answer.first('Items').children.find((item) => textAt(item, 'Subject') === subject);
    if (!found) throw new Error(`no "${subject}" in ${folder}: ${answer.texts('Subject').join(' | ')}`);
    return idOf(below(found, 'ItemId'));
  }

  async subjects(folder: string): Promise<string[]> {
    return (await this.findItem(folder, { paths: ['item:Subject'] })).ok().texts('Subject');
  }

  getItem(ids: Id | readonly Id[], base = 'AllProperties', paths: readonly string[] = [], more = ''): Promise<Answer> {
    return this.call(`<m:GetItem><m:ItemShape>${shape(base, paths, more)}</m:ItemShape><m:ItemIds>${[ids].flat().map(itemRef).join('')}</m:ItemIds></m:GetItem>`);
  }

  /** The one item, all of it. */
  async item(id: Id, base = 'AllProperties', paths: readonly string[] = [], more = ''): Promise<XmlElement> {
    return (await this.getItem(id, base, paths, more)).ok().first('Items').children[0] as XmlElement;
  }

  createItem(items: string, { folder, disposition = 'SaveOnly' as string | null }: { folder?: string | undefined; disposition?: string | null } = {}): Promise<Answer> {
    const saveIn = folder === undefined ? '' : `<m:SavedItemFolderId>${folderRef(folder)}</m:SavedItemFolderId>`;
    return this.call(`<m:CreateItem${disposition === null ? '' : ` MessageDisposition="${disposition}"`}>${saveIn}<m:Items>${items}</m:Items></m:CreateItem>`);
  }

  /** A message saved in a folder; `content`: its elements in the schema's order. */
  async createMessage(content = '<t:Subject>Test</t:Subject>', folder = 'inbox'): Promise<Id> {
    return idOf((await this.createItem(`<t:Message>${content}</t:Message>`, { folder })).ok().first('ItemId'));
  }

  updateItem(id: Id, updates: string, { conflict = 'AlwaysOverwrite', disposition = 'SaveOnly' as string | null }: { conflict?: string; disposition?: string | null } = {}): Promise<Answer> {
    return this.call(
      `<m:UpdateItem ConflictResolution="${conflict}"${disposition === null ? '' : ` MessageDisposition="${disposition}"`}><m:ItemChanges><t:ItemChange>${itemRef(id)}<t:Updates>${updates}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`,
    );
  }

  deleteItem(ids: Id | readonly Id[], type = 'HardDelete'): Promise<Answer> {
    return this.call(`<m:DeleteItem DeleteType="${type}"><m:ItemIds>${[ids].flat().map(itemRef).join('')}</m:ItemIds></m:DeleteItem>`);
  }

  /** Sends a text to people. */
  send(subject: string, to: readonly string[], more = ''): Promise<Answer> {
    const people = to.map(mailbox).join('');
    return this.createItem(`<t:Message><t:Subject>${escapeXml(subject)}</t:Subject><t:Body BodyType="Text">sent</t:Body>${more}<t:ToRecipients>${people}</t:ToRecipients></t:Message>`, { disposition: 'SendAndSaveCopy' });
  }
}

export const setField = (path: string, element: string, kind = 'Message'): string => `<t:SetItemField>${path.startsWith('<') ? path : `<t:FieldURI FieldURI="${path}"/>`}<t:${kind}>${element}</t:${kind}></t:SetItemField>`;
export const appendField = (path: string, element: string, kind = 'Message'): string => `<t:AppendToItemField><t:FieldURI FieldURI="${path}"/><t:${kind}>${element}</t:${kind}></t:AppendToItemField>`;
export const deleteField = (path: string): string => `<t:DeleteItemField>${path.startsWith('<') ? path : `<t:FieldURI FieldURI="${path}"/>`}</t:DeleteItemField>`;
