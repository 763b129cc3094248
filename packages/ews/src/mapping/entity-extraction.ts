import { extractEntities, textOfBody, type EmailUser, type Entities, type ExtractedContact, type PhoneEntity } from '@fauxchange/mailbox';
import type { ArrayOfEmailUsersType, ContactType, EntityExtractionResultType, MeetingSuggestionType, PhoneType } from '../schema/types.generated.ts';
import { recipientElement } from './address.ts';
import { formatDateTime } from './date-time.ts';
import { get, type ItemView } from './item-view.ts';

/** What Exchange finds since 2013 in messages that it delivers; drafts and copies of what was sent have nothing of the kind. */
export async function readEntities(view: ItemView): Promise<EntityExtractionResultType | undefined> {
  const isOld = /^Exchange20(?:07|09|10)/.test(view.context.version);
  if (isOld || get(view, 'PidTagReceivedByName') === undefined) return undefined;
  const parts = extractEntities((await textOfBody(view.item)) ?? '', senderOf(view), recipientsOf(view));
  return parts.length > 0 ? resultOf(parts) : undefined;
}

function recipientsOf({ item, context: { organization } }: ItemView): EmailUser[] {
  const told = item.recipients.filter(({ type }) => type === 'to').map((one) => recipientElement(one, organization.directory));
  return told.map(({ Name: name = '', EmailAddress: address = '' }) => ({ name, address }));
}

function senderOf(view: ItemView): EmailUser | undefined {
  const address = get(view, 'PidTagSentRepresentingSmtpAddress');
  return address === undefined ? undefined : { name: get(view, 'PidTagSentRepresentingName') ?? address, address };
}

function resultOf(parts: readonly Entities[]): EntityExtractionResultType {
  const all = <Found, Element>(of: (part: Entities) => readonly Found[], element: (found: Found) => Element): (Element & { readonly Position: readonly Entities['position'][] })[] =>
    parts.flatMap((part) => of(part).map((found) => ({ Position: [part.position], ...element(found) })));
  const some = <Element, Array>(elements: readonly Element[], array: Array): Array | undefined => (elements.length > 0 ? array : undefined);
  const addresses = all(({ addresses: found }) => found, (Address) => ({ Address }));
  const meetings = all(({ meetings: found }) => found, meetingOf);
  const tasks = all(({ tasks: found }) => found, ({ sentence, assignees }) => ({ TaskString: sentence, Assignees: usersOf(assignees) }));
  const emails = all(({ emailAddresses }) => emailAddresses, (EmailAddress) => ({ EmailAddress }));
  const contacts = all(({ contacts: found }) => found, contactOf);
  const urls = all(({ urls: found }) => found, (Url) => ({ Url }));
  const phones = all(({ phones: found }) => found, phoneOf);
  return {
    Addresses: some(addresses, { AddressEntity: addresses }),
    MeetingSuggestions: some(meetings, { MeetingSuggestion: meetings }),
    TaskSuggestions: some(tasks, { TaskSuggestion: tasks }),
    EmailAddresses: some(emails, { EmailAddressEntity: emails }),
    Contacts: some(contacts, { Contact: contacts }),
    Urls: some(urls, { UrlEntity: urls }),
    PhoneNumbers: some(phones, { Phone: phones }),
  };
}

function usersOf(users: readonly EmailUser[]): ArrayOfEmailUsersType | undefined {
  return users.length > 0 ? { EmailUser: users.map(({ name, address }) => ({ Name: name, UserId: address })) } : undefined;
}

/** No location: Exchange 2013 and later tell none ([MS-OXWSCORE] appendix C, 88). */
function meetingOf({ sentence, subject, attendees, time }: Entities['meetings'][number]): MeetingSuggestionType {
  return { Attendees: usersOf(attendees), Subject: subject, MeetingString: sentence, StartTime: time && formatDateTime(time.start), EndTime: time && formatDateTime(time.end) };
}

function contactOf({ person, business, phones, urls, emailAddresses, addresses, words }: ExtractedContact): ContactType {
  return {
    PersonName: person,
    BusinessName: business,
    PhoneNumbers: phones.length > 0 ? { Phone: phones.map(phoneOf) } : undefined,
    Urls: urls.length > 0 ? { Url: urls } : undefined,
    EmailAddresses: emailAddresses.length > 0 ? { EmailAddress: emailAddresses } : undefined,
    Addresses: addresses.length > 0 ? { Address: addresses } : undefined,
    ContactString: words,
  };
}

function phoneOf({ original, digits, type }: PhoneEntity): PhoneType {
  return { OriginalPhoneString: original, PhoneString: digits, Type: type };
}
