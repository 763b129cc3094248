import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import { isAtLeast } from '../profile.ts';
import type { FindItemParentType, FractionalPageViewType, IndexedPageViewType } from '../schema/types.generated.ts';

export interface PageViews {
  readonly indexed?: IndexedPageViewType | undefined;
  readonly fractional?: FractionalPageViewType | undefined;
}
export type PageAttributes = Pick<FindItemParentType, 'IndexedPagingOffset' | 'NumeratorOffset' | 'AbsoluteDenominator' | 'TotalItemsInView' | 'IncludesLastItemInRange'>;

/** Refuses page views that ask for nothing or for what is before the beginning. */
export function checkPaging({ indexed, fractional }: PageViews): void {
  const most = (indexed ?? fractional)?.MaxEntriesReturned;
  if (most !== undefined && most <= 0) throw new EwsError('ErrorInvalidPagingMaxRows');
  if (indexed && indexed.Offset < 0) throw new EwsError('ErrorInvalidIndexedPagingParameters');
  if (fractional && (fractional.Denominator <= 0 || fractional.Numerator < 0 || fractional.Numerator > fractional.Denominator)) {
    throw new EwsError('ErrorInvalidFractionalPagingParameters');
  }
}

/** What a page says of itself, [MS-OXWSSRCH] 2.2.4.11: `nextOffset` counts rows from the base point. */
export function pageAttributes({ indexed, fractional }: PageViews, page: { readonly total: number; readonly nextOffset: number; readonly isLast: boolean }): PageAttributes {
  const common = { TotalItemsInView: page.total, IncludesLastItemInRange: page.isLast };
  if (indexed) return { IndexedPagingOffset: page.nextOffset, ...common };
  if (fractional) return { NumeratorOffset: page.nextOffset, AbsoluteDenominator: page.total, ...common };
  return common;
}

/**
 * The rows that an answer may have, EWSFindCountLimit. A page is cut there; without pages, and for the versions before Exchange 2010 SP1
 * in any case, an answer that would be cut is refused ("EWS throttling in Exchange", EWSFindCountLimit).
 */
export class FindCount {
  readonly rows: number;
  readonly #asked: number | undefined;
  readonly #isOld: boolean;

  /** @param asked MaxEntriesReturned of whatever view the request has */
  constructor(asked: number | undefined, isSearch: boolean, { limits, version }: Pick<EwsContext, 'limits' | 'version'>) {
    this.rows = Math.min(asked ?? Infinity, (isSearch ? limits.searchFindCountLimit : limits.findCountLimit) ?? Infinity);
    this.#asked = asked;
    this.#isOld = !isAtLeast(version, 'Exchange2010_SP1');
  }

  /** ErrorExceededFindCountLimit, ErrorServerBusy where `isLast` says that there would have been more. */
  check(isLast: boolean): void {
    if (isLast || this.rows === this.#asked) return;
    if (this.#isOld) throw new EwsError('ErrorServerBusy');
    if (this.#asked === undefined) throw new EwsError('ErrorExceededFindCountLimit');
  }
}

/** A page of a list that is at hand. */
export function pageOf<T>(all: readonly T[], views: PageViews, rows: number = Infinity): { readonly items: readonly T[]; readonly attributes: PageAttributes } {
  checkPaging(views);
  const { indexed, fractional } = views;
  const most = Math.min((indexed ?? fractional)?.MaxEntriesReturned ?? all.length, rows);
  if (indexed?.BasePoint === 'End') {
    const end = Math.max(0, all.length - indexed.Offset);
    const start = Math.max(0, end - most);
    return { items: all.slice(start, end), attributes: pageAttributes(views, { total: all.length, nextOffset: all.length - start, isLast: start === 0 }) };
  }
  const start = fractional ? Math.floor((all.length * fractional.Numerator) / fractional.Denominator) : (indexed?.Offset ?? 0);
  const items = all.slice(start, start + most);
  const next = Math.min(all.length, start + items.length);
  return { items, attributes: pageAttributes(views, { total: all.length, nextOffset: next, isLast: next >= all.length }) };
}
