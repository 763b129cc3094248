import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { CollectorObject } from '../../objects/collector-object.ts';
import { SynchronizationObject } from '../../objects/synchronization-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

const contexts = [SynchronizationObject, CollectorObject] as const;

/** The state is that before anything else: [MS-OXCFXICS] 3.3.5.2. */
function check({ isStarted }: { readonly isStarted: boolean }): void {
  if (isStarted) throw new RopError(errorCode.GeneralFailure, 'The synchronization has begun: its state cannot be changed any more.');
}

/** [MS-OXCFXICS] 3.2.5.9.2.1. */
export const uploadStateStreamBegin = defineRop('RopSynchronizationUploadStateStreamBegin', contexts, async ({ StateProperty }, { object }) => {
  check(object);
  object.upload.begin(StateProperty);
  return {};
});

/** [MS-OXCFXICS] 3.2.5.9.2.2. */
export const uploadStateStreamContinue = defineRop('RopSynchronizationUploadStateStreamContinue', contexts, async ({ StreamData }, { object }) => {
  check(object);
  object.upload.add(StreamData);
  return {};
});

/** [MS-OXCFXICS] 3.2.5.9.2.3. */
export const uploadStateStreamEnd = defineRop('RopSynchronizationUploadStateStreamEnd', contexts, async (_asked, { object }) => {
  check(object);
  object.take(object.upload.end());
  return {};
});
