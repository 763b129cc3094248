import { EwsError } from '../errors.ts';
import type { SearchPageDirectionType } from '../schema/types.generated.ts';

interface PageRequest {
  readonly PageSize?: number | undefined;
  readonly PageItemReference?: string | undefined;
  readonly PageDirection?: SearchPageDirectionType | undefined;
}

/**
 * Pages of discovery go on from an item, by its SortValue: behind it, or with Previous before it. Without one it is the first page.
 * ErrorInvalidArgument for a size below one, and for an item that is not among them ([K] both).
 */
export function pageAround<T>(all: readonly T[], { PageSize, PageItemReference, PageDirection }: PageRequest, { key, byDefault = all.length }: { readonly key: (one: T) => string; readonly byDefault?: number | undefined }): readonly T[] {
  const size = PageSize ?? byDefault;
  if (PageSize !== undefined && PageSize < 1) throw new EwsError('ErrorInvalidArgument');
  if (!PageItemReference) return all.slice(0, size);
  const at = all.findIndex((one) => key(one) === PageItemReference);
  if (at < 0) throw new EwsError('ErrorInvalidArgument');
  return PageDirection === 'Previous' ? all.slice(Math.max(0, at - size), at) : all.slice(at + 1, at + 1 + size);
}
