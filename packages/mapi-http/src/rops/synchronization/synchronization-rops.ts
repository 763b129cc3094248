import type { RopHandler } from '../../rop/define-rop.ts';
import { synchronizationConfigure } from './configure.ts';
import { getTransferState } from './get-transfer-state.ts';
import { importDeletes } from './import-deletes.ts';
import { importHierarchyChange } from './import-hierarchy-change.ts';
import { importMessageChange } from './import-message-change.ts';
import { importMessageMove } from './import-message-move.ts';
import { importReadStateChanges } from './import-read-state-changes.ts';
import { getLocalReplicaIds, setLocalReplicaMidsetDeleted } from './local-replica-ids.ts';
import { openCollector } from './open-collector.ts';
import { uploadStateStreamBegin, uploadStateStreamContinue, uploadStateStreamEnd } from './upload-state.ts';

/** [MS-OXCROPS] 2.2.13. */
export const synchronizationRops: readonly RopHandler[] = [
  synchronizationConfigure, getTransferState, openCollector, uploadStateStreamBegin, uploadStateStreamContinue, uploadStateStreamEnd,
  importMessageChange, importHierarchyChange, importMessageMove, importDeletes, importReadStateChanges, getLocalReplicaIds, setLocalReplicaMidsetDeleted,
];
