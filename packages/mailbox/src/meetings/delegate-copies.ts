import type { Directory, DirectoryEntry } from '../directory/directory.ts';
import type { ItemDraft } from '../items/item.ts';
import { entryPerson } from '../items/person.ts';
import type { Mailbox } from '../mailbox.ts';
import { delegationOf } from '../permissions/delegates.ts';
import { meetingTypes } from './meeting-facts.ts';

/** A copy for somebody who acts for the one who was asked. */
export interface DelegateCopy {
  readonly receiver: DirectoryEntry;
  readonly draft: ItemDraft;
}

export interface Delegated {
  readonly copies: readonly DelegateCopy[];
  /** What the owner's own message becomes: kept, kept for information, or put away. */
  readonly own: 'kept' | 'informed' | 'putAway';
}

const PRIVATE = 2;

/**
 * Who gets a meeting message beside or instead of its addressee, [MS-OXODLGT] 3.1.4.4: delegates who are to have copies;
 * of what is private only those who may see it.
 */
export async function delegated(mailbox: Mailbox, draft: ItemDraft, directory: Directory): Promise<Delegated> {
  const delegation = await delegationOf(mailbox, directory);
  const isPrivate = draft.properties.PidTagSensitivity === PRIVATE;
  const receivers = delegation?.delegates.filter(({ receivesCopies, viewsPrivate }) => receivesCopies && (!isPrivate || viewsPrivate)) ?? [];
  if (!delegation || receivers.length === 0 || delegation.meetingRequests === 'noForward') return { copies: [], own: 'kept' };
  // The copy represents the owner, and is received by the delegate.
  const copies = receivers.map(({ entry }) => ({ receiver: entry, draft: { ...draft, properties: { ...draft.properties, ...entryPerson('PidTagReceivedBy', entry), ...entryPerson('PidTagReceivedRepresenting', mailbox.owner) } } }));
  return { copies, own: delegation.meetingRequests === 'delegatesOnly' ? 'putAway' : delegation.meetingRequests === 'delegatesAndInformMe' ? 'informed' : 'kept' };
}

/** PidLidMeetingType of the owner's copy where a delegate is to answer. */
export const informedType: number = meetingTypes.delegatorCopy;
