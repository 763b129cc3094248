import { parseQueryString, calendarView, groupItems, itemTest, type Folder, type Item, type ItemQuery, type MailboxSession, type Restriction } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { lazily } from '../../lazily.ts';
import { calendarWindow, checkCalendarView } from '../../mapping/calendar-window.ts';
import { kindOfFolder } from '../../mapping/folder-fields.ts';
import { compileItemShape, type ItemElement, type ItemShape } from '../../mapping/item-shape.ts';
import { viewOf } from '../../mapping/item-view.ts';
import { contactsQuery } from '../../mapping/contacts-view.ts';
import { decodeGrouping, encodeGroups } from '../../mapping/grouping.ts';
import { checkPaging, FindCount, pageAttributes } from '../../mapping/paging.ts';
import { queryText } from '../../mapping/query-text.ts';
import { decodeOrder, decodeRestriction } from '../../mapping/restriction.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { getFolder, type FolderIdEntry } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { CalendarViewType, FindItemParentType, FindItemType, IndexedPageViewType, SeekToConditionPageViewType } from '../../schema/types.generated.ts';

/** @see [MS-OXWSSRCH] 3.1.4.2 FindItem */
export const findItem: Operation<'FindItem'> = defineOperation('FindItem', async (request, context) => {
  const search = lazily(() => new Search(request, context));
  return { ResponseMessages: await forEachEntry(context, 'FindItemResponseMessage', request.ParentFolderIds, (head) => head, async (entry) => ({ ...success, RootFolder: await search().in(entry) })) };
});

/** A search for a row looks through so many at a time. */
const rowsAtOnce = 500;

/** One request, compiled once for all its folders. */
class Search {
  readonly #request: FindItemType;
  readonly #context: EwsContext;
  readonly #shape: ItemShape;
  readonly #query: Omit<ItemQuery, 'limit'>;

  constructor(request: FindItemType, context: EwsContext) {
    this.#request = request;
    this.#context = context;
    if (request.CalendarView) checkCalendarView(request);
    const { IndexedPageItemView, SeekToConditionPageItemView: seek, FractionalPageItemView } = request;
    checkPaging({ indexed: IndexedPageItemView ?? (seek && { ...seek, Offset: 0 }), fractional: FractionalPageItemView });
    this.#shape = compileItemShape(request.ItemShape, 'find');
    const asked = {
      // Since Exchange 2010 what is soft-deleted is in the Recoverable Items folders, and no folder has a dumpster of its own.
      restriction: request.Traversal === 'SoftDeleted' ? ({ kind: 'never' } as const) : restrictionOf(request, context),
      order: decodeOrder(request.SortOrder),
    };
    this.#query = {
      table: request.Traversal === 'Associated' ? 'associated' : 'normal',
      ...(request.ContactsView ? contactsQuery(request.ContactsView, asked) : asked),
    };
  }

  async in(entry: FolderIdEntry): Promise<FindItemParentType> {
    const { session, folderId, folder } = await getFolder(entry, this.#context);
    if (this.#request.CalendarView) return this.#calendar(this.#request.CalendarView, session, folder);
    const grouping = decodeGrouping(this.#request);
    const { ContactsView, SeekToConditionPageItemView: seek } = this.#request;
    const views = { indexed: seek ? await this.#sought(seek, session, folder) : this.#request.IndexedPageItemView, fractional: this.#request.FractionalPageItemView };
    const count = this.#count((views.indexed ?? views.fractional ?? ContactsView)?.MaxEntriesReturned);
    const page = await session.query([folderId], {
      ...this.#query,
      limit: count.rows,
      offset: views.indexed?.Offset ?? 0,
      fromEnd: views.indexed?.BasePoint === 'End',
      fraction: views.fractional && { numerator: views.fractional.Numerator, denominator: views.fractional.Denominator },
    });
    count.check(page.isLast);
    const attributes = pageAttributes(views, page);
    if (!grouping) return { ...attributes, Items: await this.#render(page.items, session) };
    const groups = groupItems(page.items, grouping);
    return { ...attributes, Groups: { GroupedItems: await encodeGroups(groups, grouping.property, (items) => this.#render(items, session)) } };
  }

  /** A page that begins with the first item from the base point on that meets the condition; behind all of them where none does. */
  async #sought({ Condition, BasePoint, MaxEntriesReturned }: SeekToConditionPageViewType, session: MailboxSession, folder: Folder): Promise<IndexedPageViewType> {
    if (kindOfFolder(folder) === 'CalendarFolder') throw new EwsError('ErrorCalendarSeekToConditionNotSupported');
    const meets = itemTest(decodeRestriction(Condition, this.#context));
    const fromEnd = BasePoint === 'End';
    for (let Offset = 0; ; Offset += rowsAtOnce) {
      const { items, isLast } = await session.query([folder.id], { ...this.#query, limit: rowsAtOnce, offset: Offset, fromEnd });
      const at = fromEnd ? items.length - 1 - items.findLastIndex(meets) : items.findIndex(meets);
      const isFound = fromEnd ? at < items.length : at >= 0;
      if (isFound || isLast) return { BasePoint, MaxEntriesReturned, Offset: Offset + (isFound ? at : items.length) };
    }
  }

  async #calendar(view: CalendarViewType, session: MailboxSession, folder: Folder): Promise<FindItemParentType> {
    if (kindOfFolder(folder) !== 'CalendarFolder') throw new EwsError('ErrorCalendarFolderIsInvalidForCalendarView');
    const count = this.#count(view.MaxEntriesReturned);
    const { items, isLast } = await calendarView(session, folder.id, calendarWindow(view, this.#context), count.rows);
    count.check(isLast);
    return { TotalItemsInView: items.length, IncludesLastItemInRange: isLast, Items: await this.#render(items, session) };
  }

  #count(asked: number | undefined): FindCount {
    const { Restriction, QueryString } = this.#request;
    return new FindCount(asked, (Restriction ?? QueryString) !== undefined, this.#context);
  }

  async #render(items: readonly Item[], session: MailboxSession): Promise<ItemElement[]> {
    const elements: ItemElement[] = [];
    for (const item of items) elements.push(await this.#shape.render(viewOf(item, session, this.#request.ItemShape, this.#context)));
    return elements;
  }
}

function restrictionOf({ Restriction, QueryString }: FindItemType, context: EwsContext): Restriction | undefined {
  if (Restriction && QueryString) throw new EwsError('ErrorInvalidRequest');
  if (Restriction) return decodeRestriction(Restriction, context);
  const query = queryText(QueryString);
  return query ? parseQueryString(query, context.clock.now()) : undefined;
}
