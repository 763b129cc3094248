import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeDocument, document, encodeDocument, integer, list, optional, struct, text, toXmlText, WbxmlError } from '@fauxchange/wbxml';

const Ping = document('Ping:Ping', struct('Ping', {
  HeartbeatInterval: optional(integer({ min: 60, max: 3540 })),
  Folders: optional(list('Ping', 'Folder', struct('Ping', { Id: text(), Class: text({ oneOf: ['Email', 'Calendar', 'Contacts', 'Tasks'] }) }))),
}));
const request = { HeartbeatInterval: 80, Folders: [{ Id: '5', Class: 'Email' }] };

test('a request that a client sends is what a server reads', () => {
  const bytes = encodeDocument(Ping, request, { version: '14.1' });
  assert.deepEqual([...bytes.subarray(0, 8)], [0x03, 0x01, 0x6a, 0x00, 0x00, 0x0d, 0x45, 0x48]);
  assert.deepEqual(decodeDocument(bytes, Ping, { version: '14.1' }), request);
  assert.match(toXmlText(bytes), /<Class>Email<\/Class>/);
});

test('a request that was cut is refused', () => {
  const bytes = encodeDocument(Ping, request);
  assert.throws(() => decodeDocument(bytes.subarray(0, 20), Ping), (error) => error instanceof WbxmlError && error.code === 'truncated');
});
