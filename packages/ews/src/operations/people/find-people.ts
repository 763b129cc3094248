import { classBeginsWith, itemTest, sortBy, valueOf } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { pageOf } from '../../mapping/paging.ts';
import { contactPersona, directoryPersona, personaElement, withPropertyPaths, type Persona } from '../../mapping/persona.ts';
import { queryText } from '../../mapping/query-text.ts';
import { decodeOrder, decodeRestriction } from '../../mapping/restriction.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { getFolder, targetEntry } from '../../resolve.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { FindPeopleType, TargetFolderIdType } from '../../schema/types.generated.ts';

/** People of a contacts folder, or of the directory. @see FindPeople, EWS reference */
export const findPeople: Operation<'FindPeople'> = defineOperation('FindPeople', (request, context) =>
  answerAlone(context, (head) => head, async () => {
    const { PersonaShape, IndexedPageItemView, Restriction, AggregationRestriction, SortOrder } = request;
    let found = await candidates(request, context);
    for (const restriction of [Restriction, AggregationRestriction]) {
      if (!restriction) continue;
      const test = itemTest(decodeRestriction(withPropertyPaths(restriction), context));
      found = found.filter(({ item }) => test(item));
    }
    const order = decodeOrder(SortOrder && withPropertyPaths(SortOrder)) ?? [{ property: 'PidTagDisplayName', descending: false }];
    const sorted = sortBy(found.map((persona, id) => ({ persona, id })), order, ({ persona }, name) => valueOf(persona.item, name)).map(({ persona }) => persona);
    const { items } = pageOf(sorted, { indexed: IndexedPageItemView });
    const base = PersonaShape?.BaseShape === 'IdOnly' ? 'IdOnly' : PersonaShape?.BaseShape === 'AllProperties' ? 'Full' : 'Default';
    return {
      ...success,
      People: { Persona: items.map((persona) => personaElement(persona, base, PersonaShape?.AdditionalProperties)) },
      TotalNumberOfPeopleInView: sorted.length,
      FirstMatchingRowIndex: 0,
      FirstLoadedRowIndex: Math.min(IndexedPageItemView.Offset, sorted.length),
    };
  }));

/** Without a folder a query looks in the directory and among the own contacts; without either there is nothing to look for. */
async function candidates({ ParentFolderId, ...request }: FindPeopleType, context: EwsContext): Promise<readonly Persona[]> {
  const QueryString = queryText(request.QueryString);
  if (ParentFolderId) return isDirectory(ParentFolderId) ? inDirectory(QueryString, context) : inFolder(ParentFolderId, QueryString, context);
  if (!QueryString) throw new EwsError('ErrorInvalidArgument');
  const own = await inFolder({ DistinguishedFolderId: { Id: 'contacts' } }, QueryString, context);
  const known = new Set(own.flatMap(({ emails }) => emails.map(({ EmailAddress }) => EmailAddress?.toLowerCase())));
  return [...own, ...inDirectory(QueryString, context).filter(({ emails }) => !known.has(emails[0]?.EmailAddress?.toLowerCase()))];
}

const isDirectory = ({ DistinguishedFolderId }: TargetFolderIdType): boolean => DistinguishedFolderId?.Id === 'directory';

function inDirectory(query: string | undefined, { organization: { directory } }: EwsContext): Persona[] {
  const entries = query ? directory.resolve(query) : directory.list().filter(({ isHiddenFromAddressLists }) => !isHiddenFromAddressLists);
  return entries.map(directoryPersona);
}

const mostContacts = 10_000;

async function inFolder(target: TargetFolderIdType, query: string | undefined, context: EwsContext): Promise<Persona[]> {
  const { session, folderId } = await getFolder(targetEntry(target), context);
  const page = await session.query([folderId], { restriction: { kind: 'or', restrictions: ['IPM.Contact', 'IPM.DistList'].map(classBeginsWith) }, limit: mostContacts });
  const personas = page.items.map((item) => contactPersona(item, session));
  const wanted = query?.toLowerCase();
  return wanted ? personas.filter((persona) => names(persona).some((name) => name.startsWith(wanted))) : personas;
}

/** What a query compares with: names, their words, addresses. */
function names({ item, emails }: Persona): string[] {
  const whole = (['PidTagDisplayName', 'PidTagGivenName', 'PidTagSurname', 'PidTagNickname', 'PidTagCompanyName'] as const).map((name) => String(item.bag.get(name) ?? '').toLowerCase());
  return [...whole, ...(whole[0] ?? '').split(/[\s,]+/), ...emails.map(({ EmailAddress }) => EmailAddress?.toLowerCase() ?? '')];
}
