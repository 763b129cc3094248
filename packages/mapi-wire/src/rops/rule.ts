import { u16, u8 } from '../layout/numbers.ts';
import { blob, counted } from '../layout/sequences.ts';
import { struct } from '../layout/struct.ts';
import { propertyValues } from './parts.ts';
import { nothing, opening, rop } from './rop.ts';

/** [MS-OXORULE] 2.2.1.3. */
export const ruleData = struct({ RuleDataFlags: u8, PropertyValues: propertyValues });

/** [MS-OXCROPS] 2.2.11. */
export const ruleRops = {
  RopModifyRules: rop(0x41, { ModifyRulesFlags: u8, RulesData: counted(u16, ruleData) }, nothing),
  RopGetRulesTable: opening(0x3f, { TableFlags: u8 }, nothing),
  RopUpdateDeferredActionMessages: rop(0x57, { ServerEntryId: blob(u16), ClientEntryId: blob(u16) }, nothing),
} as const;
