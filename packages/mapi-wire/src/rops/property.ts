import { bool8, u16, u32, u8 } from '../layout/numbers.ts';
import { counted, sized } from '../layout/sequences.ts';
import { depending, struct, when } from '../layout/struct.ts';
import { guid } from '../layout/text.ts';
import { propertyName } from '../properties/property-name.ts';
import { copyingFailure, isTrue, manyOf, propertyProblems, propertyTags, propertyValues, rowData } from './parts.ts';
import { copying, nothing, rop } from './rop.ts';

const problems = { PropertyProblems: propertyProblems } as const;
/** [MS-OXCROPS] 2.2.8.11.3 and 2.2.8.12.3. */
const copyFailure = copyingFailure(nothing);

const propertyIds = { PropertyIds: counted(u16, u16) } as const;
/** ecWarnWithErrors: some of the names have no id, which is 0 then. */
const someFailed = 0x0004_0380;
const someIds = struct(propertyIds);

/** [MS-OXCROPS] 2.2.8. */
export const propertyRops = {
  RopGetPropertyIdsFromNames: rop(0x56, { Flags: u8, PropertyNames: counted(u16, propertyName) }, someIds, (returnValue) => (returnValue === someFailed ? someIds : undefined)),
  RopGetNamesFromPropertyIds: rop(0x55, propertyIds, { PropertyNames: counted(u16, propertyName) }),
  /** 2.2.8.10; as many names as ids. */
  RopQueryNamedProperties: rop(0x5f, { QueryFlags: u8, HasGuid: bool8, PropertyGuid: when(isTrue('HasGuid'), guid) }, {
    ...propertyIds, PropertyNames: depending(({ PropertyIds }) => manyOf((PropertyIds as readonly number[]).length, propertyName)),
  }),
  RopGetPropertiesSpecific: rop(0x07, { PropertySizeLimit: u16, WantUnicode: u16, PropertyTags: propertyTags }, { RowData: rowData(() => 1) }),
  RopGetPropertiesAll: rop(0x08, { PropertySizeLimit: u16, WantUnicode: u16 }, { PropertyValues: propertyValues }),
  RopGetPropertiesList: rop(0x09, nothing, { PropertyTags: propertyTags }),
  RopSetProperties: rop(0x0a, { PropertyValues: sized(u16, propertyValues) }, problems),
  RopSetPropertiesNoReplicate: rop(0x79, { PropertyValues: sized(u16, propertyValues) }, problems),
  RopDeleteProperties: rop(0x0b, { PropertyTags: propertyTags }, problems),
  RopDeletePropertiesNoReplicate: rop(0x7a, { PropertyTags: propertyTags }, problems),
  RopCopyProperties: copying(0x67, { WantAsynchronous: bool8, CopyFlags: u8, PropertyTags: propertyTags }, problems, copyFailure),
  RopCopyTo: copying(0x39, { WantAsynchronous: bool8, WantSubObjects: bool8, CopyFlags: u8, ExcludedTags: counted(u16, u32) }, problems, copyFailure),
  RopProgress: rop(0x50, { WantCancel: bool8 }, { CompletedTaskCount: u32, TotalTaskCount: u32 }),
} as const;
