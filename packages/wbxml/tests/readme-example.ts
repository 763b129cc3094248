import { decodeDocument, document, encodeDocument, integer, list, optional, ShapeViolation, struct, text, toXmlText, type ValueOf } from '@fauxchange/wbxml';

const Folder = struct('Ping', { Id: text(), Class: text({ oneOf: ['Email', 'Calendar'] }) });
const Ping = document('Ping:Ping', struct('Ping', { HeartbeatInterval: optional(integer({ min: 60 })), Folders: optional(list('Ping', 'Folder', Folder)) }));
type PingRequest = ValueOf<typeof Ping>; // { HeartbeatInterval?: number; Folders?: readonly { Id: string; Class: 'Email' | 'Calendar' }[] }

const request: PingRequest = { HeartbeatInterval: 80, Folders: [{ Id: '5', Class: 'Email' }] };
const bytes = encodeDocument(Ping, request, { version: '14.1' }); // 03 01 6a 00 00 0d 45 48 …
console.log(decodeDocument(bytes, Ping, { version: '14.1' }), toXmlText(bytes));

try { decodeDocument(encodeDocument(document('Ping:Ping', Folder), { Id: '5', Class: 'Email' }), Ping); }
catch (error) { if (error instanceof ShapeViolation) console.log(error.kind, error.path, error.offset); } // unexpected /Ping/Id 7
