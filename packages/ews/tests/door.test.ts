import { encodeEnvelope, readSchemaTable } from '@fauxchange/xml';
import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, profileNames, type EwsEmulator, type ProfileName } from '../src/index.ts';
import { operations } from '../src/operations.ts';
import { ewsSchema } from '../src/schema/ews-schema.ts';
import { operationElements } from '../src/schema/operation-types.generated.ts';
import { schemaLines } from '../src/schema/schema.generated.ts';
import { RandomValues } from './random-value.ts';
import { EwsClient, idOf, type Answer } from './support/client.ts';
import { envelope, folderRef, namespaces, shape } from './support/soap.ts';
import { below, child, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const getInbox = `<m:GetFolder><m:FolderShape>${shape('IdOnly')}</m:FolderShape><m:FolderIds>${folderRef('inbox')}</m:FolderIds></m:GetFolder>`;
const serverVersion = (answer: Answer): Readonly<Record<string, string>> => below(answer.root, 'ServerVersionInfo').attributes;

describe('every operation of the WSDL', () => {
  const newest = ewsSchema().at('V2017_07_11');
  const values = new RandomValues(readSchemaTable(schemaLines, 'V2017_07_11'), 7);
  const unsupported = Object.entries(operationElements).filter(([name, { inWsdl, since }]) => inWsdl && since <= newest.level && !(name in operations));
  it(`answers, and ${unsupported.length} of them with an error of their own schema`, async () => {
    const faults: string[] = [];
    for (const [name, { request, response }] of unsupported) {
      const body = Buffer.concat(encodeEnvelope(newest, `m:${request}`, values.element(`m:${request}`), { header: { RequestServerVersion: { Version: 'V2017_07_11' } } }));
      const answer = await alice.post(body);
      if (answer.status !== 200 || answer.body.name !== response || !/ResponseClass="Error"|ResponseCode>Error/.test(answer.xml)) faults.push(`${name}: ${answer.status} ${answer.body.name} ${answer.fault ?? answer.xml.slice(0, 400)}`);
    }
    expect(faults).toEqual([]);
  });
});

describe('the envelope', () => {
  it('has ServerVersionInfo in attributes, and exactly the content type that clients compare', async () => {
    const answer = (await alice.call(getInbox)).ok();
    expect(serverVersion(answer)).toEqual({ MajorVersion: '15', MinorVersion: '2', MajorBuildNumber: '2562', MinorBuildNumber: '17', Version: 'V2017_07_11' });
    expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
  });

  it('also on an answer that carries only errors: the first thing that exchangelib asks', async () => {
    const answer = await alice.call('<m:ConvertId DestinationFormat="EntryId"><m:SourceIds><t:AlternateId Format="EwsId" Id="DUMMY" Mailbox="DUMMY"/></m:SourceIds></m:ConvertId>', { version: 'Exchange2016' });
    expect([answer.status, answer.codes, serverVersion(answer)['MajorVersion']]).toEqual([200, ['ErrorInvalidIdMalformed'], '15']);
  });

  it.each<[ProfileName, string]>([
    ['exchange2007', '8.3 Exchange2007_SP1'], ['exchange2010', '14.3 Exchange2010_SP2'], ['exchange2013', '15.0 Exchange2013_SP1'], ['exchange2016', '15.1 V2017_07_11'],
    ['exchange2019', '15.2 V2017_07_11'], ['exchangeSE', '15.2 V2017_07_11'], ['exchangeOnline', '15.20 V2018_01_08'],
  ])('%s says that it is %s', async (profile, told) => {
    const own = await createEwsEmulator({ profile });
    const { MajorVersion, MinorVersion, Version } = serverVersion(await new EwsClient(own).call(getInbox, { version: null }));
    await own.close();
    expect(`${MajorVersion}.${MinorVersion} ${Version}`).toBe(told);
    expect(profileNames).toContain(profile);
  });

  it('tells who answered; a client that asks for its own id gets it back', async () => {
    const answer = await alice.call(getInbox, { headers: { 'client-request-id': '{1234}', 'return-client-request-id': 'true' } });
    expect(['request-id', 'x-feserver', 'x-beserver', 'x-calculatedbetarget', 'x-backendhttpstatus', 'x-powered-by', 'client-request-id'].map((name) => answer.headers.get(name))).toEqual([
      expect.stringMatching(/^[0-9a-f-]{36}$/), 'EX01', 'EX01', 'ex01.example.test', '200', 'ASP.NET', '{1234}',
    ]);
    expect((await alice.call(getInbox, { headers: { 'client-request-id': 'x' } })).headers.get('client-request-id')).toBeNull();
  });

  it.each(['/EWS/Exchange.asmx', '/ews/exchange.asmx', '/Ews/EXCHANGE.ASMX'])('the path is written as one likes: %s', async (path) => {
    const response = await fetch(ews.url + path, { method: 'POST', body: envelope(getInbox), headers: { Authorization: alice.authorization } });
    expect(response.status).toBe(200);
  });

  it('needs no SOAPAction, and minds none', async () => {
    expect((await alice.call(getInbox, { headers: { SOAPAction: '"anything"' } })).codes).toEqual(['NoError']);
  });

  it.each([['utf-8 with a mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(envelope(getInbox))])], ['utf-16le', Buffer.from(`\ufeff${envelope(getInbox).replace('utf-8', 'utf-16')}`, 'utf16le')], ['utf-16be', Buffer.from(`\ufeff${envelope(getInbox).replace('utf-8', 'utf-16')}`, 'utf16le').swap16()]])('reads %s', async (_what, bytes) => {
    expect((await alice.post(bytes)).codes).toEqual(['NoError']);
  });

  it('is written to the journal with what was asked and answered', async () => {
    await alice.call(getInbox);
    const entry = await ews.waitFor({ operation: 'GetFolder' });
    expect(entry).toMatchObject({ protocol: 'ews', operation: 'GetFolder', user: 'alice@example.test', status: 200, outcome: 'ok', method: 'POST' });
    expect(entry.request.value).toMatchObject({ FolderShape: { BaseShape: 'IdOnly' } });
    await alice.getFolder('<');
    expect((await ews.waitFor({ outcome: 'error' })).errorCode).toBe('ErrorSchemaValidation');
  });

  it('a browser sees a page, a strange method is refused, a file that is none is not found', async () => {
    const get = (path: string, method = 'GET'): Promise<Response> => fetch(ews.url + path, { method, headers: { Authorization: alice.authorization } });
    const page = await get('/EWS/Exchange.asmx');
    expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([200, 'text/html; charset=UTF-8', expect.stringContaining('Services.wsdl')]);
    expect([(await get('/EWS/Exchange.asmx', 'PUT')).status, (await get('/EWS/nothing.xsd')).status, (await get('/EWS/constructor')).status]).toEqual([405, 404, 404]);
    expect(await (await fetch(`${ews.url}/EWS/healthcheck.htm`)).text()).toMatch(/^200 OK<br\/>/);
  });
});

describe('RequestServerVersion', () => {
  const timeZones = '<m:GetServerTimeZones ReturnFullTimeZoneData="false"/>';
  const junk = '<m:MarkAllItemsAsRead><m:ReadFlag>true</m:ReadFlag><m:SuppressReadReceipts>true</m:SuppressReadReceipts><m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:MarkAllItemsAsRead>';
  it.each<[string, string | null, string, string | undefined]>([
    ['none', null, getInbox, undefined], ['of 2007', 'Exchange2007_SP1', getInbox, undefined], ['of 2010', 'Exchange2010_SP2', getInbox, undefined], ['of 2016', 'Exchange2016', getInbox, undefined],
    ['the newest', 'V2017_07_11', getInbox, undefined],
    ['unknown', 'Exchange2030', getInbox, 'ErrorInvalidServerVersion'], ['empty', '', getInbox, 'ErrorInvalidServerVersion'], ['of Exchange Online', 'V2018_01_08', getInbox, 'ErrorInvalidServerVersion'],
    ['older than the operation', 'Exchange2007_SP1', timeZones, 'ErrorIncorrectSchemaVersion'], ['as old as the operation', 'Exchange2010', timeZones, undefined],
    ['of 2007, which had no delegates', 'Exchange2007', '<m:GetDelegate IncludePermissions="false"><m:Mailbox><t:EmailAddress>alice@example.test</t:EmailAddress></m:Mailbox></m:GetDelegate>', 'ErrorIncorrectSchemaVersion'],
    ['its first service pack, which has', 'Exchange2007_SP1', '<m:GetDelegate IncludePermissions="false"><m:Mailbox><t:EmailAddress>alice@example.test</t:EmailAddress></m:Mailbox></m:GetDelegate>', undefined],
    ['of 2010, which had no rules', 'Exchange2010', '<m:GetInboxRules/>', 'ErrorIncorrectSchemaVersion'], ['its first service pack, which has them', 'Exchange2010_SP1', '<m:GetInboxRules/>', undefined],
    ['older than another operation', 'Exchange2010_SP2', junk, 'ErrorIncorrectSchemaVersion'], ['as old as that', 'Exchange2013', junk, undefined],
    ['older than an element', 'Exchange2010', `<m:GetItem><m:ItemShape>${shape('IdOnly', ['item:Preview'])}</m:ItemShape><m:ItemIds><t:ItemId Id="x"/></m:ItemIds></m:GetItem>`, 'ErrorIncorrectSchemaVersion'],
    ['older than a folder name', 'Exchange2010', `<m:GetFolder><m:FolderShape>${shape('IdOnly')}</m:FolderShape><m:FolderIds>${folderRef('conflicts')}</m:FolderIds></m:GetFolder>`, 'ErrorIncorrectSchemaVersion'],
  ])('%s', async (_what, version, body, fault) => {
    const answer = await alice.call(body, { version });
    expect([answer.fault, answer.status]).toEqual([fault, fault === undefined ? 200 : 500]);
  });

  it('an answer has no elements that the version asked for does not know', async () => {
    const id = await alice.idBySubject('inbox', 'Morning briefing');
    const body = `<m:GetItem><m:ItemShape>${shape('AllProperties')}</m:ItemShape><m:ItemIds><t:ItemId Id="${id.id}"/></m:ItemIds></m:GetItem>`;
    const [old, now] = [await alice.call(body, { version: 'Exchange2007_SP1' }), await alice.call(body, { version: 'Exchange2016' })];
    const told = (answer: Answer, name: string): boolean => answer.ok().all(name).length > 0;
    expect(['Subject', 'Flag', 'InstanceKey', 'ConversationId', 'IsAssociated'].map((name) => [told(old, name), told(now, name)])).toEqual([[true, true], [false, true], [false, true], [false, true], [false, true]]);
  });

  it('a server of 2010 refuses what is newer than it', async () => {
    const own = await createEwsEmulator({ profile: 'exchange2010' });
    const client = new EwsClient(own);
    const codes = [];
    for (const version of ['Exchange2016', 'Exchange2013', 'Exchange2010_SP2']) codes.push((await client.call(getInbox, { version })).fault ?? 'NoError');
    await own.close();
    expect(codes).toEqual(['ErrorInvalidServerVersion', 'ErrorInvalidServerVersion', 'NoError']);
  });
});

describe('impersonation', () => {
  const as = (content: string): { header: string } => ({ header: `<t:ExchangeImpersonation><t:ConnectingSID>${content}</t:ConnectingSID></t:ExchangeImpersonation>` });
  const svc = (): EwsClient => new EwsClient(ews, 'svc');
  const inboxOf = async (client: EwsClient, options = {}): Promise<string> => idOf((await client.call(getInbox, options)).ok().first('FolderId')).id;

  it.each([
    ['PrincipalName', '<t:PrincipalName>alice@example.test</t:PrincipalName>'],
    ['PrimarySmtpAddress', '<t:PrimarySmtpAddress>alice@example.test</t:PrimarySmtpAddress>'],
    ['SmtpAddress', '<t:SmtpAddress>a.archer@example.test</t:SmtpAddress>'],
  ])('svc is alice, by %s', async (_by, content) => {
    expect(await inboxOf(svc(), as(content))).toBe(await inboxOf(alice));
  });

  it('by SID', async () => {
    const sid = ews.organization.directory.byAddress('alice@example.test')?.sid ?? '';
    expect(await inboxOf(svc(), as(`<t:SID>${sid}</t:SID>`))).toBe(await inboxOf(alice));
  });

  it.each([
    ['bob, who may not', 'bob', 'alice@example.test', 'ErrorImpersonateUserDenied', 'The account does not have permission to impersonate the requested user.'],
    ['bob, of somebody who is not there', 'bob', 'nobody@example.test', 'ErrorImpersonateUserDenied', 'The account does not have permission to impersonate the requested user.'],
    ['of somebody who is not there', 'svc', 'nobody@example.test', 'ErrorNonExistentMailbox', 'The SMTP address has no mailbox associated with it.'],
    ['of a contact without mailbox', 'svc', 'frank@contoso.test', 'ErrorNonExistentMailbox', 'The SMTP address has no mailbox associated with it.'],
  ])('refuses %s', async (_what, user, address, code, text) => {
    const answer = await new EwsClient(ews, user).call(getInbox, as(`<t:PrimarySmtpAddress>${address}</t:PrimarySmtpAddress>`));
    expect([answer.status, answer.fault, textAt(answer.body, 'faultstring')]).toEqual([500, code, text]);
  });

  it('what svc sends as alice is from alice', async () => {
    const mail = '<m:CreateItem MessageDisposition="SendAndSaveCopy"><m:Items><t:Message><t:Subject>by svc</t:Subject><t:ToRecipients><t:Mailbox><t:EmailAddress>bob@example.test</t:EmailAddress></t:Mailbox></t:ToRecipients></t:Message></m:Items></m:CreateItem>';
    (await svc().call(mail, as('<t:PrimarySmtpAddress>alice@example.test</t:PrimarySmtpAddress>'))).ok();
    await ews.settle();
    const bob = new EwsClient(ews, 'bob');
    const item = await bob.item(await bob.idBySubject('inbox', 'by svc'));
    expect([textAt(item, 'From', 'Mailbox', 'EmailAddress'), await alice.subjects('sentitems')]).toEqual(['alice@example.test', expect.arrayContaining(['by svc'])]);
  });
});

describe('tokens', () => {
  const bearer = (token: string): Promise<Response> => fetch(ews.endpoint, { method: 'POST', body: envelope(getInbox), headers: { Authorization: `Bearer ${token}` } });
  it("a user's token opens his mailbox, until it expires by the clock", async () => {
    const accessToken = (await ews.environment.authority?.issueToken({ user: 'alice@example.test' })) ?? '';
    expect((await bearer(accessToken)).status).toBe(200);
    await ews.clock.advance(2 * 3_600_000);
    const refused = await bearer(accessToken);
    expect([refused.status, refused.headers.get('www-authenticate'), refused.headers.get('x-ms-diagnostics')]).toEqual([401, expect.stringContaining('invalid_token'), expect.stringMatching(/^2000002/)]);
  });
});

describe('faults by order', () => {
  it.each<[string, Parameters<EwsEmulator['faults']['add']>[0]['effect'], number, string | undefined]>([
    ['an error by its name', { kind: 'error', code: 'ErrorServerBusy', backOffMs: 297_749 }, 500, 'ErrorServerBusy'],
    ['a status', { kind: 'status', status: 503, headers: { 'Retry-After': '10' }, body: '<html/>' }, 503, undefined],
  ])('%s', async (_what, effect, status, fault) => {
    ews.faults.add({ match: { operation: 'GetFolder' }, effect, times: 1 });
    const response = await alice.fetch(envelope(getInbox));
    const text = await response.text();
    expect(response.status).toBe(status);
    if (fault !== undefined) {
      expect(text).toContain('<faultstring xml:lang="en-US">The server cannot service this request right now. Try again later.</faultstring>');
      expect(text).toMatch(/<t:Value [^>]*Name="BackOffMilliseconds"[^>]*>297749<\/t:Value>/);
      expect(text).not.toContain('ServerVersionInfo');
    }
    expect((await alice.call(getInbox)).codes).toEqual(['NoError']);
  });

  it('a connection is dropped, and the next one works', async () => {
    ews.faults.add({ match: { operation: 'GetFolder' }, effect: { kind: 'drop' }, times: 1 });
    await expect(alice.fetch(envelope(getInbox))).rejects.toThrow();
    expect((await alice.call(getInbox)).codes).toEqual(['NoError']);
  });

  it('a body is cut', async () => {
    ews.faults.add({ match: { operation: 'GetFolder' }, effect: { kind: 'cut', afterBytes: 100 }, times: 1 });
    await expect(alice.fetch(envelope(getInbox)).then((response) => response.text())).rejects.toThrow();
  });
});

describe('the handle', () => {
  it('reset goes back to the seed, clear empties, restore goes back to a snapshot', async () => {
    await alice.createMessage('<t:Subject>extra</t:Subject>');
    const snapshot = await ews.snapshot();
    await ews.clear();
    expect(await alice.subjects('inbox')).toEqual([]);
    await ews.restore(snapshot);
    expect(await alice.subjects('inbox')).toContain('extra');
    await ews.reset();
    expect(await alice.subjects('inbox')).not.toContain('extra');
  });

  it('equal seeds give equal ids, across emulators', async () => {
    const options = { clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) };
    const other = await createEwsEmulator(options);
    const ids = await Promise.all([alice, new EwsClient(other)].map((client) => client.idBySubject('inbox', 'Morning briefing')));
    await other.close();
    expect(ids[0]).toEqual(ids[1]);
  });

  it('two emulators share one organization', async () => {
    const second = await createEwsEmulator({ organization: ews.organization });
    await new EwsClient(second).createMessage('<t:Subject>from the other</t:Subject>');
    await second.close();
    expect(await alice.subjects('inbox')).toContain('from the other');
  });

  it('its service description is there for node-ews', async () => {
    const files = await Promise.all(['Services.wsdl', 'messages.xsd', 'types.xsd'].map((name) => fetch(`${ews.url}/ews/${name.toLowerCase()}`, { headers: { Authorization: alice.authorization } })));
    expect(files.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await files[0]?.text()).toContain(namespaces.messages);
  });

  it('header elements that nobody knows are ignored, unless they must be understood', async () => {
    expect((await alice.call(getInbox, { header: '<x:Odd xmlns:x="urn:x">1</x:Odd>' })).codes).toEqual(['NoError']);
    const refused = await alice.call(getInbox, { header: '<x:Odd xmlns:x="urn:x" s:mustUnderstand="1">1</x:Odd>' });
    expect([refused.status, textAt(refused.body, 'faultcode')]).toEqual([500, 's:MustUnderstand']);
    expect(child(refused.root, 'Header')).toBeUndefined();
  });
});
