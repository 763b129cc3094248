import { bytes, hex } from './bytes.ts';

type Package = typeof import('../src/index.ts');

/** The package as it loads where there is no Buffer. */
function loadWithoutBuffer(): Package {
  const { Buffer: kept } = globalThis;
  let loaded: Package | undefined;
  try {
    Reflect.deleteProperty(globalThis, 'Buffer');
    jest.isolateModules(() => void (loaded = jest.requireActual<Package>('../src/index.ts')));
  } finally {
    globalThis.Buffer = kept;
  }
  return loaded as Package;
}

const withBuffer = jest.requireActual<Package>('../src/index.ts');
const without = loadWithoutBuffer();

it.each([
  'short', 'ü', 'x'.repeat(100), `${'ü€😀'.repeat(40)}`, `\ufeffbyte order mark ${'x'.repeat(30)}`, `half \ud800 ${'x'.repeat(30)}`, `control \x01 ${'x'.repeat(30)}`, 'x'.repeat(100_000), `${'ü'.repeat(100_000)}`,
])('text without Buffer, %#', (words) => {
  const encode = ({ document, encodeDocument, struct, text }: Package): Uint8Array => encodeDocument(document('AirSync:Sync', struct('AirSync', { SyncKey: text() })), { SyncKey: words });
  const decode = ({ document, decodeDocument, struct, text }: Package, written: Uint8Array): unknown => decodeDocument(written, document('AirSync:Sync', struct('AirSync', { SyncKey: text() })));
  const written = encode(without);
  expect(hex(written)).toBe(hex(encode(withBuffer)));
  expect(decode(without, written)).toEqual(decode(withBuffer, written));
});

it.each([0, 1, 2, 3, 4, 5, 255])('base64 without Buffer, %i bytes', (length) => {
  const content = new Uint8Array(length).map((_, at) => at * 7 + 250);
  const encode = ({ base64, document, encodeDocument, struct }: Package): Uint8Array => encodeDocument(document('AirSync:Sync', struct('AirSync', { SyncKey: base64() })), { SyncKey: content });
  const decode = ({ base64, document, decodeDocument, struct }: Package, written: Uint8Array): { SyncKey: Uint8Array } => decodeDocument(written, document('AirSync:Sync', struct('AirSync', { SyncKey: base64() })));
  expect(hex(encode(without))).toBe(hex(encode(withBuffer)));
  expect(hex(decode(without, encode(without)).SyncKey)).toBe(hex(content));
});

it('refuses what is not UTF-8 all the same', () => {
  for (const one of [without, withBuffer]) expect(() => one.toXmlText(bytes(`03016a00 4b 03 '${'x'.repeat(50)}' e9 00 01`))).toThrow('text that is not UTF-8 at offset 6 (0x6)');
});
