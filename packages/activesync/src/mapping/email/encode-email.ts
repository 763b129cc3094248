import { decodeReplyRecipients, meetingKindOf, messageFlags, valueOf } from '@fauxchange/mailbox';
import { binary, type Binary, type PropertyName } from '@fauxchange/properties';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemView } from '../../sync/item-class.ts';
import { encodeAttachments, isVoiceMail } from '../attachments.ts';
import { encodeBody } from '../body.ts';
import { encodeCategories } from '../categories.ts';
import { formatDashed } from '../date-time.ts';
import { xmlText } from '../xml-text.ts';
import { encodeFlag } from './flag.ts';
import { encodeMeetingRequest } from './meeting-request.ts';
import { isReceivedAsBcc, person, personText, recipientsText } from './people.ts';

const longest = 32_768;
/** email2:LastVerbExecuted by PidTagLastVerbExecuted, [MS-ASEMAIL] 2.2.2.44; anything else that was done is unknown. */
const lastVerbs: Readonly<Record<number, number>> = { 102: 1, 103: 2, 104: 3 };

/** A message as ApplicationData. */
export async function encodeEmail(view: ItemView): Promise<ApplicationData> {
  return {
    ...encodeEnvelope(view),
    ...encodeAttachments(view),
    ...(await encodeBody(view, 'Email')),
    'Email:MeetingRequest': await encodeMeetingRequest(view),
    'Email:Flag': encodeFlag(view.item),
    // The element says that there are none, too, [MS-ASEMAIL] 2.2.2.16.
    'Email:Categories': encodeCategories(view.item.bag) ?? [],
    ...encodeConversation(view),
    ...encodeVoice(view),
  };
}

export const isDraft = (view: Pick<ItemView, 'item'>): boolean => (Number(valueOf(view.item, 'PidTagMessageFlags') ?? 0) & messageFlags.unsent) !== 0;

function encodeEnvelope(view: ItemView): ApplicationData {
  const { item, context } = view;
  const { directory } = context.organization;
  const read = (name: PropertyName): string => xmlText(String(valueOf(item, name) ?? ''));
  const from = personText(item, 'PidTagSentRepresenting', directory) ?? personText(item, 'PidTagSender', directory);
  const sender = personText(item, 'PidTagSender', directory);
  const optional = (text: string | undefined): string | undefined => (text ? xmlText(text.slice(0, longest)) : undefined);
  const draft = isDraft(view);
  return {
    'Email:To': optional(recipientsText(item, 'to', directory)),
    'Email:Cc': optional(recipientsText(item, 'cc', directory)),
    'Email2:Bcc': optional(recipientsText(item, 'bcc', directory)),
    'Email:From': optional(from),
    'Email:Subject': read('PidTagSubject'),
    'Email:ReplyTo': optional(replyTo(view)),
    'Email:DateReceived': formatDashed(Number(valueOf(item, 'PidTagMessageDeliveryTime') ?? valueOf(item, 'PidTagCreationTime') ?? 0)),
    'Email:DisplayTo': optional(read('PidTagDisplayTo')),
    'Email:ThreadTopic': read('PidTagConversationTopic') || undefined,
    'Email:Importance': Number(valueOf(item, 'PidTagImportance') ?? 1),
    'Email:Read': item.isRead,
    'Email:MessageClass': xmlText(item.itemClass),
    'Email:InternetCPID': String(valueOf(item, 'PidTagInternetCodepage') ?? 65_001),
    'Email:ContentClass': read('PidNameContentClass') || (meetingKindOf(item.itemClass) ? 'urn:content-classes:calendarmessage' : 'urn:content-classes:message'),
    // Only where it is somebody else, [MS-ASEMAIL] 2.2.2.70.
    'Email2:Sender': sender === from ? undefined : optional(sender),
    'Email2:ReceivedAsBcc': isReceivedAsBcc(item, context.organization, context.mailbox.owner) || undefined,
    'Email2:IsDraft': draft,
  };
}

function replyTo({ item }: ItemView): string | undefined {
  const entries = valueOf(item, 'PidTagReplyRecipientEntries') as Binary | undefined;
  return entries === undefined ? undefined : decodeReplyRecipients(entries).map(({ name, address }) => person(name, address)).join('; ');
}

function encodeConversation({ item }: ItemView): ApplicationData {
  const id = valueOf(item, 'PidTagConversationId') as Binary | undefined;
  const index = valueOf(item, 'PidTagConversationIndex') as Binary | undefined;
  const verb = valueOf(item, 'PidTagLastVerbExecuted');
  const at = valueOf(item, 'PidTagLastVerbExecutionTime');
  return {
    'Email2:ConversationId': id === undefined ? undefined : binary.toBytes(id),
    'Email2:ConversationIndex': index === undefined ? undefined : timesOfIndex(binary.toBytes(index)),
    'Email2:LastVerbExecuted': typeof verb === 'number' && verb !== 0 ? (lastVerbs[verb] ?? 0) : undefined,
    'Email2:LastVerbExecutionTime': typeof verb === 'number' && verb !== 0 && typeof at === 'number' ? formatDashed(at) : undefined,
  };
}

/** The timestamps alone, five bytes each, without the GUID between the first and the others, [MS-ASEMAIL] 2.2.2.22. */
export const timesOfIndex = (index: Uint8Array): Uint8Array => Buffer.concat([index.subarray(1, 6), index.subarray(22)]);

function encodeVoice({ item }: ItemView): ApplicationData {
  if (!isVoiceMail(item)) return {};
  const read = (name: PropertyName): string | undefined => (typeof item.bag.get(name) === 'string' ? xmlText(String(item.bag.get(name))) : undefined);
  return { 'Email2:UmCallerID': read('PidTagSenderTelephoneNumber'), 'Email2:UmUserNotes': read('PidNameAudioNotes') };
}
