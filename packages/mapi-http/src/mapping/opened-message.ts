import { encode, openRecipientRow, type OpenRecipientRow, type RopResponseValue } from '@fauxchange/mapi-wire';
import { property as propertyNamed, type Property, type PropertyName } from '@fauxchange/properties';
import type { Recipient } from '@fauxchange/mailbox';
import type { MessageObject } from '../objects/message-object.ts';
import type { RopContext } from '../rop/define-rop.ts';
import { columnsOf, recipientTypeOf, rowOfRecipient } from './recipient-rows.ts';

/** RowCount is one byte. */
const mostRows = 0xff;
/** Unicode texts: the rows are in no code page, [MS-OXCROPS] 2.2.6.1.2.1. */
const noCodePage = 1252;

/** The rows of recipients, each with its id, as long as there is room. */
export function* recipientRows(message: MessageObject, columns: readonly number[], { environment: { organization: { directory } } }: RopContext): IterableIterator<{ readonly id: number; readonly row: OpenRecipientRow; readonly size: number }> {
  const { names } = message.logon;
  for (const [id, recipient] of message.recipients) {
    const row: OpenRecipientRow = { RecipientType: recipientTypeOf(recipient) & 0xff, CodePageId: message.codePage ?? noCodePage, RecipientRow: rowOfRecipient({ id, recipient, directory }, columns, names) };
    yield { id, row, size: encode(openRecipientRow, row, { columns }).length };
  }
}

export const recipientColumns = ({ recipients, logon: { names } }: { readonly recipients: ReadonlyMap<number, Recipient>; readonly logon: MessageObject['logon'] }): readonly number[] => columnsOf(recipients.values(), names);

/** What is told of a message that is opened: [MS-OXCMSG] 2.2.3.1.2. As many recipients as have room; the others are for RopReadRecipients. */
export function openedMessage(message: MessageObject, context: RopContext): RopResponseValue<'RopReloadCachedInformation'> {
  const textOf = (name: PropertyName): string | null => {
    const value = message.value(propertyNamed(name) as Property);
    return typeof value === 'string' ? value : null;
  };
  const head = { HasNamedProperties: message.hasNamedProperties, SubjectPrefix: textOf('PidTagSubjectPrefix'), NormalizedSubject: textOf('PidTagNormalizedSubject') };
  const columns = recipientColumns(message);
  const texts = [head.SubjectPrefix, head.NormalizedSubject].reduce((sum, text) => sum + 3 + 2 * (text?.length ?? 0), 0);
  let left = context.room - texts - 16 - 4 * columns.length;
  const RecipientRows: OpenRecipientRow[] = [];
  for (const { row, size } of recipientRows(message, columns, context)) {
    left -= size;
    if (left < 0 || RecipientRows.length >= mostRows) break;
    RecipientRows.push(row);
  }
  return { ...head, RecipientCount: Math.min(0xffff, message.recipients.size), RecipientColumns: columns, RecipientRows };
}
