import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import type { Logon } from '../../logon/logon.ts';

/** What is of mailboxes alone. @throws RopError ecNotSupported for a logon to public folders */
export function privateLogon({ isPublic }: Logon): void {
  if (isPublic) throw new RopError(errorCode.NotSupported, 'Public folders have none of it.');
}
