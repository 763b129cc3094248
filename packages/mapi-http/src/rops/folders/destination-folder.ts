import { MailboxError } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { codeOf, RopError } from '../../errors.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import type { RopContext } from '../../rop/define-rop.ts';

/** The folder of DestHandleIndex. @throws RopError ecDstNullObject, ecNotSupported for what is no folder */
export function destinationFolder({ destination }: RopContext<FolderObject>, handleIndex: number): FolderObject {
  const object = destination(handleIndex);
  if (!(object instanceof FolderObject)) throw new RopError(errorCode.NotSupported, 'The destination is no folder.');
  return object;
}

/** What was refused as a whole says so in PartialCompletion too: [MS-OXCFOLD] 3.2.5.6 and 3.2.5.7. */
export async function withPartialCompletion<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === undefined || !(thrown instanceof MailboxError)) throw thrown;
    throw new RopError(code, thrown.message, { PartialCompletion: true });
  }
}
