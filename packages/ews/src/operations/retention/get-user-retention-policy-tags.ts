import { retentionTagsOf, type RetentionTag } from '@fauxchange/mailbox';
import { defineOperation, type Operation } from '../../operation.ts';
import { success } from '../../response-messages.ts';
import type { RetentionPolicyTagType } from '../../schema/types.generated.ts';

/** The tags of the caller's policy; nobody has opted into others. @see GetUserRetentionPolicyTags, EWS reference */
export const getUserRetentionPolicyTags: Operation<'GetUserRetentionPolicyTags'> = defineOperation('GetUserRetentionPolicyTags', async (_request, { organization, caller }) => ({
  ...success,
  RetentionPolicyTags: { RetentionPolicyTag: retentionTagsOf(organization, caller).map(tagElement) },
}));

const tagElement = ({ id, name, scope, action, days }: RetentionTag): RetentionPolicyTagType => ({
  DisplayName: name,
  RetentionId: id,
  RetentionPeriod: days ?? 0,
  Type: scope,
  RetentionAction: action,
  Description: '',
  IsVisible: scope === 'Personal',
  OptedInto: false,
  IsArchive: action === 'MoveToArchive',
});
