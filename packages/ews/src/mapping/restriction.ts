import type { Comparison, ContainsMode, OrderSpec, Restriction } from '@fauxchange/mailbox';
import { property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { EwsError } from '../errors.ts';
import type { ContainsExpressionType, ExcludesType, ExistsType, NonEmptyArrayOfFieldOrdersType, RestrictionType, TwoOperandExpressionType } from '../schema/types.generated.ts';
import type { EwsContext } from '../context.ts';
import { parseDateTime } from './date-time.ts';
import { decodeOne } from './extended-property.ts';
import { fieldOfUri, pathDetails, pathOfChoice, queryProperty, type Path, type PathChoice } from './paths.ts';

/** Documentation of ErrorRestrictionTooLong. The depth is ours: deeper trees are ErrorRestrictionTooComplex. */
const maxNodes = 255;
const maxDepth = 16;

/** One search expression by its element: `['IsEqualTo', …]`. */
type Expression = readonly [name: string, value: unknown];

const comparisons: Readonly<Record<string, Comparison>> = {
  IsEqualTo: 'eq', IsNotEqualTo: 'ne', IsGreaterThan: 'gt', IsGreaterThanOrEqualTo: 'ge', IsLessThan: 'lt', IsLessThanOrEqualTo: 'le',
};
const containsModes: Readonly<Record<NonNullable<ContainsExpressionType['ContainmentMode']>, ContainsMode>> = {
  FullString: 'fullString', Prefixed: 'prefix', Substring: 'substring', PrefixOnWords: 'prefixOnWords', ExactPhrase: 'exactPhrase',
};

/** The model's restriction for an EWS Restriction. */
export function decodeRestriction(restriction: RestrictionType, context: EwsContext): Restriction {
  return new Decoder(context).only(restriction as Readonly<Record<string, unknown>>, 0);
}

class Decoder {
  #nodes = 0;
  readonly #context: EwsContext;
  constructor(context: EwsContext) {
    this.#context = context;
  }

  /** The one expression inside a Restriction or a Not. */
  only(holder: Readonly<Record<string, unknown>>, depth: number): Restriction {
    const found = Object.entries(holder).find(([, value]) => value !== undefined);
    if (!found) throw new EwsError('ErrorInvalidRestriction');
    return this.#expression(found, depth + 1);
  }

  #expression([element, value]: Expression, depth: number): Restriction {
    if (++this.#nodes > maxNodes) throw new EwsError('ErrorRestrictionTooLong');
    if (depth > maxDepth) throw new EwsError('ErrorRestrictionTooComplex');
    // A SearchExpression says by xsi:type what it is.
    const typed = value as { 'xsi:type'?: string; $?: unknown };
    const name = element === 'SearchExpression' ? (typed['xsi:type'] ?? '').replace(/(Expression)?Type$/, '') : element;
    const content = element === 'SearchExpression' && typed.$ !== undefined ? typed.$ : value;
    if (name === 'And' || name === 'Or') {
      return { kind: name === 'And' ? 'and' : 'or', restrictions: (content as readonly Expression[]).map((one) => this.#expression(one, depth + 1)) };
    }
    if (name === 'Not') {
      const { 'xsi:type': _, ...holder } = content as Readonly<Record<string, unknown>>;
      return { kind: 'not', restriction: this.only(holder, depth) };
    }
    return this.#leaf(name, content);
  }

  #leaf(name: string, value: unknown): Restriction {
    const path = pathOfChoice(value as PathChoice);
    if (!path) throw new EwsError('ErrorInvalidRestriction');
    const comparison = comparisons[name];
    if (comparison) return this.#compare(comparison, path, value as TwoOperandExpressionType);
    if (name === 'Exists') return exists(path, value as ExistsType);
    if (name === 'Excludes') return excludes(path, value as ExcludesType);
    if (name === 'Contains') return contains(path, value as ContainsExpressionType);
    throw new EwsError('ErrorInvalidRestriction');
  }

  #compare(operator: Comparison, path: Path, { FieldURIOrConstant }: TwoOperandExpressionType): Restriction {
    const left = queryProperty(path, 'ErrorUnsupportedPathForQuery');
    const other = pathOfChoice(FieldURIOrConstant);
    if (other) return { kind: 'compareProperties', left, operator, right: queryProperty(other, 'ErrorUnsupportedPathForQuery') };
    return { kind: 'compare', property: left, operator, value: this.#constant(left, path, FieldURIOrConstant.Constant?.Value ?? '') };
  }

  /** A constant as the property's type has it; ErrorInvalidValueForProperty. */
  #constant(name: PropertyName, path: Path, text: string): PropertyValue {
    const uri = path[0] === 'FieldURI' ? path[1].FieldURI : '';
    const named = fieldOfUri(uri)?.constant?.(text, this.#context);
    if (named !== undefined) return named;
    const type = (property(name)?.type ?? 'String').replace('Multiple', '') as 'String';
    try {
      return (type as string) === 'Time' ? parseDateTime(text, this.#context.localOffset) : decodeOne(type, text);
    } catch {
      throw new EwsError('ErrorInvalidValueForProperty', undefined, pathDetails(path));
    }
  }
}

const flagFields: ReadonlySet<string> = new Set(['item:IsDraft', 'item:IsSubmitted', 'item:IsUnmodified', 'item:IsResend', 'item:IsFromMe']);

function exists(path: Path, _value: ExistsType): Restriction {
  if (path[0] === 'FieldURI' && flagFields.has(path[1].FieldURI)) throw new EwsError('ErrorInvalidPropertyForExists', undefined, pathDetails(path));
  return { kind: 'exists', property: queryProperty(path, 'ErrorUnsupportedPathForQuery') };
}

/** Holds where the masked bits are all clear, [MS-OXWSSRCH] ExcludesType. */
function excludes(path: Path, { Bitmask }: ExcludesType): Restriction {
  const text = Bitmask.Value;
  const mask = /^0x/i.test(text) ? Number.parseInt(text.slice(2), 16) : Number.parseInt(text, 10);
  const name = queryProperty(path, 'ErrorUnsupportedPathForQuery');
  if (!Number.isInteger(mask)) throw new EwsError('ErrorInvalidExcludesRestriction', undefined, pathDetails(path));
  return { kind: 'bitmask', property: name, mask, isZero: true };
}

function contains(path: Path, value: ContainsExpressionType): Restriction {
  const mode = containsModes[value.ContainmentMode ?? 'FullString'];
  const comparison = value.ContainmentComparison ?? 'Exact';
  const text = value.Constant.Value;
  const ignoreCase = comparison.includes('IgnoreCase') || comparison === 'Loose';
  const recipientTypes = path[0] === 'FieldURI' ? recipientFields[path[1].FieldURI] : undefined;
  if (recipientTypes) return { kind: 'recipient', types: recipientTypes, text, mode, ignoreCase };
  const name = queryProperty(path, 'ErrorUnsupportedPathForQuery');
  const type = property(name)?.type;
  if (type !== 'String' && type !== 'MultipleString') throw new EwsError('ErrorContainsFilterWrongType', undefined, pathDetails(path));
  return { kind: 'contains', property: name, text, mode, ignoreCase, ignoreNonSpacing: comparison.includes('NonSpacing') || comparison === 'Loose' };
}

/** Recipients can be searched, though not sorted by. */
const recipientFields: Readonly<Record<string, readonly ('to' | 'cc' | 'bcc')[]>> = {
  'message:ToRecipients': ['to'], 'message:CcRecipients': ['cc'], 'message:BccRecipients': ['bcc'],
};

/** SortOrder; ErrorUnsupportedPathForSortGroup for what has no column. */
export function decodeOrder(order: NonEmptyArrayOfFieldOrdersType | undefined): OrderSpec | undefined {
  return order?.FieldOrder.map((one) => {
    const path = pathOfChoice(one);
    if (!path) throw new EwsError('ErrorUnsupportedPathForSortGroup');
    return { property: queryProperty(path, 'ErrorUnsupportedPathForSortGroup'), descending: one.Order === 'Descending' };
  });
}
