/** [MS-OXCDATA] 2.11.1. A property tag is `id << 16 | type`. */
export const propertyType = {
  Unspecified: 0x0, Null: 0x1, Integer16: 0x2, Integer32: 0x3, Floating32: 0x4, Floating64: 0x5, Currency: 0x6, FloatingTime: 0x7, ErrorCode: 0xa, Boolean: 0xb, Object: 0xd, Integer64: 0x14,
  String8: 0x1e, String: 0x1f, Time: 0x40, Guid: 0x48, ServerId: 0xfb, Restriction: 0xfd, RuleAction: 0xfe, Binary: 0x102,
  MultipleInteger16: 0x1002, MultipleInteger32: 0x1003, MultipleFloating32: 0x1004, MultipleFloating64: 0x1005, MultipleCurrency: 0x1006, MultipleFloatingTime: 0x1007,
  MultipleInteger64: 0x1014, MultipleString8: 0x101e, MultipleString: 0x101f, MultipleTime: 0x1040, MultipleGuid: 0x1048, MultipleBinary: 0x1102,
} as const;
export type PropertyTypeName = keyof typeof propertyType;

const names = new Map<number, PropertyTypeName>(Object.entries(propertyType).map(([name, code]) => [code, name as PropertyTypeName]));
/** The name of a type; undefined for a number that is none. */
export const propertyTypeName = (type: number): PropertyTypeName | undefined => names.get(type);

export const typeOfTag = (tag: number): number => tag & 0xffff;
export const idOfTag = (tag: number): number => tag >>> 16;
export const tagOf = (id: number, type: number): number => ((id << 16) | type) >>> 0;
/** Marks a type whose value is many of another. */
export const multipleFlag = 0x1000;
/** Marks, with `multipleFlag`, a column of which each row has one value: MultivalueInstance, [MS-OXCDATA] 2.11.1.4. */
export const instanceFlag = 0x2000;
const bothFlags = multipleFlag | instanceFlag;
/** The type of what stands in a column: of one value where a row has one of several. */
export const typeOfColumn = (tag: number): number => ((tag & bothFlags) === bothFlags ? typeOfTag(tag) & ~bothFlags : typeOfTag(tag));
