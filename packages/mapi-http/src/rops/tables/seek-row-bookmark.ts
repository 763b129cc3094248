import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXCTABL] 3.2.5.10. */
export const seekRowBookmark = defineRop('RopSeekRowBookmark', [TableObject], async ({ Bookmark, RowCount }, { object }) => {
  object.needs('contents', 'hierarchy');
  object.needsColumns();
  const rows = await object.look();
  const { offset, isGone } = await object.bookmarked(rows, Bookmark);
  const { moved, isLess } = await object.seek(rows, offset, RowCount);
  return { body: { RowNoLongerVisible: isGone, HasSoughtLess: isLess, RowsSought: moved } };
});
