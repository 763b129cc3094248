import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { getFolder } from '../../resolve.ts';
import { answerAlone } from '../../response-messages.ts';
import { checkSmtpAddress } from '../../smtp-address.ts';

/**
 * Invitations to others are tokens of a federation's gateway. This organization, like every Exchange before its administrator sets
 * up a federation trust, has none: once the request is found good, ErrorOrganizationNotFederated.
 *
 * @see GetSharingMetadata, EWS reference
 */
export const getSharingMetadata: Operation<'GetSharingMetadata'> = defineOperation('GetSharingMetadata', ({ IdOfFolderToShare, SenderSmtpAddress, Recipients }, context) =>
  answerAlone(context, (head) => head, async () => {
    for (const address of [SenderSmtpAddress, ...Recipients.SmtpAddress]) checkSmtpAddress(address);
    await getFolder(['FolderId', IdOfFolderToShare], context);
    throw new EwsError('ErrorOrganizationNotFederated');
  }));
