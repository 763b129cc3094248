import fc from 'fast-check';
import { bytesOf, hexOf, itIsNotWritten, itIsRefused, itIsWrittenAndRead } from '../../tests/wire-table.ts';
import { decode, encode } from '../layout/layout.ts';
import { gid, predecessorChangeList, sizedXid, xid } from './external-id.ts';
import { folderId, globalCounter, globalCounterOf, longTermId, messageId, objectId, replIdOf } from './object-id.ts';

const database = '11223344-5566-7788-99aa-bbccddeeff00';
const databaseWire = '44 33 22 11 66 55 88 77 99 aa bb cc dd ee ff 00';
const earlier = '11223343-5566-7788-99aa-bbccddeeff00';
const earlierWire = '43 33 22 11 66 55 88 77 99 aa bb cc dd ee ff 00';
const change = { NamespaceGuid: database, LocalId: bytesOf('00 00 00 00 01 02') };
const earlierChange = { NamespaceGuid: earlier, LocalId: bytesOf('07') };

itIsWrittenAndRead([
  ['MS-OXCDATA_R2175, R2176, R2177: a folder id', folderId, objectId(1, 0x0102n), '01 00 00 00 00 00 01 02'],
  ['MS-OXCDATA_R2180, R2181, R2182: a message id', messageId, objectId(0xfffe, 0xa0b0c0d0e0f0n), 'fe ff a0 b0 c0 d0 e0 f0'],
  ['a counter', globalCounter, 0x010203040506n, '01 02 03 04 05 06'],
  ['MS-OXCDATA_R2188, R2189: a LongTermId', longTermId, { DatabaseGuid: database, GlobalCounter: 0x0102n }, `${databaseWire} 00 00 00 00 01 02 00 00`],
  ['MS-OXCDATA_R2186, R2187: a GID', gid, { DatabaseGuid: database, GlobalCounter: 0x0102n }, `${databaseWire} 00 00 00 00 01 02`],
  ['MS-OXCFXICS_R170, R171, R172, R173: an XID with its size', sizedXid, change, `16 ${databaseWire} 00 00 00 00 01 02`],
]);

it.each([
  ['of one byte', '07'],
  ['of eight', '01 02 03 04 05 06 07 08'],
])('MS-OXCFXICS_R153, R157: an XID %s', (_what, local) => expect(decode(bytesOf(`${databaseWire} ${local}`), xid)).toEqual({ NamespaceGuid: database, LocalId: bytesOf(local) }));

describe('a list of changes', () => {
  itIsWrittenAndRead([['of none', predecessorChangeList, [], '']]);
  const wire = `11 ${earlierWire} 07 16 ${databaseWire} 00 00 00 00 01 02`;
  it('MS-OXCFXICS_R169: is written in the order of the namespaces', () => {
    expect(hexOf(encode(predecessorChangeList, [change, earlierChange]))).toBe(wire.replaceAll(' ', ''));
    expect(decode(bytesOf(wire), predecessorChangeList)).toEqual([earlierChange, change]);
  });
  itIsNotWritten([['with an id of no byte', predecessorChangeList, [{ NamespaceGuid: database, LocalId: new Uint8Array() }], { path: '/0/LocalId' }]]);
  itIsRefused([
    ['one that is cut', predecessorChangeList, wire.slice(0, -3), { code: 'truncated', path: '/1' }],
    ['an id that is too long', predecessorChangeList, `19 ${databaseWire} 01 02 03 04 05 06 07 08 09`, { code: 'invalid', path: '/0/LocalId' }],
    ['an id without a byte', predecessorChangeList, `10 ${databaseWire}`, { code: 'truncated', path: '/0/LocalId' }],
  ]);
});

itIsNotWritten([
  ['a counter that is too large', globalCounter, 0x1_0000_0000_0000n],
  ['one below zero', globalCounter, -1n],
]);

it('an id is made of a replica and a counter, and falls apart into them', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffff }), fc.bigInt({ min: 0n, max: 0xffff_ffff_ffffn }), (replId, counter) => {
      const id = objectId(replId, counter);
      expect([replIdOf(id), globalCounterOf(id)]).toEqual([replId, counter]);
    }),
  ));
