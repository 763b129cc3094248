import { findMaster, findMeeting, isOutOfDate, isRecurring, MailboxError, masterOf, meetingKindOf, meetingTypes, type Item, type MailboxSession } from '@fauxchange/mailbox';
import { EwsError } from '../errors.ts';
import type { MeetingRequestTypeType, ResponseTypeType } from '../schema/types.generated.ts';
import { principalSession } from '../meeting-principal.ts';
import { encodeChangeKey } from '../ids/change-key.ts';
import { busyTypes } from './calendar-busy.ts';
import { responseNames } from './calendar-attendees.ts';
import { calendarFields } from './calendar-fields.ts';
import { boolean, choice, computed, time } from './field-builders.ts';
import type { ItemField, ItemTarget } from './fields.ts';
import { kindOfClass, type ItemKind } from './item-kind.ts';
import { get, idOf, type ItemView } from './item-view.ts';

const messages = ['MeetingMessage', 'MeetingRequest', 'MeetingResponse', 'MeetingCancellation'] as const satisfies readonly ItemKind[];
const requests = ['MeetingRequest'] as const satisfies readonly ItemKind[];

/** PidLidMeetingType, [MS-OXOCAL] 2.2.6.5; None for what is no request. */
const requestTypes = { None: 0, NewMeetingRequest: 0x1, FullUpdate: 0x10000, InformationalUpdate: 0x20000, SilentUpdate: 0x40000, Outdated: 0x80000, PrincipalWantsCopy: 0x100000 } as const satisfies Readonly<Record<MeetingRequestTypeType, number>>;

/** Several fields ask the same of one view. */
const found = new WeakMap<ItemView, Promise<Item | undefined>>();

/** The appointment in the calendar that a meeting message is about; undefined where there is none. */
export function associatedMeeting(view: ItemView): Promise<Item | undefined> {
  const known = found.get(view) ?? readable(findMeeting(calendarSession(view), view.item));
  found.set(view, known);
  return known;
}

function calendarSession({ session, item, context }: ItemView): MailboxSession {
  return principalSession(session.mailbox, item, context) ?? session;
}

/** A calendar that the reader of the message may not see tells nothing. */
async function readable(meeting: Promise<Item | undefined>): Promise<Item | undefined> {
  try {
    return await meeting;
  } catch (thrown) {
    if (thrown instanceof MailboxError) return undefined;
    throw thrown;
  }
}

/** Fields of meeting messages, in the order of MeetingMessageType and those made of it. */
export const meetingFields: readonly ItemField[] = [
  computed('meeting:AssociatedCalendarItemId', 'default', associatedId, { kinds: messages }),
  computed('meeting:IsDelegated', 'default', (view) => get(view, 'PidTagReceivedRepresentingEmailAddress') !== get(view, 'PidTagReceivedByEmailAddress'), { kinds: messages }),
  computed('meeting:IsOutOfDate', 'default', outOfDate, { kinds: messages }),
  boolean('meeting:HasBeenProcessed', 'PidTagProcessed', { shape: 'default', kinds: messages }, false),
  computed('meeting:ResponseType', 'default', responseType, { kinds: messages, property: 'PidLidResponseStatus' }),
  choice('meetingRequest:MeetingRequestType', 'PidLidMeetingType', requestTypes, 'None', { shape: 'default', kinds: requests }),
  choice('meetingRequest:IntendedFreeBusyStatus', 'PidLidIntendedBusyStatus', busyTypes, 'Busy', { shape: 'default', kinds: requests }),
  time('meeting:ProposedStart', 'PidLidAppointmentProposedStartWhole', { shape: 'all', kinds: ['MeetingResponse'] }),
  time('meeting:ProposedEnd', 'PidLidAppointmentProposedEndWhole', { shape: 'all', kinds: ['MeetingResponse'] }),
];

async function associatedId(view: ItemView): Promise<{ readonly Id: string; readonly ChangeKey: string } | undefined> {
  // An occurrence that is no more of the calendar still belongs to a series that is.
  const meeting = (await associatedMeeting(view)) ?? (await readable(findMaster(calendarSession(view), view.item)));
  const { mailbox } = calendarSession(view);
  return meeting && { Id: idOf(meeting, mailbox), ChangeKey: encodeChangeKey('calendarItem', mailbox, masterOf(meeting).cn) };
}

async function outOfDate(view: ItemView): Promise<boolean> {
  if (((get(view, 'PidLidMeetingType') ?? 0) & meetingTypes.outOfDate) !== 0) return true;
  return isOutOfDate(view.item, await associatedMeeting(view));
}

const byMessage: { readonly [kind: string]: ResponseTypeType | undefined } = { accepted: 'Accept', tentative: 'Tentative', declined: 'Decline' };

/** Of a response what it says; of a request what the attendee has answered so far. */
async function responseType(view: ItemView): Promise<ResponseTypeType> {
  const kind = meetingKindOf(view.item.itemClass);
  const told = kind && byMessage[kind];
  if (told) return told;
  const status = (await associatedMeeting(view))?.bag.get('PidLidResponseStatus') ?? get(view, 'PidLidResponseStatus') ?? 0;
  return responseNames.get(Number(status)) ?? 'Unknown';
}

/** Of the fields of appointments those that every meeting message has too, by [MS-OXWSMTGS] 2.2.4.21. */
const shared: ReadonlySet<string> = new Set(['UID', 'RecurrenceId', 'DateTimeStamp', 'IsOrganizer'].map((name) => `calendar:${name}`));
/** Those that responses and cancellations have beside them since Exchange 2013. */
const told: ReadonlySet<string> = new Set(['Start', 'End', 'Location', 'Recurrence', 'CalendarItemType', 'EnhancedLocation'].map((name) => `calendar:${name}`));
/** Those that requests have not, or under another name. */
const appointmentsOnly: ReadonlySet<string> = new Set(['IsResponseRequested', 'IntendedFreeBusyStatus', 'InboxReminders'].map((name) => `calendar:${name}`));

function kindsOf({ uri, kinds }: ItemField): readonly ItemKind[] {
  const own = kinds ?? [];
  if (shared.has(uri)) return [...own, ...messages];
  if (appointmentsOnly.has(uri)) return own;
  return told.has(uri) ? [...own, 'MeetingRequest', 'MeetingResponse', 'MeetingCancellation'] : [...own, 'MeetingRequest'];
}

/** When the occurrence that a message is about was by the pattern. */
const replacedTime = time('calendar:RecurrenceId', 'PidLidExceptionReplaceTime', { shape: 'all' });

/** What a message tells of itself where an appointment would look into its series. */
const ofMessages: { readonly [uri: string]: ItemField['read'] | undefined } = {
  'calendar:RecurrenceId': (view) => replacedTime.read(view),
  'calendar:CalendarItemType': (view) => (isOfOne(view) ? 'Exception' : undefined),
  'calendar:IsRecurring': (view) => (isOfOne(view) || isRecurring(view.item) ? true : undefined),
  'calendar:MyResponseType': responseType,
};
const isOfOne = (view: ItemView): boolean => get(view, 'PidLidExceptionReplaceTime') !== undefined;

/** The fields of appointments, as meeting messages have them too: nothing of it can be set there. */
export const appointmentFields: readonly ItemField[] = calendarFields.map((field) => {
  const own = ofMessages[field.uri];
  const guarded = <V>(act: (value: V, target: ItemTarget) => void) => (value: V, target: ItemTarget): void => {
    if (target.kind !== 'CalendarItem' && target.kind !== 'Item') throw new EwsError('ErrorInvalidPropertySet', undefined, { paths: [['FieldURI', { FieldURI: field.uri }]] });
    act(value, target);
  };
  const { remove } = field;
  return {
    ...field,
    kinds: kindsOf(field),
    ...(own && { read: (view: ItemView) => (kindOfClass(view.item.itemClass) === 'CalendarItem' ? field.read(view) : (own(view) ?? field.read(view))) }),
    ...(field.set && { set: guarded(field.set) }),
    ...(remove && { remove: (target: ItemTarget) => guarded(() => remove(target))(undefined, target) }),
  };
});
