import type { Binary, PropertyName, PropertyValue } from '@fauxchange/properties';
import type { FolderId, ItemId } from '../ids.ts';
import type { Restriction } from '../search/restriction.ts';

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

/** An action as clients of the mail API have it: they are done in their order. */
export type RuleStep =
  | { readonly kind: 'move' | 'copy'; readonly folderId: FolderId }
  /** `template`: a message of the mailbox. `sendsToSender`: else to the template's recipients alone. */
  | { readonly kind: 'reply' | 'oofReply'; readonly template: ItemId; readonly templateId: Binary; readonly sendsToSender: boolean }
  /** `redirected`: as if it had been sent to them; `attached`: within a message of its own. */
  | { readonly kind: 'forward'; readonly to: readonly RuleParty[]; readonly manner: 'forwarded' | 'redirected' | 'attached' }
  | { readonly kind: 'delegate'; readonly to: readonly RuleParty[] }
  | { readonly kind: 'bounce'; readonly why: 'tooLarge' | 'cannotBeDisplayed' | 'denied' }
  | { readonly kind: 'tag'; readonly property: PropertyName; readonly value: PropertyValue }
  | { readonly kind: 'delete' | 'markAsRead' }
  /** Only the client can do it. */
  | { readonly kind: 'defer' };

/** What a rule looks for and does, in the terms of the mail API. */
export interface RuleProgram {
  readonly condition: Restriction;
  readonly steps: readonly RuleStep[];
  /** As the client wrote them: given back as they came. */
  readonly writtenCondition?: Binary | undefined;
  readonly writtenActions: Binary;
}

/** PidTagRuleState, [MS-OXORULE] 2.2.1.3.1.3. */
export const ruleState = { enabled: 0x1, error: 0x2, onlyWhenOof: 0x4, keepOofHistory: 0x8, exitLevel: 0x10, skipIfSafe: 0x20, parseError: 0x40 } as const;

/** What is its client's own. */
export interface RuleOwner {
  /** PidTagRuleProvider. */
  readonly provider: string;
  readonly providerData?: Binary | undefined;
  readonly level?: number | undefined;
  readonly userFlags?: number | undefined;
}

export interface NewRule {
  readonly name: string;
  /** Rules run in the order of their priorities, the lowest first. */
  readonly priority: number;
  readonly isEnabled: boolean;
  readonly conditions: RuleConditions;
  readonly exceptions: RuleConditions;
  readonly actions: RuleActions;
  /** What runs instead of conditions, exceptions and actions: these only tell of it then, as far as they can. */
  readonly program?: RuleProgram | undefined;
  /** The bits of its state that are neither `enabled` nor `error`; default: `exitLevel` where the actions say so. */
  readonly state?: number | undefined;
  /** Default: the server's own provider. */
  readonly owner?: RuleOwner | undefined;
  /** Conditions, exceptions and actions cannot say what it does. */
  readonly isNotSupported?: boolean | undefined;
}

export interface InboxRule extends NewRule {
  readonly state: number;
  readonly owner: RuleOwner;
  /** The hidden item that keeps it. */
  readonly id: ItemId;
  /** It could not do what it says: its folder is gone. */
  readonly isInError: boolean;
}
