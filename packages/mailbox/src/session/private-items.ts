import type { Item } from '../items/item.ts';
import type { Restriction } from '../search/restriction.ts';

/** PidTagSensitivity, [MS-OXCMSG] 2.2.1.13: 2 is private. */
const PRIVATE = 2;

export const isPrivate = ({ bag }: Item): boolean => bag.get('PidTagSensitivity') === PRIVATE || bag.get('PidLidPrivate') === true;

/** The same as a restriction, for the engine to apply. */
export const notPrivate: Restriction = {
  kind: 'not',
  restriction: {
    kind: 'or',
    restrictions: [
      { kind: 'compare', property: 'PidTagSensitivity', operator: 'eq', value: PRIVATE },
      { kind: 'compare', property: 'PidLidPrivate', operator: 'eq', value: true },
    ],
  },
};
