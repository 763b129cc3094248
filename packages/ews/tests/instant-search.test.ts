import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient, type Answer } from './support/client.ts';
import { escapeXml, mailbox } from './support/soap.ts';
import { names, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ seed: 'empty' });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const session = '11111111-2222-4333-8444-555555555555';
const primary = '<t:PrimaryMailboxSearchScope/>';
const start = (client = alice, id = session): Promise<Answer> =>
  client.call(`<m:StartSearchSession><m:SearchSessionId>${id}</m:SearchSessionId><m:WarmupOptions>All</m:WarmupOptions><m:SuggestionTypes>All</m:SuggestionTypes><m:SearchScope>${primary}</m:SearchScope></m:StartSearchSession>`);
const end = (): Promise<Answer> => alice.call(`<m:EndSearchSession><m:SearchSessionId>${session}</m:SearchSessionId></m:EndSearchSession>`);
interface Search {
  readonly scope?: string;
  /** Between the query and ItemTypes. */
  readonly more?: string;
  readonly types?: string;
  /** Behind ItemTypes. */
  readonly after?: string;
  readonly client?: EwsClient;
}
const execute = (query: string, { scope = primary, more = '', types = 'MailItems', after = '', client = alice }: Search = {}): Promise<Answer> =>
  client.call(`<m:ExecuteSearch><m:ApplicationId>Owa</m:ApplicationId><m:Scenario>mail</m:Scenario><m:SearchSessionId>${session}</m:SearchSessionId><m:SearchScope>${scope}</m:SearchScope><m:Query>${escapeXml(query)}</m:Query>${more}<m:ItemTypes>${types}</m:ItemTypes>${after}</m:ExecuteSearch>`);
const suggest = (query = '', more = ''): Promise<Answer> => alice.call(`<m:GetSearchSuggestions><m:SearchSessionId>${session}</m:SearchSessionId><m:Query>${query}</m:Query>${more}</m:GetSearchSuggestions>`);
const forget = (query: string, types = 'QueryHistory'): Promise<Answer> => alice.call(`<m:DeleteSearchSuggestion><m:SearchSessionId>${session}</m:SearchSessionId><m:Query>${query}</m:Query><m:SuggestionTypes>${types}</m:SuggestionTypes></m:DeleteSearchSuggestion>`);
const note = (subject: string, more = ''): string => `<t:Subject>${subject}</t:Subject>${more}`;
const subjects = (answer: Answer): string[] => answer.ok().texts('Subject');
const counts = (answer: Answer): (string | undefined)[] => ['MoreResultsAvailable', 'SearchResultsCount', 'TotalResultsCount'].map((name) => answer.texts(name)[0]);

describe('a session', () => {
  it('is started by the name that the client gives, and ended', async () => {
    expect([(await start()).codes, (await execute('tide')).codes, (await end()).codes]).toEqual([['NoError'], ['NoError'], ['NoError']]);
    expect([(await execute('tide')).codes, (await suggest()).codes, (await forget('x')).codes, (await end()).codes]).toEqual(Array.from({ length: 4 }, () => ['ErrorInstantSearchSessionExpired']));
  });
  it("is nobody else's, and gone with a reset", async () => {
    (await start()).ok();
    expect((await execute('tide', { client: new EwsClient(ews, 'bob') })).codes).toEqual(['ErrorInstantSearchSessionExpired']);
    await ews.reset();
    expect((await execute('tide')).codes).toEqual(['ErrorInstantSearchSessionExpired']);
  });
  it('makes room for newer ones', async () => {
    for (let at = 0; at <= 20; at++) (await start(alice, at === 0 ? session : `11111111-2222-4333-8444-${String(at).padStart(12, '0')}`)).ok();
    expect((await execute('tide')).codes).toEqual(['ErrorInstantSearchSessionExpired']);
  });
  it('needs a mailbox', async () => {
    await ews.organization.add({ recipientType: 'User', displayName: 'Daemon', primarySmtpAddress: 'daemon@example.test', password: 'daemon-pass' });
    const daemon = new EwsClient(ews, 'daemon');
    expect([(await start(daemon)).codes, (await execute('x', { client: daemon })).codes]).toEqual([['ErrorUnsupportedUserForExecuteSearch'], ['ErrorUnsupportedUserForExecuteSearch']]);
  });
});

describe('ExecuteSearch', () => {
  beforeEach(async () => { (await start()).ok(); });

  it('tells of items, and what was looked for', async () => {
    await alice.createMessage(note('Tide tables', '<t:Body BodyType="Text">The tide comes in</t:Body>'));
    const answer = (await execute('tide')).ok();
    expect([answer.body.attributes['ResponseClass'], names(answer.first('SearchResults')), answer.first('SearchTerms').children.map(({ text }) => text), counts(answer)]).toEqual([
      'Success', ['Items', 'MoreResultsAvailable', 'RefinerTelemetryBatchId', 'SearchResultsCount', 'TotalResultsCount', 'SearchTerms'], ['tide'], ['false', '1', '1'],
    ]);
    const item = answer.first('Item');
    expect(['ItemClass', 'Subject', 'Preview', 'Importance', 'HasAttachments'].map((name) => textAt(item, name))).toEqual(['IPM.Note', 'Tide tables', 'The tide comes in', 'Normal', 'false']);
    expect(item.children[0]?.attributes['Id']).toBe((await alice.idBySubject('inbox', 'Tide tables')).id);
    expect((await execute('tide', { more: '<m:MaxPreviewLength>8</m:MaxPreviewLength>' })).texts('Preview')).toEqual(['The tide']);
  });

  it.each([
    ['rows', '<m:ResultRowCount>2</m:ResultRowCount>', ['true', '2', '3']], ['the rest', '<m:ResultRowCount>2</m:ResultRowCount><m:ResultRowOffset>2</m:ResultRowOffset>', ['false', '1', '3']], ['all', '', ['false', '3', '3']],
  ])('pages: %s', async (_what, more, expected) => {
    for (const subject of ['Tide 1', 'Tide 2', 'Tide 3']) await alice.createMessage(note(subject));
    expect(counts(await execute('tide', { more }))).toEqual(expected);
  });

  it('conversations and people', async () => {
    for (const subject of ['Tide', 'Re: Tide', 'Storm']) await alice.createMessage(note(subject));
    (await alice.createItem('<t:Contact><t:DisplayName>Tina Tide</t:DisplayName><t:GivenName>Tina</t:GivenName></t:Contact>')).ok();
    expect((await execute('storm', { types: 'MailConversations' })).ok().texts('ConversationTopic')).toEqual(['Storm']);
    const people = (await execute('tina', { types: 'Contacts MailConversations' })).ok();
    expect([people.first('People').children.map((one) => textAt(one, 'DisplayName')), people.first('Conversations').children]).toEqual([['Tina Tide'], []]);
    expect(counts(await execute('tide', { types: 'MailItems Contacts' }))[2]).toBe('3');
  });

  it('appointments', async () => {
    (await alice.call('<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Subject>Tide watch</t:Subject><t:Start>2026-02-03T09:00:00Z</t:Start><t:End>2026-02-03T10:00:00Z</t:End></t:CalendarItem></m:Items></m:CreateItem>')).ok();
    expect([subjects(await execute('tide', { types: 'CalendarItems' })), subjects(await execute('tide'))]).toEqual([['Tide watch'], []]);
  });

  it.each([
    ['the whole mailbox, without what is deleted', primary, '', ['Deep', 'Here']], ['with it', primary, '<m:IncludeDeleted>true</m:IncludeDeleted>', ['Deep', 'Deleted', 'Here']],
    ['a folder', '<t:PrimaryMailboxSearchScope><t:FolderScope><t:WellKnownFolder Id="inbox"/></t:FolderScope></t:PrimaryMailboxSearchScope>', '', ['Here']],
    ['a folder and those below', '<t:PrimaryMailboxSearchScope><t:FolderScope><t:WellKnownFolder Id="inbox"/></t:FolderScope><t:IsDeepTraversal>true</t:IsDeepTraversal></t:PrimaryMailboxSearchScope>', '', ['Deep', 'Here']],
    ['the archive', '<t:LargeArchiveSearchScope><t:ArchiveTypes>MainArchive</t:ArchiveTypes></t:LargeArchiveSearchScope>', '', ['Archived']],
    ['other archives', '<t:LargeArchiveSearchScope><t:ArchiveTypes>AuxArchive</t:ArchiveTypes></t:LargeArchiveSearchScope>', '', []],
    ['groups', '<t:GroupSearchScope><t:GroupTypes>MyGroups</t:GroupTypes></t:GroupSearchScope>', '', []],
  ])('in %s', async (_what, scope, after, expected) => {
    const folder = await alice.createFolder('Sub', 'inbox');
    for (const [subject, where] of [['Here', 'inbox'], ['Deep', folder.id], ['Deleted', 'deleteditems'], ['Archived', 'archiveinbox']] as const) await alice.createMessage(note(subject, '<t:Body BodyType="Text">tide</t:Body>'), where);
    expect(subjects(await execute('tide', { scope, after })).sort()).toEqual(expected);
  });

  it("in somebody's folder, as far as one may", async () => {
    const dave = new EwsClient(ews, 'dave');
    await alice.createMessage(note('Tide'));
    (await start(dave)).ok();
    const guid = ews.organization.mailboxByAddress('alice@example.test')?.guid as string;
    const custom = (id: string, folder: string): string => `<t:CustomSearchScope><t:MailboxGuid>${id}</t:MailboxGuid><t:FolderScope><t:WellKnownFolder Id="${folder}"/></t:FolderScope><t:IsDeepTraversal>false</t:IsDeepTraversal></t:CustomSearchScope>`;
    expect((await execute('tide', { scope: custom(guid, 'inbox'), client: dave })).codes).toEqual(['ErrorFolderNotFound']);
    const permission = '<t:PermissionSet><t:Permissions><t:Permission><t:UserId><t:PrimarySmtpAddress>dave@example.test</t:PrimarySmtpAddress></t:UserId><t:PermissionLevel>Reviewer</t:PermissionLevel></t:Permission></t:Permissions></t:PermissionSet>';
    (await alice.call(`<m:UpdateFolder><m:FolderChanges><t:FolderChange><t:DistinguishedFolderId Id="inbox"/><t:Updates><t:SetFolderField><t:FieldURI FieldURI="folder:PermissionSet"/><t:Folder>${permission}</t:Folder></t:SetFolderField></t:Updates></t:FolderChange></m:FolderChanges></m:UpdateFolder>`)).ok();
    expect(subjects(await execute('tide', { scope: custom(guid, 'inbox'), client: dave }))).toEqual(['Tide']);
    expect((await execute('tide', { scope: custom('00000000-0000-4000-8000-000000000000', 'inbox') })).codes).toEqual(['ErrorNonExistentMailbox']);
  });

  it('a restriction besides, and one of the analyzed query', async () => {
    await alice.createMessage(note('Tide high', '<t:Importance>High</t:Importance>'));
    await alice.createMessage(note('Tide low', '<t:Importance>Low</t:Importance>'));
    const restriction = '<t:IsEqualTo><t:FieldURI FieldURI="item:Importance"/><t:FieldURIOrConstant><t:Constant Value="High"/></t:FieldURIOrConstant></t:IsEqualTo>';
    expect(subjects(await execute('tide', { after: `<m:SearchRestrictions>${restriction}</m:SearchRestrictions>` }))).toEqual(['Tide high']);
    expect(subjects(await execute('tide', { more: `<m:AnalyzedQuery><t:QueryLanguage>kql</t:QueryLanguage><t:SearchRestrictions>${restriction}</t:SearchRestrictions></m:AnalyzedQuery>` }))).toEqual(['Tide high']);
  });

  it.each([['Prefix', ['Tides', 'Tide']], ['FullString', ['Tide']]])('%s', async (option, expected) => {
    for (const subject of ['Tide', 'Tides']) await alice.createMessage(note(subject));
    expect(new Set(subjects(await execute('tide', { after: `<m:KeywordMatchOption>${option}</m:KeywordMatchOption>` })))).toEqual(new Set(expected));
  });

  it('keywords of its own', async () => {
    const property = '<t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="Station" PropertyType="String"/>';
    await alice.createMessage(note('Tide', `<t:ExtendedProperty>${property}<t:Value>Lighthouse</t:Value></t:ExtendedProperty>`));
    await alice.createMessage(note('Lighthouse'));
    const definition = `<m:ExtendedKeywordDefinition><t:Keyword>Station</t:Keyword><t:Properties>${property}</t:Properties></m:ExtendedKeywordDefinition>`;
    expect(subjects(await execute('station:lighthouse', { more: `<m:ExtendedKeywords>${definition}</m:ExtendedKeywords>` }))).toEqual(['Tide']);
    expect((await execute('x', { more: `<m:ExtendedKeywords>${definition}${definition}</m:ExtendedKeywords>` })).codes).toEqual(['ErrorDuplicateExtendedKeywordDefinition']);
  });

  it.each([
    ['a query that is none', '(tide', '', 'ErrorInstantSearchFailed'], ['rows before the first', 'tide', '<m:ResultRowOffset>-1</m:ResultRowOffset>', 'ErrorInvalidArgument'],
  ])('refuses %s', async (_what, query, more, code) => {
    const answer = await execute(query, { more });
    expect([answer.codes, answer.body.attributes['ResponseClass']]).toEqual([[code], 'Error']);
  });
});

describe('suggestions', () => {
  const told = async (query = '', more = ''): Promise<string[]> => (await suggest(query, more)).ok().texts('SuggestedQuery');
  beforeEach(async () => {
    (await start()).ok();
    for (const query of ['storm', 'tide tables', 'tide', 'storm']) (await execute(query)).ok();
  });
  it.each([
    ['all, the newest first', '', '', ['storm', 'tide', 'tide tables']], ['by what they begin with', 'TIDE', '', ['tide', 'tide tables']], ['of other kinds', '', '<m:SuggestionTypes>People Keywords</m:SuggestionTypes>', []],
    ['no more than asked', '', '<m:SuggestionTypes>QueryHistory</m:SuggestionTypes><m:MaxSuggestionsCountPerSuggestionType>1</m:MaxSuggestionsCountPerSuggestionType>', ['storm']],
  ])('%s', async (_what, query, more, expected) => {
    expect(await told(query, more)).toEqual(expected);
  });
  it('tells each with its kind', async () => {
    const answer = (await suggest('storm')).ok();
    expect(answer.first('Suggestion').children.map(({ name, text }) => [name, text])).toEqual([['SuggestedQuery', 'storm'], ['DisplayText', 'storm'], ['SuggestionType', 'QueryHistory'], ['TDSuggestionId', '0'], ['IsDeletable', 'true']]);
    expect(answer.texts('TDSuggestionsInstanceId')[0]).toMatch(/^[0-9a-f-]{36}$/);
  });
  it('are deleted', async () => {
    const done = async (query: string, types?: string): Promise<string[]> => (await forget(query, types)).ok().texts('Success');
    expect([await done('tide', 'People'), await done('tide'), await done('tide'), await told('tide')]).toEqual([['false'], ['true'], ['false'], ['tide tables']]);
  });
});

describe('PerformInstantSearch', () => {
  const perform = (query: string, types: string, options = 'Results', client = alice): Promise<Answer> =>
    client.call(`<m:PerformInstantSearch><m:SearchSessionId>1</m:SearchSessionId><m:ItemType>${types}</m:ItemType><m:QueryOptions>${options}</m:QueryOptions><m:SearchRequestId>7</m:SearchRequestId><m:KqlQuery>${query}</m:KqlQuery><m:FolderScope/><m:DistinguishedFolderScope><t:DistinguishedFolderId Id="inbox"/><t:DistinguishedFolderId Id="calendar"/></m:DistinguishedFolderScope></m:PerformInstantSearch>`);
  it.each([
    ['MailItem', 'ItemResults', 'Items'], ['MailConversation', 'ConversationResults', 'Conversations'], ['CalendarItem', 'CalendarItemResults', 'CalendarItems'],
  ])('%s', async (type, result, element) => {
    await alice.createMessage(note('Tide', `<t:ToRecipients>${mailbox('bob@example.test')}</t:ToRecipients>`));
    (await alice.call('<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:Subject>Tide watch</t:Subject><t:Start>2026-02-03T09:00:00Z</t:Start><t:End>2026-02-03T10:00:00Z</t:End></t:CalendarItem></m:Items></m:CreateItem>')).ok();
    const answer = (await perform('tide', type)).ok();
    expect([names(answer.first('Payload')), answer.texts('SearchSessionId'), answer.texts('SearchRequestId'), answer.texts('ResultType'), answer.first(element).children.length]).toEqual([['SearchSessionId', 'SearchRequestId', 'ResultType', element], ['1'], ['7'], [result], 1]);
  });
  it('nothing where no results are asked', async () => {
    expect((await perform('tide', 'MailItem', 'Suggestions')).ok().texts('ResultType')).toEqual(['None']);
  });
  it('refuses a query that is none', async () => {
    expect((await perform('(tide', 'MailItem')).codes).toEqual(['ErrorInstantSearchFailed']);
  });
});
