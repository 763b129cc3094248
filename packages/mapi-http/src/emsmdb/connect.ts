import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { LayoutValue } from '@fauxchange/mapi-wire';
import { defineRequestType, type RequestContext, type RequestType } from '../request-type.ts';
import { ConnectRequest, ConnectResponse } from './bodies.ts';
import { errorCode } from './error-code.ts';

/** Of the flags, the one that asks for an administrator's rights. */
const useAdminPrivilege = 1;
/** Milliseconds between polls, retries and between them: what servers say ([K]). */
const polling = { PollsMax: 60_000, RetryCount: 6, RetryDelay: 10_000 };
const noBytes = new Uint8Array(0);

/** [MS-OXCMAPIHTTP] 2.2.4.1 Connect: begins a session for the mailbox's owner, who has come in as themselves. */
export const connect: RequestType = defineRequestType({ name: 'Connect', use: 'begins', request: ConnectRequest, response: ConnectResponse }, async (asked, context) => {
  const ErrorCode = refusalOf(asked, context);
  if (ErrorCode !== errorCode.success) return { value: answer(ErrorCode), endsSession: true };
  return { value: answer(errorCode.success, context.caller) };
});

/** [MS-OXCRPC] 3.1.4.1: whose name is given has to be who came in; nobody here has an administrator's rights. */
function refusalOf({ UserDn, Flags }: LayoutValue<typeof ConnectRequest>, { caller, environment }: RequestContext): number {
  if (UserDn === '') return errorCode.accessDenied;
  const named = environment.organization.directory.byLegacyDN(UserDn);
  if (!named) return errorCode.unknownUser;
  if (named.id !== caller.id) return errorCode.accessDenied;
  return (Flags & useAdminPrivilege) === 0 ? errorCode.success : errorCode.loginPerm;
}

function answer(ErrorCode: number, owner?: DirectoryEntry): LayoutValue<typeof ConnectResponse> {
  const said = owner ? polling : { PollsMax: 0, RetryCount: 0, RetryDelay: 0 };
  return { StatusCode: 0, ErrorCode, ...said, DnPrefix: '', DisplayName: owner?.displayName ?? '', AuxiliaryBuffer: noBytes };
}
