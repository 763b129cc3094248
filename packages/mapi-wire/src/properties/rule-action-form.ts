import type { Layout } from '../layout/layout.ts';
import { bool8, u16, u32, u64, u8 } from '../layout/numbers.ts';
import { blob, counted, rest, sized } from '../layout/sequences.ts';
import { struct } from '../layout/struct.ts';
import { guid } from '../layout/text.ts';
import { variants } from '../layout/variants.ts';
import type { TaggedValue } from './value-layouts.ts';

interface Block<K extends string> {
  readonly kind: K;
  /** Flags of Reply, OofReply and Forward; 0 for all others. */
  readonly ActionFlavor: number;
  /** The client's own. */
  readonly ActionFlags: number;
}
/** [MS-OXORULE] 2.2.5.1.2.4.1. */
export interface RecipientBlock {
  readonly Reserved: number;
  readonly PropertyValues: readonly TaggedValue[];
}
/** What all rules can do. */
type CommonAction =
  | (Block<'Defer'> & { readonly ActionData: Uint8Array })
  /** `BounceCode` is of `bounceCode`. */
  | (Block<'Bounce'> & { readonly BounceCode: number })
  | (Block<'Forward' | 'Delegate'> & { readonly RecipientBlocks: readonly RecipientBlock[] })
  | (Block<'Tag'> & { readonly TaggedValue: TaggedValue })
  | Block<'Delete' | 'MarkAsRead'>;
/** An action of a standard rule. `FolderEID` is a `serverEid` where the folder is in this store. */
export type RuleAction =
  | CommonAction
  | (Block<'Move' | 'Copy'> & { readonly FolderInThisStore: boolean; readonly StoreEID: Uint8Array; readonly FolderEID: Uint8Array })
  | (Block<'Reply' | 'OofReply'> & { readonly ReplyTemplateFID: bigint; readonly ReplyTemplateMID: bigint; readonly ReplyTemplateGUID: string });
/** An action of an extended rule: folders and templates are named by their EntryIDs. */
export type ExtendedRuleAction =
  | CommonAction
  | (Block<'Move' | 'Copy'> & { readonly StoreEID: Uint8Array; readonly FolderEID: Uint8Array })
  | (Block<'Reply' | 'OofReply'> & { readonly ReplyTemplateMessageEID: Uint8Array; readonly ReplyTemplateGUID: string });

/** [MS-OXORULE] 2.2.5.1.2.5. */
export const bounceCode = { TooLarge: 0x0d, CannotBeDisplayed: 0x1f, Denied: 0x26 } as const;

const flags = { ActionFlavor: u32, ActionFlags: u32 };
const common = (taggedValue: Layout<TaggedValue>) => {
  const recipients = struct({ ...flags, RecipientBlocks: counted(u32, struct({ Reserved: u8, PropertyValues: counted(u32, taggedValue) })) });
  return {
    Defer: [0x5, struct({ ...flags, ActionData: rest })],
    Bounce: [0x6, struct({ ...flags, BounceCode: u32 })],
    Forward: [0x7, recipients],
    Delegate: [0x8, recipients],
    Tag: [0x9, struct({ ...flags, TaggedValue: taggedValue })],
    Delete: [0xa, struct(flags)],
    MarkAsRead: [0xb, struct(flags)],
  } as const;
};

/** [MS-OXORULE] 2.2.5: the actions of a standard rule. */
export function ruleActionsOf(taggedValue: Layout<TaggedValue>): Layout<readonly RuleAction[]> {
  const folder = struct({ ...flags, FolderInThisStore: bool8, StoreEID: blob(u16), FolderEID: blob(u16) });
  const template = struct({ ...flags, ReplyTemplateFID: u64, ReplyTemplateMID: u64, ReplyTemplateGUID: guid });
  return counted(u16, sized(u16, variants(u8, { Move: [0x1, folder], Copy: [0x2, folder], Reply: [0x3, template], OofReply: [0x4, template], ...common(taggedValue) })));
}

/** [MS-OXORULE] 2.2.5: the actions of an extended rule, whose numbers and sizes are of four bytes. */
export function extendedRuleActionsOf(taggedValue: Layout<TaggedValue>): Layout<readonly ExtendedRuleAction[]> {
  const folder = struct({ ...flags, StoreEID: blob(u32), FolderEID: blob(u32) });
  const template = struct({ ...flags, ReplyTemplateMessageEID: blob(u32), ReplyTemplateGUID: guid });
  return counted(u32, sized(u32, variants(u8, { Move: [0x1, folder], Copy: [0x2, folder], Reply: [0x3, template], OofReply: [0x4, template], ...common(taggedValue) })));
}
