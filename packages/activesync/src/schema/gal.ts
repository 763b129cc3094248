import { base64, integer, optional, struct, text } from '@fauxchange/wbxml';

/** What the address list tells of somebody, [MS-ASCMD] 2.2.3.139.3: only what is known stands there. */
export const galMembers = {
  'GAL:DisplayName': optional(text()), 'GAL:Phone': optional(text()), 'GAL:Office': optional(text()), 'GAL:Title': optional(text()), 'GAL:Company': optional(text()),
  'GAL:Alias': optional(text()), 'GAL:FirstName': optional(text()), 'GAL:LastName': optional(text()), 'GAL:HomePhone': optional(text()), 'GAL:MobilePhone': optional(text()),
  'GAL:EmailAddress': optional(text()),
  'GAL:Picture': optional(struct('GAL', { Status: integer(), Data: optional(base64()) }), { since: '14.1' }),
};

/** How pictures are asked for. */
export const pictureLimits = { MaxSize: optional(integer({ min: 0 })), MaxPictures: optional(integer({ min: 0 })) };
