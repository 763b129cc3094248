import { base64, document, integer, optional, repeated, struct, text } from '@fauxchange/wbxml';

const Picture = struct('ResolveRecipients', { MaxSize: optional(integer({ min: 0 })), MaxPictures: optional(integer({ min: 0 })) });

/** [MS-ASCMD] 2.2.1.15. Times are judged by the command. */
export const ResolveRecipientsRequest = document('ResolveRecipients:ResolveRecipients', struct('ResolveRecipients', {
  To: repeated(text({ maxLength: 256 })),
  Options: optional(struct('ResolveRecipients', {
    CertificateRetrieval: optional(integer()),
    MaxCertificates: optional(integer()),
    MaxAmbiguousRecipients: optional(integer()),
    Availability: optional(struct('ResolveRecipients', { StartTime: text(), EndTime: optional(text()) }), { since: '14.0' }),
    Picture: optional(Picture, { since: '14.1' }),
  })),
}));

export const ResolveRecipientsResponse = document('ResolveRecipients:ResolveRecipients', struct('ResolveRecipients', {
  Status: integer(),
  Response: repeated(struct('ResolveRecipients', {
    To: text(),
    Status: integer(),
    RecipientCount: optional(integer()),
    Recipient: repeated(struct('ResolveRecipients', {
      Type: integer(),
      DisplayName: text(),
      EmailAddress: text(),
      Availability: optional(struct('ResolveRecipients', { Status: integer(), MergedFreeBusy: optional(text()) })),
      Certificates: optional(struct('ResolveRecipients', { Status: integer(), CertificateCount: optional(integer()), RecipientCount: optional(integer()) })),
      Picture: repeated(struct('ResolveRecipients', { Status: integer(), Data: optional(base64()) })),
    })),
  })),
}));
