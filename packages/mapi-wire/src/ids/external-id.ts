import { WireEncodeError } from '../errors.ts';
import { layout, type Layout, type LayoutValue } from '../layout/layout.ts';
import { u8 } from '../layout/numbers.ts';
import { rest, sized, toTheEnd } from '../layout/sequences.ts';
import { struct } from '../layout/struct.ts';
import { guid } from '../layout/text.ts';
import { globalCounter } from './object-id.ts';

/** [MS-OXCDATA] 2.2.1.3: an id of a store. A SourceKey is one. */
export const gid = struct({ DatabaseGuid: guid, GlobalCounter: globalCounter });
export type Gid = LayoutValue<typeof gid>;

const leastLocalId = 1;
const mostLocalId = 8;
const isLocalId = ({ length }: Uint8Array): boolean => length >= leastLocalId && length <= mostLocalId;
const localId: Layout<Uint8Array> = layout(leastLocalId, (reader, scope) => {
  if (reader.left < leastLocalId) reader.fail('truncated', 'an id has no byte');
  const bytes = rest.read(reader, scope);
  return isLocalId(bytes) ? bytes : reader.fail('invalid', `an id has ${bytes.length} bytes`);
}, (writer, value, scope) => {
  if (!isLocalId(value)) throw new WireEncodeError(`an id has ${leastLocalId} to ${mostLocalId} bytes and not ${value.length}`);
  rest.write(writer, value, scope);
});

/** [MS-OXCFXICS] 2.2.2.2: an id of one or eight bytes or something between, in a namespace. Takes all that is left. A ChangeKey is one. */
export const xid = struct({ NamespaceGuid: guid, LocalId: localId });
export type Xid = LayoutValue<typeof xid>;

/** [MS-OXCFXICS] 2.2.2.3.1. */
export const sizedXid: Layout<Xid> = sized(u8, xid);

const inBytes = (namespace: string): string => namespace.replace(/^(..)(..)(..)(..)-(..)(..)-(..)(..)-/, '$4$3$2$1$6$5$8$7');
function byNamespace(one: Xid, other: Xid): number {
  const [first, second] = [inBytes(one.NamespaceGuid), inBytes(other.NamespaceGuid)];
  return first === second ? 0 : first < second ? -1 : 1;
}
const changes = toTheEnd(sizedXid);
/** [MS-OXCFXICS] 2.2.2.3: the last change of each replica. Read in any order; written in the order of the namespaces' bytes. */
export const predecessorChangeList: Layout<readonly Xid[]> = layout(changes.least, (reader, scope) => changes.read(reader, scope), (writer, value, scope) => changes.write(writer, [...value].sort(byNamespace), scope));
