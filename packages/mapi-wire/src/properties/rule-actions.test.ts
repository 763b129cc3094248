import { itIsNotWritten, itIsRefused, itIsWrittenAndRead } from '../../tests/wire-table.ts';
import { extendedRestriction, extendedRuleActions, extendedRuleMessageActions, extendedRuleMessageCondition } from './extended-rule.ts';
import { ruleActions, taggedValue } from './property-value.ts';
import { bounceCode } from './rule-action-form.ts';

const none = { ActionFlavor: 0, ActionFlags: 0 };
const noneWire = '00 00 00 00 00 00 00 00';
const guid = '11223344-5566-7788-99aa-bbccddeeff00';
const guidWire = '44 33 22 11 66 55 88 77 99 aa bb cc dd ee ff 00';
const recipient = { Reserved: 1, PropertyValues: [{ tag: 0x0c150003, value: 1 }] };
const recipientWire = '01 01 00 00 00 03 00 15 0c 01 00 00 00';
const template = { ReplyTemplateFID: 1n, ReplyTemplateMID: 2n, ReplyTemplateGUID: guid };
const templateWire = `01 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00 ${guidWire}`;
const folder = { FolderInThisStore: true, StoreEID: Uint8Array.of(1), FolderEID: Uint8Array.of(2, 3) };
const exist = { kind: 'Exist', PropTag: 0x80000003 };
const existWire = '08 03 00 00 80';

itIsWrittenAndRead([
  ['MS-OXORULE_R246, R294: Move', ruleActions, [{ kind: 'Move', ...none, ...folder }], `01 00 11 00 01 ${noneWire} 01 01 00 01 02 00 02 03`],
  ['MS-OXORULE_R249, R880, R704: Copy, elsewhere', ruleActions, [{ kind: 'Copy', ...none, ...folder, FolderInThisStore: false }], `01 00 11 00 02 ${noneWire} 00 01 00 01 02 00 02 03`],
  ['MS-OXORULE_R252, R992: Reply', ruleActions, [{ kind: 'Reply', ActionFlavor: 2, ActionFlags: 9, ...template }], `01 00 29 00 03 02 00 00 00 09 00 00 00 ${templateWire}`],
  ['MS-OXORULE_R254, R993: OofReply', ruleActions, [{ kind: 'OofReply', ...none, ...template }], `01 00 29 00 04 ${noneWire} ${templateWire}`],
  ['MS-OXORULE_R256, R318, R320: Defer', ruleActions, [{ kind: 'Defer', ...none, ActionData: Uint8Array.of(7, 8) }], `01 00 0b 00 05 ${noneWire} 07 08`],
  ['MS-OXORULE_R259, R338, R339: Bounce', ruleActions, [{ kind: 'Bounce', ...none, BounceCode: bounceCode.Denied }], `01 00 0d 00 06 ${noneWire} 26 00 00 00`],
  ['MS-OXORULE_R261, R322, R328: Forward', ruleActions, [{ kind: 'Forward', ...none, RecipientBlocks: [recipient] }], `01 00 1a 00 07 ${noneWire} 01 00 00 00 ${recipientWire}`],
  ['MS-OXORULE_R263, R322, R328: Delegate', ruleActions, [{ kind: 'Delegate', ...none, RecipientBlocks: [recipient] }], `01 00 1a 00 08 ${noneWire} 01 00 00 00 ${recipientWire}`],
  ['MS-OXORULE_R265, R739: Tag', ruleActions, [{ kind: 'Tag', ...none, TaggedValue: { tag: 0x00170003, value: 2 } }], `01 00 11 00 09 ${noneWire} 03 00 17 00 02 00 00 00`],
  ['MS-OXORULE_R267, R346: Delete', ruleActions, [{ kind: 'Delete', ...none }], `01 00 09 00 0a ${noneWire}`],
  ['MS-OXORULE_R269, R346: MarkAsRead', ruleActions, [{ kind: 'MarkAsRead', ...none }], `01 00 09 00 0b ${noneWire}`],
  ['MS-OXORULE_R231, R943, R947: two actions', ruleActions, [{ kind: 'Delete', ...none }, { kind: 'MarkAsRead', ...none }], `02 00 09 00 0a ${noneWire} 09 00 0b ${noneWire}`],
  ['actions as a value', taggedValue, { tag: 0x668000fe, value: [{ kind: 'Delete', ...none }] }, `fe 00 80 66 01 00 09 00 0a ${noneWire}`],
  ['a condition as a value', taggedValue, { tag: 0x667900fd, value: exist }, `fd 00 79 66 ${existWire}`],
  ['a value that says its type', taggedValue, { tag: 0x00010000, value: { type: 0x3, value: 7 } }, '00 00 01 00 03 00 07 00 00 00'],

  ['MS-OXORULE_R966, R970, R975: Move of an extended rule', extendedRuleActions, [{ kind: 'Move', ...none, StoreEID: Uint8Array.of(1), FolderEID: Uint8Array.of(2) }], `01 00 00 00 13 00 00 00 01 ${noneWire} 01 00 00 00 01 01 00 00 00 02`],
  ['MS-OXORULE_R995, R997: Reply of an extended rule', extendedRuleActions, [{ kind: 'Reply', ...none, ReplyTemplateMessageEID: Uint8Array.of(5), ReplyTemplateGUID: guid }], `01 00 00 00 1e 00 00 00 03 ${noneWire} 01 00 00 00 05 ${guidWire}`],
  ['MS-OXORULE_R944, R945, R948, R949: numbers and sizes of an extended rule', extendedRuleActions, [{ kind: 'Delete', ...none }], `01 00 00 00 09 00 00 00 0a ${noneWire}`],
  ['bytes in an extended rule', extendedRuleActions, [{ kind: 'Tag', ...none, TaggedValue: { tag: 0x00010102, value: Uint8Array.of(7) } }], `01 00 00 00 12 00 00 00 09 ${noneWire} 02 01 01 00 01 00 00 00 07`],
  ['a condition of an extended rule', extendedRestriction, { kind: 'And', Restricts: [exist] }, `00 01 00 00 00 ${existWire}`],
  ['MS-OXORULE_R200, R697: a condition without names', extendedRuleMessageCondition, { NamedPropertyInformation: [], RuleRestriction: exist }, `00 00 ${existWire}`],
  [
    'MS-OXORULE_R220, R221, R225, R938, R941: a condition with a name',
    extendedRuleMessageCondition,
    { NamedPropertyInformation: [{ PropId: 0x8000, PropertyName: { kind: 'Lid', Guid: guid, Lid: 5 } }], RuleRestriction: exist },
    `01 00 00 80 15 00 00 00 00 ${guidWire} 05 00 00 00 ${existWire}`,
  ],
  ['MS-OXORULE_R194, R208: actions with their version', extendedRuleMessageActions, { NamedPropertyInformation: [], RuleActionsBuffer: [{ kind: 'Delete', ...none }] }, `00 00 01 00 00 00 01 00 00 00 09 00 00 00 0a ${noneWire}`],
]);

itIsRefused([
  ['MS-OXORULE_R245: an action that there is not', ruleActions, `01 00 09 00 0c ${noneWire}`, { code: 'invalid', path: '/0' }],
  ['MS-OXORULE_R236: an action that is shorter than it says', ruleActions, `01 00 0a 00 0a ${noneWire} 00`, { code: 'trailing', path: '/0' }],
  ['an action that is longer than it says', ruleActions, `01 00 08 00 0a ${noneWire}`, { code: 'truncated', path: '/0/ActionFlags' }],
  ['a name too few', extendedRuleMessageCondition, `02 00 00 80 01 80 15 00 00 00 00 ${guidWire} 05 00 00 00 ${existWire}`, { code: 'invalid', path: '/NamedPropertyInformation' }],
  ['MS-OXORULE_R208: another version', extendedRuleMessageActions, '00 00 02 00 00 00 00 00 00 00', { code: 'invalid', path: '/RuleVersion' }],
]);

itIsNotWritten([
  ['MS-OXORULE_R218: a name for an id that is none', extendedRuleMessageCondition, { NamedPropertyInformation: [{ PropId: 0x7fff, PropertyName: { kind: 'None', Guid: guid } }], RuleRestriction: exist }, { path: '/NamedPropertyInformation' }],
  ['an action without its data', ruleActions, [{ kind: 'Bounce', ...none }], { path: '/0/BounceCode' }],
]);
