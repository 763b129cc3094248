import type { FolderId, InboxRule, ItemId, MailboxSession, RuleConditions, RuleParty } from '@fauxchange/mailbox';
import { bareChangeKey } from '../../ids/change-key.ts';
import { encodeFolderId, encodeItemId } from '../../ids/ews-id.ts';
import type { ArrayOfEmailAddressesType, RuleActionsType, RulePredicatesType, RuleType } from '../../schema/types.generated.ts';
import { formatDateTime } from '../date-time.ts';
import { importances, keys, partyLists, sensitivities, switches, textLists, traits } from './rule-fields.ts';

/** As ids of rules look: eight bytes in base64. */
export function encodeRuleId(id: ItemId): string {
  const bytes = Buffer.alloc(8);
  bytes.writeUIntLE(id, 0, 6);
  return bytes.toString('base64');
}

const addresses = (parties: readonly RuleParty[] | undefined): ArrayOfEmailAddressesType | undefined => parties && { Address: parties.map(({ name, address }) => ({ Name: name, EmailAddress: address, RoutingType: 'SMTP' })) };

function encodeConditions(conditions: RuleConditions): RulePredicatesType | undefined {
  const found: Record<string, unknown> = {};
  for (const name of keys(textLists)) { const list = conditions[textLists[name]]; if (list) found[name] = { String: list }; }
  for (const name of keys(partyLists)) found[name] = addresses(conditions[partyLists[name]]);
  for (const name of keys(switches)) found[name] = conditions[switches[name]];
  for (const name of keys(traits)) found[name] = conditions.traits?.[traits[name]];
  const { receivedFrom, receivedUntil, minimumSize, maximumSize, importance, sensitivity, flaggedFor } = conditions;
  found['FlaggedForAction'] = flaggedFor;
  found['Importance'] = importance === undefined ? undefined : importances[importance];
  found['Sensitivity'] = sensitivity === undefined ? undefined : sensitivities[sensitivity];
  const time = (ms: number | undefined): string | undefined => (ms === undefined ? undefined : formatDateTime(ms));
  const size = (bytes: number | undefined): number | undefined => (bytes === undefined ? undefined : Math.floor(bytes / 1024));
  if (receivedFrom !== undefined || receivedUntil !== undefined) found['WithinDateRange'] = { StartDateTime: time(receivedFrom), EndDateTime: time(receivedUntil) };
  if (minimumSize !== undefined || maximumSize !== undefined) found['WithinSizeRange'] = { MinimumSize: size(minimumSize), MaximumSize: size(maximumSize) };
  return Object.values(found).some((value) => value !== undefined) ? found : undefined;
}

function encodeActions({ actions }: InboxRule, { mailbox }: MailboxSession, templateFolder: FolderId | undefined): RuleActionsType {
  const folder = (id: FolderId | undefined) => (id === undefined ? undefined : { FolderId: { Id: encodeFolderId(mailbox, id), ChangeKey: bareChangeKey('folder') } });
  const { replyWith, importance } = actions;
  return {
    AssignCategories: actions.categories && { String: actions.categories }, CopyToFolder: folder(actions.copyTo), Delete: actions.isDeleted,
    ForwardAsAttachmentToRecipients: addresses(actions.forwardAsAttachmentTo), ForwardToRecipients: addresses(actions.forwardTo),
    MarkImportance: importance === undefined ? undefined : importances[importance], MarkAsRead: actions.isMarkedAsRead, MoveToFolder: folder(actions.moveTo),
    PermanentDelete: actions.isPermanentlyDeleted, RedirectToRecipients: addresses(actions.redirectTo),
    ServerReplyWithMessage: replyWith === undefined || templateFolder === undefined ? undefined : { Id: encodeItemId(mailbox, templateFolder, replyWith) },
    StopProcessingRules: actions.stops,
  };
}

/** A rule as GetInboxRules shows it. */
export async function encodeRule(rule: InboxRule, session: MailboxSession): Promise<RuleType> {
  const [template] = rule.actions.replyWith === undefined ? [] : await session.items([rule.actions.replyWith]);
  return {
    RuleId: encodeRuleId(rule.id), DisplayName: rule.name, Priority: rule.priority, IsEnabled: rule.isEnabled, IsNotSupported: rule.isNotSupported ? true : undefined, IsInError: rule.isInError ? true : undefined,
    Conditions: encodeConditions(rule.conditions), Exceptions: encodeConditions(rule.exceptions), Actions: encodeActions(rule, session, template && 'folderId' in template ? template.folderId : undefined),
  };
}
