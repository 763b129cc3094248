import type { FolderId, ItemId } from '../ids.ts';

/** Somebody named in a rule. */
export interface RuleParty {
  readonly name: string;
  /** SMTP, lower-case. */
  readonly address: string;
}

/** What kind of message it is, as conditions ask. */
export type MessageTrait = 'approvalRequest' | 'automaticForward' | 'automaticReply' | 'encrypted' | 'meetingRequest' | 'meetingResponse' | 'ndr' | 'permissionControlled' | 'readReceipt' | 'signed' | 'voicemail';

/** All that is given has to hold; of a list of texts or people one is enough. */
export interface RuleConditions {
  readonly categories?: readonly string[] | undefined;
  readonly bodyContains?: readonly string[] | undefined;
  readonly headerContains?: readonly string[] | undefined;
  readonly recipientContains?: readonly string[] | undefined;
  readonly senderContains?: readonly string[] | undefined;
  readonly subjectOrBodyContains?: readonly string[] | undefined;
  readonly subjectContains?: readonly string[] | undefined;
  /** PidLidFlagRequest; `Any`: any flag. */
  readonly flaggedFor?: string | undefined;
  readonly from?: readonly RuleParty[] | undefined;
  readonly sentTo?: readonly RuleParty[] | undefined;
  readonly hasAttachments?: boolean | undefined;
  /** PidTagImportance, PidTagSensitivity. */
  readonly importance?: number | undefined;
  readonly sensitivity?: number | undefined;
  readonly traits?: { readonly [T in MessageTrait]?: boolean | undefined } | undefined;
  readonly itemClasses?: readonly string[] | undefined;
  readonly notSentToMe?: boolean | undefined;
  readonly sentCcMe?: boolean | undefined;
  readonly sentOnlyToMe?: boolean | undefined;
  readonly sentToMe?: boolean | undefined;
  readonly sentToOrCcMe?: boolean | undefined;
  /** ms since 1970 UTC, both included. */
  readonly receivedFrom?: number | undefined;
  readonly receivedUntil?: number | undefined;
  /** Bytes, both included. */
  readonly minimumSize?: number | undefined;
  readonly maximumSize?: number | undefined;
}

export interface RuleActions {
  readonly categories?: readonly string[] | undefined;
  readonly copyTo?: FolderId | undefined;
  readonly moveTo?: FolderId | undefined;
  readonly isDeleted?: boolean | undefined;
  readonly isPermanentlyDeleted?: boolean | undefined;
  readonly forwardTo?: readonly RuleParty[] | undefined;
  readonly forwardAsAttachmentTo?: readonly RuleParty[] | undefined;
  readonly redirectTo?: readonly RuleParty[] | undefined;
  readonly importance?: number | undefined;
  readonly isMarkedAsRead?: boolean | undefined;
  /** A message of the mailbox whose text answers the sender. */
  readonly replyWith?: ItemId | undefined;
  readonly stops?: boolean | undefined;
}

export interface NewRule {
  readonly name: string;
  /** Rules run in the order of their priorities, the lowest first. */
  readonly priority: number;
  readonly isEnabled: boolean;
  readonly conditions: RuleConditions;
  readonly exceptions: RuleConditions;
  readonly actions: RuleActions;
}

export interface InboxRule extends NewRule {
  /** The hidden item that keeps it. */
  readonly id: ItemId;
  /** It could not do what it says: its folder is gone. */
  readonly isInError: boolean;
}
