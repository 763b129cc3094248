import { errorCode } from '@fauxchange/mapi-wire';
import type { Property } from '@fauxchange/properties';
import { RopError } from '../../errors.ts';
import { propertyOfTag } from '../../mapping/property-tags.ts';
import { AttachmentObject } from '../../objects/attachment-object.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { MessageObject } from '../../objects/message-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { checkCopyFlags, compatible, copyFlag, copyValues } from './copying.ts';
import type { PropertyProblem } from './set-properties.ts';

/** [MS-OXCPRPT] 3.2.5.7. Exchange 2010 and above leave what is moved where it is (note 6); what is asynchronous is done at once. */
export const copyProperties = defineRop('RopCopyProperties', [MessageObject, FolderObject, AttachmentObject], async ({ CopyFlags, DestHandleIndex, PropertyTags }, { object, logon: { names }, destination }) => {
  const to = destination(DestHandleIndex);
  checkCopyFlags(CopyFlags);
  if (object instanceof FolderObject && (CopyFlags & copyFlag.move) !== 0) throw new RopError(errorCode.NotSupported, 'Properties of a folder are not moved.');
  const target = compatible(object, to);
  await object.refreshed();
  await target.refreshed();
  const problems: PropertyProblem[] = [];
  const places = new Map<string, number>();
  const properties: Property[] = [];
  for (const [Index, tag] of PropertyTags.entries()) {
    const property = propertyOfTag(tag, names);
    if (!property) problems.push({ Index, PropertyTag: tag, ErrorCode: errorCode.NotFound });
    else {
      places.set(property.name, Index);
      properties.push(property);
    }
  }
  const problemOf = ({ name }: Property, ErrorCode: number): PropertyProblem => {
    const Index = places.get(name) ?? 0;
    return { Index, PropertyTag: PropertyTags[Index] ?? 0, ErrorCode };
  };
  problems.push(...await copyValues(object, target, properties, { isKept: (CopyFlags & copyFlag.noOverwrite) !== 0, problemOf }));
  return { body: { PropertyProblems: problems.sort((a, b) => a.Index - b.Index) } };
});
