import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { TagFilter } from '../../mapping/stream-properties.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { checkFlags, copyFlag, knownCopyFlags } from './copy-flags.ts';
import { copied, sourceContent } from './source-content.ts';

/** [MS-OXCFXICS] 3.2.5.8.1.1. Exchange 2010 and above refuse Move (note 34). */
export const sourceCopyTo = defineRop('RopFastTransferSourceCopyTo', copied, async ({ Level, CopyFlags, SendOptions, PropertyTags }, context) => {
  checkFlags(CopyFlags, knownCopyFlags.copyTo, SendOptions);
  if ((CopyFlags & copyFlag.Move) !== 0) throw new RopError(errorCode.InvalidParameter, 'Move is not supported.');
  return { opens: await sourceContent(context.object, { filter: new TagFilter(PropertyTags, false), Level }, SendOptions, context) };
});

/** [MS-OXCFXICS] 3.2.5.8.1.2. */
export const sourceCopyProperties = defineRop('RopFastTransferSourceCopyProperties', copied, async ({ Level, CopyFlags, SendOptions, PropertyTags }, context) => {
  checkFlags(CopyFlags, knownCopyFlags.copyProperties, SendOptions);
  return { opens: await sourceContent(context.object, { filter: new TagFilter(PropertyTags, true), Level, isMove: (CopyFlags & copyFlag.Move) !== 0 }, SendOptions, context) };
});
