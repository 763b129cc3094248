import { appointmentSignature, invitationsFor, isMeeting, type InvitationOptions, type Item, type MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import type { ItemTarget } from '../../mapping/fields.ts';
import { ownSession } from '../../resolve.ts';
import type { CreateItemType, DeleteItemType, UpdateItemType } from '../../schema/types.generated.ts';
import { sentItemsFolder } from './send-item.ts';

/** PidLidAppointmentStateFlags asfMeeting, [MS-OXOCAL] 2.2.1.10. */
const meeting = 1;

/** Whose a new appointment is: its owner's, whoever makes it, and in public folders theirs who make it; with attendees it is a meeting. */
export function signAppointment(target: ItemTarget, { mailbox, accessor }: MailboxSession): void {
  const owner = mailbox.isPublic && accessor.entry ? accessor.entry : mailbox.owner;
  const { properties, recipients } = target;
  const organizer = properties['PidTagSentRepresentingSmtpAddress'];
  Object.assign(properties, appointmentSignature(owner, typeof organizer === 'string' ? organizer : undefined, Object.values(recipients).flatMap((list) => list ?? [])));
  markMeeting(target);
}

export function markMeeting(target: ItemTarget): void {
  const { recipients, view, properties } = target;
  const attendees = (['to', 'cc', 'bcc'] as const).flatMap((type) => recipients[type] ?? view?.item.recipients.filter((one) => one.type === type) ?? []);
  const state = Number(properties['PidLidAppointmentStateFlags'] ?? view?.item.bag.get('PidLidAppointmentStateFlags') ?? 0);
  if (attendees.length > 0 && (state & meeting) === 0) properties['PidLidAppointmentStateFlags'] = state | meeting;
}

type Sending = NonNullable<CreateItemType['SendMeetingInvitations'] | UpdateItemType['SendMeetingInvitationsOrCancellations'] | DeleteItemType['SendMeetingCancellations']>;

/** The answers to an invitation go to a person, who has no calendar in public folders: meetings there are only noted. */
export function checkSending({ mailbox }: MailboxSession, sending: Sending | undefined, { recipients }: ItemTarget, before?: Item): void {
  const hasAttendees = Object.values(recipients).some((list) => (list?.length ?? 0) > 0) || (before !== undefined && isMeeting(before));
  if (mailbox.isPublic && sending !== 'SendToNone' && hasAttendees) throw publicMeeting();
}

const publicMeeting = (): EwsError => new EwsError('ErrorInvalidOperation', 'Sending meeting messages from public folders is not emulated yet.');

async function optionsOf(sending: Sending, context: EwsContext): Promise<InvitationOptions> {
  const to = sending === 'SendToNone' ? 'none' : sending.includes('Changed') ? 'changed' : 'all';
  return { to, sender: ownSession(context), saveIn: sending.endsWith('SaveCopy') ? await sentItemsFolder(undefined, context) : undefined };
}

/** Sends the invitations of a new appointment. */
export async function invite(item: Item, session: MailboxSession, { SendMeetingInvitations }: CreateItemType, context: EwsContext): Promise<Item> {
  if (SendMeetingInvitations === undefined) throw new EwsError('ErrorSendMeetingInvitationsRequired');
  return (await invitationsFor(session, { before: undefined, after: item }, await optionsOf(SendMeetingInvitations, context))) ?? item;
}

/** Tells the attendees of a change. */
export async function inviteAgain(before: Item, after: Item, session: MailboxSession, { SendMeetingInvitationsOrCancellations: sending }: UpdateItemType, context: EwsContext): Promise<Item> {
  if (sending === undefined) throw new EwsError('ErrorSendMeetingInvitationsOrCancellationsRequired');
  return (await invitationsFor(session, { before, after }, await optionsOf(sending, context))) ?? after;
}

/** Tells the attendees that a meeting will not be. */
export async function cancelBeforeDeletion(item: Item, session: MailboxSession, sending: DeleteItemType['SendMeetingCancellations'], context: EwsContext): Promise<void> {
  if (sending === undefined) throw new EwsError('ErrorSendMeetingCancellationsRequired');
  if (session.mailbox.isPublic && sending !== 'SendToNone' && isMeeting(item)) throw publicMeeting();
  await invitationsFor(session, { before: item, after: undefined }, await optionsOf(sending, context));
}
