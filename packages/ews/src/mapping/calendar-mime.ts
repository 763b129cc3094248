import { CalendarTextError, parseCalendar, renderCalendar, type CalendarEvent, type TimeZone } from '@fauxchange/calendar';
import { eventsOfItem, propertiesOfEvent, recipientsOfEvent } from '@fauxchange/mailbox';
import { EwsError } from '../errors.ts';
import type { MimeContentType } from '../schema/types.generated.ts';
import type { ItemTarget } from './fields.ts';
import type { ItemView } from './item-view.ts';

/** An appointment as MIME is iCalendar itself, and no message around it: [MS-OXCICAL] 2.1.3. */
export async function calendarMimeOf({ item, placed, context }: ItemView): Promise<MimeContentType> {
  const { directory } = context.organization;
  const events = await eventsOfItem(placed ?? item, { smtpAddressOf: (dn) => directory.byLegacyDN(dn)?.primarySmtpAddress });
  const text = renderCalendar({ method: 'PUBLISH', events, language: context.culture });
  return { CharacterSet: 'UTF-8', $: Buffer.from(text, 'utf8').toString('base64') };
}

/** What is no iCalendar is ErrorMimeContentConversionFailed: documentation of the code. */
function eventsOf(mime: Uint8Array, zone: TimeZone): readonly CalendarEvent[] {
  const text = Buffer.from(mime.buffer, mime.byteOffset, mime.byteLength).toString('utf8');
  try {
    return parseCalendar(text, { zone }).events;
  } catch (thrown) {
    throw thrown instanceof CalendarTextError ? new EwsError('ErrorMimeContentConversionFailed') : thrown;
  }
}

/**
 * Takes what iCalendar says of an appointment into the target; what the request says beside it goes before. Times
 * without a zone are the caller's. False: there is no such content.
 */
export function takeCalendarMime(target: ItemTarget, zone: TimeZone): boolean {
  const { mime, recipients, view } = target;
  if (!mime) return false;
  const events = eventsOf(mime, zone);
  const event = events.find(({ recurrenceId }) => recurrenceId === undefined) ?? events[0];
  if (!event) throw new EwsError('ErrorMimeContentConversionFailed');
  target.mime = undefined;
  for (const [name, value] of Object.entries(propertiesOfEvent(event, events))) {
    if (value !== undefined && !(name in target.properties)) Object.assign(target.properties, { [name]: value });
  }
  const attendees = recipientsOfEvent(event);
  for (const type of ['to', 'cc', 'bcc'] as const) recipients[type] ??= attendees.filter((one) => one.type === type);
  if (event.htmlDescription !== undefined) target.body ??= { type: 'HTML', content: event.htmlDescription };
  else if (event.description !== undefined) target.body ??= { type: 'Text', content: event.description.replaceAll('\n', '\r\n') };
  // Exceptions are those of the series as it was.
  if (view) target.attachments = view.item.attachments.filter(({ isException }) => !isException);
  return true;
}
