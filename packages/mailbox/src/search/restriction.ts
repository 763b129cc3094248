import type { PropertyName, PropertyValue } from '@fauxchange/properties';

export type Comparison = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';

/** How much of the value the text of a `contains` has to match ([MS-OXCDATA] 2.12.4, EWS ContainmentModeType). */
export type ContainsMode = 'fullString' | 'prefix' | 'substring' | 'prefixOnWords' | 'exactPhrase';

/**
 * The one restriction tree into which every protocol's search is parsed ([MS-OXCDATA] 2.12 is its superset).
 * A comparison with a multi-valued property holds if it holds for one of the values; a comparison with an absent
 * property does not hold, `ne` included ([MS-OXCDATA] 2.12.5).
 */
export type Restriction =
  | { readonly kind: 'and' | 'or'; readonly restrictions: readonly Restriction[] }
  | { readonly kind: 'not'; readonly restriction: Restriction }
  | { readonly kind: 'compare'; readonly property: PropertyName; readonly operator: Comparison; readonly value: PropertyValue }
  | { readonly kind: 'compareProperties'; readonly left: PropertyName; readonly operator: Comparison; readonly right: PropertyName }
  | {
      readonly kind: 'contains';
      readonly property: PropertyName;
      readonly text: string;
      readonly mode: ContainsMode;
      readonly ignoreCase: boolean;
      readonly ignoreNonSpacing: boolean;
    }
  | { readonly kind: 'bitmask'; readonly property: PropertyName; readonly mask: number; readonly isZero: boolean }
  | { readonly kind: 'exists'; readonly property: PropertyName }
  | { readonly kind: 'size'; readonly property: PropertyName; readonly operator: Comparison; readonly bytes: number }
  /** Holds if one recipient of one of the types has the text in its name or address. */
  | { readonly kind: 'recipient'; readonly types: readonly ('to' | 'cc' | 'bcc')[]; readonly text: string; readonly mode: ContainsMode; readonly ignoreCase: boolean }
  /** Holds if one attachment has the text in its name. */
  | { readonly kind: 'attachment'; readonly text: string; readonly mode: ContainsMode; readonly ignoreCase: boolean }
  /** Full-text: the word (or its prefix) in subject, bodies, names and addresses of sender and recipients, attachment names. */
  | { readonly kind: 'anyText'; readonly text: string; readonly mode: ContainsMode }
  | { readonly kind: 'always' }
  | { readonly kind: 'never' };

/** An order is total: the engine breaks ties by id, in the direction of the first key. */
export type OrderSpec = readonly { readonly property: PropertyName; readonly descending: boolean }[];

/** Items of a message class and of those that are made of it. */
export const classBeginsWith = (text: string): Restriction => ({ kind: 'contains', property: 'PidTagMessageClass', text, mode: 'prefix', ignoreCase: true, ignoreNonSpacing: false });
