import { displayType, propertyType, tagOf } from '@fauxchange/mapi-wire';
import { controlFlag, controlType, type Control } from './template-data.ts';

/** Templates are written in American English only. */
export const templateLocale = 0x409;

/** Characters of a field that says nothing else: the schema's limit for most. */
const usualLength = 256;
const line = 16;
const texts = (id: number): number => tagOf(id, propertyType.String8);
const objects = (id: number): number => tagOf(id, propertyType.Object);

const page = (text: string): Control => ({ type: controlType.Page, x: 0, width: 0, y: 0, height: 0, text });
/** A label and what stands beside it, in a column of the page and a line of it. */
const field = (label: string, id: number, column: number, row: number): readonly Control[] => [
  { type: controlType.Label, x: 10 + column * 180, width: 60, y: 12 + row * line, height: 8, text: label },
  { type: controlType.Edit, x: 72 + column * 180, width: 110, y: 10 + row * line, height: 12, flags: controlFlag.AcceptDoubleByte, tag: texts(id), length: usualLength, text: '*' },
];
/** A list under its name; entries may be opened from it. */
const list = (label: string, id: number, row: number): readonly Control[] => [
  { type: controlType.Label, x: 10, width: 120, y: 12 + row * line, height: 8, text: label },
  { type: controlType.ListBox, x: 10, width: 350, y: 24 + row * line, height: 90, tag: objects(id), text: '*' },
];
const addresses: readonly Control[] = [
  page('E-mail Addresses'),
  { type: controlType.Label, x: 10, width: 120, y: 12, height: 8, text: 'E-mail addresses:' },
  { type: controlType.MultivaluedListBox, x: 10, width: 350, y: 24, height: 150, tag: tagOf(0x800f, propertyType.MultipleString8), text: '*' },
];
const general: readonly Control[] = [
  page('General'),
  ...field('First:', 0x3a06, 0, 0), ...field('Last:', 0x3a11, 1, 0), ...field('Display:', 0x3001, 0, 1), ...field('Alias:', 0x3a00, 1, 1), ...field('Title:', 0x3a17, 1, 3), ...field('Company:', 0x3a16, 1, 4),
  ...field('Department:', 0x3a18, 1, 5), ...field('Office:', 0x3a19, 1, 6), ...field('Phone:', 0x3a08, 1, 8),
];
const person: readonly Control[] = [
  ...general,
  page('Organization'), ...list('Manager:', 0x8005, 0), ...list('Direct reports:', 0x800e, 8),
  page('Phone'), ...field('Business:', 0x3a08, 0, 0), ...field('Mobile:', 0x3a1c, 1, 0),
  page('Member Of'), ...list('Group membership:', 0x8008, 0),
  ...addresses,
];

/** What clients show of an entry, by its display type: [MS-OXOABKT] 2.2.2. The pages are those of Exchange, their places our own. */
export const detailsTemplates: ReadonlyMap<number, readonly Control[]> = new Map<number, readonly Control[]>([
  [displayType.MailUser, person],
  [displayType.RemoteMailUser, person],
  [displayType.DistributionList, [
    page('General'), ...field('Display:', 0x3001, 0, 0), ...field('Alias:', 0x3a00, 1, 0), ...list('Owner:', 0x800c, 2), ...list('Members:', 0x8009, 10), page('Member Of'), ...list('Group membership:', 0x8008, 0), ...addresses,
  ]],
  [displayType.Forum, [page('General'), ...field('Display:', 0x3001, 0, 0), ...field('Alias:', 0x3a00, 1, 0), ...addresses]],
]);
