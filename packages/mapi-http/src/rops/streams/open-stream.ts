import { errorCode, propertyType, typeOfTag } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { propertyOfTag } from '../../mapping/property-tags.ts';
import { AttachmentObject } from '../../objects/attachment-object.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { MessageObject } from '../../objects/message-object.ts';
import { StreamObject } from '../../objects/stream-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** OpenModeFlags, [MS-OXCPRPT] 2.2.14.1. */
const mode = { readOnly: 0, readWrite: 1, create: 2, bestAccess: 3 } as const;
/** Values that can be long. */
const streamed: ReadonlySet<number> = new Set([propertyType.Binary, propertyType.Object, propertyType.String, propertyType.String8]);

/** [MS-OXCPRPT] 3.2.5.11. */
export const openStream = defineRop('RopOpenStream', [MessageObject, AttachmentObject, FolderObject], async ({ PropertyTag, OpenModeFlags }, { object, logon: { names }, session }) => {
  if (OpenModeFlags > mode.bestAccess) throw new RopError(errorCode.InvalidParameter, `No mode of a stream is ${OpenModeFlags}.`);
  const isReading = OpenModeFlags === mode.readOnly;
  if (object instanceof FolderObject && object.logon.isPublic && !isReading) throw new RopError(errorCode.NotSupported, 'A stream of a public folder is for reading only.');
  const type = typeOfTag(PropertyTag);
  const property = streamed.has(type) ? propertyOfTag(PropertyTag, names) : undefined;
  if (!property) throw new RopError(errorCode.NotSupported, 'The property cannot be a stream.');
  // What it would tell is told by RopGetPermissionsTable: [MS-OXCPERM] 3.2.5.3, whose ecNotImplemented is this number ([K] as Microsoft's own tests have it).
  if (object instanceof FolderObject && property.name === 'PidTagSecurityDescriptorAsXml') throw new RopError(errorCode.NotSupported, 'Rights are no stream.');
  await object.refreshed();
  const isWritable = !isReading && (OpenModeFlags !== mode.bestAccess || object instanceof FolderObject || object.access === 'readWrite');
  if (isWritable && !(object instanceof FolderObject)) object.checkWritable();
  const value = OpenModeFlags === mode.create ? undefined : object.value(property);
  if (value === undefined && OpenModeFlags !== mode.create) throw new RopError(errorCode.NotFound, 'The object has no such property.');
  const codePage = type === propertyType.String8 ? ((object instanceof MessageObject ? object.codePage : undefined) ?? session.codePage) : undefined;
  const opens = new StreamObject(object, property, { value, isWritable, form: { codePage }, budget: session.streams });
  // A new stream takes the place of the value that there is, even if nothing is written.
  if (OpenModeFlags === mode.create) opens.resize(0);
  return { opens, body: { StreamSize: opens.size } };
});
