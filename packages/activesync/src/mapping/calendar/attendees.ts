import { isOrganizer, type AttendeeResponse, type Item, type Recipient } from '@fauxchange/mailbox';
import type { CommandContext } from '../../context.ts';
import type { ApplicationData } from '../../schema/application-data.ts';
import { conversionError } from '../conversion-error.ts';
import { formatCompact } from '../date-time.ts';
import { xmlText } from '../xml-text.ts';

type Attendees = NonNullable<ApplicationData['Calendar:Attendees']>;
type Attendee = Attendees[number];

/** AttendeeType, [MS-ASCAL] 2.2.2.6. */
const types: readonly (readonly [number, Recipient['type']])[] = [[1, 'to'], [2, 'cc'], [3, 'bcc']];
/** AttendeeStatus, [MS-ASCAL] 2.2.2.5: the numbers of PidTagRecipientTrackStatus without the organizer's. */
const statuses: ReadonlySet<number> = new Set([0, 2, 3, 4, 5]);
const organizerStatus = 1;

/** Undefined where nobody is asked. */
export function encodeAttendees(item: Item, context: CommandContext): Attendees | undefined {
  const asked = item.recipients.filter(({ response }) => response?.status !== organizerStatus);
  const knowsAnswers = isOrganizer(item);
  return asked.length > 0 ? asked.map((one) => encodeAttendee(one, knowsAnswers, context)) : undefined;
}

function encodeAttendee({ type, name, address, addressType, response }: Recipient, knowsAnswers: boolean, { organization }: CommandContext): Attendee {
  const { directory } = organization;
  const entry = addressType === 'EX' ? directory.byLegacyDN(address) : undefined;
  const time = (at: number | undefined): string | undefined => (at === undefined ? undefined : formatCompact(at));
  return {
    Email: xmlText(entry?.primarySmtpAddress ?? address),
    Name: xmlText(name || address),
    // Whoever is asked is not told what the others answered.
    AttendeeStatus: knowsAnswers ? (response?.status ?? 0) : undefined,
    AttendeeType: types.find(([, one]) => one === type)?.[0],
    'MeetingResponse:ProposedStartTime': time(response?.proposedStart),
    'MeetingResponse:ProposedEndTime': time(response?.proposedEnd),
  };
}

/**
 * Who is asked. An address may be any text ([MS-ASCAL] 2.2.2.19). Who stays has answered what they have answered;
 * before 16.0 the client may say what that is.
 *
 * @throws EasStatusError 6
 */
export function decodeAttendees(sent: Attendees, before: readonly Recipient[], context: CommandContext): readonly Recipient[] {
  const known = new Map(before.map((one) => [one.address.toLowerCase(), one.response]));
  const addressOf = (email: string): string => /^[^<]*<([^<>]+)>\s*$/.exec(email)?.[1]?.trim() ?? email;
  return sent.map(({ Email, Name, AttendeeStatus, AttendeeType = 1 }) => {
    const type = types.find(([number]) => number === AttendeeType)?.[1] ?? conversionError(`There is no attendee of type ${AttendeeType}.`);
    if (AttendeeStatus !== undefined && !statuses.has(AttendeeStatus)) conversionError(`There is no attendee's status ${AttendeeStatus}.`);
    const address = addressOf(Email);
    const response = responseOf(known.get(address.toLowerCase()), context.isAtLeast('16.0') ? undefined : AttendeeStatus);
    return { type, name: Name || address, address, addressType: 'SMTP', ...(response && { response }) };
  });
}

function responseOf(known: AttendeeResponse | undefined, told: number | undefined): AttendeeResponse | undefined {
  if (told === undefined || told === known?.status || (told === 0 && known === undefined)) return known;
  return { ...known, status: told };
}
