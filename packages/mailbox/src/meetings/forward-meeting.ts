import { MailboxError } from '../errors.ts';
import { finishDraft } from '../items/finish.ts';
import type { Item, ItemDraft, Properties } from '../items/item.ts';
import { entryPerson } from '../items/person.ts';
import { valueOf } from '../items/value-of.ts';
import type { Destination, MailboxSession } from '../session/mailbox-session.ts';
import { accessDenied, finishContext } from '../session/scope.ts';
import { Session } from '../session/session.ts';
import { sharedOf } from './compose.ts';
import { busy, meetingClasses, meetingTypes, stateFlags } from './meeting-facts.ts';

const organizerNames = ['PidTagSentRepresentingName', 'PidTagSentRepresentingEmailAddress', 'PidTagSentRepresentingAddressType', 'PidTagSentRepresentingSmtpAddress'] as const;

/**
 * Asks somebody else to a meeting: the request goes on as the organizer's, sent by whoever forwards it, and is
 * answered to the organizer ([MS-OXOCAL] 3.1.4.7.3). `draft` has the recipients, the subject and the words.
 *
 * @throws MailboxError MissingRecipients, AccessDenied
 */
export async function forwardMeeting(session: MailboxSession, item: Item, draft: ItemDraft, { saveIn }: { readonly saveIn?: Destination | undefined } = {}): Promise<Item | undefined> {
  const scope = Session.scopeOf(session);
  const { mailbox, accessor, clock, ids, transport } = scope;
  if (draft.recipients.length === 0) throw new MailboxError('MissingRecipients', 'A message needs a recipient to be sent.');
  if (!accessor.hasFullAccess) throw accessDenied('send from this mailbox');
  const sender = accessor.entry ?? mailbox.owner;
  const now = clock.now();
  const intended = Number(valueOf(item, 'PidLidIntendedBusyStatus') ?? valueOf(item, 'PidLidBusyStatus') ?? busy.busy);
  const { PidTagSubject: _subject, PidTagConversationTopic: _topic, ...shared } = sharedOf(item);
  const organizer = Object.fromEntries(organizerNames.map((name) => [name, valueOf(item, name)])) as Properties;
  const content = finishDraft({
    ...draft, itemClass: meetingClasses.request, isRead: true, attachments: item.attachments.filter((one) => one.isException !== true), mime: undefined,
    properties: {
      ...draft.properties, ...shared, ...organizer, ...entryPerson('PidTagSender', sender),
      PidLidMeetingType: meetingTypes.request, PidLidIntendedBusyStatus: intended, PidLidBusyStatus: intended === busy.free ? busy.free : busy.tentative,
      PidLidAppointmentStateFlags: stateFlags.meeting | stateFlags.received,
      PidTagClientSubmitTime: now, PidTagMessageDeliveryTime: now, PidTagMessageFlags: 0,
      PidTagInternetMessageId: `<${ids.uuid()}@${sender.primarySmtpAddress.split('@')[1] ?? 'localhost'}>`,
    },
  }, finishContext(scope, { isRestored: true }));
  const kept = saveIn && (await saveIn.session.createItem(saveIn.folderId, content, { isRestored: true }));
  await transport.submit({ mailbox, sender, representing: sender, content });
  return kept;
}
