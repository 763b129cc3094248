import { property, type Property, type PropertyName } from '@fauxchange/properties';
import { errorCode, propertyType, recipientFlag, tagOf, type Cell, type PropertyValue, type RecipientRow } from '@fauxchange/mapi-wire';
import { propertyTypes } from '@fauxchange/properties';
import type { RopClient } from './rop-client.ts';

/** Values on the wire by the canonical names of properties. */
export type Values = { readonly [N in PropertyName]?: PropertyValue };

export const folder = { root: 0, inbox: 4, outbox: 5, sentItems: 6, deletedItems: 7 } as const;
export const saveFlag = { keepOpenReadOnly: 1, keepOpenReadWrite: 2, forceSave: 4 } as const;
export const openMode = { readOnly: 0, readWrite: 1, create: 2, bestAccess: 3, softDeleted: 4 } as const;
const ofLogon = 0xfff;

export interface RowParts {
  readonly type?: number;
  readonly name?: string;
  readonly smtp?: string;
  readonly dn?: string;
  readonly other?: readonly [type: string, address: string];
  readonly cells?: readonly Cell[];
  readonly flags?: number;
}

/** Messages of one logon, said briefly. */
export class MessageKit {
  readonly client: RopClient;
  logon = 0;
  folderIds: readonly bigint[] = [];
  readonly #named = new Map<PropertyName, number>();

  constructor(client: RopClient) {
    this.client = client;
  }

  async logOn(user?: string): Promise<this> {
    const { opened, body } = await this.client.logon(user);
    this.logon = opened;
    this.folderIds = body.FolderIds;
    return this;
  }

  fid(place: number): bigint {
    return this.folderIds[place] ?? 0n;
  }

  /** The tag of a property: names get an id. */
  async tag(name: PropertyName): Promise<number> {
    const found = property(name) as Property;
    const type = propertyTypes[found.type];
    if (found.tag !== undefined) return tagOf(found.tag, type);
    const known = this.#named.get(name);
    if (known !== undefined) return known;
    const Guid = found.set ?? '';
    const { body } = await this.client.ok('RopGetPropertyIdsFromNames', { Flags: 2, PropertyNames: [found.text === undefined ? { kind: 'Lid', Guid, Lid: found.id ?? 0 } : { kind: 'Name', Guid, Name: found.text }] }, this.logon);
    const tag = tagOf(body.PropertyIds[0] ?? 0, type);
    this.#named.set(name, tag);
    return tag;
  }

  tags(names: readonly PropertyName[]): Promise<readonly number[]> {
    return names.reduce<Promise<number[]>>(async (before, name) => [...await before, await this.tag(name)], Promise.resolve([]));
  }

  async folder(place: number): Promise<number> {
    return (await this.client.ok('RopOpenFolder', { FolderId: this.fid(place), OpenModeFlags: 0 }, this.logon)).opened;
  }

  async create(values: Values = {}, place: number = folder.inbox, AssociatedFlag = false): Promise<number> {
    const { opened } = await this.client.ok('RopCreateMessage', { CodePageId: ofLogon, FolderId: this.fid(place), AssociatedFlag }, this.logon);
    if (Object.keys(values).length > 0) await this.set(opened, values);
    return opened;
  }

  async tagged(values: Values): Promise<readonly { readonly tag: number; readonly value: PropertyValue }[]> {
    const names = Object.keys(values) as PropertyName[];
    const tags = await this.tags(names);
    return names.map((name, at) => ({ tag: tags[at] ?? 0, value: values[name] as PropertyValue }));
  }

  /** @returns the codes of what was refused */
  async set(handle: number, values: Values): Promise<readonly number[]> {
    const { body } = await this.client.ok('RopSetProperties', { PropertyValues: await this.tagged(values) }, handle);
    return body.PropertyProblems.map(({ ErrorCode }) => ErrorCode);
  }

  async remove(handle: number, names: readonly PropertyName[]): Promise<readonly number[]> {
    const { body } = await this.client.ok('RopDeleteProperties', { PropertyTags: await this.tags(names) }, handle);
    return body.PropertyProblems.map(({ ErrorCode }) => ErrorCode);
  }

  async cells(handle: number, ...names: readonly PropertyName[]): Promise<readonly Cell[]> {
    return this.client.properties(handle, await this.tags(names));
  }

  async get(handle: number, ...names: readonly PropertyName[]): Promise<readonly unknown[]> {
    return (await this.cells(handle, ...names)).map((cell) => ('value' in cell ? cell.value : undefined));
  }

  async one(handle: number, name: PropertyName): Promise<unknown> {
    return (await this.get(handle, name))[0];
  }

  async save(handle: number, SaveFlags: number = saveFlag.keepOpenReadWrite): Promise<bigint> {
    return (await this.client.ok('RopSaveChangesMessage', { SaveFlags }, handle)).body.MessageId;
  }

  saveFails(handle: number, SaveFlags: number = saveFlag.keepOpenReadWrite): Promise<number> {
    return this.client.fails('RopSaveChangesMessage', { SaveFlags }, handle);
  }

  /** A new message, saved. */
  async saved(values: Values = {}, place: number = folder.inbox, recipients: readonly RowParts[] = []): Promise<bigint> {
    const handle = await this.create(values, place);
    if (recipients.length > 0) await this.address(handle, recipients);
    return this.save(handle);
  }

  openAnswer(MessageId: bigint, OpenModeFlags: number = openMode.readWrite, place: number = folder.inbox, on = this.logon) {
    return this.client.rop('RopOpenMessage', { CodePageId: ofLogon, FolderId: this.fid(place), OpenModeFlags, MessageId }, on);
  }

  async open(MessageId: bigint, OpenModeFlags: number = openMode.readWrite, place: number = folder.inbox): Promise<number> {
    return (await this.client.ok('RopOpenMessage', { CodePageId: ofLogon, FolderId: this.fid(place), OpenModeFlags, MessageId }, this.logon)).opened;
  }

  /** Values as another handle has them: those that are saved. */
  async stored(MessageId: bigint, names: readonly PropertyName[], place: number = folder.inbox): Promise<readonly unknown[]> {
    return this.get(await this.open(MessageId, openMode.readOnly, place), ...names);
  }

  row({ name = 'Bob Baker', smtp = 'bob@example.test', dn, other, cells = [], flags = 0 }: RowParts): RecipientRow {
    const common = recipientFlag.Unicode | recipientFlag.DisplayName | flags;
    const rest = { DisplayName: name, RecipientProperties: cells };
    if (dn !== undefined) return { RecipientFlags: common | 1, AddressPrefixUsed: 0, DisplayType: 0, X500DN: dn, ...rest } as RecipientRow;
    if (other) return { RecipientFlags: common | recipientFlag.Other | recipientFlag.Email, AddressType: other[0], EmailAddress: other[1], ...rest } as RecipientRow;
    return { RecipientFlags: common | 3 | recipientFlag.Email, EmailAddress: smtp, ...rest } as RecipientRow;
  }

  async address(handle: number, rows: readonly RowParts[], first = 0, columns: readonly PropertyName[] = []): Promise<void> {
    const RecipientRows = rows.map((parts, at) => ({ RowId: first + at, RecipientType: parts.type ?? 1, RecipientRow: this.row(parts) }));
    await this.client.ok('RopModifyRecipients', { RecipientColumns: await this.tags(columns), RecipientRows }, handle);
  }

  /** Rows that a handle has: id, type, address, name. */
  async recipients(handle: number): Promise<readonly { readonly id: number; readonly type: number; readonly address: string; readonly name: string }[]> {
    const answer = await this.client.rop('RopReadRecipients', { RowId: 0 }, handle);
    if (answer.returnValue === errorCode.NotFound) return [];
    const opened = await this.client.ok('RopReloadCachedInformation', {}, handle);
    const rows = opened.body.RecipientRows;
    return (answer.body?.RecipientRows ?? []).map(({ RowId, RecipientType }, at) => {
      const { EmailAddress, X500DN, DisplayName } = (rows[at]?.RecipientRow ?? {}) as RecipientRow;
      return { id: RowId, type: RecipientType, address: EmailAddress ?? X500DN ?? '', name: DisplayName ?? '' };
    });
  }

  /** A new attachment, saved into the open message. @returns its number */
  async attach(message: number, values: Values = {}): Promise<number> {
    const { opened, body } = await this.client.ok('RopCreateAttachment', {}, message);
    if (Object.keys(values).length > 0) await this.set(opened, values);
    await this.client.ok('RopSaveChangesAttachment', { SaveFlags: saveFlag.keepOpenReadWrite }, opened);
    return body.AttachmentID;
  }

  async openAttachment(message: number, AttachmentID: number, OpenAttachmentFlags: number = openMode.readWrite): Promise<number> {
    return (await this.client.ok('RopOpenAttachment', { AttachmentID, OpenAttachmentFlags }, message)).opened;
  }

  async openEmbedded(attachment: number, OpenModeFlags: number = openMode.create): Promise<number> {
    return (await this.client.ok('RopOpenEmbeddedMessage', { CodePageId: ofLogon, OpenModeFlags }, attachment)).opened;
  }
}

export const untyped = (tag: number): number => tagOf(tag >>> 16, propertyType.Unspecified);
