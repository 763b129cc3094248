import type { Layout, LayoutValue } from '../layout/layout.ts';
import { u32, u8 } from '../layout/numbers.ts';
import { sized } from '../layout/sequences.ts';
import { struct } from '../layout/struct.ts';
import { guid, wstr } from '../layout/text.ts';
import { variants } from '../layout/variants.ts';

const layouts = variants(u8, {
  Lid: [0x00, struct({ Guid: guid, Lid: u32 })],
  Name: [0x01, struct({ Guid: guid, Name: sized(u8, wstr) })],
  None: [0xff, struct({ Guid: guid })],
});

/** What a property is named by: a number or a text in a set, or nothing. */
export type PropertyName = LayoutValue<typeof layouts>;
/** [MS-OXCDATA] 2.6.1. */
export const propertyName: Layout<PropertyName> = layouts;
