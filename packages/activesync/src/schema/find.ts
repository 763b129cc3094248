import { document, emptyTag, flag, integer, optional, repeated, struct, text, type ValueOf } from '@fauxchange/wbxml';
import { galMembers, pictureLimits } from './gal.ts';
import { id64 } from './values.ts';

const FindOptions = struct('Find', { Range: optional(text()), DeepTraversal: optional(emptyTag()), Picture: optional(struct('Find', pictureLimits)) });

/** [MS-ASCMD] 2.2.1.2, since 16.1. */
export const FindRequest = document('Find:Find', struct('Find', {
  SearchId: text(),
  ExecuteSearch: struct('Find', {
    MailBoxSearchCriterion: optional(struct('Find', {
      Query: struct('Find', { 'AirSync:Class': optional(text()), 'AirSync:CollectionId': optional(id64()), FreeText: optional(text()) }),
      Options: optional(FindOptions),
    })),
    GALSearchCriterion: optional(struct('Find', { Query: text(), Options: optional(FindOptions) })),
  }),
}));
export type FindRequest = ValueOf<typeof FindRequest>;

const Properties = struct('Find', {
  'Email:Subject': optional(text()), 'Email:DateReceived': optional(text()), 'Email:DisplayTo': optional(text()), DisplayCc: optional(text()), DisplayBcc: optional(text()),
  'Email:Importance': optional(integer()), 'Email:Read': optional(flag()), 'Email2:IsDraft': optional(flag()), Preview: optional(text()), HasAttachments: optional(flag()),
  'Email:From': optional(text()), ...galMembers,
});
export const FindResponse = document('Find:Find', struct('Find', {
  Status: integer(),
  Response: optional(struct('Find', {
    'ItemOperations:Store': optional(text()),
    Status: integer(),
    Result: repeated(struct('Find', { 'AirSync:Class': optional(text()), 'AirSync:ServerId': optional(id64()), 'AirSync:CollectionId': optional(id64()), Properties })),
    Range: optional(text()),
    Total: optional(integer()),
  })),
}));
export type FindResult = NonNullable<ValueOf<typeof FindResponse>['Response']>['Result'][number];
