import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXCTABL] 3.2.5.15. */
export const freeBookmark = defineRop('RopFreeBookmark', [TableObject], async ({ Bookmark }, { object }) => {
  object.needs('contents', 'hierarchy');
  object.needsColumns();
  object.freeBookmark(Bookmark);
  return {};
});
