import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { StreamObject } from '../../objects/stream-object.ts';
import { defineRop, type RopContext } from '../../rop/define-rop.ts';

/** ByteCount that says: MaximumByteCount has it. [MS-OXCROPS] 2.2.9.2.1 */
const countIsElsewhere = 0xbabe;
/** DataSize. */
const sizeSize = 2;
const mostData = 0xffff;

/** [MS-OXCPRPT] 3.2.5.12: as many bytes as have room. */
export const readStream = defineRop('RopReadStream', [StreamObject], async ({ ByteCount, MaximumByteCount }, { object, room }) => {
  const asked = ByteCount === countIsElsewhere ? (MaximumByteCount ?? 0) : ByteCount;
  return { body: { Data: object.read(Math.min(asked, mostData, Math.max(0, room - sizeSize))) } };
});

async function write({ object }: RopContext<StreamObject>, Data: Uint8Array): Promise<{ readonly body: { readonly WrittenSize: number } }> {
  object.write(Data);
  return { body: { WrittenSize: Data.length } };
}
/** [MS-OXCPRPT] 3.2.5.13. */
export const writeStream = defineRop('RopWriteStream', [StreamObject], ({ Data }, context) => write(context, Data));
/** [MS-OXCPRPT] 3.2.5.14. */
export const writeStreamExtended = defineRop('RopWriteStreamExtended', [StreamObject], ({ Data }, context) => write(context, Data));

/** [MS-OXCPRPT] 3.2.5.15. */
export const commitStream = defineRop('RopCommitStream', [StreamObject], async (_asked, { object }) => {
  await object.commit();
  return {};
});

/** [MS-OXCPRPT] 3.2.5.16. */
export const getStreamSize = defineRop('RopGetStreamSize', [StreamObject], async (_asked, { object }) => ({ body: { StreamSize: object.size } }));

/** [MS-OXCPRPT] 3.2.5.17. */
export const setStreamSize = defineRop('RopSetStreamSize', [StreamObject], async ({ StreamSize }, { object }) => {
  object.resize(Number(StreamSize));
  return {};
});

/** [MS-OXCPRPT] 3.2.5.18. */
export const seekStream = defineRop('RopSeekStream', [StreamObject], async ({ Origin, Offset }, { object }) => ({ body: { NewPosition: BigInt(object.seek(Origin, Offset)) } }));

/** [MS-OXCPRPT] 3.2.5.19. */
export const copyToStream = defineRop('RopCopyToStream', [StreamObject], async ({ DestHandleIndex, ByteCount }, { object, destination }) => {
  const to = destination(DestHandleIndex);
  if (!(to instanceof StreamObject)) throw new RopError(errorCode.NotSupported, 'The destination is no stream.');
  const data = object.read(Number(ByteCount < BigInt(Number.MAX_SAFE_INTEGER) ? ByteCount : BigInt(Number.MAX_SAFE_INTEGER)));
  // A copy: the two may be one.
  to.write(data.slice());
  return { body: { ReadByteCount: BigInt(data.length), WrittenByteCount: BigInt(data.length) } };
});
