import { EwsError } from '../errors.ts';
import type { ItemResponseShapeType, NonEmptyArrayOfInternetHeadersType } from '../schema/types.generated.ts';
import type { ItemField } from './fields.ts';
import { dictionaryOf, indexedField, type IndexedField } from './indexed-fields.ts';
import { listMember } from './distribution-list-fields.ts';
import type { ItemKind } from './item-kind.ts';
import type { ItemView } from './item-view.ts';
import { fieldOfUri, pathDetails } from './paths.ts';

/** Members of dictionaries that a shape asks for one by one: each dictionary is one element that shows no more than these. */
export interface IndexedPart {
  readonly element: string;
  readonly kinds: readonly ItemKind[] | undefined;
  read(view: ItemView): unknown;
}

/** @throws EwsError ErrorInvalidPropertyRequest for an index that its dictionary does not have */
export function indexedParts({ AdditionalProperties }: ItemResponseShapeType, wholes: ReadonlySet<ItemField>): IndexedPart[] {
  const asked = (AdditionalProperties ?? []).flatMap((path) => (path[0] === 'IndexedFieldURI' ? [path] : []));
  const members = new Map<string, IndexedField[]>();
  const headers: string[] = [];
  const keys: string[] = [];
  for (const path of asked) {
    const { FieldURI, FieldIndex } = path[1];
    const member = indexedField(path[1]);
    if (member) members.set(member.element, [...(members.get(member.element) ?? []), member]);
    else if (FieldURI === 'item:InternetMessageHeader') headers.push(FieldIndex.toLowerCase());
    else if (FieldURI === 'distributionlist:Members:Member') keys.push(FieldIndex);
    else throw new EwsError('ErrorInvalidPropertyRequest', undefined, pathDetails(path));
  }
  const isWhole = (element: string): boolean => [...wholes].some((field) => field.element === element);
  const parts: IndexedPart[] = [...members].map(([element, list]) => ({ element, kinds: ['Contact'], read: (view) => dictionaryOf(list.map((member) => member.read(view))) }));
  if (headers.length > 0) parts.push({ element: 'InternetMessageHeaders', kinds: undefined, read: (view) => headersNamed(headers, view) });
  if (keys.length > 0) parts.push({ element: 'Members', kinds: ['DistributionList'], read: (view) => listMember(keys, view) });
  return parts.filter(({ element }) => !isWhole(element));
}

function headersNamed(names: readonly string[], view: ItemView): NonEmptyArrayOfInternetHeadersType | undefined {
  const all = fieldOfUri('item:InternetMessageHeaders')?.read(view) as NonEmptyArrayOfInternetHeadersType | undefined;
  const found = all?.InternetMessageHeader?.filter(({ HeaderName }) => names.includes(HeaderName.toLowerCase()));
  return found?.length ? { InternetMessageHeader: found } : undefined;
}
