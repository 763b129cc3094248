import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient } from './support/client.ts';
import { folderRef } from './support/soap.ts';
import { allBelow, names, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let bob: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, bob] = [new EwsClient(ews), new EwsClient(ews, 'bob')];
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

interface RuleParts { name?: string; priority?: number; enabled?: boolean; id?: string; conditions?: string; exceptions?: string; actions?: string }
const rule = ({ name = 'R', priority = 1, enabled = true, id = '', conditions = '', exceptions = '', actions = '<t:MarkAsRead>true</t:MarkAsRead>' }: RuleParts = {}): string =>
  `<t:Rule>${id && `<t:RuleId>${id}</t:RuleId>`}<t:DisplayName>${name}</t:DisplayName><t:Priority>${priority}</t:Priority><t:IsEnabled>${String(enabled)}</t:IsEnabled>${conditions && `<t:Conditions>${conditions}</t:Conditions>`}${exceptions && `<t:Exceptions>${exceptions}</t:Exceptions>`}${actions && `<t:Actions>${actions}</t:Actions>`}</t:Rule>`;
const create = (parts?: RuleParts): string => `<t:CreateRuleOperation>${rule(parts)}</t:CreateRuleOperation>`;
const set = (parts: RuleParts): string => `<t:SetRuleOperation>${rule(parts)}</t:SetRuleOperation>`;
const remove = (id: string): string => `<t:DeleteRuleOperation><t:RuleId>${id}</t:RuleId></t:DeleteRuleOperation>`;
const update = (operations: string, { mailbox = '', blob = '' } = {}): string => `<m:UpdateInboxRules>${mailbox && `<m:MailboxSmtpAddress>${mailbox}</m:MailboxSmtpAddress>`}${blob && `<m:RemoveOutlookRuleBlob>${blob}</m:RemoveOutlookRuleBlob>`}<m:Operations>${operations}</m:Operations></m:UpdateInboxRules>`;
const get = (mailbox = ''): string => `<m:GetInboxRules>${mailbox && `<m:MailboxSmtpAddress>${mailbox}</m:MailboxSmtpAddress>`}</m:GetInboxRules>`;
const strings = (element: string, ...texts: string[]): string => `<t:${element}>${texts.map((text) => `<t:String>${text}</t:String>`).join('')}</t:${element}>`;
const people = (element: string, ...addresses: string[]): string => `<t:${element}>${addresses.map((address) => `<t:Address><t:EmailAddress>${address}</t:EmailAddress></t:Address>`).join('')}</t:${element}>`;
const move = (folder = 'notes'): string => `<t:MoveToFolder>${folderRef(folder)}</t:MoveToFolder>`;

const deliver = async (subject = 'Weather report', { to = 'alice@example.test', cc = '', from = 'Bob Baker <bob@example.test>', headers = '', body = 'Rain at noon' } = {}): Promise<void> => {
  await ews.organization.deliver(`From: ${from}\r\nTo: ${to}\r\n${cc && `Cc: ${cc}\r\n`}Subject: ${subject}\r\nMessage-ID: <${subject.replaceAll(/\W/g, '')}@outside.test>\r\n${headers}\r\n${body}\r\n`, { to: ['alice@example.test'], from: 'bob@example.test' });
  await ews.settle();
};
const where = async (subject = 'Weather report'): Promise<string | undefined> => {
  for (const folder of ['inbox', 'notes', 'deleteditems', 'recoverableitemsdeletions']) if ((await alice.subjects(folder)).includes(subject)) return folder;
  return undefined;
};

describe('GetInboxRules and UpdateInboxRules', () => {
  it('tell a rule as it was made, changed and removed', async () => {
    const conditions = `${strings('ContainsSubjectStrings', 'report')}${people('FromAddresses', 'bob@example.test')}<t:HasAttachments>false</t:HasAttachments><t:Importance>Normal</t:Importance><t:IsNDR>false</t:IsNDR><t:WithinSizeRange><t:MinimumSize>1</t:MinimumSize><t:MaximumSize>99</t:MaximumSize></t:WithinSizeRange>`;
    (await alice.call(update(create({ name: 'Second', priority: 2, enabled: false }) + create({ name: 'First', conditions, exceptions: '<t:SentCcMe>true</t:SentCcMe>', actions: `${strings('AssignCategories', 'Weather')}${move('inbox')}<t:StopProcessingRules>true</t:StopProcessingRules>` })))).ok();
    const answer = (await alice.call(get())).ok();
    expect([answer.texts('DisplayName'), answer.texts('Priority'), answer.texts('IsEnabled'), answer.texts('OutlookRuleBlobExists')]).toEqual([['First', 'Second'], ['1', '2'], ['true', 'false'], ['false']]);
    expect(names(answer.first('Conditions'))).toEqual(['ContainsSubjectStrings', 'FromAddresses', 'HasAttachments', 'Importance', 'IsNDR', 'WithinSizeRange']);
    expect([names(answer.first('Exceptions')), names(answer.first('Actions'))]).toEqual([['SentCcMe'], ['AssignCategories', 'MoveToFolder', 'StopProcessingRules']]);
    expect(allBelow(answer.first('Actions'), 'FolderId')[0]?.attributes['Id']).toBe((await alice.folderId('inbox')).id);
    const [first = '', second = ''] = answer.texts('RuleId');
    (await alice.call(update(set({ id: first, name: 'Changed' }) + remove(second)))).ok();
    const after = (await alice.call(get())).ok();
    expect([after.texts('DisplayName'), after.texts('RuleId'), after.all('Conditions')]).toEqual([['Changed'], [first], []]);
  });

  it.each<[string, string, string, string]>([
    ['a rule without action', create({ actions: '' }), 'Actions', 'MissingAction'], ['an id for a new rule', create({ id: 'AQAAAAAAAAA=' }), 'RuleId', 'CreateWithRuleId'],
    ['a change without id', set({}), 'RuleId', 'MissingParameter'], ['a change of no rule', set({ id: 'AQAAAAAAAAA=' }), 'RuleId', 'RuleNotFound'], ['a removal of no rule', remove('AQAAAAAAAAA='), 'RuleId', 'RuleNotFound'],
    ['two rules of one priority', create() + create(), 'Priority', 'DuplicatedPriority'], ['a removal twice', remove('X') + remove('X'), 'RuleId', 'RuleNotFound'],
    ['a priority of 0', create({ priority: 0 }), 'Priority', 'InvalidValue'], ['no name', create({ name: ' ' }), 'DisplayName', 'EmptyValueFound'],
    ['an empty text', create({ conditions: strings('ContainsBodyStrings', '') }), 'Condition:ContainsBodyStrings', 'EmptyValueFound'],
    ['a long text', create({ exceptions: strings('ContainsBodyStrings', 'x'.repeat(256)) }), 'Exception:ContainsBodyStrings', 'StringValueTooBig'],
    ['an address that is none', create({ actions: people('ForwardToRecipients', 'nobody') }), 'Action:ForwardToRecipients', 'InvalidAddress'],
    ['sizes upside down', create({ conditions: '<t:WithinSizeRange><t:MinimumSize>9</t:MinimumSize><t:MaximumSize>1</t:MaximumSize></t:WithinSizeRange>' }), 'Condition:WithinSizeRange', 'InvalidSizeRange'],
    ['dates upside down', create({ conditions: '<t:WithinDateRange><t:StartDateTime>2026-02-01T00:00:00Z</t:StartDateTime><t:EndDateTime>2026-01-01T00:00:00Z</t:EndDateTime></t:WithinDateRange>' }), 'Condition:WithinDateRange', 'InvalidDateRange'],
    ["another's folder", create({ actions: move('inbox/support@example.test') }), 'Action:MoveToFolder', 'FolderDoesNotExist'],
  ])('refuse %s', async (_what, operations, field, code) => {
    const answer = await alice.call(update(operations));
    expect(answer.codes).toEqual(['ErrorInboxRulesValidationError']);
    const [error] = answer.all('Error');
    expect([error && textAt(error, 'FieldURI'), error && textAt(error, 'ErrorCode')]).toEqual([field, code]);
    expect((await alice.call(get())).ok().all('Rule')).toEqual([]);
  });

  it('without IsEnabled, as exchangelib sends them, are not enabled; one of what no server can do is said to be unsupported', async () => {
    (await alice.call(update(create().replace('<t:IsEnabled>true</t:IsEnabled>', '')))).ok();
    expect((await alice.call(get())).ok().texts('IsEnabled')).toEqual(['false']);
    const answer = await alice.call(update(create({ priority: 2, actions: people('SendSMSAlertToRecipients', 'bob@example.test') })));
    expect(answer.texts('ErrorMessage')).toEqual(['The operation on this unsupported rule is not allowed.']);
  });

  it('do nothing of a request of which one rule is wrong, and say which', async () => {
    const answer = await alice.call(update(create({ priority: 1 }) + create({ priority: 2, actions: '' })));
    expect([answer.codes, answer.texts('OperationIndex')]).toEqual([['ErrorInboxRulesValidationError'], ['1']]);
    expect((await alice.call(get())).ok().all('Rule')).toEqual([]);
  });

  it("are for who has the whole mailbox", async () => {
    expect((await bob.call(update(create(), { mailbox: 'support@example.test' }))).codes).toEqual(['NoError']);
    expect((await new EwsClient(ews, 'carol').call(get('alice@example.test'))).codes).toEqual(['ErrorAccessDenied']);
    expect((await alice.call(get('nobody@example.test'))).codes).toEqual(['ErrorNonExistentMailbox']);
  });

  it("know Outlook's own rules, and remove them only when told", async () => {
    (await alice.createItem('<t:Message><t:ItemClass>IPM.RuleOrganizer</t:ItemClass><t:IsAssociated>true</t:IsAssociated></t:Message>', { folder: 'inbox' })).ok();
    expect((await alice.call(get())).ok().texts('OutlookRuleBlobExists')).toEqual(['true']);
    expect((await alice.call(update(create()))).codes).toEqual(['ErrorOutlookRuleBlobExists']);
    (await alice.call(update(create(), { blob: 'true' }))).ok();
    expect((await alice.call(get())).ok().texts('OutlookRuleBlobExists')).toEqual(['false']);
  });
});

describe('conditions', () => {
  const rows: readonly [string, string, Parameters<typeof deliver>[1]?][] = [
    ['ContainsSubjectStrings', strings('ContainsSubjectStrings', 'snow', 'WEATHER')], ['ContainsBodyStrings', strings('ContainsBodyStrings', 'at noon')],
    ['ContainsSubjectOrBodyStrings', strings('ContainsSubjectOrBodyStrings', 'noon')], ['ContainsHeaderStrings', strings('ContainsHeaderStrings', 'x-station: 12'), { headers: 'X-Station: 12\r\n' }],
    ['ContainsRecipientStrings', strings('ContainsRecipientStrings', 'alice@')], ['ContainsSenderStrings', strings('ContainsSenderStrings', 'baker')],
    ['FromAddresses', people('FromAddresses', 'bob@example.test')], ['SentToAddresses', people('SentToAddresses', 'team@example.test'), { to: 'alice@example.test, team@example.test' }],
    ['Importance', '<t:Importance>High</t:Importance>', { headers: 'Importance: high\r\n' }], ['Sensitivity', '<t:Sensitivity>Private</t:Sensitivity>', { headers: 'Sensitivity: Private\r\n' }],
    ['HasAttachments', '<t:HasAttachments>false</t:HasAttachments>'], ['SentToMe', '<t:SentToMe>true</t:SentToMe>'], ['SentOnlyToMe', '<t:SentOnlyToMe>true</t:SentOnlyToMe>'], ['SentToOrCcMe', '<t:SentToOrCcMe>true</t:SentToOrCcMe>'],
    ['SentCcMe', '<t:SentCcMe>true</t:SentCcMe>', { to: 'bob@example.test', cc: 'alice@example.test' }], ['NotSentToMe', '<t:NotSentToMe>true</t:NotSentToMe>', { to: 'list@outside.test' }],
    ['IsAutomaticReply', '<t:IsAutomaticReply>true</t:IsAutomaticReply>', { headers: 'Auto-Submitted: auto-replied\r\n' }], ['ItemClasses', strings('ItemClasses', 'ipm.note')],
    ['WithinDateRange', '<t:WithinDateRange><t:StartDateTime>2026-01-05T00:00:00Z</t:StartDateTime></t:WithinDateRange>'], ['WithinSizeRange', '<t:WithinSizeRange><t:MaximumSize>100</t:MaximumSize></t:WithinSizeRange>'],
  ];
  it.each(rows.map(([name, conditions, message = {}]) => [name, conditions, message] as const))('%s', async (_name, conditions, message) => {
    (await alice.call(update(create({ conditions, actions: move() })))).ok();
    await deliver('Weather report', message);
    expect(await where()).toBe('notes');
    // The same as an exception keeps the rule from running.
    await ews.reset();
    (await alice.call(update(create({ exceptions: conditions, actions: move() })))).ok();
    await deliver('Weather report', message);
    expect(await where()).toBe('inbox');
  });

  it.each([
    ['another subject', strings('ContainsSubjectStrings', 'snow')], ['another sender', people('FromAddresses', 'carol@example.test')], ['one of two', `${strings('ContainsSubjectStrings', 'weather')}<t:Importance>High</t:Importance>`],
    ['a trait', '<t:IsMeetingRequest>true</t:IsMeetingRequest>'], ['sent only to others', '<t:NotSentToMe>true</t:NotSentToMe>'], ['a size', '<t:WithinSizeRange><t:MinimumSize>100</t:MinimumSize></t:WithinSizeRange>'],
  ])('%s does not hold', async (_what, conditions) => {
    (await alice.call(update(create({ conditions, actions: move() })))).ok();
    await deliver();
    expect(await where()).toBe('inbox');
  });
});

describe('actions', () => {
  const run = async (actions: string, more = ''): Promise<void> => {
    (await alice.call(update(create({ actions }) + more))).ok();
    await deliver();
  };

  it.each([['MoveToFolder', move(), 'notes'], ['Delete', '<t:Delete>true</t:Delete>', 'deleteditems'], ['PermanentDelete', '<t:PermanentDelete>true</t:PermanentDelete>', 'recoverableitemsdeletions']])('%s', async (_name, actions, folder) => {
    await run(actions);
    expect(await where()).toBe(folder);
  });
  it('CopyToFolder, MarkAsRead, MarkImportance, AssignCategories', async () => {
    await run(`${strings('AssignCategories', 'Weather')}<t:CopyToFolder>${folderRef('notes')}</t:CopyToFolder><t:MarkImportance>High</t:MarkImportance><t:MarkAsRead>true</t:MarkAsRead>`);
    expect(await alice.subjects('notes')).toEqual(['Weather report']);
    const item = await alice.item(await alice.idBySubject('inbox', 'Weather report'));
    expect(['IsRead', 'Importance'].map((name) => textAt(item, name))).toEqual(['true', 'High']);
    expect(textAt(item, 'Categories', 'String')).toBe('Weather');
  });
  it('ForwardToRecipients, ForwardAsAttachmentToRecipients, RedirectToRecipients', async () => {
    const [carol, dave] = [new EwsClient(ews, 'carol'), new EwsClient(ews, 'dave')];
    await run(`${people('ForwardAsAttachmentToRecipients', 'carol@example.test')}${people('ForwardToRecipients', 'carol@example.test', 'x@outside.test')}${people('RedirectToRecipients', 'dave@example.test')}`);
    expect((await carol.subjects('inbox')).filter((subject) => subject === 'FW: Weather report')).toHaveLength(2);
    expect(ews.organization.outbox.messages().map(({ to }) => to)).toEqual([['x@outside.test']]);
    const redirected = await dave.item(await dave.idBySubject('inbox', 'Weather report'));
    expect([textAt(redirected, 'From', 'Mailbox', 'EmailAddress'), textAt(redirected, 'DisplayTo')]).toEqual(['bob@example.test', 'Alice Archer']);
  });
  it('ServerReplyWithMessage answers with the message, and no machine', async () => {
    const template = await alice.createMessage('<t:Subject>I read it later</t:Subject><t:Body BodyType="Text">Later.</t:Body>', 'notes');
    await run(`<t:ServerReplyWithMessage Id="${template.id}"/>`);
    expect(await bob.subjects('inbox')).toContain('I read it later');
    await deliver('From a machine', { headers: 'Auto-Submitted: auto-generated\r\n' });
    expect((await bob.subjects('inbox')).filter((subject) => subject === 'I read it later')).toHaveLength(1);
    expect((await alice.call(get())).ok().all('ServerReplyWithMessage')).toHaveLength(1);
  });
  it('run in the order of priorities, until one stops', async () => {
    (await alice.call(update(create({ priority: 3, actions: move() }) + create({ priority: 1, actions: strings('AssignCategories', 'One') }) + create({ priority: 2, actions: `${strings('AssignCategories', 'Two')}<t:StopProcessingRules>true</t:StopProcessingRules>` })))).ok();
    await deliver();
    const item = await alice.item(await alice.idBySubject('inbox', 'Weather report'));
    expect(allBelow(item, 'Categories')[0]?.children.map(({ text }) => text)).toEqual(['One', 'Two']);
  });
  it('run for enabled rules alone', async () => {
    (await alice.call(update(create({ enabled: false, actions: move() })))).ok();
    await deliver();
    expect(await where()).toBe('inbox');
  });
  it('mark a rule whose folder is gone, and leave the message', async () => {
    const folder = await alice.createFolder('Doomed');
    (await alice.call(update(create({ actions: move(folder.id) })))).ok();
    (await alice.call(`<m:DeleteFolder DeleteType="HardDelete"><m:FolderIds>${folderRef(folder.id)}</m:FolderIds></m:DeleteFolder>`)).ok();
    await deliver();
    expect([await where(), (await alice.call(get())).ok().texts('IsInError')]).toEqual(['inbox', ['true']]);
  });
  it('of two mailboxes that forward to each other come to an end', async () => {
    (await alice.call(update(create({ actions: people('RedirectToRecipients', 'bob@example.test') })))).ok();
    (await bob.call(update(create({ actions: people('ForwardToRecipients', 'alice@example.test') })))).ok();
    await deliver();
    expect((await alice.subjects('inbox')).filter((subject) => subject.includes('Weather report'))).toHaveLength(1);
  });
});
