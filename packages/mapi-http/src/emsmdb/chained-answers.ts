import type { AnyRopResponse, DecodedRopBuffer, RopName } from '@fauxchange/mapi-wire';
import type { RopResult } from '../rop/rop-processor.ts';

/** ROPs whose answer may go on in another buffer, and the bytes that have to be left for it: [MS-OXCRPC] 3.1.4.2.1.2.2. */
const leastLeft: { readonly [N in RopName]?: number } = { RopQueryRows: 0x8000, RopReadStream: 0x2000, RopFastTransferSourceGetBuffer: 0x2000 };
/** Buffers of one answer, [MS-OXCRPC] 3.1.4.2.1.2.2. */
const mostBuffers = 96;
/** TransferStatus, [MS-OXCFXICS] 2.2.3.1.1.5.2: there is more. */
const partial = 1;
/** Origin of RopQueryRows: the table has rows behind those. */
const current = 1;

/** Whether a ROP has more to say. */
function hasMore(response: AnyRopResponse | undefined): boolean {
  if (!response || !('returnValue' in response) || response.returnValue !== 0) return false;
  switch (response.name) {
    case 'RopQueryRows': return (response.body as { readonly Origin: number }).Origin === current;
    case 'RopReadStream': return (response.body as { readonly Data: Uint8Array }).Data.length > 0;
    case 'RopFastTransferSourceGetBuffer': return (response.body as { readonly TransferStatus: number }).TransferStatus === partial;
    default: return false;
  }
}

/**
 * The last ROP of a list, again and again, as long as it has more to say and there is room: what a client allows by its flag Chain.
 *
 * @param left bytes that the client takes beside the first buffer
 * @param run carries out one ROP in a buffer of its own, and says how many bytes that takes
 */
export async function answerChained(buffer: DecodedRopBuffer, first: RopResult, left: number, run: (again: DecodedRopBuffer) => Promise<{ readonly result: RopResult; readonly size: number }>): Promise<void> {
  const last = buffer.rops.at(-1);
  const needed = last && leastLeft[last.name];
  if (needed === undefined || first.responses.at(-1)?.name !== last?.name) return;
  const again = { rops: [last as DecodedRopBuffer['rops'][number]], handles: first.handles, list: buffer.list.subarray(buffer.starts.at(-1)), starts: [0] };
  let more = hasMore(first.responses.at(-1));
  for (let [room, count] = [left, 1]; more && room >= needed && count < mostBuffers; count++) {
    const { result, size } = await run(again);
    room -= size;
    more = hasMore(result.responses.at(-1));
  }
}
