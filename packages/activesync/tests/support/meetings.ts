import { createSeries, timeZone, type Recurrence } from '@fauxchange/calendar';
import { identityProperties, propertiesOfAppointment, propertiesOfSeries, sendInvitations, type Item, type Properties } from '@fauxchange/mailbox';
import type { ActiveSyncEmulator } from '../../src/index.ts';
import { sessionOf } from './items.ts';

export interface TestMeeting {
  readonly recurrence?: Recurrence;
  readonly uid?: string;
  readonly properties?: Properties;
  readonly minutes?: number;
}

export const meetingStart: number = Date.UTC(2026, 11, 7, 10);

/** Carol invites alice; resolves with carol's appointment when the request is there. */
export async function invite(eas: ActiveSyncEmulator, { recurrence, uid, properties, minutes = 60 }: TestMeeting = {}): Promise<Item> {
  const zone = timeZone('UTC')!;
  const carol = sessionOf(eas, 'carol');
  const calendar = await carol.distinguished('calendar');
  const [start, end] = [meetingStart, meetingStart + minutes * 60_000];
  const times = recurrence ? propertiesOfSeries(createSeries({ recurrence, start, end, zone })) : propertiesOfAppointment({ start, end, zone });
  const meeting = await carol.createItem(calendar.id, {
    itemClass: 'IPM.Appointment', attachments: [], isRead: true, isAssociated: false,
    recipients: [{ type: 'to', name: 'Alice Archer', address: 'alice@example.test', addressType: 'SMTP' }],
    properties: {
      ...times, ...identityProperties(eas.organization.ids, start, uid), PidTagSubject: 'council', PidLidLocation: 'Tower',
      PidLidAppointmentStateFlags: 1, PidLidResponseStatus: 1, PidLidBusyStatus: 2, ...properties,
    },
  });
  const sent = await sendInvitations(carol, meeting);
  await eas.organization.settle();
  return sent;
}
