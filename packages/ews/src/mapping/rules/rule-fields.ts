/** Lists of texts: the element and the model's name. */
export const textLists = {
  Categories: 'categories', ContainsBodyStrings: 'bodyContains', ContainsHeaderStrings: 'headerContains', ContainsRecipientStrings: 'recipientContains', ContainsSenderStrings: 'senderContains',
  ContainsSubjectOrBodyStrings: 'subjectOrBodyContains', ContainsSubjectStrings: 'subjectContains', ItemClasses: 'itemClasses',
} as const;

export const partyLists = { FromAddresses: 'from', SentToAddresses: 'sentTo' } as const;

export const switches = {
  HasAttachments: 'hasAttachments', NotSentToMe: 'notSentToMe', SentCcMe: 'sentCcMe', SentOnlyToMe: 'sentOnlyToMe', SentToMe: 'sentToMe', SentToOrCcMe: 'sentToOrCcMe',
} as const;

export const traits = {
  IsApprovalRequest: 'approvalRequest', IsAutomaticForward: 'automaticForward', IsAutomaticReply: 'automaticReply', IsEncrypted: 'encrypted', IsMeetingRequest: 'meetingRequest',
  IsMeetingResponse: 'meetingResponse', IsNDR: 'ndr', IsPermissionControlled: 'permissionControlled', IsReadReceipt: 'readReceipt', IsSigned: 'signed', IsVoicemail: 'voicemail',
} as const;

export const importances = ['Low', 'Normal', 'High'] as const;
export const sensitivities = ['Normal', 'Personal', 'Private', 'Confidential'] as const;

/** Order of the schema's sequence, in which answers are written. */
export function keys<T extends object>(table: T): readonly (keyof T & string)[] {
  return Object.keys(table) as (keyof T & string)[];
}
