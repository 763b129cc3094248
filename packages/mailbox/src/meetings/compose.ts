import type { PropertyName } from '@fauxchange/properties';
import { isOccurrence } from '../calendar/occurrence-item.ts';
import type { DirectoryEntry } from '../directory/directory.ts';
import type { EmbeddedItem, Item, ItemBody, ItemDraft, Properties, Recipient } from '../items/item.ts';
import { entryPerson } from '../items/person.ts';
import { subjectParts } from '../items/subject.ts';
import { valueOf } from '../items/value-of.ts';
import { answers, busy, canceledPrefix, meetingClasses, meetingTypes, sharedProperties, stateFlags, type MeetingAnswer } from './meeting-facts.ts';

/** One occurrence alone recurs no more, [MS-OXOCAL] 2.2.1.12 and 2.2.1.13. */
const single: Properties = { PidLidRecurring: false, PidLidIsRecurring: true, PidLidRecurrenceType: undefined, PidLidRecurrencePattern: undefined };

/** What a message takes over from the appointment, and the other way round. */
export function sharedOf(item: EmbeddedItem | Item): Properties {
  const all = Object.fromEntries(sharedProperties.flatMap((name: PropertyName) => {
    const value = valueOf(item, name);
    return value === undefined ? [] : [[name, value]];
  })) as Properties;
  return isOccurrence(item) ? { ...all, ...single } : all;
}

const numberIn = (item: EmbeddedItem | Item, name: PropertyName, otherwise: number): number => Number(valueOf(item, name) ?? otherwise);

export interface ComposeOptions {
  readonly recipients: readonly Recipient[];
  /** In whose name: the owner of the calendar. */
  readonly organizer: DirectoryEntry;
  readonly now: number;
  readonly body?: ItemBody | undefined;
}

function message(item: EmbeddedItem | Item, itemClass: string, { recipients, organizer, body }: ComposeOptions, properties: Properties): ItemDraft {
  const plain = recipients.map(({ type, name, address, addressType }) => ({ type, name, address, addressType }));
  return {
    itemClass, isRead: true, isAssociated: false, recipients: plain,
    // Exceptions of a series are in its recurrence; attachments of the meeting go along.
    attachments: item.attachments.filter((one) => one.isException !== true),
    body: body ?? item.body,
    properties: { ...sharedOf(item), ...entryPerson('PidTagSentRepresenting', organizer), PidTagIconIndex: undefined, ...properties },
  };
}

/** A request or an update of the meeting, [MS-OXOCAL] 2.2.6. `isUpdate`: the attendees have been asked before. */
export function composeRequest(item: EmbeddedItem | Item, options: ComposeOptions & { readonly isUpdate: boolean; readonly isFull: boolean }): ItemDraft {
  const intended = numberIn(item, 'PidLidBusyStatus', busy.busy);
  return message(item, meetingClasses.request, options, {
    PidLidMeetingType: options.isUpdate ? (options.isFull ? meetingTypes.fullUpdate : meetingTypes.informationalUpdate) : meetingTypes.request,
    PidLidIntendedBusyStatus: intended,
    PidLidBusyStatus: intended === busy.free ? busy.free : busy.tentative,
    PidLidAppointmentStateFlags: stateFlags.meeting | stateFlags.received,
    PidLidOwnerCriticalChange: options.now,
    // Whoever reads it has been asked: [MS-OXWSMTGS] 2.2.4.17.
    PidLidFInvited: true,
    PidLidAppointmentMessageClass: 'IPM.Appointment',
    PidLidAllAttendeesString: item.recipients.map(({ name }) => name).join('; '),
    PidTagIconIndex: 0x404,
  });
}

/** [MS-OXOCAL] 2.2.9. */
export function composeCancellation(item: EmbeddedItem | Item, options: ComposeOptions): ItemDraft {
  return message(item, meetingClasses.cancellation, options, {
    ...withPrefix(item, canceledPrefix),
    PidLidMeetingType: meetingTypes.empty,
    PidLidIntendedBusyStatus: busy.free,
    PidLidBusyStatus: busy.free,
    PidLidAppointmentStateFlags: stateFlags.meeting | stateFlags.received | stateFlags.canceled,
    PidLidOwnerCriticalChange: options.now,
    PidTagImportance: 2,
    PidTagIconIndex: 0x408,
  });
}

export interface ResponseOptions {
  readonly answer: MeetingAnswer;
  /** Who answers. */
  readonly attendee: DirectoryEntry;
  readonly organizer: Omit<Recipient, 'type'>;
  readonly now: number;
  readonly body?: ItemBody | undefined;
  readonly proposedStart?: number | undefined;
  readonly proposedEnd?: number | undefined;
}

/** PidTagIconIndex, [MS-OXOCAL] 2.2.1.49. */
const icons: Readonly<Record<MeetingAnswer, number>> = { accepted: 0x405, declined: 0x406, tentative: 0x407 };

/** [MS-OXOCAL] 2.2.7 and 2.2.8: an answer, perhaps with another time. */
export function composeResponse(item: EmbeddedItem | Item, { answer, attendee, organizer, now, body, proposedStart, proposedEnd }: ResponseOptions): ItemDraft {
  const isCounter = proposedStart !== undefined && proposedEnd !== undefined;
  const draft = message(item, meetingClasses[answer], { recipients: [{ ...organizer, type: 'to' }], organizer: attendee, now, body }, {
    ...withPrefix(item, isCounter ? 'New Time Proposed: ' : answers[answer].prefix),
    PidLidAttendeeCriticalChange: now,
    PidLidBusyStatus: numberIn(item, 'PidLidBusyStatus', busy.tentative),
    PidLidResponseStatus: answers[answer].status,
    PidLidIsSilent: body === undefined,
    PidTagIconIndex: icons[answer],
    PidTagReplyRequested: false,
    PidTagResponseRequested: false,
    PidLidReminderSet: undefined,
    PidLidReminderDelta: undefined,
    ...(isCounter && {
      PidLidAppointmentCounterProposal: true, PidLidAppointmentProposedStartWhole: proposedStart, PidLidAppointmentProposedEndWhole: proposedEnd,
      PidLidAppointmentProposedDuration: Math.round((proposedEnd - proposedStart) / 60_000),
    }),
  });
  // What the organizer wrote is not sent back.
  return { ...draft, attachments: [], body };
}

function withPrefix(item: EmbeddedItem | Item, prefix: string): Properties {
  const { normalized } = subjectParts(String(valueOf(item, 'PidTagSubject') ?? ''), valueOf(item, 'PidTagSubjectPrefix') as string | undefined);
  return { PidTagSubject: `${prefix}${normalized}`, PidTagSubjectPrefix: prefix, PidTagConversationTopic: valueOf(item, 'PidTagConversationTopic') ?? normalized };
}
