import { binary, flag, integer, optional, repeated, struct, text, textOrBinary } from '@fauxchange/wbxml';

/** [MS-ASAIRS] 2.2.2.12: in this order, [MS-ASAIRS] 3.2.5.1. */
export const BodyPreference = struct('AirSyncBase', {
  Type: integer({ min: 0, max: 255 }),
  TruncationSize: optional(integer({ min: 0, max: 4_294_967_295 })),
  AllOrNone: optional(flag()),
  Preview: optional(integer({ min: 0, max: 255 }), { since: '14.0' }),
}, { ordered: true });

/** [MS-ASAIRS] 2.2.2.11. */
export const BodyPartPreference = BodyPreference;

/** [MS-ASAIRS] 2.2.2.9: in this order, which clients rely on. */
export const Body = struct('AirSyncBase', {
  Type: integer({ min: 0, max: 255 }),
  EstimatedDataSize: optional(integer({ min: 0 })),
  Truncated: optional(flag()),
  Data: optional(textOrBinary()),
  Preview: optional(text(), { since: '14.0' }),
  'ItemOperations:Part': optional(integer({ min: 0 })),
}, { ordered: true });

/** [MS-ASAIRS] 2.2.2.10. */
export const BodyPart = struct('AirSyncBase', {
  Status: integer({ min: 0 }),
  Type: integer({ min: 0 }),
  EstimatedDataSize: integer({ min: 0 }),
  Truncated: optional(flag()),
  Data: optional(text()),
  Preview: optional(text()),
});

/** [MS-ASAIRS] 2.2.2.7. */
export const Attachment = struct('AirSyncBase', {
  DisplayName: optional(text()),
  FileReference: text(),
  ClientId: optional(text(), { since: '16.0' }),
  Method: optional(integer({ min: 0 })),
  EstimatedDataSize: optional(integer({ min: 0 })),
  ContentId: optional(text()),
  ContentLocation: optional(text()),
  IsInline: optional(flag()),
  'Email2:UmAttDuration': optional(integer()),
  'Email2:UmAttOrder': optional(integer()),
});

/** Of a client that adds to a draft or an appointment: [MS-ASAIRS] 2.2.2.1. */
const AttachmentAdd = struct('AirSyncBase', {
  ClientId: text(),
  Content: binary(),
  ContentId: optional(text()),
  ContentLocation: optional(text()),
  ContentType: optional(text()),
  DisplayName: text(),
  IsInline: optional(flag()),
  Method: integer({ min: 0 }),
});

/** What a server tells, and since 16.0 what a client changes. */
export const Attachments = struct('AirSyncBase', {
  Attachment: repeated(Attachment),
  Add: repeated(AttachmentAdd, { since: '16.0' }),
  Delete: repeated(struct('AirSyncBase', { FileReference: text() }), { since: '16.0' }),
});

/** [MS-ASAIRS] 2.2.2.28. */
export const Location = struct('AirSyncBase', {
  DisplayName: optional(text()), Annotation: optional(text()), Street: optional(text()), City: optional(text()), State: optional(text()), Country: optional(text()),
  PostalCode: optional(text()), Latitude: optional(text()), Longitude: optional(text()), Accuracy: optional(text()), Altitude: optional(text()),
  AltitudeAccuracy: optional(text()), LocationUri: optional(text()),
});

/** Members of every class's ApplicationData. */
export const airSyncBaseMembers = {
  'AirSyncBase:Attachments': optional(Attachments, { since: '12.0' }),
  'AirSyncBase:Body': optional(Body, { since: '12.0' }),
  'AirSyncBase:BodyPart': optional(BodyPart, { since: '14.1' }),
  'AirSyncBase:NativeBodyType': optional(integer({ min: 0 }), { since: '12.0' }),
  'AirSyncBase:InstanceId': optional(text(), { since: '16.0' }),
  'AirSyncBase:Location': optional(Location, { since: '16.0' }),
};
