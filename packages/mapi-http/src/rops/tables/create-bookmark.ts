import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXCTABL] 3.2.5.12. */
export const createBookmark = defineRop('RopCreateBookmark', [TableObject], async (_asked, { object }) => {
  object.needs('contents', 'hierarchy');
  object.needsColumns();
  const rows = await object.rows();
  return { body: { Bookmark: await object.createBookmark(rows, await object.position(rows)) } };
});
