import { list, optional, text } from '@fauxchange/wbxml';

/** Class Notes, [MS-ASNOTE] 2.2.2: since 14.0, as its code page. */
export const notesMembers = {
  'Notes:Subject': optional(text()),
  'Notes:MessageClass': optional(text()),
  'Notes:LastModifiedDate': optional(text()),
  'Notes:Categories': optional(list('Notes', 'Category', text())),
};
