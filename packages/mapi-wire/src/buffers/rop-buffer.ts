import { WireEncodeError } from '../errors.ts';
import { layout, type Layout } from '../layout/layout.ts';
import { u32 } from '../layout/numbers.ts';
import { toTheEnd } from '../layout/sequences.ts';

export interface RopBuffer {
  /** ROPs, one after the other; none of them says how long it is. */
  readonly RopsList: Uint8Array;
  readonly ServerObjectHandleTable: readonly number[];
}

/** What stands in the table for an object that is not there yet: [MS-OXCROPS] 3.1.4.1. */
export const noHandle = 0xffff_ffff;
const handleTable = toTheEnd(u32);
const ownSize = 2;

/** [MS-OXCROPS] 2.2.1. `RopSize` counts itself and the list. */
export const ropBuffer: Layout<RopBuffer> = layout<RopBuffer>(ownSize, (reader, scope) => {
  const size = reader.u16();
  if (size < ownSize) reader.fail('invalid', `a RopSize of ${size} does not count itself`);
  return { RopsList: reader.bytes(size - ownSize), ServerObjectHandleTable: handleTable.read(reader, scope) };
}, (writer, { RopsList, ServerObjectHandleTable }, scope) => {
  if (RopsList.length + ownSize > 0xffff) throw new WireEncodeError(`a RopsList of ${RopsList.length} bytes`);
  writer.u16(RopsList.length + ownSize);
  writer.bytes(RopsList);
  handleTable.write(writer, ServerObjectHandleTable, scope);
});
