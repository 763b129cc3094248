import { DownloadObject } from '../../objects/download-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXCFXICS] 3.2.5.8.1.6: the version of another server changes nothing in the streams of this one. */
export const tellVersion = defineRop('RopTellVersion', [DownloadObject], async () => ({}));
