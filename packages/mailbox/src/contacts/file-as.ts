/** PidLidFileUnderId by the names of FileAsMappingType, [MS-OXOCNTC] 2.2.1.1.12. */
export const fileAsMappings = {
  None: -1, Empty: 0, DisplayName: 0x3001, FirstName: 0x3a06, LastName: 0x3a11, Company: 0x3a16, LastCommaFirst: 0x8017, CompanyLastCommaFirst: 0x8018,
  LastCommaFirstCompany: 0x8019, LastFirst: 0x8030, LastSpaceFirst: 0x8031, CompanyLastFirst: 0x8032, CompanyLastSpaceFirst: 0x8033, LastFirstCompany: 0x8034,
  LastSpaceFirstCompany: 0x8035, LastFirstSuffix: 0x8036, FirstSpaceLast: 0x8037, LastFirstMiddleSuffix: 0x8038,
} as const;
export type FileAsMapping = keyof typeof fileAsMappings;

/** What a name is put together from; absent parts are left out with what would have joined them. */
export interface NameParts {
  readonly display?: string | undefined;
  readonly prefix?: string | undefined;
  readonly given?: string | undefined;
  readonly middle?: string | undefined;
  readonly surname?: string | undefined;
  readonly suffix?: string | undefined;
  readonly company?: string | undefined;
}

const joined = (separator: string, ...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(separator);
const firsts = ({ given, middle }: NameParts): string => joined(' ', given, middle);
const lastBefore = (separator: string) => (parts: NameParts): string => joined(separator, parts.surname, firsts(parts));
const withCompany = (name: (parts: NameParts) => string, isCompanyFirst: boolean) => (parts: NameParts): string =>
  isCompanyFirst ? joined('\r\n', parts.company, name(parts)) : joined('\r\n', name(parts), parts.company);

const formulas: ReadonlyMap<number, (parts: NameParts) => string> = new Map<number, (parts: NameParts) => string>([
  [fileAsMappings.Empty, () => ''],
  [fileAsMappings.DisplayName, ({ display }) => display ?? ''],
  [fileAsMappings.FirstName, ({ given }) => given ?? ''],
  [fileAsMappings.LastName, ({ surname }) => surname ?? ''],
  [fileAsMappings.Company, ({ company }) => company ?? ''],
  [fileAsMappings.LastCommaFirst, lastBefore(', ')],
  [fileAsMappings.CompanyLastCommaFirst, withCompany(lastBefore(', '), true)],
  [fileAsMappings.LastCommaFirstCompany, withCompany(lastBefore(', '), false)],
  [fileAsMappings.LastFirst, lastBefore('')],
  [fileAsMappings.LastSpaceFirst, lastBefore(' ')],
  [fileAsMappings.CompanyLastFirst, withCompany(lastBefore(''), true)],
  [fileAsMappings.CompanyLastSpaceFirst, withCompany(lastBefore(' '), true)],
  [fileAsMappings.LastFirstCompany, withCompany(lastBefore(''), false)],
  [fileAsMappings.LastSpaceFirstCompany, withCompany(lastBefore(' '), false)],
  [fileAsMappings.LastFirstSuffix, (parts) => joined(' ', parts.surname, firsts(parts), parts.suffix)],
  [fileAsMappings.FirstSpaceLast, (parts) => joined(' ', firsts(parts), parts.surname, parts.suffix)],
  [fileAsMappings.LastFirstMiddleSuffix, (parts) => joined(' ', lastBefore('')(parts), parts.suffix)],
]);

/** PidLidFileUnder as the mapping makes it; undefined where the text is the user's own. */
export function fileAs(mapping: number | undefined, parts: NameParts): string | undefined {
  return mapping === undefined ? undefined : formulas.get(mapping)?.(parts);
}

/** PidTagDisplayName of somebody who was given none. */
export function displayNameOf({ prefix, given, middle, surname, suffix }: NameParts): string {
  return joined(' ', prefix, given, middle, surname, suffix);
}
