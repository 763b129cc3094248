import type { RopHandler } from '../../rop/define-rop.ts';
import { getRulesTable } from './get-rules-table.ts';
import { modifyRules } from './modify-rules.ts';
import { updateDeferredActionMessages } from './update-deferred-action-messages.ts';

/** [MS-OXCROPS] 2.2.11. */
export const ruleRops: readonly RopHandler[] = [modifyRules, getRulesTable, updateDeferredActionMessages];
