import { encode, errorCode, openRecipientRow } from '@fauxchange/mapi-wire';
import type { Recipient } from '@fauxchange/mailbox';
import { RopError } from '../../errors.ts';
import { recipientColumns, recipientRows } from '../../mapping/opened-message.ts';
import { recipientOfRow } from '../../mapping/recipient-rows.ts';
import { MessageObject } from '../../objects/message-object.ts';
import { defineRop, type RopHandler } from '../../rop/define-rop.ts';

/** Recipients of a message; the model's bound, [K] Exchange's own is the organization's. */
const mostRecipients = 10_000;
const mostRows = 0xff;

/** [MS-OXCMSG] 3.2.5.4. */
const removeAllRecipients = defineRop('RopRemoveAllRecipients', [MessageObject], async (_asked, { object }) => {
  object.checkWritable();
  object.recipients = new Map();
  return {};
});

/** [MS-OXCMSG] 3.2.5.5: a row takes the place of the one of its id; an empty one removes it. */
const modifyRecipients = defineRop('RopModifyRecipients', [MessageObject], async ({ RecipientColumns, RecipientRows }, { object, logon: { names } }) => {
  object.checkWritable();
  const rows = new Map<number, Recipient>(object.recipients);
  for (const { RowId, RecipientType, RecipientRow } of RecipientRows) {
    if (RecipientRow) rows.set(RowId, recipientOfRow(RecipientType, RecipientRow, RecipientColumns, names));
    else rows.delete(RowId);
  }
  if (rows.size > mostRecipients) throw new RopError(errorCode.TooManyRecips, `A message may have ${mostRecipients} recipients.`);
  object.recipients = rows;
  return {};
});

/** RowId, RecipientType, CodePageId, Reserved, RecipientRowSize. */
const rowHead = 11;

/** [MS-OXCMSG] 3.2.5.6: from a row on, as many as have room. */
const readRecipients = defineRop('RopReadRecipients', [MessageObject], async ({ RowId }, context) => {
  const { object, room } = context;
  const first = [...object.recipients.keys()].find((id) => id >= RowId);
  if (first === undefined || (RowId !== 0 && first !== RowId)) throw new RopError(errorCode.NotFound, `The message has no recipient ${RowId}.`);
  const columns = recipientColumns(object);
  const RecipientRows = [];
  let left = room - 1;
  for (const { id, row } of recipientRows(object, columns, context)) {
    if (id < first) continue;
    const bytes = encode(openRecipientRow, row, { columns }).subarray(rowHead - 4);
    left -= rowHead + bytes.length;
    if (left < 0 || RecipientRows.length >= mostRows) break;
    RecipientRows.push({ RowId: id, RecipientType: row.RecipientType, CodePageId: row.CodePageId, RecipientRow: bytes });
  }
  if (RecipientRows.length === 0) throw new RopError(errorCode.BufferTooSmall, 'Not even one recipient has room in the answer.');
  return { body: { RecipientRows } };
});

/** [MS-OXCROPS] 2.2.6.4 to 2.2.6.6. */
export const recipientRops: readonly RopHandler[] = [removeAllRecipients, modifyRecipients, readRecipients];
