import { property as propertyNamed } from '@fauxchange/properties';
import { attachmentColumns, attachmentValue } from '../../mapping/attachment-values.ts';
import { storeFacts } from '../../mapping/item-values.ts';
import { MessageObject } from '../../objects/message-object.ts';
import { ArrayRows } from '../../objects/row-source.ts';
import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXCMSG] 3.2.5.17: a row each attachment that has been saved into the message, by number. */
export const getAttachmentTable = defineRop('RopGetAttachmentTable', [MessageObject], async (_asked, { object, logon }) => {
  const rows = new ArrayRows('attachments', {
    rows: () => [...object.content.attachments].sort((a, b) => a.id - b.id),
    key: ({ id }) => id,
    value: (attachment, property) => (property.name === 'PidTagAccessLevel' ? Number(object.access === 'readWrite') : (storeFacts[property.name]?.(logon) ?? attachmentValue(attachment, property))),
    columns: attachmentColumns.flatMap((name) => propertyNamed(name) ?? []),
  });
  return { opens: new TableObject(logon, rows) };
});
