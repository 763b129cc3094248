import { mergedFreeBusy, weekdays, type TimeZone, type WorkingHours } from '@fauxchange/calendar';
import type { Availability, AvailabilityWindow, CalendarEntry, MailboxAvailability, Organization } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { encodeMessageEntryId } from '../../ids/entry-id.ts';
import { encodeSerializableTimeZone } from '../../mapping/legacy-time-zone.ts';
import type { CalendarEvent, CalendarEventDetails, FreeBusyResponseType, FreeBusyView, FreeBusyViewType_item, WorkingHours as WorkingHoursElement } from '../../schema/types.generated.ts';
import { failure, success } from '../../response-messages.ts';

/** What a request asks of every mailbox. */
export interface ViewRequest {
  readonly window: AvailabilityWindow;
  readonly zone: TimeZone;
  readonly intervalMinutes: number;
  readonly requested: FreeBusyViewType_item;
  /** Digits of Exchange 2010 and before. */
  readonly isLegacy: boolean;
}

/** Why there is no view: per mailbox, its neighbours are answered. */
export function availabilityError(answer: Extract<Availability, { kind: 'none' }>, address: string): EwsError {
  switch (answer.reason) {
    case 'groupTooBig': return new EwsError('ErrorFreeBusyDLLimitReached');
    case 'noAccess': return new EwsError('ErrorNoFreeBusyAccess');
    default: return new EwsError('ErrorMailRecipientNotFound', `Unable to resolve e-mail address ${address.slice(0, 320)} to an Active Directory object.`);
  }
}

/** Entries of one mailbox: documentation of ErrorResultSetTooBig. */
const mostEntries = 1000;

/** @see [MS-OXWAVLS] 2.2.4.17 FreeBusyResponseType */
export function freeBusyResponse(answer: Availability, address: string, request: ViewRequest, organization: Organization): FreeBusyResponseType {
  if (answer.kind === 'none') return { ResponseMessage: failure(availabilityError(answer, address)), FreeBusyView: { FreeBusyViewType: ['None'] } };
  if (answer.kind === 'group') {
    const merged = mergedFreeBusy(answer.members.flatMap(({ times }) => times), { ...request.window, intervalMinutes: request.intervalMinutes, isLegacy: request.isLegacy });
    return { ResponseMessage: success, FreeBusyView: { FreeBusyViewType: ['MergedOnly'], MergedFreeBusy: merged } };
  }
  if (answer.entries.length > mostEntries) return { ResponseMessage: failure(new EwsError('ErrorResultSetTooBig')), FreeBusyView: { FreeBusyViewType: ['None'] } };
  return { ResponseMessage: success, FreeBusyView: viewOf(answer, request, organization) };
}

/** The view that is asked for, or the part of it that the asker may have. */
function allowedView(requested: FreeBusyViewType_item, { access }: MailboxAvailability): FreeBusyViewType_item {
  if (access !== 'time') return requested;
  if (requested === 'Detailed') return 'FreeBusy';
  return requested === 'DetailedMerged' ? 'FreeBusyMerged' : requested;
}

function viewOf(answer: MailboxAvailability, request: ViewRequest, organization: Organization): FreeBusyView {
  const { window, zone, intervalMinutes, isLegacy } = request;
  const view = allowedView(request.requested, answer);
  const isDetailed = view === 'Detailed' || view === 'DetailedMerged';
  const events = answer.entries.map((entry): CalendarEvent => ({
    StartTime: localText(entry.start, zone),
    EndTime: localText(entry.end, zone),
    BusyType: entry.status,
    CalendarEventDetails: isDetailed ? detailsOf(entry, answer, organization) : undefined,
  }));
  return {
    FreeBusyViewType: [view],
    MergedFreeBusy: view.includes('Merged') ? mergedFreeBusy(answer.entries, { ...window, intervalMinutes, isLegacy }) : undefined,
    CalendarEventArray: view === 'MergedOnly' || events.length === 0 ? undefined : { CalendarEvent: events },
    WorkingHours: view === 'MergedOnly' ? undefined : workingHoursElement(answer.workingHours, zone.toLocal(window.from).year),
  };
}

function detailsOf(entry: CalendarEntry, { access, entry: owner }: MailboxAvailability, organization: Organization): CalendarEventDetails {
  const mailbox = organization.mailboxOf(owner);
  const calendar = mailbox?.wellKnown('calendar');
  // Of what is private everybody learns that it is.
  const isShown = !entry.isPrivate;
  const id = isShown && access === 'details' && mailbox && calendar !== undefined ? encodeMessageEntryId(mailbox, calendar, entry.itemId).toString('hex').toUpperCase() : undefined;
  return {
    ID: id,
    Subject: isShown ? entry.subject : undefined,
    Location: isShown ? entry.location : undefined,
    IsMeeting: entry.isMeeting,
    IsRecurring: entry.isRecurring,
    IsException: entry.isException,
    IsReminderSet: entry.isReminderSet,
    IsPrivate: entry.isPrivate,
  };
}

function workingHoursElement({ zone, periods }: WorkingHours, year: number): WorkingHoursElement {
  return {
    TimeZone: encodeSerializableTimeZone(zone, year),
    WorkingPeriodArray: {
      WorkingPeriod: periods.map(({ days, startMinutes, endMinutes }) => ({
        DayOfWeek: weekdays.filter((day) => days.includes(day)), StartTimeInMinutes: startMinutes, EndTimeInMinutes: endMinutes,
      })),
    },
  };
}

/** `2026-01-05T09:00:00`: on the clock of the zone that the request gave, and without saying so. */
export function localText(at: number, zone: TimeZone): string {
  const { year, month, day, hour, minute, second } = zone.toLocal(at);
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second)).toISOString().slice(0, 19);
}
