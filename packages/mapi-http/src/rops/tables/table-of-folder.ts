import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import type { TableObject } from '../../objects/table-object.ts';

/** TableFlags, [MS-OXCFOLD] 2.2.1.13.1 and 2.2.1.14.1. */
export const tableFlag = {
  Associated: 0x02, Depth: 0x04, DeferredErrors: 0x08, NoNotifications: 0x10, SoftDeletes: 0x20, UseUnicode: 0x40, SuppressesNotifications: 0x80, ConversationMembers: 0x80,
} as const;

/** @throws RopError for a bit that means nothing there */
export function checkFlags(flags: number, known: number, code: number): void {
  if ((flags & ~known) !== 0) throw new RopError(code, `The table has no flags 0x${(flags & ~known).toString(16)}.`);
}

/** How many rows the table has at first. @throws RopError ecNoSupport, MailboxError */
export async function rowCountOf({ source, view }: TableObject): Promise<number> {
  return (await source.rows(view)).count;
}

export const invalidFlags = { hierarchy: errorCode.NotSupported, contents: errorCode.InvalidParameter } as const;
