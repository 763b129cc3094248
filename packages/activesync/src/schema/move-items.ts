import { document, integer, optional, repeated, struct, text } from '@fauxchange/wbxml';
import { id64 } from './values.ts';

const id = text({ minLength: 1, maxLength: 64 });
/** [MS-ASCMD] 2.2.1.12. */
export const MoveItemsRequest = document('Move:MoveItems', struct('Move', { Move: repeated(struct('Move', { SrcMsgId: id, SrcFldId: id, DstFldId: id }), { min: 1 }) }));
export const MoveItemsResponse = document('Move:MoveItems', struct('Move', {
  Status: optional(integer()),
  Response: repeated(struct('Move', { SrcMsgId: optional(id64()), Status: integer(), DstMsgId: optional(id64()) })),
}));
