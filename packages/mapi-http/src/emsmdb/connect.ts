import type { DirectoryEntry } from '@fauxchange/mailbox';
import { emsmdbRequestTypes, errorCode, type LayoutValue } from '@fauxchange/mapi-wire';
import type { AllMailboxFacts } from '../logon/mailbox-facts.ts';
import { defineRequestType, type RequestContext, type RequestType } from '../request-type.ts';
import { EmsmdbSession } from '../session/emsmdb-session.ts';

/** Of the flags, the one that asks for an administrator's rights. */
const useAdminPrivilege = 1;
/** Milliseconds between polls, retries and between them: what servers say ([K]). */
export const polling = { PollsMax: 60_000, RetryCount: 6, RetryDelay: 10_000 };
const noBytes = new Uint8Array(0);

/** [MS-OXCMAPIHTTP] 2.2.4.1 Connect: begins a session for the mailbox's owner, who has come in as themselves. */
export const connect = (facts: AllMailboxFacts): RequestType => defineRequestType({ name: 'Connect', use: 'begins', ...emsmdbRequestTypes.Connect }, async (asked, context) => {
  const ErrorCode = refusalOf(asked, context);
  if (ErrorCode !== errorCode.Success) return { value: answer(ErrorCode), endsSession: true };
  if (context.session) context.session.emsmdb = new EmsmdbSession(context.caller, asked, facts, (error) => context.environment.reportBug(error));
  return { value: answer(errorCode.Success, context.caller) };
});

/** [MS-OXCRPC] 3.1.4.1: whose name is given has to be who came in; nobody here has an administrator's rights. */
export function refusalOf({ UserDn, Flags }: Pick<LayoutValue<typeof emsmdbRequestTypes.Connect.request>, 'UserDn' | 'Flags'>, { caller, environment }: Pick<RequestContext, 'caller' | 'environment'>): number {
  if (UserDn === '') return errorCode.AccessDenied;
  const named = environment.organization.directory.byLegacyDN(UserDn);
  if (!named) return errorCode.UnknownUser;
  if (named.id !== caller.id) return errorCode.AccessDenied;
  return (Flags & useAdminPrivilege) === 0 ? errorCode.Success : errorCode.LoginPermission;
}

function answer(ErrorCode: number, owner?: DirectoryEntry): LayoutValue<typeof emsmdbRequestTypes.Connect.response> {
  const said = owner ? polling : { PollsMax: 0, RetryCount: 0, RetryDelay: 0 };
  return { StatusCode: 0, ErrorCode, ...said, DnPrefix: '', DisplayName: owner?.displayName ?? '', AuxiliaryBuffer: noBytes };
}
