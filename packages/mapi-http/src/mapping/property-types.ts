import { instanceFlag, multipleFlag, propertyType, propertyTypeName, typeOfTag } from '@fauxchange/mapi-wire';

const bothFlags = multipleFlag | instanceFlag;

/** Whether there is a row for each of the values of a property. */
export const isInstanceTag = (tag: number): boolean => (tag & bothFlags) === bothFlags;
/** The tag of a property without the mark of a row for each of its values. */
export const propertyTag = (tag: number): number => (isInstanceTag(tag) ? (tag & ~instanceFlag) >>> 0 : tag);

const refused: ReadonlySet<number> = new Set([propertyType.Unspecified, propertyType.Null, propertyType.ErrorCode]);

/** Whether a column may be of the type of this tag: [MS-OXCTABL] 3.2.5.2. */
export function isColumnTag(tag: number): boolean {
  const type = typeOfTag(propertyTag(tag));
  return propertyTypeName(type) !== undefined && !refused.has(type);
}
