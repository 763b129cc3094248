import fc from 'fast-check';
import { folderId } from '@fauxchange/mailbox';
import { decodeId, encodeFolderId } from './ews-id.ts';
import { expandRuns, shortenRuns } from './run-length.ts';

const run = (length: number, value = 7): number[] => Array.from({ length }, () => value);

describe('the run-length coding of ids', () => {
  const vectors: readonly (readonly [string, readonly number[], readonly number[]])[] = [
    ['nothing', [], []],
    ['bytes that do not repeat', [1, 2, 3], [1, 2, 3]],
    ['a pair', [1, 7, 7, 2], [1, 7, 7, 0, 2]],
    ['a run', [7, 7, 7, 7, 7], [7, 7, 3]],
    ['runs side by side', [7, 7, 8, 8, 8], [7, 7, 0, 8, 8, 1]],
    ['the longest run', run(257), [7, 7, 255]],
    ['one more', run(258), [7, 7, 255, 7]],
    ['two runs of one byte', run(260), [7, 7, 255, 7, 7, 1]],
    ['zeros', [0, 0, 0, 0, 1], [0, 0, 2, 1]],
  ];
  it.each(vectors)('MS-OXWSITEMID_R21: shortens %s', (_what, plain, coded) => {
    expect([...shortenRuns(Buffer.from(plain))]).toEqual(coded);
  });
  it.each(vectors)('MS-OXWSITEMID_R22: expands %s', (_what, plain, coded) => {
    expect([...(expandRuns(Buffer.from(coded), 3072) ?? [])]).toEqual(plain);
  });

  it('MS-OXWSITEMID_R22: expands what a run says, and refuses a run without its count and what is too long', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => expect(expandRuns(shortenRuns(Buffer.from(bytes)), 400)).toEqual(Buffer.from(bytes))));
    expect([expandRuns(Buffer.from([1, 7, 7]), 10), expandRuns(Buffer.from([7, 7, 9]), 10)]).toEqual([undefined, undefined]);
  });
});

describe('ids of public folders', () => {
  const owner = (replicaGuid: string): Parameters<typeof encodeFolderId>[0] => ({ guid: '0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9', replicaGuid, isPublic: true });
  const bytesOf = (replicaGuid: string, folder: number): Buffer => Buffer.from(encodeFolderId(owner(replicaGuid), folderId(folder)), 'base64');

  it('MS-OXWSITEMID_R17, MS-OXWSITEMID_R18: are compressed where that makes them smaller: 1 and the runs', () => {
    const bytes = bytesOf('12345678-9abc-def0-1234-56789abcdef1', 3);
    const plain = expandRuns(bytes.subarray(1), 3072) ?? Buffer.alloc(0);
    expect([bytes[0], bytes.length - 1 < plain.length]).toEqual([1, true]);
    expect(shortenRuns(plain)).toEqual(bytes.subarray(1));
  });

  it('MS-OXWSITEMID_R19: and else are as they are, behind 0', () => {
    // A counter without zeros, and pairs in the GUID that coding makes longer.
    const bytes = bytesOf('11112222-3333-4444-5555-666677778888', 0x11_22_33_44_55_66);
    expect([bytes[0], shortenRuns(bytes.subarray(1)).length >= bytes.length - 1]).toEqual([0, true]);
    expect(decodeId(bytes.toString('base64'))).toMatchObject({ kind: 'folder', folderId: 0x11_22_33_44_55_66 });
  });
});
