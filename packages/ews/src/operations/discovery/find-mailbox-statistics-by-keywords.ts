import { classBeginsWith, type Mailbox, type Restriction } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { discover, discoveryRestriction, mostKeywords } from '../../discovery/discovered-items.ts';
import { checkMayDiscover, discoveredMailbox } from '../../discovery/discovery-role.ts';
import { sizeOfAll } from '../../discovery/search-preview.ts';
import { EwsError } from '../../errors.ts';
import { readDateTime } from '../../mapping/date-time.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { FindMailboxStatisticsByKeywordsType, KeywordStatisticsSearchResultType, SearchItemKindType, UserMailboxType } from '../../schema/types.generated.ts';

interface Count {
  readonly user: UserMailboxType;
  readonly keyword: string;
}

/**
 * One message for each mailbox and keyword. Its schema and a line for each element are all that is documented: that mailboxes are named by their
 * legacy distinguished names or GUIDs is [K].
 *
 * @see FindMailboxStatisticsByKeywords, EWS reference
 */
export const findMailboxStatisticsByKeywords: Operation<'FindMailboxStatisticsByKeywords'> = defineOperation('FindMailboxStatisticsByKeywords', async (request, context) => {
  checkLimits(request, context);
  const counts: Count[] = request.Mailboxes.UserMailbox.flatMap((user) => (request.Keywords.String ?? []).map((keyword) => ({ user, keyword })));
  let UserMailbox: UserMailboxType = { Id: '', IsArchive: false };
  return {
    ResponseMessages: await forEachEntry(context, 'FindMailboxStatisticsByKeywordsResponseMessage', counts, (head) => ({ ...head, MailboxStatisticsSearchResult: { UserMailbox } }), async ({ user, keyword }) => {
      UserMailbox = user;
      checkMayDiscover(context);
      return { ...success, MailboxStatisticsSearchResult: { UserMailbox, KeywordStatisticsSearchResult: await count(user, keyword, request, context) } };
    }),
  };
});

const mostCounts = 10_000;

function checkLimits({ Mailboxes: { UserMailbox }, Keywords: { String: keywords = [] } }: FindMailboxStatisticsByKeywordsType, { limits }: EwsContext): void {
  if (UserMailbox.length > (limits.discoveryMaxMailboxes ?? Infinity)) throw new EwsError('ErrorSearchTooManyMailboxes');
  if (keywords.length > (limits.discoveryMaxKeywords ?? mostKeywords) || UserMailbox.length * keywords.length > mostCounts) throw new EwsError('ErrorSearchQueryHasTooManyKeywords');
}

function mailboxOf({ Id }: UserMailboxType, context: EwsContext): Mailbox {
  const mailbox = discoveredMailbox(Id, context)?.mailbox ?? context.organization.mailboxByGuid(Id);
  if (!mailbox || mailbox.isPublic) throw new EwsError('ErrorNonExistentMailbox');
  return mailbox;
}

async function count(user: UserMailboxType, Keyword: string, request: FindMailboxStatisticsByKeywordsType, context: EwsContext): Promise<KeywordStatisticsSearchResultType> {
  const query = Keyword.trim() === '' ? undefined : discoveryRestriction(Keyword, context);
  if (!query) throw new EwsError('ErrorInvalidArgument');
  const mailbox = mailboxOf(user, context);
  const location = user.IsArchive ? 'ArchiveOnly' : request.IncludePersonalArchive ? 'All' : 'PrimaryOnly';
  const found = await discover(mailbox, location, { kind: 'and', restrictions: [query, ...filters(request)] }, { withDumpster: request.SearchDumpster === true });
  return { Keyword, ItemHits: found?.length ?? 0, Size: sizeOfAll(found ?? []) };
}

const any = (restrictions: readonly Restriction[] | undefined): readonly Restriction[] => (restrictions ? [{ kind: 'or', restrictions }] : []);

/** FromDate looks at when an item was sent, ToDate at when it was received, as their pages say. */
function filters({ Senders, Recipients, FromDate, ToDate, MessageTypes }: FindMailboxStatisticsByKeywordsType): readonly Restriction[] {
  const [from, to] = [FromDate, ToDate].map((text) => (text === undefined ? undefined : readDateTime(text)));
  return [
    ...any(Senders?.SmtpAddress.map((text) => ({ kind: 'contains', property: 'PidTagSenderSmtpAddress', text, mode: 'fullString', ignoreCase: true, ignoreNonSpacing: false }))),
    ...any(Recipients?.SmtpAddress.map((text) => ({ kind: 'recipient', types: ['to', 'cc', 'bcc'], text, mode: 'fullString', ignoreCase: true }))),
    ...(from === undefined ? [] : [{ kind: 'compare', property: 'PidTagClientSubmitTime', operator: 'ge', value: from } as const]),
    ...(to === undefined ? [] : [{ kind: 'compare', property: 'PidTagMessageDeliveryTime', operator: 'le', value: to } as const]),
    ...any(MessageTypes?.SearchItemKind.flatMap((kind) => classesOfKind[kind]).map(classBeginsWith)),
  ];
}

const classesOfKind: Readonly<Record<SearchItemKindType, readonly string[]>> = {
  Email: ['IPM.Note'], Meetings: ['IPM.Schedule', 'IPM.Appointment'], Tasks: ['IPM.Task'], Notes: ['IPM.StickyNote'], Docs: ['IPM.Document'], Journals: ['IPM.Activity'], Contacts: ['IPM.Contact', 'IPM.DistList'],
  Im: ['IPM.Note.Microsoft.Conversation'], Voicemail: ['IPM.Note.Microsoft.Voicemail'], Faxes: ['IPM.Note.Microsoft.Fax'], Posts: ['IPM.Post'], Rssfeeds: ['IPM.Post.Rss'],
};
