import type { Recipient } from '@fauxchange/mailbox';
import { decodeReplyRecipients, encodeReplyRecipients } from '@fauxchange/mailbox';
import { binary } from '@fauxchange/properties';
import type { PropertyName } from '@fauxchange/properties';
import type { ArrayOfRecipientsType, SingleRecipientType } from '../schema/types.generated.ts';
import { mailboxElement, mailboxTypeOf, recipientElement, recipientOf } from './address.ts';
import { boolean, computed, text, time } from './field-builders.ts';
import type { ItemField, ItemTarget } from './fields.ts';
import type { ItemKind } from './item-kind.ts';
import { getAny, get } from './item-view.ts';

const messages = ['Message', 'MeetingMessage', 'MeetingRequest', 'MeetingResponse', 'MeetingCancellation'] as const satisfies readonly ItemKind[];
/** Everything that has From and IsRead in the schema. */
const nothing = binary.from(new Uint8Array(0));
const messagesAndPosts = [...messages, 'PostItem'] as const satisfies readonly ItemKind[];

/** Fields of messages and posts, in the order of MessageType. */
export const messageFields: readonly ItemField[] = [
  person('message:Sender', 'PidTagSender', 'all', messagesAndPosts, 'new'),
  // Shown by the Default shape of GetItem: Microsoft's example of GetItem with an e-mail message.
  recipients('message:ToRecipients', 'to', 'defaultGet'),
  recipients('message:CcRecipients', 'cc'),
  recipients('message:BccRecipients', 'bcc'),
  boolean('message:IsReadReceiptRequested', 'PidTagReadReceiptRequested', { shape: 'default', kinds: messages, canSet: true, canDelete: true }, false),
  boolean('message:IsDeliveryReceiptRequested', 'PidTagOriginatorDeliveryReportRequested', { shape: 'default', kinds: messages, canSet: true, canDelete: true }, false),
  {
    ...computed('message:ConversationIndex', 'all', (view) => bytes(get(view, 'PidTagConversationIndex')), { kinds: messagesAndPosts }),
    // A restriction may name it and finds nothing (seen on real servers: the suite of exchangelib).
    property: 'PidTagConversationIndex', constant: () => nothing,
  },
  text('message:ConversationTopic', 'PidTagConversationTopic', { shape: 'all', kinds: messagesAndPosts }),
  person('message:From', 'PidTagSentRepresenting', 'default', messagesAndPosts, true),
  text('message:InternetMessageId', 'PidTagInternetMessageId', { shape: 'all', kinds: messagesAndPosts, canSet: 'new' }),
  {
    uri: 'message:IsRead', element: 'IsRead', kinds: messagesAndPosts, shape: 'default', property: 'PidTagRead',
    read: ({ isRead }) => isRead,
    set: (value: boolean, target) => void (target.isRead = value),
  },
  boolean('message:IsResponseRequested', 'PidTagReplyRequested', { shape: 'all', kinds: messages, canSet: true, canDelete: true }),
  time('postitem:PostedTime', 'PidTagClientSubmitTime', { shape: 'all', kinds: ['PostItem'] }),
  text('message:References', 'PidTagInternetReferences', { shape: 'all', kinds: messagesAndPosts, canSet: true, canDelete: true }),
  {
    uri: 'message:ReplyTo', element: 'ReplyTo', kinds: messages, shape: 'allGet', isSealed: true,
    read: (view) => {
      const entries = get(view, 'PidTagReplyRecipientEntries');
      const people = entries === undefined ? [] : decodeReplyRecipients(entries);
      return people.length > 0 ? { Mailbox: people.map(({ name, address }) => mailboxElement(name, address)) } : undefined;
    },
    set: (value: ArrayOfRecipientsType, target) => setReplyTo(target, value.Mailbox ?? [], []),
    append: (value: ArrayOfRecipientsType, target) => {
      const entries = target.view && get(target.view, 'PidTagReplyRecipientEntries');
      setReplyTo(target, value.Mailbox ?? [], entries === undefined ? [] : decodeReplyRecipients(entries));
    },
    remove: (target) => setReplyTo(target, [], []),
  },
  person('message:ReceivedBy', 'PidTagReceivedBy', 'all', messages, false),
  person('message:ReceivedRepresenting', 'PidTagReceivedRepresenting', 'all', messages, false),
];

function bytes(value: Parameters<typeof binary.toBytes>[0] | undefined): Uint8Array | undefined {
  return value === undefined ? undefined : binary.toBytes(value);
}

/** A person told by four properties with a common beginning; sorted and searched by name, as Exchange does it. */
function person(uri: string, prefix: 'PidTagSender' | 'PidTagSentRepresenting' | 'PidTagReceivedBy' | 'PidTagReceivedRepresenting', shape: ItemField['shape'], kinds: readonly ItemKind[], canSet: boolean | 'new'): ItemField {
  const name = `${prefix}Name` as PropertyName;
  const part = (suffix: string): PropertyName => `${prefix}${suffix}` as PropertyName;
  const store = (target: ItemTarget, values: { name?: string | undefined; address?: string | undefined; type?: string | undefined }): void => {
    target.properties[name] = values.name;
    target.properties[part('EmailAddress')] = values.address;
    target.properties[part('AddressType')] = values.type;
    target.properties[part('SmtpAddress')] = values.type === 'EX' ? undefined : values.address;
  };
  return {
    uri, element: uri.slice('message:'.length), kinds, shape, property: name, isSealed: true,
    read: (view) => {
      const shown = getAny(view, name) as string | undefined;
      const smtp = (getAny(view, part('SmtpAddress')) ?? getAny(view, part('EmailAddress'))) as string | undefined;
      if (!shown && !smtp) return undefined;
      const entry = smtp ? view.context.organization.directory.byAddress(smtp) : undefined;
      return { Mailbox: mailboxElement(shown, smtp, 'SMTP', mailboxTypeOf(entry)) } satisfies SingleRecipientType;
    },
    ...(canSet
      ? {
          onlyNew: canSet === 'new',
          set: ({ Mailbox }: SingleRecipientType, target: ItemTarget) => store(target, { name: Mailbox.Name ?? Mailbox.EmailAddress, address: Mailbox.EmailAddress, type: Mailbox.RoutingType ?? 'SMTP' }),
        }
      : {}),
    ...(canSet === true ? { remove: (target: ItemTarget) => store(target, {}) } : {}),
  };
}

function recipients(uri: string, type: Recipient['type'], shape: ItemField['shape'] = 'allGet'): ItemField {
  const from = ({ Mailbox }: ArrayOfRecipientsType): Recipient[] => (Mailbox ?? []).map((sent) => recipientOf(type, sent));
  return {
    uri, element: uri.slice('message:'.length), kinds: messages, shape, isSealed: true,
    read: (view) => {
      const shown = view.item.recipients.filter((one) => one.type === type);
      return shown.length > 0 ? { Mailbox: shown.map((one) => recipientElement(one, view.context.organization.directory)) } : undefined;
    },
    set: (value: ArrayOfRecipientsType, target) => void (target.recipients[type] = from(value)),
    append: (value: ArrayOfRecipientsType, target) => {
      const old = target.recipients[type] ?? target.view?.item.recipients.filter((one) => one.type === type) ?? [];
      target.recipients[type] = [...old, ...from(value)];
    },
    remove: (target) => void (target.recipients[type] = []),
  };
}

function setReplyTo(target: ItemTarget, added: readonly { Name?: string | undefined; EmailAddress?: string | undefined }[], old: readonly { readonly name: string; readonly address: string }[]): void {
  const people = [...old, ...added.map(({ Name, EmailAddress }) => ({ name: Name ?? EmailAddress ?? '', address: EmailAddress ?? '' }))];
  target.properties['PidTagReplyRecipientEntries'] = people.length > 0 ? encodeReplyRecipients(people) : undefined;
  target.properties['PidTagReplyRecipientNames'] = people.length > 0 ? people.map(({ name }) => name).join('; ') : undefined;
}
