import type { Property, PropertyName, PropertyValue } from '@fauxchange/properties';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { tagOfProperty } from '../../mapping/property-tags.ts';
import { AttachmentObject } from '../../objects/attachment-object.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { MessageObject } from '../../objects/message-object.ts';
import type { PropertyObject } from '../../objects/property-object.ts';
import type { ServerObject } from '../../objects/server-object.ts';
import type { PropertyProblem } from './set-properties.ts';

/** CopyFlags, [MS-OXCPRPT] 2.2.10.1 and 2.2.11.1. */
export const copyFlag = { move: 0x01, noOverwrite: 0x02 } as const;

/** Exchange 2010 and above refuse other bits, and the two together: notes 2, 3, 7 and 9. */
export function checkCopyFlags(CopyFlags: number): void {
  if (CopyFlags > copyFlag.noOverwrite) throw new RopError(errorCode.InvalidParameter, `0x${CopyFlags.toString(16)} are no flags of a copy.`);
}

type Copied = MessageObject | FolderObject | AttachmentObject;
const isCopied = (object: ServerObject): object is Copied => object instanceof MessageObject || object instanceof FolderObject || object instanceof AttachmentObject;

/** The destination, of the same kind as the source. @throws RopError ecNotSupported */
export function compatible<O extends Copied>(source: O, destination: ServerObject): O {
  if (!isCopied(destination) || destination.constructor !== source.constructor) throw new RopError(errorCode.NotSupported, 'The two are not of one kind.');
  return destination as O;
}

/** Never copied: they say what an object is, and the server makes them for each. */
export const ownNames: ReadonlySet<PropertyName> = new Set<PropertyName>([
  'PidTagRecordKey', 'PidTagChangeKey', 'PidTagSearchKey', 'PidTagAccess', 'PidTagAccessLevel', 'PidTagObjectType', 'PidTagCreationTime', 'PidTagLastModificationTime', 'PidTagLastModifierName', 'PidTagLastModifierEntryId',
  'PidTagCreatorName', 'PidTagCreatorEntryId', 'PidTagMessageSize', 'PidTagMessageStatus', 'PidTagHasAttachments', 'PidTagRead', 'PidTagMessageFlags', 'PidTagDisplayTo', 'PidTagDisplayCc', 'PidTagDisplayBcc', 'PidTagNativeBody', 'PidTagRtfInSync',
  'PidTagAttachNumber', 'PidTagAttachSize', 'PidTagInstanceKey', 'PidTagRowType', 'PidTagStoreEntryId', 'PidTagStoreRecordKey', 'PidTagMappingSignature', 'PidTagInternetArticleNumber', 'PidTagHasNamedProperties', 'PidTagMessageSizeExtended', 'PidTagAssociated',
]);

/** Copies values; each refused one is a problem with its place. Names are those of the source's mailbox, which both have. */
export async function copyValues(source: PropertyObject, destination: PropertyObject, properties: readonly Property[], { isKept, problemOf }: { readonly isKept: boolean; readonly problemOf: (property: Property, code: number) => PropertyProblem }): Promise<readonly PropertyProblem[]> {
  const values = new Map<Property, PropertyValue | undefined>();
  const problems: PropertyProblem[] = [];
  for (const property of properties) {
    const value = source.value(property);
    if (value === undefined) problems.push(problemOf(property, errorCode.NotFound));
    else if (!isKept || destination.value(property) === undefined) values.set(property, value);
  }
  const refused = values.size === 0 ? [] : await destination.change(values);
  return [...problems, ...refused.map(({ property, code }) => problemOf(property, code))];
}

export const tagIn = (property: Property, { logon: { names } }: PropertyObject): number => tagOfProperty(property, names) ?? 0;
