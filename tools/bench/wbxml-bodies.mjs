// Answers of the sizes that ActiveSync servers send: a folder list, mails with bodies, mails with the whole MIME of one.
import { require } from './ours.mjs';

const { binary, choices, document, flag, integer, list, optional, repeated, struct, text, textOrBinary } = require('@fauxchange/wbxml');

const FolderSync = document('FolderHierarchy:FolderSync', struct('FolderHierarchy', {
  Status: integer(), SyncKey: text({ maxLength: 64 }),
  Changes: struct('FolderHierarchy', { Count: integer({ min: 0 }), Add: repeated(struct('FolderHierarchy', { ServerId: text({ maxLength: 64 }), ParentId: text(), DisplayName: text({ minLength: 1 }), Type: integer({ min: 1, max: 19 }) })) }),
}));

const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const applicationData = struct('AirSync', {
  'Email:To': optional(text({ maxLength: 32768 })), 'Email:Cc': optional(text()), 'Email:From': optional(text({ maxLength: 32768 })), 'Email:Subject': optional(text()), 'Email:ReplyTo': optional(text()),
  'Email:DateReceived': optional(text({ pattern: DATE })), 'Email:DisplayTo': optional(text()), 'Email:ThreadTopic': optional(text()), 'Email:Importance': optional(integer({ min: 0, max: 2 })),
  'Email:Read': optional(flag()), 'AirSyncBase:Attachments': optional(list('AirSyncBase', 'Attachment', struct('AirSyncBase', { DisplayName: text(), FileReference: text(), Method: integer({ min: 1, max: 6 }), EstimatedDataSize: integer({ min: 0 }) }))),
  'AirSyncBase:Body': optional(struct('AirSyncBase', { Type: integer({ min: 1, max: 4 }), EstimatedDataSize: optional(integer({ min: 0 })), Truncated: optional(flag()), Data: optional(textOrBinary()), Preview: optional(text()) })),
  'Email:MessageClass': optional(text()), 'Email:InternetCPID': optional(text()), 'Email:ContentClass': optional(text()), 'AirSyncBase:NativeBodyType': optional(integer({ min: 1, max: 3 })),
  'Email2:UmCallerID': optional(text()), 'Email2:ConversationId': optional(binary()), 'Email2:ConversationIndex': optional(binary()), 'Email2:LastVerbExecuted': optional(integer({ min: 0, max: 3 })),
  'Email2:ReceivedAsBcc': optional(flag()), 'Email2:Sender': optional(text()), 'Email:Categories': optional(list('Email', 'Category', text(), { max: 300 })), 'Email:Flag': optional(struct('Email', { Status: optional(text()) })),
});
const Sync = document('AirSync:Sync', struct('AirSync', {
  Status: optional(integer()),
  Collections: optional(list('AirSync', 'Collection', struct('AirSync', {
    SyncKey: text({ maxLength: 64 }), CollectionId: text({ maxLength: 64 }), Status: integer(),
    Commands: optional(choices('AirSync', { Add: struct('AirSync', { ServerId: text(), ApplicationData: applicationData }), Delete: struct('AirSync', { ServerId: text() }), SoftDelete: struct('AirSync', { ServerId: text() }) })),
  }))),
}));
function folders(count) {
  const Add = Array.from({ length: count }, (_, at) => ({ ServerId: String(at + 1), ParentId: '0', DisplayName: `Folder number ${at}`, Type: 12 }));
  return { Status: 1, SyncKey: '1', Changes: { Count: count, Add } };
}

const sentence = 'The quarterly figures are attached; please have a look before the meeting on Thursday, and tell me what you think. ';
const bodyOf = (at) => `${at % 5 === 0 ? 'Grüße aus München – ' : 'Kind regards from us '}${sentence.repeat(15)}`.slice(0, 1640);

function mails(count) {
  return Array.from({ length: count }, (_, at) => ['Add', {
    ServerId: `5:${at + 1}`,
    ApplicationData: {
      'Email:To': '"Alice" <alice@example.test>', 'Email:From': '"Bob" <bob@example.test>', 'Email:Subject': `Message number ${at}`, 'Email:DateReceived': '2024-02-29T10:11:12.000Z',
      'Email:DisplayTo': 'Alice', 'Email:ThreadTopic': `Message number ${at}`, 'Email:Importance': 1, 'Email:Read': at % 2 === 0,
      'AirSyncBase:Body': { Type: 1, EstimatedDataSize: 1640, Truncated: false, Data: bodyOf(at) },
      'Email:MessageClass': 'IPM.Note', 'Email:InternetCPID': '65001', 'Email:ContentClass': 'urn:content-classes:message', 'AirSyncBase:NativeBodyType': 1,
      'Email2:ConversationId': new Uint8Array(16).fill(at + 1), 'Email2:ConversationIndex': new Uint8Array(5).fill(at + 1), 'Email:Flag': {},
    },
  }]);
}
const mimeOf = (size) => ['Add', { ServerId: '5:0', ApplicationData: { 'AirSyncBase:Body': { Type: 4, EstimatedDataSize: size, Data: new Uint8Array(size).fill(0x61) } } }];
const sync = (commands) => ({ Collections: [{ SyncKey: '17', CollectionId: '5', Status: 1, Commands: commands }] });

/** `{ what, document, value }`, from 1 KB to 1 MB. */
export const bodies = [
  { what: 'FolderSync of 28 folders', document: FolderSync, value: folders(28) },
  { what: 'Sync of 50 mails', document: Sync, value: sync(mails(50)), isMeasured: true },
  { what: 'Sync of 500 mails', document: Sync, value: sync(mails(500)), isMeasured: true },
  { what: 'Sync of 150 mails and a MIME of 700 KB', document: Sync, value: sync([...mails(150), mimeOf(700_000)]) },
];
