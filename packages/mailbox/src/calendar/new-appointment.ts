import type { DirectoryEntry } from '../directory/directory.ts';
import type { Properties, Recipient } from '../items/item.ts';
import { senderProperties } from '../items/finish.ts';
import { busy, responseStatuses, stateFlags } from '../meetings/meeting-facts.ts';

/** What every appointment has unless it says otherwise, [MS-OXOCAL] 2.2.1. */
export function newAppointmentProperties(now: number): Properties {
  return {
    PidLidBusyStatus: busy.busy, PidLidAppointmentStateFlags: 0, PidLidAppointmentSequence: 0, PidLidResponseStatus: responseStatuses.organized,
    PidTagResponseRequested: true, PidTagReplyRequested: true, PidLidOwnerCriticalChange: now,
  };
}

/**
 * Whose a new appointment is: its owner's, whoever makes it. One that names another organizer is an attendee's copy.
 *
 * @param organizer SMTP address; undefined: the owner
 */
export function appointmentSignature(owner: DirectoryEntry, organizer: string | undefined, recipients: readonly Recipient[]): Properties {
  const own = new Set([owner.primarySmtpAddress, ...owner.proxyAddresses].map((each) => each.replace(/^smtp:/i, '').toLowerCase()));
  if (organizer === undefined || own.has(organizer.toLowerCase())) return senderProperties(owner, owner);
  const self = recipients.find(({ address }) => own.has(address.toLowerCase()));
  return { PidLidAppointmentStateFlags: stateFlags.meeting | stateFlags.received, PidLidResponseStatus: self?.response?.status ?? responseStatuses.notResponded };
}
