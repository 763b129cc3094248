import type { RopHandler } from '../../rop/define-rop.ts';
import { getPropertiesSpecific } from './get-properties-specific.ts';

/** [MS-OXCROPS] 2.2.8. */
export const propertyRops: readonly RopHandler[] = [getPropertiesSpecific];
