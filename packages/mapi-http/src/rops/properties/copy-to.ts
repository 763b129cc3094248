import { contentFor, MailboxError } from '@fauxchange/mailbox';
import { errorCode, idOfTag } from '@fauxchange/mapi-wire';
import { property as propertyNamed, type Property, type PropertyName } from '@fauxchange/properties';
import { RopError } from '../../errors.ts';
import { propertiesOfId } from '../../mapping/property-tags.ts';
import { AttachmentObject } from '../../objects/attachment-object.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { MessageObject } from '../../objects/message-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { checkCopyFlags, compatible, copyFlag, copyValues, ownNames, tagIn } from './copying.ts';
import type { PropertyProblem } from './set-properties.ts';

/** Tags that stand for the parts of an object: [MS-OXCPRPT] 2.2.11.1, [MS-OXPROPS]. */
const part = { recipients: 0x0e12, attachments: 0x0e13, hierarchy: 0x360e, contents: 0x360f, associated: 0x3610, content: 0x3701 } as const;
const mostItems = 1_000_000;

/** [MS-OXCPRPT] 3.2.5.8. Exchange 2013 and above leave what is moved where it is (note 8), and copy no public folders (note 10). */
export const copyTo = defineRop('RopCopyTo', [MessageObject, FolderObject, AttachmentObject], async ({ CopyFlags, DestHandleIndex, WantSubObjects, ExcludedTags }, { object, logon: { names }, destination }) => {
  const to = destination(DestHandleIndex);
  checkCopyFlags(CopyFlags);
  const target = compatible(object, to);
  if (object instanceof FolderObject && (object.logon.isPublic || target.logon.isPublic)) throw new RopError(errorCode.NotSupported, 'Public folders are not copied.');
  if (object instanceof MessageObject && isWithin(target as MessageObject, object)) throw new RopError(errorCode.MessageCycle, 'The destination is in an attachment of the source.');
  await object.refreshed();
  await target.refreshed();
  const excluded = new Set(ExcludedTags.map(idOfTag));
  const has = (id: number): boolean => WantSubObjects && !excluded.has(id);
  const excludedNames = new Set<PropertyName>([...excluded].flatMap((id) => propertiesOfId(id, names).map(({ name }) => name)));
  const isKept = (CopyFlags & copyFlag.noOverwrite) !== 0;
  const properties = writable(object, excludedNames);
  const problemOf = (property: Property, ErrorCode: number): PropertyProblem => ({ Index: 0, PropertyTag: tagIn(property, object), ErrorCode });
  const problems = await copyValues(object, target, properties, { isKept, problemOf });
  if (object instanceof MessageObject) await copyParts(object, target as MessageObject, has);
  else if (object instanceof AttachmentObject) await copyContent(object, target as AttachmentObject, has(part.content));
  else await copyFolder(object, target as FolderObject, has);
  // What the destination keeps for itself is no failure of the copy.
  return { body: { PropertyProblems: problems.filter(({ ErrorCode }) => ErrorCode !== errorCode.ComputedValue && ErrorCode !== errorCode.AccessDenied) } };
});

function isWithin(message: MessageObject, outer: MessageObject): boolean {
  for (let one: MessageObject | undefined = message.container; one; one = one.container) if (one === outer) return true;
  return false;
}

/** What may be written of what an object has. Bodies are copied as they are, not in every form that is made of them. */
function writable(object: MessageObject | FolderObject | AttachmentObject, excluded: ReadonlySet<PropertyName>): readonly Property[] {
  const bodies = object instanceof MessageObject ? object.madeBodies : new Set<PropertyName>();
  const found: Property[] = [];
  for (const name of object.properties()) {
    const property = propertyNamed(name);
    if (property && !ownNames.has(name) && !excluded.has(name) && !bodies.has(name) && !(object instanceof MessageObject && object.isComputed(name))) found.push(property);
  }
  return found;
}

async function copyParts(source: MessageObject, target: MessageObject, has: (id: number) => boolean): Promise<void> {
  if (has(part.recipients)) target.recipients = new Map(source.recipients);
  if (!has(part.attachments)) return;
  const { attachments } = source.logon.mailbox === target.logon.mailbox ? source.content : await contentFor(target.logon.session, source.content.view());
  for (const attachment of attachments) target.putAttachment({ ...attachment, id: target.nextAttachmentId() });
}

async function copyContent(source: AttachmentObject, target: AttachmentObject, hasContent: boolean): Promise<void> {
  const { embedded } = source;
  if (embedded && hasContent) target.embed(source.logon.mailbox === target.logon.mailbox ? embedded : { ...await contentFor(target.logon.session, embedded), bag: embedded.bag });
}

/** Items and folders in it: at once, as everything of a folder is. */
async function copyFolder(source: FolderObject, target: FolderObject, has: (id: number) => boolean): Promise<void> {
  const { session } = source.logon;
  const to = { session: target.logon.session, folderId: target.id };
  if (has(part.hierarchy)) {
    for (const { id } of await session.folders(source.id, 'shallow')) await session.copyFolder(id, to);
  }
  for (const [id, table] of [[part.contents, 'normal'], [part.associated, 'associated']] as const) {
    if (!has(id)) continue;
    const { items } = await session.query([source.id], { table, restriction: { kind: 'always' }, limit: mostItems });
    const refused = (await session.copyItems(items.map((item) => item.id), to)).find((one) => one instanceof MailboxError);
    if (refused) throw refused as MailboxError;
  }
}
