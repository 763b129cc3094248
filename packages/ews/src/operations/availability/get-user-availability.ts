import type { TimeZone } from '@fauxchange/calendar';
import { availabilityOf, type Availability, type AvailabilityWindow } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { readDateTime } from '../../mapping/date-time.ts';
import { decodeSerializableTimeZone } from '../../mapping/legacy-time-zone.ts';
import { localOffsetIn } from '../../mapping/time-zone.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import type { Duration, FreeBusyViewOptionsType, FreeBusyViewType_item, GetUserAvailabilityRequestType, MailboxData } from '../../schema/types.generated.ts';
import { freeBusyResponse, type ViewRequest } from './free-busy-view.ts';
import { suggestionsResponse, type Invited } from './suggestions.ts';

/** Identities of one request: documentation of GetUserAvailability. */
const MOST_MAILBOXES = 100;
const DAY = 86_400_000;
/** MergedFreeBusyIntervalInMinutes: documentation of ErrorInvalidMergedFreeBusyInterval. */
const intervalLimits = { least: 5, most: 1440, byDefault: 30 } as const;

/** @see [MS-OXWAVLS] 3.1.4.1 GetUserAvailability */
export const getUserAvailability: Operation<'GetUserAvailability'> = defineOperation('GetUserAvailability', async (request, context) => {
  const { FreeBusyViewOptions: views, SuggestionsViewOptions: suggestions } = request;
  if (!views && !suggestions) throw new EwsError('ErrorMissingArgument', 'The request has neither FreeBusyViewOptions nor SuggestionsViewOptions.');
  const mailboxes = mailboxesOf(request);
  const zone = zoneOf(request, context);
  const view = views && viewRequest(views, zone, context);
  const suggestionWindow = suggestions && windowOf(suggestions.DetailedSuggestionsWindow, 'SuggestionsViewOptions.DetailedSuggestionsWindow', zone, context);
  const asked = union(view?.window, suggestionWindow);
  const invited: Invited[] = [];
  for (const data of mailboxes) invited.push({ data, answer: await availabilityOf(context.organization, context.caller, data.Email.Address, asked) });
  return {
    FreeBusyResponseArray: view && { FreeBusyResponse: invited.map(({ data, answer }) => freeBusyResponse(within(answer, view.window), data.Email.Address, view, context.organization)) },
    SuggestionsResponse: suggestions && suggestionWindow && suggestionsResponse(invited, suggestions, suggestionWindow, { zone, now: context.clock.now() }),
  };
});

function mailboxesOf({ MailboxDataArray }: GetUserAvailabilityRequestType): readonly MailboxData[] {
  const mailboxes = MailboxDataArray.MailboxData ?? [];
  if (mailboxes.length === 0) throw new EwsError('ErrorMailboxDataArrayEmpty');
  if (mailboxes.length > MOST_MAILBOXES) throw new EwsError('ErrorMailboxDataArrayTooBig');
  return mailboxes.map((data) => {
    if (!data) throw new EwsError('ErrorMissingArgument', 'An entry of MailboxDataArray is null.');
    return data;
  });
}

/** The zone of the request's times: the element of Exchange 2007, else the TimeZoneContext header. */
function zoneOf({ TimeZone: sent }: GetUserAvailabilityRequestType, { zone, clock }: EwsContext): TimeZone {
  if (sent) return decodeSerializableTimeZone(sent, new Date(clock.now()).getUTCFullYear());
  if (!zone) throw new EwsError('ErrorTimeZone');
  return zone;
}

function viewRequest(options: FreeBusyViewOptionsType, zone: TimeZone, context: EwsContext): ViewRequest {
  const requested: FreeBusyViewType_item = options.RequestedView?.[0] ?? 'FreeBusy';
  const intervalMinutes = options.MergedFreeBusyIntervalInMinutes ?? intervalLimits.byDefault;
  const window = windowOf(options.TimeWindow, 'FreeBusyViewOptions.TimeWindow', zone, context);
  if (requested === 'None') throw new EwsError('ErrorInvalidFreeBusyViewType');
  if (intervalMinutes < intervalLimits.least || intervalMinutes > intervalLimits.most) throw new EwsError('ErrorInvalidMergedFreeBusyInterval');
  return { window, zone, requested, intervalMinutes, isLegacy: !context.profile.behaviour.tellsWorkingElsewhere };
}

function windowOf({ StartTime, EndTime }: Duration, name: string, zone: TimeZone, context: EwsContext): AvailabilityWindow {
  const [from, to] = [StartTime, EndTime].map((text) => readDateTime(text, localOffsetIn(zone)));
  if (from === undefined || to === undefined || from >= to) throw new EwsError('ErrorInvalidTimeInterval');
  const most = context.profile.behaviour.availabilityDays;
  const days = (to - from) / DAY;
  if (days > most) throw new EwsError('ErrorTimeIntervalTooBig', `The requested time duration specified for ${name} is too long. The allowed limit = ${most} days; the actual limit = ${Math.ceil(days)} days.`);
  return { from, to };
}

function union(...windows: readonly (AvailabilityWindow | undefined)[]): AvailabilityWindow {
  const all = windows.filter((one) => one !== undefined);
  return { from: Math.min(...all.map(({ from }) => from)), to: Math.max(...all.map(({ to }) => to)) };
}

/** What was read for a larger window, as far as the smaller one shows it. */
function within(answer: Availability, { from, to }: AvailabilityWindow): Availability {
  return answer.kind === 'mailbox' ? { ...answer, entries: answer.entries.filter(({ start, end }) => start < to && end > from) } : answer;
}
