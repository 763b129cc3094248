import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, type Answer } from '../support/client.ts';
import { child, names, textAt } from '../support/xml.ts';
import { discoverer, dnOf, mailboxQuery, searchMailboxes } from './discovery.ts';

let ews: EwsEmulator;
let svc: EwsClient;
let alice: EwsClient;
let bob: EwsClient;
let dns: Readonly<Record<'alice' | 'bob' | 'team', string>>;
beforeAll(async () => {
  ews = await createEwsEmulator({ seed: 'empty', clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }), discoverySearches: [{ name: 'Saved', query: 'storm', mailboxes: ['team@example.test', 'dave@example.test'], language: 'en-US' }] });
  [svc, alice, bob] = [new EwsClient(ews, discoverer), new EwsClient(ews), new EwsClient(ews, 'bob')];
  dns = { alice: dnOf(ews, 'alice'), bob: dnOf(ews, 'bob'), team: dnOf(ews, 'team') };
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const noMailbox = 'No mailbox is specified for hold operation. If specified in the request, then it could be the object does not exist in AD or is a Distribution Group.';
const notFound = 'The specific query-based hold is not found.';
interface Hold {
  readonly action?: string;
  readonly id?: string;
  readonly query?: string;
  readonly mailboxes?: readonly string[] | undefined;
  readonly more?: string;
}
const setHold = ({ action = 'Create', id = 'Tides', query = '', mailboxes = [dns.alice], more = '' }: Hold = {}, client = svc): Promise<Answer> =>
  client.call(`<m:SetHoldOnMailboxes><m:ActionType>${action}</m:ActionType><m:HoldId>${id}</m:HoldId><m:Query>${query}</m:Query>${mailboxes.length > 0 ? `<m:Mailboxes>${mailboxes.map((dn) => `<t:String>${dn}</t:String>`).join('')}</m:Mailboxes>` : ''}${more}</m:SetHoldOnMailboxes>`);
const getHold = (id = 'Tides', client = svc): Promise<Answer> => client.call(`<m:GetHoldOnMailboxes><m:HoldId>${id}</m:HoldId></m:GetHoldOnMailboxes>`);
const told = (answer: Answer): [string | undefined, string | undefined, (string | undefined)[][]] => {
  const result = answer.first('MailboxHoldResult');
  return [textAt(result, 'HoldId'), textAt(result, 'Query'), answer.all('MailboxHoldStatus').map((one) => ['Mailbox', 'Status', 'AdditionalInfo'].map((name) => textAt(one, name)))];
};
const note = (subject: string): string => `<t:Subject>${subject}</t:Subject>`;
/** Subjects of a folder that may not be there. */
async function heldIn(client: EwsClient, folder = 'recoverableitemsdiscoveryholds'): Promise<string[] | string> {
  const answer = await client.findItem(folder, { paths: ['item:Subject'] });
  return answer.codes[0] === 'NoError' ? answer.texts('Subject').sort() : (answer.codes[0] as string);
}

describe('SetHoldOnMailboxes and GetHoldOnMailboxes', () => {
  it('a hold is pending, then on', async () => {
    const set = (await setHold({ query: 'tide', mailboxes: [dns.alice, dns.bob] })).ok();
    expect([set.body.attributes['ResponseClass'], names(set.body), names(set.first('MailboxHoldResult'))]).toEqual(['Success', ['ResponseCode', 'MailboxHoldResult'], ['HoldId', 'Query', 'MailboxHoldStatuses']]);
    expect(told(set)).toEqual(['Tides', 'tide', [[dns.alice, 'Pending', ''], [dns.bob, 'Pending', '']]]);
    expect(told((await getHold('tides')).ok())).toEqual(['Tides', 'tide', [[dns.alice, 'OnHold', ''], [dns.bob, 'OnHold', '']]]);
  });

  it('Update changes the query, and the mailboxes if it names any', async () => {
    (await setHold({ query: 'tide', mailboxes: [dns.alice, dns.bob] })).ok();
    (await setHold({ action: 'Update', query: 'storm', mailboxes: [] })).ok();
    expect(told(await getHold())).toEqual(['Tides', 'storm', [[dns.alice, 'OnHold', ''], [dns.bob, 'OnHold', '']]]);
    (await setHold({ action: 'Update', query: 'storm', mailboxes: [dns.bob] })).ok();
    expect(told(await getHold())[2]).toEqual([[dns.bob, 'OnHold', '']]);
  });

  it('what is removed is not found any more', async () => {
    (await setHold()).ok();
    expect(told((await setHold({ action: 'Remove' })).ok())[2]).toEqual([[dns.alice, 'Pending', '']]);
    const answer = await getHold();
    expect([answer.codes, answer.body.attributes['ResponseClass'], answer.texts('MessageText')]).toEqual([['ErrorMailboxHoldNotFound'], 'Error', [notFound]]);
  });

  it.each<[string, () => Hold, string, string]>([
    ['an address instead of a distinguished name', () => ({ mailboxes: ['alice@example.test'] }), 'ErrorInvalidOperation', noMailbox],
    ['a group', () => ({ mailboxes: [dns.team] }), 'ErrorInvalidOperation', noMailbox],
    ['no mailbox', () => ({ mailboxes: [] }), 'ErrorInvalidOperation', noMailbox],
    ['a query that is none', () => ({ query: '(tide' }), 'ErrorInvalidArgument', 'The argument is invalid.'],
    ['a period that is none', () => ({ more: '<m:ItemHoldPeriod>a month</m:ItemHoldPeriod>' }), 'ErrorInvalidArgument', 'The argument is invalid.'],
    ['no name', () => ({ id: '' }), 'ErrorInvalidArgument', 'The argument is invalid.'],
    ['to update what is not there', () => ({ action: 'Update' }), 'ErrorMailboxHoldNotFound', notFound],
    ['to remove what is not there', () => ({ action: 'Remove' }), 'ErrorMailboxHoldNotFound', notFound],
    ['to remove a search that holds nothing', () => ({ action: 'Remove', id: 'Saved' }), 'ErrorMailboxHoldNotFound', notFound],
  ])('refuses %s', async (_what, hold, code, text) => {
    const answer = await setHold(hold());
    expect([answer.codes, answer.body.attributes['ResponseClass']]).toEqual([[code], 'Error']);
    expect(answer.texts('MessageText')).toEqual([text]);
  });

  it('one that is no mailbox fails beside others', async () => {
    expect(told((await setHold({ mailboxes: [dns.team, dns.alice] })).ok())[2]).toEqual([[dns.alice, 'Pending', ''], [dns.team, 'Failed', noMailbox]]);
  });

  it('are for Discovery Management', async () => {
    expect([(await setHold({}, alice)).codes, (await getHold('Tides', alice)).codes]).toEqual([['ErrorAccessDenied'], ['ErrorAccessDenied']]);
  });
});

describe('a mailbox on hold', () => {
  it.each<[string, (id: Awaited<ReturnType<EwsClient['createMessage']>>) => Promise<unknown>]>([
    ['deleted for good', (id) => alice.deleteItem(id, 'HardDelete')],
    ['deleted softly and purged', async (id) => { await alice.deleteItem(id, 'SoftDelete'); await alice.deleteItem(await alice.idBySubject('recoverableitemsdeletions', 'Tide'), 'SoftDelete'); }],
    ['emptied out of its folder', () => alice.call('<m:EmptyFolder DeleteType="HardDelete" DeleteSubFolders="false"><m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:EmptyFolder>')],
  ])('keeps what is %s, as far as the query fits', async (_what, remove) => {
    (await setHold({ query: 'tide' })).ok();
    const id = await alice.createMessage(note('Tide'));
    (await alice.deleteItem(await alice.createMessage(note('Storm')))).ok();
    await remove(id);
    expect([await alice.subjects('inbox'), await heldIn(alice)]).toEqual([[], ['Tide']]);
    expect((await searchMailboxes(svc, mailboxQuery('tide', [{ mailbox: dns.alice }]))).ok().texts('Subject')).toEqual(['Tide']);
  });

  it('keeps what was in a folder that is deleted', async () => {
    (await setHold({ query: 'tide' })).ok();
    const folder = await alice.createFolder('Project');
    for (const subject of ['Tide', 'Storm']) await alice.createMessage(note(subject), folder.id);
    (await alice.call(`<m:DeleteFolder DeleteType="HardDelete"><m:FolderIds><t:FolderId Id="${folder.id}"/></m:FolderIds></m:DeleteFolder>`)).ok();
    expect(await heldIn(alice)).toEqual(['Tide']);
  });

  it('keeps it even from there, until the hold is removed', async () => {
    (await setHold()).ok();
    (await alice.deleteItem(await alice.createMessage(note('Tide')))).ok();
    (await alice.deleteItem(await alice.idBySubject('recoverableitemsdiscoveryholds', 'Tide'))).ok();
    expect(await heldIn(alice)).toEqual(['Tide']);
    (await setHold({ action: 'Remove' })).ok();
    (await alice.deleteItem(await alice.idBySubject('recoverableitemsdiscoveryholds', 'Tide'))).ok();
    expect(await heldIn(alice)).toEqual([]);
  });

  it("the archive's in the archive", async () => {
    (await setHold()).ok();
    (await alice.deleteItem(await alice.createMessage(note('Tide'), 'archiveinbox'))).ok();
    expect([await heldIn(alice), await heldIn(alice, 'archiverecoverableitemsdiscoveryholds')]).toEqual(['ErrorFolderNotFound', ['Tide']]);
  });

  it.each([['2.00:00:00', 3, []], ['2.00:00:00', 1, ['Tide']], ['Unlimited', 4000, ['Tide']], ['2', 1, ['Tide']]])('with a period of %s, after %d days', async (period, days, expected) => {
    (await setHold({ more: `<m:ItemHoldPeriod>${period}</m:ItemHoldPeriod>` })).ok();
    const id = await alice.createMessage(note('Tide'));
    await alice.createMessage(note('Other'));
    await ews.clock.advance(days * 86_400_000);
    (await alice.deleteItem(id)).ok();
    // The folder is made by what is held.
    expect(await heldIn(alice)).toEqual(expected.length > 0 ? expected : 'ErrorFolderNotFound');
  });

  it('other mailboxes keep nothing; nor does a reset keep holds', async () => {
    (await setHold()).ok();
    (await bob.deleteItem(await bob.createMessage(note('Tide')))).ok();
    expect(await heldIn(bob)).toBe('ErrorFolderNotFound');
    await ews.reset();
    (await alice.deleteItem(await alice.createMessage(note('Tide')))).ok();
    expect([await heldIn(alice), (await getHold()).codes]).toEqual(['ErrorFolderNotFound', ['ErrorMailboxHoldNotFound']]);
  });

  it('the folder cannot be deleted by whom it is kept from', async () => {
    (await setHold()).ok();
    (await alice.deleteItem(await alice.createMessage(note('Tide')))).ok();
    expect((await alice.call('<m:DeleteFolder DeleteType="HardDelete"><m:FolderIds><t:DistinguishedFolderId Id="recoverableitemsdiscoveryholds"/></m:FolderIds></m:DeleteFolder>')).codes).toEqual(['ErrorDeleteDistinguishedFolder']);
  });
});

describe('GetDiscoverySearchConfiguration', () => {
  const get = (content = '', client = svc): Promise<Answer> => client.call(`<m:GetDiscoverySearchConfiguration>${content}</m:GetDiscoverySearchConfiguration>`);
  const found = (answer: Answer): (readonly [string | undefined, string | undefined, string[] | undefined])[] =>
    answer.all('DiscoverySearchConfiguration').map((one) => [textAt(one, 'SearchId'), textAt(one, 'SearchQuery'), child(one, 'SearchableMailboxes')?.children.map((mailbox) => textAt(mailbox, 'DisplayName') as string)]);
  const groups: [string, string, string[]] = ['Saved', 'storm', ['Stations Team', 'Dave Dürrenmatt']];

  it.each<[string, string, [string, string, string[] | undefined][]]>([
    ['all of them', '', [groups, ['Tides', 'tide', ['Alice Archer']]]],
    ['with the members of groups', '<m:ExpandGroupMembership>true</m:ExpandGroupMembership>', [['Saved', 'storm', ['Alice Archer', 'Bob Baker', 'Carol Chaudhry', 'Dave Dürrenmatt']], ['Tides', 'tide', ['Alice Archer']]]],
    ['holds only, without mailboxes', '<m:InPlaceHoldConfigurationOnly>true</m:InPlaceHoldConfigurationOnly>', [['Tides', 'tide', undefined]]],
    ['one, whatever else is asked', '<m:SearchId>saved</m:SearchId><m:ExpandGroupMembership>true</m:ExpandGroupMembership><m:InPlaceHoldConfigurationOnly>true</m:InPlaceHoldConfigurationOnly>', [groups]],
  ])('tells %s', async (_what, content, expected) => {
    (await setHold({ query: 'tide' })).ok();
    const answer = (await get(content)).ok();
    expect([answer.body.attributes['ResponseClass'], names(answer.body), found(answer)]).toEqual(['Success', ['ResponseCode', 'DiscoverySearchConfigurations'], expected]);
  });

  it('tells a mailbox as GetSearchableMailboxes does, the language, and the identity of a hold', async () => {
    (await setHold({ id: 'Given', more: '<m:Language>de-DE</m:Language><m:InPlaceHoldIdentity>3f37d90f53144558a80814ef0272749a</m:InPlaceHoldIdentity>' })).ok();
    (await setHold()).ok();
    const [saved, given, made] = (await get()).ok().all('DiscoverySearchConfiguration');
    expect([saved, given, made].map((one) => one && [textAt(one, 'Language'), textAt(one, 'InPlaceHoldIdentity'), textAt(one, 'ManagedByOrganization')])).toEqual([
      ['en-US', undefined, undefined], ['de-DE', '3f37d90f53144558a80814ef0272749a', ''], [undefined, expect.stringMatching(/^[0-9a-f]{32}$/), ''],
    ]);
    const entry = ews.organization.directory.byAddress('alice@example.test');
    expect(given && child(given, 'SearchableMailboxes')?.children[0]?.children.map(({ name, text }) => [name, text])).toEqual([
      ['Guid', entry?.mailboxGuid], ['PrimarySmtpAddress', 'alice@example.test'], ['IsExternalMailbox', 'false'], ['ExternalEmailAddress', ''], ['DisplayName', 'Alice Archer'], ['IsMembershipGroup', 'false'], ['ReferenceId', dns.alice],
    ]);
  });

  it('a search that is not there', async () => {
    const answer = await get('<m:SearchId>Nothing</m:SearchId>');
    expect([answer.codes, answer.texts('MessageText'), answer.first('DiscoverySearchConfigurations').children]).toEqual([['ErrorInvalidArgument'], ['Search configuration corresponding to the search id was not found.'], []]);
  });
  it('is for Discovery Management', async () => {
    expect((await get('', alice)).codes).toEqual(['ErrorAccessDenied']);
  });
});
