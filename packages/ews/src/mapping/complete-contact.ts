import { completeContact as completed } from '@fauxchange/mailbox';
import { getAny } from './item-view.ts';
import type { ItemTarget } from './fields.ts';

/** What a contact gets with what was said of it, and the mark of a picture. */
export function completeContact({ properties, view, sentAttachments }: ItemTarget): void {
  Object.assign(properties, completed(properties, view && { get: (name) => getAny(view, name) }));
  const photo = sentAttachments?.some(([kind, sent]) => kind === 'FileAttachment' && sent.IsContactPhoto);
  if (photo) properties['PidLidHasPicture'] = true;
}
