import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { CollectorObject } from '../../objects/collector-object.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXCFXICS] 3.2.5.9.4.1. */
export const openCollector = defineRop('RopSynchronizationOpenCollector', [FolderObject], async ({ IsContentsCollector }, { object, logon }) => {
  const folder = await object.folder();
  if (IsContentsCollector && folder.kind === 'search') throw new RopError(errorCode.NotSupported, 'A search folder takes no contents of its own.');
  return { opens: new CollectorObject(logon, folder, IsContentsCollector ? 'contents' : 'hierarchy') };
});
