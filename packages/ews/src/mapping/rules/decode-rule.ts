import { type FolderId, type ItemId, type MailboxSession, type NewRule, type RuleActions, type RuleConditions, type RuleParty, MailboxError } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { resolveItemId, resolveTarget } from '../../resolve.ts';
import type { EmailAddressType, RuleActionsType, RuleFieldURIType, RulePredicatesType, RuleType, RuleValidationErrorCodeType, RuleValidationErrorType, TargetFolderIdType } from '../../schema/types.generated.ts';
import { parseDateTime } from '../date-time.ts';
import { importances, keys, partyLists, sensitivities, switches, textLists, traits } from './rule-fields.ts';

/** [K]: longer texts are refused. */
const longestText = 255;
const messages: { readonly [C in RuleValidationErrorCodeType]?: string } = {
  EmptyValueFound: 'The value is empty.', InvalidAddress: 'The address is invalid.', MissingAction: 'The rule has no action.', InvalidValue: 'The value is invalid.', RuleNotFound: 'The rule was not found.',
  FolderDoesNotExist: 'The folder does not exist.', InvalidFolderId: 'The folder id is invalid.', StringValueTooBig: 'The text is too long.', NotSettable: 'The property cannot be set.',
  UnsupportedRule: 'The operation on this unsupported rule is not allowed.',
};

export function validationError(FieldURI: RuleFieldURIType, ErrorCode: RuleValidationErrorCodeType, value = ''): RuleValidationErrorType {
  return { FieldURI, ErrorCode, ErrorMessage: messages[ErrorCode] ?? ErrorCode, FieldValue: value.slice(0, longestText) };
}

/** A rule of a request, with everything that is wrong with it in `errors`. */
export async function decodeRule(sent: RuleType, session: MailboxSession, context: EwsContext): Promise<{ readonly rule: NewRule; readonly errors: readonly RuleValidationErrorType[] }> {
  const decoder = new RuleDecoder(session, context);
  // IsEnabled may be missing: takenBesides in schema/ews-schema.ts.
  const { DisplayName, Priority, IsEnabled, Conditions, Exceptions, Actions } = sent;
  if (DisplayName.trim() === '') decoder.fail('DisplayName', 'EmptyValueFound');
  if (DisplayName.length > longestText) decoder.fail('DisplayName', 'StringValueTooBig', DisplayName);
  if (Priority < 1) decoder.fail('Priority', 'InvalidValue', String(Priority));
  if (sent.IsNotSupported) decoder.fail('IsNotSupported', 'NotSettable');
  const conditions = decoder.conditions('Condition', Conditions);
  const exceptions = decoder.conditions('Exception', Exceptions);
  const actions = await decoder.actions(Actions);
  return { rule: { name: DisplayName, priority: Priority, isEnabled: IsEnabled ?? false, conditions, exceptions, actions }, errors: decoder.errors };
}

class RuleDecoder {
  readonly errors: RuleValidationErrorType[] = [];
  readonly #session: MailboxSession;
  readonly #context: EwsContext;

  constructor(session: MailboxSession, context: EwsContext) {
    this.#session = session;
    this.#context = context;
  }

  fail(field: string, code: RuleValidationErrorCodeType, value?: string): undefined {
    this.errors.push(validationError(field as RuleFieldURIType, code, value));
    return undefined;
  }

  conditions(side: 'Condition' | 'Exception', sent: RulePredicatesType | undefined): RuleConditions {
    if (!sent) return {};
    const found: Record<string, unknown> = {};
    for (const name of keys(textLists)) found[textLists[name]] = this.#texts(`${side}:${name}`, sent[name]?.String);
    for (const name of keys(partyLists)) found[partyLists[name]] = this.#parties(`${side}:${name}`, sent[name]?.Address);
    for (const name of keys(switches)) found[switches[name]] = sent[name];
    const asked = keys(traits).filter((name) => sent[name] !== undefined);
    if (asked.length > 0) found['traits'] = Object.fromEntries(asked.map((name) => [traits[name], sent[name]]));
    if (sent.FromConnectedAccounts) this.fail(`${side}:FromConnectedAccounts`, 'ConnectedAccountNotFound', sent.FromConnectedAccounts.String?.[0]);
    if (sent.MessageClassifications) this.fail(`${side}:MessageClassifications`, 'MessageClassificationNotFound', sent.MessageClassifications.String?.[0]);
    return {
      ...(found as RuleConditions), ...this.#dates(side, sent), ...this.#sizes(side, sent), flaggedFor: sent.FlaggedForAction,
      importance: sent.Importance && importances.indexOf(sent.Importance), sensitivity: sent.Sensitivity && sensitivities.indexOf(sent.Sensitivity),
    };
  }

  async actions(sent: RuleActionsType | undefined): Promise<RuleActions> {
    const told = Object.values(sent ?? {}).filter((value) => value !== undefined);
    if (!sent || told.length === 0) {
      this.fail('Actions', 'MissingAction');
      return {};
    }
    if (sent.SendSMSAlertToRecipients) this.fail('Action:SendSMSAlertToRecipients', 'UnsupportedRule');
    return {
      categories: this.#texts('Action:AssignCategories', sent.AssignCategories?.String),
      copyTo: await this.#folder('Action:CopyToFolder', sent.CopyToFolder), moveTo: await this.#folder('Action:MoveToFolder', sent.MoveToFolder),
      isDeleted: sent.Delete, isPermanentlyDeleted: sent.PermanentDelete,
      forwardTo: this.#parties('Action:ForwardToRecipients', sent.ForwardToRecipients?.Address),
      forwardAsAttachmentTo: this.#parties('Action:ForwardAsAttachmentToRecipients', sent.ForwardAsAttachmentToRecipients?.Address),
      redirectTo: this.#parties('Action:RedirectToRecipients', sent.RedirectToRecipients?.Address),
      importance: sent.MarkImportance && importances.indexOf(sent.MarkImportance), isMarkedAsRead: sent.MarkAsRead,
      replyWith: this.#template(sent), stops: sent.StopProcessingRules,
    };
  }

  #texts(field: string, sent: readonly string[] | undefined): readonly string[] | undefined {
    if (!sent) return undefined;
    if (sent.length === 0 || sent.some((text) => text === '')) return this.fail(field, 'EmptyValueFound');
    const long = sent.find((text) => text.length > longestText);
    return long === undefined ? sent : this.fail(field, 'StringValueTooBig', long);
  }

  #parties(field: string, sent: readonly EmailAddressType[] | undefined): readonly RuleParty[] | undefined {
    if (!sent) return undefined;
    if (sent.length === 0) return this.fail(field, 'EmptyValueFound');
    const { directory } = this.#context.organization;
    const found: RuleParty[] = [];
    for (const { Name, EmailAddress = '', RoutingType } of sent) {
      const entry = RoutingType?.toUpperCase() === 'EX' ? directory.byLegacyDN(EmailAddress) : directory.byAddress(EmailAddress);
      const address = entry?.primarySmtpAddress ?? EmailAddress.toLowerCase();
      if (!/^[^\s@<>]+@[^\s@<>]+$/.test(address)) this.fail(field, 'InvalidAddress', EmailAddress);
      else found.push({ name: Name ?? entry?.displayName ?? address, address });
    }
    return found;
  }

  #dates(side: string, { WithinDateRange: range }: RulePredicatesType): Pick<RuleConditions, 'receivedFrom' | 'receivedUntil'> {
    if (!range) return {};
    const [from, until] = [range.StartDateTime, range.EndDateTime].map((lexical) => (lexical === undefined ? undefined : parseDateTime(lexical, this.#context.localOffset)));
    if (from === undefined && until === undefined) this.fail(`${side}:WithinDateRange`, 'MissingRangeValue');
    if (from !== undefined && until !== undefined && from > until) this.fail(`${side}:WithinDateRange`, 'InvalidDateRange');
    return { receivedFrom: from, receivedUntil: until };
  }

  /** Sizes are told in kilobytes ([K]: documentation of WithinSizeRange leaves the unit open; Outlook's rules have KB). */
  #sizes(side: string, { WithinSizeRange: range }: RulePredicatesType): Pick<RuleConditions, 'minimumSize' | 'maximumSize'> {
    if (!range) return {};
    const { MinimumSize: least, MaximumSize: most } = range;
    if (least === undefined && most === undefined) this.fail(`${side}:WithinSizeRange`, 'MissingRangeValue');
    if ((least ?? 0) < 0 || (most ?? 0) < 0) this.fail(`${side}:WithinSizeRange`, 'SizeLessThanZero', String(Math.min(least ?? 0, most ?? 0)));
    if (least !== undefined && most !== undefined && least > most) this.fail(`${side}:WithinSizeRange`, 'InvalidSizeRange');
    return { minimumSize: least === undefined ? undefined : least * 1024, maximumSize: most === undefined ? undefined : most * 1024 };
  }

  async #folder(field: string, sent: TargetFolderIdType | undefined): Promise<FolderId | undefined> {
    if (!sent) return undefined;
    try {
      const { session, folderId } = await resolveTarget(sent, this.#context, 'ErrorFolderNotFound');
      return session.mailbox === this.#session.mailbox ? folderId : this.fail(field, 'InvalidFolderId');
    } catch (thrown) {
      if (thrown instanceof EwsError) return this.fail(field, thrown.code === 'ErrorFolderNotFound' ? 'FolderDoesNotExist' : 'InvalidFolderId');
      if (thrown instanceof MailboxError) return this.fail(field, 'FolderDoesNotExist');
      throw thrown;
    }
  }

  #template({ ServerReplyWithMessage: sent }: RuleActionsType): ItemId | undefined {
    if (!sent) return undefined;
    try {
      const { session, itemId } = resolveItemId(sent, this.#context);
      if (session.mailbox === this.#session.mailbox) return itemId;
    } catch (thrown) {
      if (!(thrown instanceof EwsError)) throw thrown;
    }
    return this.fail('Action:ServerReplyWithMessage', 'InvalidValue', sent.Id);
  }
}
