import type { PropertyName } from '@fauxchange/properties';
import { EwsError } from '../errors.ts';
import type { ExtendedPropertyType } from '../schema/types.generated.ts';
import { decodeExtendedProperty, propertyOfPath } from './extended-property.ts';
import { pathDetails, pathOfChoice, type Path, type PathChoice } from './paths.ts';

/** The one property that a Set or Append description carries. */
export interface DescribedProperty {
  /** The element that holds it: Message, Folder, … */
  readonly holder: string;
  readonly element: string;
  readonly value: unknown;
}

/** The path of a change description. */
export function describedPath(description: PathChoice): Path {
  const path = pathOfChoice(description);
  if (!path) throw new EwsError('ErrorInvalidPropertySet');
  return path;
}

/**
 * The property that a description sets: there must be exactly one (ErrorIncorrectUpdatePropertyCount) and it must be
 * the one of the path (ErrorUpdatePropertyMismatch), [MS-OXWSCORE] 3.1.4.9.
 */
export function describedProperty(description: PathChoice, elementOf: (path: Path) => string | undefined): DescribedProperty {
  const path = describedPath(description);
  const [holder, object] = Object.entries(description).find(([name, value]) => value !== undefined && !pathNames.has(name)) ?? [];
  if (holder === undefined) throw new EwsError('ErrorIncorrectUpdatePropertyCount');
  const properties = Object.entries(object as object).filter(([, value]) => value !== undefined);
  const [first] = properties;
  if (properties.length !== 1 || !first) throw new EwsError('ErrorIncorrectUpdatePropertyCount', undefined, pathDetails(path));
  const [element, value] = first;
  if (element === 'ExtendedProperty') {
    const sent = value as readonly ExtendedPropertyType[];
    if (sent.length !== 1) throw new EwsError('ErrorIncorrectUpdatePropertyCount', undefined, pathDetails(path));
    if (extendedName(path) !== decodeExtendedProperty(sent[0] as ExtendedPropertyType)[0]) throw new EwsError('ErrorUpdatePropertyMismatch', undefined, pathDetails(path));
  } else if (elementOf(path) !== element) throw new EwsError('ErrorUpdatePropertyMismatch', undefined, pathDetails(path));
  return { holder, element, value };
}
const pathNames: ReadonlySet<string> = new Set(['FieldURI', 'IndexedFieldURI', 'ExtendedFieldURI']);

export function extendedName(path: Path): PropertyName | undefined {
  return path[0] === 'ExtendedFieldURI' ? propertyOfPath(path[1]).name : undefined;
}
