import type { Property } from '@fauxchange/properties';
import { EwsError } from '../errors.ts';
import type { ArrayOfRealItemsType, ExtendedPropertyType, ItemResponseShapeType, PathToExtendedFieldType } from '../schema/types.generated.ts';
import { computedProperty } from './computed-properties.ts';
import { encodeExtendedProperty } from './extended-property.ts';
import type { ItemField, ShapeRule } from './fields.ts';
import { indexedParts } from './indexed-shape.ts';
import { kindOfClass, type ItemKind } from './item-kind.ts';
import type { ItemView } from './item-view.ts';
import { allItemFields, extendedPaths, fieldOfUri, pathDetails, type Path } from './paths.ts';

/** FindItem reads a table: no bodies, no recipients, and no more than 255 characters of a text. */
export type ShapeMode = 'get' | 'find';
const tableTextLimit = 255;

export type ItemElement = ArrayOfRealItemsType[number];

/** Renders items in the shape that a request asked for; compiled once a request. */
export interface ItemShape {
  render(view: ItemView): Promise<ItemElement>;
}

const baseShapes: Readonly<Record<ItemResponseShapeType['BaseShape'], readonly ShapeRule[]>> = {
  IdOnly: ['id'],
  Default: ['id', 'default', 'defaultGet'],
  AllProperties: ['id', 'default', 'defaultGet', 'all', 'allGet'],
  PcxPeopleSearch: ['id', 'default'],
};

/** What the Default shape shows of mail and not of appointments: the table of property sets in the EWS reference, and its example. */
const ofMailByDefault: ReadonlySet<string> = new Set(['item:Sensitivity', 'item:Body', 'item:Size', 'item:DateTimeSent', 'item:DateTimeCreated']);

type BaseShape = ItemResponseShapeType['BaseShape'];

/** The fields of a shape, in the order of the schema, and those of them that a kind of item has. */
class Selection {
  readonly fields: ReadonlySet<ItemField>;
  readonly #isDefault: boolean;
  readonly #asked: readonly ItemField[];
  readonly #byKind = new Map<ItemKind, readonly ItemField[]>();

  constructor(base: BaseShape, asked: readonly ItemField[], mode: ShapeMode) {
    const isWanted = (field: ItemField): boolean => (baseShapes[base].includes(field.shape) || asked.includes(field)) && (mode === 'get' || !field.shape.endsWith('Get'));
    this.fields = new Set(allItemFields.filter(isWanted));
    this.#isDefault = base === 'Default';
    this.#asked = asked;
  }

  of(kind: ItemKind): readonly ItemField[] {
    const isLeftOut = (field: ItemField): boolean => this.#isDefault && kind === 'CalendarItem' && ofMailByDefault.has(field.uri) && !this.#asked.includes(field);
    const known = this.#byKind.get(kind) ?? [...this.fields].filter((field) => (!field.kinds || field.kinds.includes(kind)) && !isLeftOut(field));
    this.#byKind.set(kind, known);
    return known;
  }
}

/** The base shapes are the same for every request: eight selections, made when first asked for. */
const baseSelections = new Map<string, Selection>();

function baseSelection(base: BaseShape, mode: ShapeMode): Selection {
  const key = `${base} ${mode}`;
  const selection = baseSelections.get(key) ?? new Selection(base, [], mode);
  baseSelections.set(key, selection);
  return selection;
}

/**
 * ErrorInvalidPropertyRequest for a folder's property; ErrorInvalidPropertyForOperation for what a table cannot have: MIME
 * ([MS-OXWSSYNC] 3.1.4.2.3.8) and bodies made on demand (seen from real servers for item:TextBody: ecederstrand/exchangelib 214).
 */
export function compileItemShape(shape: ItemResponseShapeType, mode: ShapeMode): ItemShape {
  if (mode === 'find' && shape.IncludeMimeContent) throw notInTables(['FieldURI', { FieldURI: 'item:MimeContent' }]);
  const asked = [...askedFields(shape, mode)];
  const more = shape.IncludeMimeContent ? [...asked, fieldOfUri('item:MimeContent') as ItemField] : asked;
  const selection = more.length === 0 ? baseSelection(shape.BaseShape, mode) : new Selection(shape.BaseShape, more, mode);
  const extended = extendedPaths(shape.AdditionalProperties);
  const parts = indexedParts(shape, selection.fields);
  return {
    async render(view) {
      const kind = kindOfClass(view.item.itemClass);
      if (mode === 'get') checkKinds(asked, kind, view);
      const element: Record<string, unknown> = {};
      for (const field of selection.of(kind)) {
        const value = field.read(view);
        const settled = value instanceof Promise ? await value : value;
        if (settled !== undefined) element[field.element] = mode === 'find' ? shorten(settled) : settled;
      }
      for (const part of parts) if (!part.kinds || part.kinds.includes(kind)) element[part.element] = await part.read(view);
      const properties = extendedProperties(view, extended, mode);
      if (properties.length > 0) element['ExtendedProperty'] = properties;
      return [kind, element] as unknown as ItemElement;
    },
  };
}

function notInTables(path: Path): EwsError {
  return new EwsError('ErrorInvalidPropertyForOperation', undefined, pathDetails(path));
}

/**
 * To requests for the schema of 2007 a property that the item's kind has not is an error; later ones just do not get it
 * (seen from real servers: thunderbird/ews-rs 41, ecederstrand/exchangelib 909).
 */
function checkKinds(asked: readonly ItemField[], kind: ItemKind, { context: { version } }: ItemView): void {
  if (!version.startsWith('Exchange2007')) return;
  const wrong = asked.find(({ kinds }) => kinds && !kinds.includes(kind));
  if (!wrong) return;
  const text = `The property ${wrong.uri} is not valid for this object type. The Current ExchangeVersion is Exchange2007.`;
  throw new EwsError('ErrorInvalidPropertyRequest', text, { paths: [['FieldURI', { FieldURI: wrong.uri }]] });
}

function* askedFields(shape: ItemResponseShapeType, mode: ShapeMode): Generator<ItemField> {
  for (const path of shape.AdditionalProperties ?? []) {
    if (path[0] !== 'FieldURI') continue;
    const uri = path[1].FieldURI;
    if (uri.startsWith('folder:')) throw new EwsError('ErrorInvalidPropertyRequest', undefined, pathDetails(path));
    const field = fieldOfUri(uri);
    if (mode === 'find' && field?.shape === 'askedGet') throw notInTables(path);
    if (field) yield field;
  }
}

function extendedProperties(view: ItemView, wanted: readonly { readonly path: PathToExtendedFieldType; readonly property: Property }[], mode: ShapeMode): ExtendedPropertyType[] {
  const found: ExtendedPropertyType[] = [];
  for (const { path, property } of wanted) {
    const value = computedProperty(view, property);
    if (value !== undefined) found.push(encodeExtendedProperty(path, mode === 'find' ? (shorten(value) as typeof value) : value));
  }
  return found;
}

function shorten(value: unknown): unknown {
  return typeof value === 'string' && value.length > tableTextLimit ? value.slice(0, tableTextLimit) : value;
}
