import type { RopHandler } from '../../rop/define-rop.ts';
import { copyProperties } from './copy-properties.ts';
import { copyTo } from './copy-to.ts';
import { getPropertiesAll, getPropertiesList, getPropertiesSpecific } from './get-properties.ts';
import { getNamesFromPropertyIds, getPropertyIdsFromNames, queryNamedProperties } from './named-properties.ts';
import { deleteProperties, deletePropertiesNoReplicate, setProperties, setPropertiesNoReplicate } from './set-properties.ts';

/** [MS-OXCROPS] 2.2.8. RopProgress has nothing to tell of: every ROP is done when it is answered. */
export const propertyRops: readonly RopHandler[] = [
  getPropertiesSpecific, getPropertiesAll, getPropertiesList, setProperties, setPropertiesNoReplicate, deleteProperties, deletePropertiesNoReplicate,
  getPropertyIdsFromNames, getNamesFromPropertyIds, queryNamedProperties, copyProperties, copyTo,
];
