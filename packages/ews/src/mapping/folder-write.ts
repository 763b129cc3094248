import type { Mailbox } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import { refusePublic } from '../public-folders.ts';
import { resolveFolder } from '../resolve.ts';
import type { ExtendedPropertyType, SearchParametersType } from '../schema/types.generated.ts';
import { decodeExtendedProperty } from './extended-property.ts';
import { folderFields, type FolderKind, type FolderTarget } from './folder-fields.ts';
import { decodeRestriction } from './restriction.ts';

const byElement = new Map(folderFields.map((field) => [field.element, field]));

/** What a request says of a folder, gathered; ErrorInvalidPropertySet for what is read-only. */
export function gatherFolder(kind: FolderKind, sent: object, context: EwsContext): FolderTarget {
  const target: FolderTarget = { kind, context, properties: {} };
  for (const [element, value] of Object.entries(sent)) if (value !== undefined) setFolderElement(element, value, target);
  return target;
}

export function setFolderElement(element: string, value: unknown, target: FolderTarget): void {
  if (element === 'ExtendedProperty') {
    for (const one of value as readonly ExtendedPropertyType[]) {
      const [name, decoded] = decodeExtendedProperty(one);
      if (name === 'PidTagContainerClass') target.folderClass = String(decoded);
      else if (name === 'PidTagDisplayName') target.displayName = String(decoded);
      else target.properties[name] = decoded;
    }
    return;
  }
  if (element === 'SearchParameters') {
    takeSearchParameters(value as SearchParametersType, target);
    return;
  }
  const field = byElement.get(element);
  if (!field?.set) throw new EwsError('ErrorInvalidPropertySet', undefined, { paths: [['FieldURI', { FieldURI: `folder:${element}` }]] });
  field.set(value as never, target);
}

/** ErrorEmailAddressMismatch for folders of several mailboxes. */
function takeSearchParameters({ Restriction, BaseFolderIds, Traversal }: SearchParametersType, target: FolderTarget): void {
  const folderIds = BaseFolderIds.map((entry) => {
    const { session, folderId } = resolveFolder(entry, target.context);
    refusePublic(session, 'A search folder');
    target.searched ??= session.mailbox;
    refuseOtherMailbox(target, session.mailbox);
    return folderId;
  });
  target.searchCriteria = { folderIds, isDeep: Traversal === 'Deep', restriction: decodeRestriction(Restriction, target.context) };
}

/** A search folder looks in its own mailbox alone: documentation of ErrorEmailAddressMismatch. */
export function refuseOtherMailbox({ searched }: FolderTarget, mailbox: Mailbox): void {
  if (searched && searched !== mailbox) throw new EwsError('ErrorEmailAddressMismatch');
}
