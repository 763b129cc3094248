import type { CommandContext } from '../../context.ts';
import { EasStatusError } from '../../errors.ts';
import type { FetchedProperties } from '../../schema/item-operations.ts';
import { attachmentContent } from './attachment-content.ts';
import { operationStatus } from './operation-status.ts';

/** Bytes of one range, [K]: as much as Exchange's MaxDocumentDataSize allows of documents. */
const largestRange = 10_240_000;

/** An attachment whole or a part of it, inline as base64 or behind the document. @throws EasStatusError 8, 10, 11, 15 */
export async function fetchAttachment(reference: string, range: string | undefined, context: CommandContext): Promise<FetchedProperties> {
  const content = await attachmentContent(reference, context);
  if (!content) throw new EasStatusError(operationStatus.invalidAttachment, 'There is no such attachment.');
  const { contentType, bytes } = content;
  const part = range === undefined ? undefined : within(range, bytes.length);
  const shown = part ? bytes.subarray(part.from, part.to + 1) : bytes;
  const { multipart } = context;
  return {
    ...(part && { Range: `${part.from}-${part.to}`, Total: bytes.length }),
    'AirSyncBase:ContentType': contentType,
    ...(multipart ? { Part: multipart.add(shown) } : { Data: Buffer.from(shown).toString('base64') }),
  };
}

/** The first and the last byte, [MS-ASCMD] 2.2.3.143.2; an end beyond the end means the end. */
function within(range: string, size: number): { readonly from: number; readonly to: number } {
  const [from, to] = range.split('-').map(Number) as [number, number];
  const refuse = (status: number): never => {
    throw new EasStatusError(status, `${range} of ${size} bytes.`);
  };
  if (size === 0) return refuse(operationStatus.emptyFile);
  if (to < from || from >= size) return refuse(operationStatus.invalidRange);
  if (to - from >= largestRange) return refuse(operationStatus.tooLarge);
  return { from, to: Math.min(to, size - 1) };
}
