import { attachmentId, type Attachment, type Item, type MailboxSession } from '@fauxchange/mailbox';
import type { ApplicationData } from '../schema/application-data.ts';
import { decodeFileReference, encodeFileReference } from './attachments.ts';
import { conversionError } from './conversion-error.ts';

/** Attachments that came with a request, by the ids that the client gave them. */
export interface SentAttachments {
  readonly attachments: readonly Attachment[];
  readonly clientIds: ReadonlyMap<Attachment['id'], string>;
}

/** [MS-ASAIRS] 2.2.2.8: what is named by Delete goes, what Add brings comes behind it. */
export async function changedAttachments(data: Pick<ApplicationData, 'AirSyncBase:Attachments'>, before: readonly Attachment[], session: MailboxSession, now: number): Promise<SentAttachments> {
  const { Add = [], Delete = [] } = data['AirSyncBase:Attachments'] ?? {};
  const gone = new Set(Delete.map(({ FileReference }) => decodeFileReference(FileReference)?.attachmentId ?? conversionError(`${FileReference} is no attachment.`)));
  for (const id of gone) if (!before.some((one) => one.id === id)) conversionError('There is no such attachment.');
  const attachments = before.filter(({ id }) => !gone.has(id));
  const clientIds = new Map<Attachment['id'], string>();
  let next = before.reduce((most, { id }) => Math.max(most, id), -1) + 1;
  for (const { ClientId, Content, ContentId, ContentLocation, ContentType, DisplayName, IsInline } of Add) {
    const id = attachmentId(next);
    next += 1;
    clientIds.set(id, ClientId);
    attachments.push({
      id, kind: 'file', name: DisplayName, contentType: ContentType ?? 'application/octet-stream', contentId: ContentId, contentLocation: ContentLocation,
      isInline: IsInline ?? false, lastModified: now, size: Content.length, content: await session.keep(Content),
    });
  }
  return { attachments, clientIds };
}

/** The references of what was attached, by the ids that the client gave: [MS-ASAIRS] 2.2.2.14. */
export function toldAttachments({ id }: Pick<Item, 'id'>, { clientIds }: SentAttachments, collectionId: string): Pick<ApplicationData, 'AirSyncBase:Attachments'> {
  if (clientIds.size === 0) return {};
  return { 'AirSyncBase:Attachments': { Attachment: [...clientIds].map(([attachment, ClientId]) => ({ FileReference: encodeFileReference(collectionId, id, attachment), ClientId })), Add: [], Delete: [] } };
}
