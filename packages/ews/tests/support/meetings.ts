import type { EwsEmulator } from '../../src/index.ts';
import { CalendarClient } from './calendar.ts';
import { EwsClient, idOf, setField, type Answer, type Id } from './client.ts';
import { mailbox } from './soap.ts';
import { allBelow, below, textAt, type XmlElement } from './xml.ts';

export const attendee = (address: string): string => `<t:Attendee>${mailbox(address)}</t:Attendee>`;
/** A list of attendees: RequiredAttendees, OptionalAttendees, Resources. */
export const people = (element: string, ...addresses: string[]): string => `<t:${element}>${addresses.map(attendee).join('')}</t:${element}>`;
export const span = (start: string, end: string): string => `<t:Start>${start}</t:Start><t:End>${end}</t:End>`;
export const setCalendar = (element: string, value: string): string => setField(`calendar:${element}`, `<t:${element}>${value}</t:${element}>`, 'CalendarItem');
export const texts = (item: XmlElement, ...names: string[]): (string | undefined)[] => names.map((name) => textAt(item, name));
export const idIn = (item: XmlElement): Id => idOf(below(item, 'ItemId'));
export const only = <T>(list: readonly T[]): T => {
  if (list.length !== 1) throw new Error(`${list.length} instead of one`);
  return list[0] as T;
};
/** Addresses in a list of attendees. */
export const addressesIn = (item: XmlElement, list: string): string[] => allBelow(item, list).flatMap((each) => allBelow(each, 'EmailAddress').map(({ text }) => text));

/** Whoever has a calendar, and what comes into their folders. */
export class Person {
  readonly #ews: EwsEmulator;
  readonly client: EwsClient;
  readonly calendar: CalendarClient;
  readonly address: string;

  constructor(ews: EwsEmulator, user: string) {
    this.#ews = ews;
    this.client = new EwsClient(ews, user);
    this.calendar = new CalendarClient(this.client);
    this.address = `${user}@example.test`;
  }

  /** Makes a meeting and waits until everybody has heard of it. */
  async invite(content: string, send = 'SendToAllAndSaveCopy'): Promise<Id> {
    const id = await this.calendar.create(content, { send });
    await this.#ews.organization.settle();
    return id;
  }

  async update(id: Id | string, updates: string, send = 'SendToAllAndSaveCopy'): Promise<Id> {
    const updated = await this.calendar.update(id, updates, { send });
    await this.#ews.organization.settle();
    return updated;
  }

  async remove(id: Id | string, send = 'SendToAllAndSaveCopy', type = 'MoveToDeletedItems'): Promise<Answer> {
    const answer = (await this.calendar.tryRemove(id, send, type)).ok();
    await this.#ews.organization.settle();
    return answer;
  }

  /** Everything in a folder, all of it. */
  async items(folder = 'inbox', paths: readonly string[] = []): Promise<readonly XmlElement[]> {
    const found = (await this.client.findItem(folder)).ok().first('Items').children.map(idIn);
    return found.length === 0 ? [] : (await this.client.getItem(found, 'AllProperties', paths)).ok().all('Items').flatMap(({ children }) => children);
  }

  /** What of a kind is in a folder. */
  async ofKind(kind: string, folder = 'inbox', paths: readonly string[] = []): Promise<readonly XmlElement[]> {
    return (await this.items(folder, paths)).filter(({ name }) => name === kind);
  }

  /** The one meeting request that lies in the inbox. */
  async request(paths: readonly string[] = []): Promise<XmlElement> {
    return only(await this.ofKind('MeetingRequest', 'inbox', paths));
  }

  /** AcceptItem, CancelCalendarItem and the like. */
  async respond(element: string, id: Id, { disposition = 'SendAndSaveCopy' as string | null, before = '', after = '' } = {}): Promise<Answer> {
    const attribute = disposition === null ? '' : ` MessageDisposition="${disposition}"`;
    const answer = await this.client.call(`<m:CreateItem${attribute}><m:Items><t:${element}>${before}<t:ReferenceItemId Id="${id.id}" ChangeKey="${id.changeKey}"/>${after}</t:${element}></m:Items></m:CreateItem>`);
    await this.#ews.organization.settle();
    return answer;
  }
}
