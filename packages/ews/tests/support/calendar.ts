import { idOf, type Answer, type EwsClient, type Id } from './client.ts';
import { folderRef, itemRef, shape } from './soap.ts';
import type { XmlElement } from './xml.ts';

/** What the tests of calendars say again and again. */
export class CalendarClient {
  readonly client: EwsClient;
  constructor(client: EwsClient) {
    this.client = client;
  }

  /** `content`: elements of CalendarItem in the schema's order. */
  tryCreate(content: string, { folder = 'calendar', send = 'SendToNone' as string | null, header = undefined as string | undefined } = {}): Promise<Answer> {
    const sending = send === null ? '' : ` SendMeetingInvitations="${send}"`;
    return this.client.call(`<m:CreateItem${sending}><m:SavedItemFolderId>${folderRef(folder)}</m:SavedItemFolderId><m:Items><t:CalendarItem>${content}</t:CalendarItem></m:Items></m:CreateItem>`, { header });
  }
  async create(content: string, options: Parameters<CalendarClient['tryCreate']>[1] = {}): Promise<Id> {
    return idOf((await this.tryCreate(content, options)).ok().first('ItemId'));
  }

  /** `id`: an id, or an element that names an item. */
  tryUpdate(id: Id | string, updates: string, { send = 'SendToNone' as string | null, conflict = 'AlwaysOverwrite', header = undefined as string | undefined } = {}): Promise<Answer> {
    const sending = send === null ? '' : ` SendMeetingInvitationsOrCancellations="${send}"`;
    const item = typeof id === 'string' ? id : itemRef(id);
    return this.client.call(`<m:UpdateItem ConflictResolution="${conflict}" MessageDisposition="SaveOnly"${sending}><m:ItemChanges><t:ItemChange>${item}<t:Updates>${updates}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`, { header });
  }
  async update(id: Id | string, updates: string, options: Parameters<CalendarClient['tryUpdate']>[2] = {}): Promise<Id> {
    return idOf((await this.tryUpdate(id, updates, options)).ok().first('ItemId'));
  }

  tryRemove(id: Id | string, send: string | null = 'SendToNone', type = 'HardDelete'): Promise<Answer> {
    const sending = send === null ? '' : ` SendMeetingCancellations="${send}"`;
    return this.client.call(`<m:DeleteItem DeleteType="${type}"${sending}><m:ItemIds>${typeof id === 'string' ? id : itemRef(id)}</m:ItemIds></m:DeleteItem>`);
  }

  get(id: Id | string, base = 'AllProperties', paths: readonly string[] = []): Promise<Answer> {
    return this.client.call(`<m:GetItem><m:ItemShape>${shape(base, paths)}</m:ItemShape><m:ItemIds>${typeof id === 'string' ? id : itemRef(id)}</m:ItemIds></m:GetItem>`);
  }
  async item(id: Id | string, base = 'AllProperties', paths: readonly string[] = []): Promise<XmlElement> {
    return (await this.get(id, base, paths)).ok().first('Items').children[0] as XmlElement;
  }

  tryView(from: string, to: string, { folder = 'calendar', base = 'Default', paths = [] as readonly string[], most = '', after = '', attributes = 'Traversal="Shallow"' } = {}): Promise<Answer> {
    const view = `<m:CalendarView${most === '' ? '' : ` MaxEntriesReturned="${most}"`} StartDate="${from}" EndDate="${to}"/>`;
    return this.client.findItem(folder, { base, paths, more: view + after, attributes });
  }
  async view(from: string, to: string, options: Parameters<CalendarClient['tryView']>[2] = {}): Promise<readonly XmlElement[]> {
    return (await this.tryView(from, to, options)).ok().first('Items').children;
  }
}

export const occurrenceRef = (master: Id, index: number): string => `<t:OccurrenceItemId RecurringMasterId="${master.id}" InstanceIndex="${index}"/>`;
export const masterRef = (occurrence: Id): string => `<t:RecurringMasterItemId OccurrenceId="${occurrence.id}"/>`;
