import { at, layout, type Layout } from '../layout/layout.ts';
import { u16 } from '../layout/numbers.ts';
import { guid } from '../layout/text.ts';
import { GlobSet } from './globset.ts';
import { globSet } from './globset-layout.ts';

/** [MS-OXCFXICS] 2.2.2.4: ids or change numbers, by their replica: its REPLID as a number or its REPLGUID as text. */
export type IdSet<Replica> = ReadonlyMap<Replica, GlobSet>;

function idSet<Replica>(replica: Layout<Replica>, order: (one: Replica, other: Replica) => number): Layout<IdSet<Replica>> {
  return layout<IdSet<Replica>>(0, (reader, scope) => {
    const sets = new Map<Replica, GlobSet>();
    while (reader.left > 0) {
      const of = replica.read(reader, scope);
      const set = at(String(of), () => globSet.read(reader, scope));
      sets.set(of, sets.get(of)?.union(set) ?? set);
    }
    return sets;
  }, (writer, value, scope) => {
    for (const [of, set] of [...value].sort(([one], [other]) => order(one, other))) {
      replica.write(writer, of, scope);
      globSet.write(writer, set, scope);
    }
  });
}

/** The text of a GUID in the order of its bytes on the wire. */
const inBytes = (text: string): string => text.replace(/^(..)(..)(..)(..)-(..)(..)-(..)(..)/, '$4$3$2$1-$6$5-$8$7');

/** [MS-OXCFXICS] 2.2.2.4.1, as deletions and read states have it. Takes all that is left. */
export const idSetByReplId: Layout<IdSet<number>> = idSet(u16, (one, other) => one - other);
/** [MS-OXCFXICS] 2.2.2.4.2, as the state of a synchronization has it. Takes all that is left. */
export const idSetByReplGuid: Layout<IdSet<string>> = idSet(guid, (one, other) => (inBytes(one) < inBytes(other) ? -1 : 1));
