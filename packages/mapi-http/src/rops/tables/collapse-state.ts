import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import type { TableView } from '../../objects/row-source.ts';

/** What CollapseState tells: only this server reads it. */
export interface CollapseState {
  /** Of which order: another one has other categories. */
  readonly order: string;
  readonly changes: readonly (readonly [string, boolean])[];
  /** The row that is remembered. */
  readonly row: string;
}

/** Its size is told in two bytes. */
const mostBytes = 0xffff;

export const orderName = ({ order: { keys, categories, expanded, extreme } }: TableView): string => JSON.stringify([keys.map(({ property: { name }, descending }) => [name, descending]), categories, expanded, extreme?.property.name ?? null]);

/** @throws RopError ecTooBig */
export function encodeCollapseState({ order, changes, row }: CollapseState): Uint8Array {
  const bytes = Buffer.from(JSON.stringify([order, changes, row]));
  if (bytes.length > mostBytes) throw new RopError(errorCode.TooBig, 'More categories have been opened and closed than can be told.');
  return bytes;
}

/** @throws RopError ecInvalidParam */
export function decodeCollapseState(bytes: Uint8Array): CollapseState {
  try {
    const [order, changes, row] = JSON.parse(Buffer.from(bytes).toString()) as [unknown, unknown, unknown];
    if (typeof order === 'string' && typeof row === 'string' && Array.isArray(changes) && changes.every(isChange)) return { order, changes, row };
  } catch {
    // Refused below.
  }
  throw new RopError(errorCode.InvalidParameter, 'That is no state of categories of this server.');
}

const isChange = (one: unknown): one is readonly [string, boolean] => Array.isArray(one) && typeof one[0] === 'string' && typeof one[1] === 'boolean';
