import { EwsError } from '../errors.ts';
import type { ArrayOfFoldersType, ExtendedPropertyType, FolderResponseShapeType } from '../schema/types.generated.ts';
import { computedFolderProperty } from './computed-properties.ts';
import { encodeExtendedProperty } from './extended-property.ts';
import { folderFieldOfUri, folderFields, kindOfFolder, type FolderField, type FolderView } from './folder-fields.ts';
import { extendedPaths, pathDetails } from './paths.ts';

export type FolderElement = ArrayOfFoldersType[number];
export interface FolderShape {
  render(view: FolderView): FolderElement;
}

const baseShapes: Readonly<Record<FolderResponseShapeType['BaseShape'], readonly FolderField['shape'][]>> = {
  IdOnly: ['id'],
  Default: ['id', 'default'],
  AllProperties: ['id', 'default', 'all'],
  PcxPeopleSearch: ['id', 'default'],
};

/** Renders folders in the shape that a request asked for; compiled once a request. */
export function compileFolderShape(shape: FolderResponseShapeType): FolderShape {
  const wanted = new Set(folderFields.filter((field) => baseShapes[shape.BaseShape].includes(field.shape)));
  for (const path of shape.AdditionalProperties ?? []) {
    if (path[0] !== 'FieldURI') continue;
    if (!path[1].FieldURI.startsWith('folder:')) throw new EwsError('ErrorInvalidPropertyRequest', undefined, pathDetails(path));
    const field = folderFieldOfUri(path[1].FieldURI);
    if (field) wanted.add(field);
  }
  const fields = folderFields.filter((field) => wanted.has(field));
  const extended = extendedPaths(shape.AdditionalProperties);
  return {
    render(view) {
      const kind = kindOfFolder(view.folder);
      const element: Record<string, unknown> = {};
      for (const field of fields) {
        if (field.kinds && !field.kinds.includes(kind)) continue;
        const value = field.read(view);
        if (value !== undefined) element[field.element] = value;
      }
      const properties: ExtendedPropertyType[] = [];
      for (const { path, property } of extended) {
        const value = computedFolderProperty(view.folder, view.session.mailbox, property);
        if (value !== undefined) properties.push(encodeExtendedProperty(path, value));
      }
      if (properties.length > 0) element['ExtendedProperty'] = properties;
      return [kind, element] as unknown as FolderElement;
    },
  };
}

/** IdOnly, for answers to what made or moved a folder. */
export const folderIdShape: FolderShape = compileFolderShape({ BaseShape: 'IdOnly' });
