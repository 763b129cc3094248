import type { Property, PropertyName } from '@fauxchange/properties';
import { EwsError, type ErrorDetails } from '../errors.ts';
import type { NonEmptyArrayOfPathsToElementType, PathToExtendedFieldType, PathToIndexedFieldType, PathToUnindexedFieldType } from '../schema/types.generated.ts';
import { pathOfRequest, propertyOfPath } from './extended-property.ts';
import type { ItemField } from './fields.ts';
import { contactFields } from './contact-fields.ts';
import { distributionListFields } from './distribution-list-fields.ts';
import { indexedField } from './indexed-fields.ts';
import { itemFields } from './item-fields.ts';
import { appointmentFields, meetingFields } from './meeting-fields.ts';
import { messageFields } from './message-fields.ts';
import { taskFields } from './task-fields.ts';

/** Every field of items, in the order in which the schema wants their elements. */
export const allItemFields: readonly ItemField[] = [...itemFields, ...messageFields, ...meetingFields, ...appointmentFields, ...contactFields, ...distributionListFields, ...taskFields];
const byUri = new Map(allItemFields.map((field) => [field.uri, field]));

export function fieldOfUri(uri: string): ItemField | undefined {
  return byUri.get(uri);
}

export type Path = NonEmptyArrayOfPathsToElementType[number];
/** A path where the schema makes it a choice of three members instead of a pair. */
export interface PathChoice {
  readonly FieldURI?: PathToUnindexedFieldType | undefined;
  readonly IndexedFieldURI?: PathToIndexedFieldType | undefined;
  readonly ExtendedFieldURI?: PathToExtendedFieldType | undefined;
}

export function pathOfChoice(choice: PathChoice): Path | undefined {
  if (choice.FieldURI) return ['FieldURI', choice.FieldURI];
  if (choice.IndexedFieldURI) return ['IndexedFieldURI', choice.IndexedFieldURI];
  if (choice.ExtendedFieldURI) return ['ExtendedFieldURI', choice.ExtendedFieldURI];
  return undefined;
}

/** The path as MessageXml names it. */
export function pathDetails(path: Path): ErrorDetails {
  const attributes = Object.fromEntries(Object.entries(path[1]).filter(([, value]) => value !== undefined).map(([key, value]) => [key, String(value)]));
  return { paths: [[path[0], attributes]] };
}

/** The property for which a path stands in restrictions, sorting and grouping. */
export function queryProperty(path: Path, code: 'ErrorUnsupportedPathForQuery' | 'ErrorUnsupportedPathForSortGroup'): PropertyName {
  const name = propertyBehind(path);
  if (name === undefined) throw new EwsError(code, undefined, pathDetails(path));
  return name;
}

function propertyBehind([kind, path]: Path): PropertyName | undefined {
  if (kind === 'ExtendedFieldURI') return propertyOfPath(path).name;
  if (kind === 'FieldURI') return fieldOfUri(path.FieldURI)?.property ?? laterFields[path.FieldURI];
  const member = indexedField(path);
  if (member) return member.property;
  // An InternetMessageHeader by name is a named property of its own, [MS-OXCMAIL] 2.2.3.
  return path.FieldURI === 'item:InternetMessageHeader' && path.FieldIndex !== '' ? propertyOfPath({ DistinguishedPropertySetId: 'InternetHeaders', PropertyName: path.FieldIndex, PropertyType: 'String' }).name : undefined;
}

/** Fields of folders, which clients nevertheless search and sort items by. */
const laterFields: { readonly [uri: string]: PropertyName | undefined } = {
  'folder:DisplayName': 'PidTagDisplayName', 'folder:FolderClass': 'PidTagContainerClass', 'folder:TotalCount': 'PidTagContentCount',
  'folder:UnreadCount': 'PidTagContentUnreadCount',
};

/** The extended properties that a shape asks for: the path as it will be written, and the property. */
export function extendedPaths(paths: NonEmptyArrayOfPathsToElementType | undefined): { readonly path: PathToExtendedFieldType; readonly property: Property }[] {
  return (paths ?? []).flatMap((path) => (path[0] === 'ExtendedFieldURI' ? [{ path: pathOfRequest(path[1]), property: propertyOfPath(path[1]) }] : []));
}
