import { EwsError } from '../../errors.ts';
import type { OperationName, Request } from '../../operation.ts';

/**
 * Operations that need a service beside Exchange which this organization, like a new one, does not have; nothing but the refusal happens.
 * The codes are those that the documentation of response codes has for them; where it has none, ErrorInvalidOperation ([K]).
 */
type Refusals = { readonly [N in OperationName]?: (request: Request<N>) => EwsError };

const noCall = (): EwsError => new EwsError('ErrorUserNotUnifiedMessagingEnabled', 'The user is not enabled for Unified Messaging.');
const call = ({ PhoneCallId }: { readonly PhoneCallId: { readonly Id: string } }): EwsError => (PhoneCallId.Id.trim() === '' ? new EwsError('ErrorInvalidPhoneCallId') : noCall());
const noTeamMailbox = (): EwsError => new EwsError('ErrorTeamMailboxNotFound');
const noTags = (): EwsError => new EwsError('ErrorInvalidOperation', 'Tags are not available in this organization.');
const noMeetings = (): EwsError => new EwsError('ErrorInvalidOperation', 'Meeting spaces are not available in this organization.');
const notFound = (): EwsError => new EwsError('ErrorItemNotFound');
/** Focused and Other are Exchange Online's alone; Microsoft Graph documents the overrides, but nothing tells the form of EWS's answers. */
const noFocus = (): EwsError => new EwsError('ErrorInvalidOperation', 'Focused Inbox is not available for this mailbox.');
const noEncryption = (): EwsError => new EwsError('ErrorInvalidOperation', 'Message encryption is not configured for this organization.');

const refusals: Refusals = {
  // Unified Messaging: no mailbox is enabled for it, as UmEnabled of GetServiceConfiguration tells; it left Exchange with 2019.
  PlayOnPhone: ({ DialString }) => (DialString.trim() === '' ? new EwsError('ErrorInvalidPhoneNumber') : noCall()),
  GetPhoneCallInformation: call,
  DisconnectPhoneCall: call,
  // Site mailboxes: SharePoint makes them.
  SetTeamMailbox: noTeamMailbox,
  UnpinTeamMailbox: noTeamMailbox,
  AddTag: noTags,
  FindTags: noTags,
  HideTag: noTags,
  // Skype's and Teams' meetings: none can be made, so none can be found.
  CreateMeetingSpace: noMeetings,
  GetMeetingSpace: notFound,
  UpdateMeetingSpace: notFound,
  DeleteMeetingSpace: notFound,
  FindMeetingSpaceByJoinUrl: notFound,
  CreateMeetingInstance: noMeetings,
  GetMeetingInstance: notFound,
  UpdateMeetingInstance: notFound,
  DeleteMeetingInstance: notFound,
  GetFocusedOtherOverrides: noFocus,
  CreateOrUpdateFocusedOtherOverride: noFocus,
  DeleteFocusedOtherOverride: noFocus,
  GetOMEConfiguration: noEncryption,
  SetOMEConfiguration: noEncryption,
  GetOMEMessageStatus: noEncryption,
  SetOMEMessageStatus: noEncryption,
};

/** With what the operation is refused; of those that are in no table it is said that they are not emulated yet. */
export function refusalOf<N extends OperationName>(name: N, request: Request<N>): EwsError {
  const refuse = refusals[name] as ((request: Request<N>) => EwsError) | undefined;
  return refuse?.(request) ?? new EwsError('ErrorInvalidOperation', `${name} is not emulated yet.`);
}
