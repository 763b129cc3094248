// The state of a content model is a slot and how often it was filled: no automaton is needed for these schemas.
import type { Plan, Slot } from './plan.ts';

export interface ContentState {
  slot: number;
  count: number;
  /** The group of the slot that was filled last. */
  group: string;
  readonly seen: ReadonlySet<string> | undefined;
}

/** Whether a path of groups lies in (or is) another: everything lies in ``. */
const contains = (outer: string, inner: string): boolean => outer === '' || outer === inner || inner.startsWith(`${outer}.`);

/** Whether a slot still wants an element, given which optional sequences have begun. */
export function isOpen(slot: Slot, filled: number, group: string): boolean {
  return filled < slot.min && contains(slot.group, group);
}

/** Fills the slot `next` if it may come now; changes nothing and says false if it may not. */
export function findNext(plan: Plan, state: ContentState, next: number): boolean {
  const slot = plan.slots[next] as Slot;
  if (next === state.slot) {
    if (state.count >= slot.max) return false;
    // The first slot of all is entered here with nothing before it.
    state.count += 1;
    state.group = slot.group;
    return true;
  }
  if (next < state.slot) return false;
  const current = plan.slots[state.slot] as Slot;
  if (isOpen(current, state.count, state.count > 0 ? current.group : slot.group)) return false;
  if (plan.hasGroups) {
    for (let index = state.slot + 1; index < next; index += 1) {
      const between = plan.slots[index] as Slot;
      if (isOpen(between, 0, state.group) || isOpen(between, 0, slot.group)) return false;
    }
  } else if ((plan.nextRequired[state.slot + 1] ?? next) < next) return false;
  state.slot = next;
  state.count = 1;
  state.group = slot.group;
  return true;
}

interface Name {
  readonly name: string;
  readonly uri: string;
}

/** Every name that may come next, in schema order, up to and including the first that must. */
function possible(plan: Plan, state: ContentState): { names: Name[]; mustCome: boolean } {
  if (plan.isAll) {
    const names = plan.slots.flatMap((slot) => slot.fields).filter((field) => !state.seen?.has(field.name));
    return { names, mustCome: names.some((field) => (plan.slots[field.slot]?.min ?? 0) > 0) };
  }
  const names: Name[] = [];
  for (let index = state.slot; index < plan.slots.length; index += 1) {
    const slot = plan.slots[index] as Slot;
    const filled = index === state.slot ? state.count : 0;
    // A group that has not begun can begin only with its first slots; one that was passed over cannot be entered in its middle.
    if (filled < slot.max) names.push(...slot.fields);
    if (isOpen(slot, filled, state.group)) return { names, mustCome: true };
    if (filled < slot.min && slot.group !== '') index = lastOfGroup(plan, index);
  }
  return { names, mustCome: false };
}

/** Behind a required member of an optional sequence that has not begun, the rest of that sequence is out of reach. */
function lastOfGroup(plan: Plan, index: number): number {
  const group = plan.slots[index]?.group ?? '';
  let last = index;
  while (last + 1 < plan.slots.length && contains(group, plan.slots[last + 1]?.group ?? '')) last += 1;
  return last;
}

/** `'A, B' in namespace 'uri'`, with ` as well as ` where the namespace changes. */
function listNames(names: readonly Name[]): string {
  const runs: { uri: string; names: string[] }[] = [];
  for (const { name, uri } of names) {
    const run = runs.at(-1);
    if (run && run.uri === uri) run.names.push(name);
    else runs.push({ uri, names: [name] });
  }
  return runs.map((run) => (run.uri ? `'${run.names.join(', ')}' in namespace '${run.uri}'` : `'${run.names.join(', ')}'`)).join(' as well as ');
}

/** What may stand next, as .NET lists it; empty when nothing may. */
export const expectedNames = (plan: Plan, state: ContentState): string => listNames(possible(plan, state).names);

/** What an element that ends now still lacks, as .NET lists it; undefined when it is complete. */
export function incompleteFrom(plan: Plan, state: ContentState): string | undefined {
  if (plan.slots.length === 0) return undefined;
  if (!plan.isAll && !plan.hasGroups) {
    const slot = plan.slots[state.slot] as Slot;
    if (state.count >= slot.min && (plan.nextRequired[state.slot + 1] ?? 0) >= plan.slots.length) return undefined;
  }
  const { names, mustCome } = possible(plan, state);
  return mustCome ? listNames(names) : undefined;
}
