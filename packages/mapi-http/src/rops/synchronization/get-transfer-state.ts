import { CollectorObject } from '../../objects/collector-object.ts';
import { StateDownload } from '../../objects/state-download.ts';
import { SynchronizationObject } from '../../objects/synchronization-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXCFXICS] 3.2.5.9.3.1: what changes afterwards does not change this state. */
export const getTransferState = defineRop('RopSynchronizationGetTransferState', [SynchronizationObject, CollectorObject], async (_asked, { object, logon, session }) => {
  const isUpload = object instanceof CollectorObject;
  const kind = isUpload ? object.kind : object.options.kind;
  return { opens: new StateDownload(logon, session.codePage, { state: object.state, kind, isUpload }) };
});
