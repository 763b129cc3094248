import type { DirectoryEntry } from '../directory/directory.ts';
import type { ItemDraft, Properties, Recipient } from '../items/item.ts';
import { entryPerson } from '../items/person.ts';
import { messageFlags } from '../items/value-of.ts';

import { entryOf } from './expand-recipients.ts';
import type { Directory } from '../directory/directory.ts';

/**
 * What belongs to the sender's copy alone: its times and place, follow-up flags, what was done with it. Categories too:
 * Exchange's transport removes them unless told otherwise (Set-TransportConfig ClearCategories, [K]).
 */
const leftBehind: { readonly [N in keyof Properties]?: undefined } = {
  PidTagCreationTime: undefined, PidTagLastModificationTime: undefined, PidTagLastModifierName: undefined, PidTagLastModifierEntryId: undefined,
  PidTagCreatorName: undefined, PidTagCreatorEntryId: undefined,
  PidTagMessageSize: undefined, PidTagDisplayTo: undefined, PidTagDisplayCc: undefined, PidTagDisplayBcc: undefined, PidNameKeywords: undefined,
  PidTagFlagStatus: undefined, PidTagFlagCompleteTime: undefined, PidTagFollowupIcon: undefined, PidTagToDoItemFlags: undefined,
  PidLidTaskStatus: undefined, PidLidTaskStartDate: undefined, PidLidTaskDueDate: undefined, PidLidTaskDateCompleted: undefined, PidLidTaskComplete: undefined,
  PidLidPercentComplete: undefined, PidLidToDoTitle: undefined, PidLidToDoOrdinalDate: undefined, PidLidToDoSubOrdinal: undefined,
  PidTagLastVerbExecuted: undefined, PidTagLastVerbExecutionTime: undefined, PidTagIconIndex: undefined,
  PidTagDeleteAfterSubmit: undefined, PidTagSentMailSvrEID: undefined, PidTagTargetEntryId: undefined,
};

/** A message as every recipient gets it; `copyFor` adds what differs from one to the other. */
export function arrivingMessage(draft: ItemDraft, time: number, headers: string | undefined): ItemDraft {
  return {
    ...draft,
    recipients: draft.recipients.filter(({ type }) => type !== 'bcc'),
    isRead: false,
    isAssociated: false,
    properties: {
      ...draft.properties,
      ...leftBehind,
      PidTagMessageFlags: messageFlags.unmodified,
      PidTagMessageDeliveryTime: time,
      PidTagTransportMessageHeaders: headers ?? draft.properties.PidTagTransportMessageHeaders,
    },
  };
}

/** The copy for one mailbox: it names the mailbox as the receiver, and says how it was addressed ([MS-OXOMSG] 2.2.1.33 ff.). */
export function copyFor(directory: Directory, message: ItemDraft, receiver: DirectoryEntry): ItemDraft {
  const isMe = (type: Recipient['type']): boolean => message.recipients.some((recipient) => recipient.type === type && entryOf(directory, recipient)?.id === receiver.id);
  const [toMe, ccMe] = [isMe('to'), isMe('cc')];
  const isFromMe = message.properties.PidTagSenderEmailAddress === receiver.legacyExchangeDN;
  return {
    ...message,
    properties: {
      ...message.properties,
      ...entryPerson('PidTagReceivedBy', receiver),
      // What a rule has sent on to a delegate goes on to say whom it was for: [MS-OXORULE] 3.2.5.1.
      ...(message.properties.PidTagDelegatedByRule !== true && entryPerson('PidTagReceivedRepresenting', receiver)),
      ...(isFromMe && { PidTagMessageFlags: Number(message.properties.PidTagMessageFlags ?? 0) | messageFlags.fromMe }),
      PidTagMessageToMe: toMe,
      PidTagMessageCcMe: ccMe,
      PidTagMessageRecipientMe: toMe || ccMe,
    },
  };
}
