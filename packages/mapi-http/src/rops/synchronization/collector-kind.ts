import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import type { CollectorObject } from '../../objects/collector-object.ts';
import type { SyncKind } from '../../synchronization/sync-state.ts';

/** Contents are imported into a context of contents, folders into one of folders. @throws RopError ecNotSupported */
export function checkKind({ kind }: CollectorObject, wanted: SyncKind): void {
  if (kind !== wanted) throw new RopError(errorCode.NotSupported, `This is imported into a context of ${wanted}.`);
}
