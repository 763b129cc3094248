import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone } from '../../response-messages.ts';
import { checkSmtpAddress } from '../../smtp-address.ts';
import { subscriptionNotFound } from './subscription-not-found.ts';

/** Without a federation nobody can have accepted an invitation, so there is no local folder to tell. @see GetSharingFolder, EWS reference */
export const getSharingFolder: Operation<'GetSharingFolder'> = defineOperation('GetSharingFolder', ({ SmtpAddress, DataType, SharedFolderId }, context) =>
  answerAlone(context, (head) => head, () => {
    checkSmtpAddress(SmtpAddress);
    if ((DataType === undefined) === (SharedFolderId === undefined)) throw new EwsError('ErrorInvalidGetSharingFolderRequest');
    throw subscriptionNotFound();
  }));
