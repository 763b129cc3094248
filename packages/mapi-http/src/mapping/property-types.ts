import { multipleFlag, propertyType, propertyTypeName, typeOfTag } from '@fauxchange/mapi-wire';

/** MultivalueInstance, [MS-OXCDATA] 2.9: a row for each of the values. With `multipleFlag`, 0x3000. */
export const instanceFlag = 0x2000;
const bothFlags = multipleFlag | instanceFlag;

export const isInstanceTag = (tag: number): boolean => (tag & bothFlags) === bothFlags;
/** The tag of the values in the rows: of one value. */
export const singleTag = (tag: number): number => (isInstanceTag(tag) ? (tag & ~bothFlags) >>> 0 : tag);

const refused: ReadonlySet<number> = new Set([propertyType.Unspecified, propertyType.Null, propertyType.ErrorCode]);

/** Whether a column may be of the type of this tag: [MS-OXCTABL] 3.2.5.2. */
export function isColumnTag(tag: number): boolean {
  const type = typeOfTag(tag) & ~(isInstanceTag(tag) ? instanceFlag : 0);
  return propertyTypeName(type) !== undefined && !refused.has(type);
}
