import fc from 'fast-check';
import { attachmentId, folderId, itemId } from '@fauxchange/mailbox';
import { decodeChangeKey, encodeChangeKey } from './change-key.ts';
import { decodeId, encodeAttachmentId, encodeConversationId, encodeFolderId, encodeItemId, encodeOccurrenceId } from './ews-id.ts';
import { expandRuns } from './run-length.ts';

const owner = { guid: '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9', replicaGuid: 'ffeeddcc-bbaa-9988-7766-554433221100', isPublic: false };

describe('ids of EWS', () => {
  it('have the lengths of real ones: 120 characters a folder, 152 an item', () => {
    expect(encodeFolderId(owner, folderId(12))).toHaveLength(120);
    expect(encodeItemId(owner, folderId(12), itemId(99))).toHaveLength(152);
    expect(encodeItemId(owner, folderId(12), itemId(99))).toMatch(/^AAMk.*AAA=$/);
  });

  it('MS-OXWSITEMID_R49, MS-OXWSITEMID_R52: an attachment id is the item id followed by the path of attachments', () => {
    const path = [attachmentId(3), attachmentId(1)];
    const item = Buffer.from(encodeItemId(owner, folderId(12), itemId(99)), 'base64');
    const attachment = Buffer.from(encodeAttachmentId(owner, folderId(12), itemId(99), path), 'base64');
    expect(attachment.subarray(0, item.length)).toEqual(item);
    expect(attachment[item.length]).toBe(2);
    expect(decodeId(attachment.toString('base64'))).toEqual({ kind: 'attachment', mailboxGuid: owner.guid, folderId: 12, itemId: 99, path });
  });

  it('MS-OXWSITEMID_R16: both compressed and plain ids are understood', () => {
    const plain = Buffer.from(encodeItemId(owner, folderId(12), itemId(99)), 'base64');
    const compressed = Buffer.concat([Buffer.from([1]), compress(plain.subarray(1))]);
    expect(decodeId(compressed.toString('base64'))).toEqual(decodeId(plain.toString('base64')));
  });

  it('of occurrences have the master\'s entry id behind the day, marked as such', () => {
    const days = fc.integer({ min: -134_774, max: 1_000_000 });
    fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 47 }), days, (item, day) => {
      expect(decodeId(encodeOccurrenceId(owner, folderId(12), itemId(item), day))).toEqual({ kind: 'occurrence', mailboxGuid: owner.guid, folderId: 12, itemId: item, day });
    }));
    const bytes = Buffer.from(encodeOccurrenceId(owner, folderId(12), itemId(99), Date.UTC(2026, 0, 5) / 86_400_000), 'base64');
    // 5 January 2026 in ticks since the year 1, as .NET has them.
    expect([bytes[40], bytes.readBigUInt64BE(44)]).toEqual([1, 639_031_680_000_000_000n]);
    for (let length = 0; length < bytes.length; length++) expect(decodeId(bytes.subarray(0, length).toString('base64'))).toBeUndefined();
  });

  it('come back as they went', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 47 }), fc.integer({ min: 1, max: 2 ** 47 }), (folder, item) => {
        expect(decodeId(encodeFolderId(owner, folderId(folder)))).toEqual({ kind: 'folder', mailboxGuid: owner.guid, folderId: folder });
        expect(decodeId(encodeItemId(owner, folderId(folder), itemId(item)))).toEqual({ kind: 'item', mailboxGuid: owner.guid, folderId: folder, itemId: item });
        expect(decodeChangeKey(encodeChangeKey('message', owner, item))).toBe(item);
      }),
    );
    expect(decodeId(encodeConversationId(owner, Buffer.alloc(16, 7)))).toMatchObject({ kind: 'conversation' });
  });

  it('of public folders name no mailbox, and come back as they went', () => {
    const holder = { ...owner, isPublic: true };
    const store = { publicReplica: owner.replicaGuid };
    const number = fc.integer({ min: 1, max: 2 ** 47 });
    fc.assert(fc.property(number, number, fc.integer({ min: -134_774, max: 1_000_000 }), (folder, item, day) => {
      const [at, in_] = [folderId(folder), itemId(item)];
      expect(decodeId(encodeFolderId(holder, at))).toEqual({ ...store, kind: 'folder', folderId: folder });
      expect(decodeId(encodeItemId(holder, at, in_))).toEqual({ ...store, kind: 'item', folderId: folder, itemId: item });
      expect(decodeId(encodeOccurrenceId(holder, at, in_, day))).toEqual({ ...store, kind: 'occurrence', folderId: folder, itemId: item, day });
      expect(decodeId(encodeAttachmentId(holder, at, in_, [attachmentId(3), attachmentId(1)]))).toEqual({ ...store, kind: 'attachment', folderId: folder, itemId: item, path: [3, 1] });
    }));
    const whole = Buffer.from(encodeItemId(holder, folderId(12), itemId(99)), 'base64');
    for (let length = 0; length < whole.length; length++) expect(decodeId(whole.subarray(0, length).toString('base64'))).toBeUndefined();
  });

  // As clients logged them: the root of ecederstrand/exchangelib 396, an item of 2025.
  it.each([
    ['a folder', 'AQEuAAADGkRzkKpmEc2byACqAC/EWgMA9XUdkf5VLUaSG0SJPcckqwAAAwIAAAA='],
    ['an item', 'AQIARgAAAxpEc5CqZhHNm8gAqgAvxFoJAPLvDoDoxYxMqFCoMzsBEqUAAAHG5kMAAADy7w6A6MWMTKhQqDM7ARKlAAWiKldZAAAALgAAAxpEc5CqZhHNm8gAqgAvxFoDAPLvDoDoxYxMqFCoMzsBEqUAAAHG5kMAAAA='],
  ])('of public folders are those of real servers, to the byte: %s', (_what, real) => {
    const id = decodeId(real);
    if (!id || !('publicReplica' in id)) throw new Error('no id of a public folder');
    const holder = { guid: owner.guid, replicaGuid: id.publicReplica, isPublic: true };
    expect(id.kind === 'item' ? encodeItemId(holder, id.folderId, id.itemId) : encodeFolderId(holder, id.folderId)).toBe(real);
  });

  it('refuse rubbish, and truncation at every byte', () => {
    fc.assert(fc.property(fc.string(), (text) => void decodeId(text)));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void decodeId(Buffer.from(bytes).toString('base64'))));
    const whole = Buffer.from(encodeAttachmentId(owner, folderId(12), itemId(99), [attachmentId(3)]), 'base64');
    const item = Buffer.from(encodeItemId(owner, folderId(12), itemId(99)), 'base64').length;
    for (let length = 0; length < whole.length; length++) {
      const id = decodeId(whole.subarray(0, length).toString('base64'));
      expect(id?.kind).toBe(length === item ? 'item' : undefined);
    }
  });

  it('bound the size that a run can claim', () => {
    expect(expandRuns(Buffer.from(Array.from({ length: 300 }, () => [5, 5, 255, 6]).flat()), 3072)).toBeUndefined();
  });
});

function compress(bytes: Buffer): Buffer {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    let run = 1;
    while (bytes[at + run] === bytes[at] && run < 257) run++;
    out.push(bytes[at] as number);
    if (run > 1) out.push(bytes[at] as number, run - 2);
    at += run;
  }
  return Buffer.from(out);
}
