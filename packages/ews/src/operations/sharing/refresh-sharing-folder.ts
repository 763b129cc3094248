import { defineOperation, type Operation } from '../../operation.ts';
import { getFolder } from '../../resolve.ts';
import { answerAlone } from '../../response-messages.ts';
import { subscriptionNotFound } from './subscription-not-found.ts';

/** No folder is in a sharing relationship, for the reason that GetSharingFolder gives. @see RefreshSharingFolder, EWS reference */
export const refreshSharingFolder: Operation<'RefreshSharingFolder'> = defineOperation('RefreshSharingFolder', ({ SharingFolderId }, context) =>
  answerAlone(context, (head) => head, async () => {
    await getFolder(['FolderId', SharingFolderId], context);
    throw subscriptionNotFound();
  }));
