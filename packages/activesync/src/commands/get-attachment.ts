import { BareAnswer, defineCommand } from '../command.ts';
import { HttpStatusError } from '../errors.ts';
import { NoRequest, refuseByHttp } from '../schema/legacy-commands.ts';
import { attachmentContent } from './item-operations/attachment-content.ts';

/** [MS-ASCMD] 2.2.1.7 GetAttachment, which ItemOperations replaces: the query names the attachment, the answer is its bytes. */
export const getAttachment = defineCommand({ request: NoRequest, response: NoRequest, mayBeEmpty: true, refusal: refuseByHttp }, async (_request, context) => {
  if (context.isAtLeast('14.1')) throw new HttpStatusError(501, 'GetAttachment ended with 14.0.');
  const { attachmentName } = context.line;
  const content = attachmentName === undefined ? undefined : await attachmentContent(attachmentName, context);
  if (!content) throw new HttpStatusError(500, 'There is no such attachment.');
  return new BareAnswer(content.contentType, content.bytes);
});
