import { anyCharacter } from '@fauxchange/arbitraries';
import { connect } from 'node:net';
import * as fc from 'fast-check';
import { createClock } from '@fauxchange/kernel';
import { createOrganization } from '@fauxchange/mailbox';
import { createXsdCheck } from '@fauxchange/xsd-check';
import { AutodiscoverService, ExchangeVersion, Uri, UserSettingName, WebCredentials } from 'ews-javascript-api';
import { createAutodiscoverEmulator } from '../src/index.ts';
import type { AutodiscoverEmulator, AutodiscoverEmulatorOptions } from '../src/index.ts';

const outlookSchema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';
const mobilesyncSchema = 'http://schemas.microsoft.com/exchange/autodiscover/mobilesync/responseschema/2006';
const urls = { external: 'https://mail.example.test', internal: 'https://ex1.example.test' };
const everything = { ews: true, owa: true, ecp: true, oab: true, mapi: true, activesync: true } as const;
const basic = (name: string): string => `Basic ${Buffer.from(`${name}@example.test:${name}-pass`).toString('base64')}`;

const organization = createOrganization({ seed: 'empty', clock: createClock({ at: Date.UTC(2026, 0, 5, 15, 4, 5, 123), frozen: true }) });
let server: AutodiscoverEmulator;
const open = async (options: AutodiscoverEmulatorOptions = {}): Promise<AutodiscoverEmulator> => {
  server = await createAutodiscoverEmulator({ organization: await organization, urls, services: everything, ...options });
  return server;
};
afterEach(async () => { await server.close(); });
afterAll(async () => (await organization).close());

interface Reply { status: number; headers: Headers; text: string }
async function send(path: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(server.url + path, { redirect: 'manual', ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}
const postXml = (path: string, body: string, headers: Record<string, string> = {}, user = 'alice'): Promise<Reply> =>
  send(path, { method: 'POST', body, headers: { authorization: basic(user), 'content-type': 'text/xml; charset=utf-8', ...headers } });

const poxRequest = (address: string, schema = outlookSchema, kind = 'outlook', more = ''): string =>
  `<?xml version="1.0" encoding="utf-8"?><Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/${kind}/requestschema/2006"><Request><EMailAddress>${address}</EMailAddress>${more}<AcceptableResponseSchema>${schema}</AcceptableResponseSchema></Request></Autodiscover>`;
const pox = (address: string, headers: Record<string, string> = {}): Promise<Reply> => postXml('/autodiscover/autodiscover.xml', poxRequest(address), headers);
const valueOf = (xml: string, element: string): string | undefined => new RegExp(`<${element}(?: [^>]*)?>([^<]*)</${element}>`).exec(xml)?.[1];
/** Protocol blocks in their order: Type, or the attribute where mapiHttp has it. */
const blocks = (xml: string): (string | undefined)[] => [...xml.matchAll(/<Protocol>\s*<Type>(\w+)<\/Type>\s*<(?!ASUrl>[^<]*<\/ASUrl>\s*<\/Protocol)|<Protocol Type="(\w+)"/g)].map(([, element, attribute]) => element ?? attribute);

describe('POX for Outlook', () => {
  it('tells settings of anybody to anybody who signs in, by configured URLs', async () => {
    await open();
    const { status, headers, text } = await pox('BOB@example.test');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
    const bob = (await organization).directory.byAddress('bob@example.test');
    expect(valueOf(text, 'AutoDiscoverSMTPAddress')).toBe('bob@example.test');
    expect(valueOf(text, 'LegacyDN')).toBe(bob?.legacyExchangeDN);
    expect(valueOf(text, 'Action')).toBe('settings');
    expect(valueOf(text, 'ServerVersion')).toBe('73C28A02');
    expect(text).toContain(`<Server>${bob?.mailboxGuid ?? '?'}@example.test</Server>`);
    expect(text.match(/<EwsUrl>[^<]*/g)).toEqual(['<EwsUrl>https://ex1.example.test/EWS/Exchange.asmx', '<EwsUrl>https://mail.example.test/EWS/Exchange.asmx']);
    expect(text).not.toContain('127.0.0.1');
    expect(text).toMatch(/<PublicFolderInformation>\s*<SmtpAddress>publicfolders@example.test<\/SmtpAddress>\s*<\/PublicFolderInformation>\s*<\/Account>/);
    expect(text).toMatch(/<AlternativeMailbox>\s*<Type>Delegate<\/Type>\s*<DisplayName>Support<\/DisplayName>/);
  });

  it.each<[string, AutodiscoverEmulatorOptions, Record<string, string>, string[]]>([
    ['a client without capabilities', {}, {}, ['EXCH', 'EXPR', 'WEB']],
    ['a client that knows EXHTTP', {}, { 'X-ClientCanHandle': 'Negotiate, ExHttpInfo' }, ['EXCH', 'EXPR', 'WEB', 'EXHTTP', 'EXHTTP']],
    ['a client that knows MAPI over HTTP gets neither EXCH nor EXPR', {}, { 'X-MapiHttpCapability': '1' }, ['WEB', 'EXHTTP', 'EXHTTP', 'mapiHttp']],
    ['… also a later version of it', {}, { 'X-MapiHttpCapability': '3' }, ['WEB', 'EXHTTP', 'EXHTTP', 'mapiHttp']],
    ['… and nonsense is no capability', {}, { 'X-MapiHttpCapability': 'yes' }, ['EXCH', 'EXPR', 'WEB']],
    ['… unless there is no MAPI', { services: { ews: true } }, { 'X-MapiHttpCapability': '1' }, ['EXCH', 'EXPR']],
    ['Exchange 2010', { profile: 'exchange2010' }, { 'X-MapiHttpCapability': '1', 'X-ClientCanHandle': 'ExHttpInfo' }, ['EXCH', 'EXPR', 'WEB']],
  ])('blocks for %s', async (_, options, headers, expected) => {
    await open(options);
    expect(blocks((await pox('alice@example.test', headers)).text)).toEqual(expected);
  });

  it('announces only what exists, and by the address used where none is configured', async () => {
    await open({ urls: {}, services: { ews: true } });
    const { text } = await pox('alice@example.test');
    expect(valueOf(text, 'EwsUrl')).toBe(`${server.url}/EWS/Exchange.asmx`);
    expect(valueOf(text, 'SSL')).toBe('Off');
    expect(text).not.toMatch(/OABUrl|EcpUrl|OWAUrl|mapi/);
    await server.close();
    await open({ urls: () => ({ external: 'https://later.test/' }), services: () => ({ ews: { internal: 'https://inside.test/x' } }) });
    expect((await pox('alice@example.test')).text.match(/<EwsUrl>[^<]*/g)).toEqual(['<EwsUrl>https://inside.test/x', '<EwsUrl>https://inside.test/x']);
  });

  it.each<[string, string, string]>([
    ['an unknown address', poxRequest('nobody@example.test'), '500'],
    ['a group', poxRequest('team@example.test'), '500'],
    ['another response schema', poxRequest('alice@example.test', 'urn:other'), '601'],
    ['no response schema', poxRequest('alice@example.test', ''), '600'],
    ['no address', poxRequest(''), '600'],
    ['another root', '<Other/>', '600'],
    ['no XML', 'hello', '600'],
    ['nothing', '', '600'],
    ['a DOCTYPE', `<!DOCTYPE x [<!ENTITY e "x">]>${poxRequest('&e;').replace(/^<\?xml[^>]*>/, '')}`, '600'],
    ['deep nesting', '<a>'.repeat(5000), '600'],
  ])('%s: error in HTTP 200', async (_, body, code) => {
    await open();
    const { status, text } = await postXml('/Autodiscover/Autodiscover.xml', body);
    expect([status, valueOf(text, 'ErrorCode')]).toEqual([200, code]);
    expect(text).toMatch(/<Autodiscover xmlns="http:\/\/schemas\.microsoft\.com\/exchange\/autodiscover\/responseschema\/2006">\s*<Response>\s*<Error Time="15:04:05\.1230000" Id="\d+">/);
    expect(server.journal.entries().at(-1)).toMatchObject({ outcome: 'error', errorCode: code, user: 'alice@example.test' });
  });

  it('the legacy DN wins over the address; a GET that is signed in is an invalid request', async () => {
    await open();
    const dn = (await organization).directory.byAddress('carol@example.test')?.legacyExchangeDN ?? '';
    expect(valueOf((await postXml('/autodiscover/autodiscover.xml', poxRequest('bob@example.test', outlookSchema, 'outlook', `<LegacyDN>${dn}</LegacyDN>`))).text, 'DisplayName')).toBe('Carol Chaudhry');
    expect(valueOf((await send('/autodiscover/autodiscover.xml', { headers: { authorization: basic('alice') } })).text, 'ErrorCode')).toBe('600');
  });

  it('an address in UTF-16, and one with markup in it', async () => {
    await open();
    const bytes = new Uint8Array(Buffer.from(`\ufeff${poxRequest('bob@example.test').replace('utf-8', 'utf-16')}`, 'utf16le'));
    const { text } = await send('/autodiscover/autodiscover.xml', { method: 'POST', body: bytes, headers: { authorization: basic('alice'), 'content-type': 'text/xml' } });
    expect(valueOf(text, 'DisplayName')).toBe('Bob Baker');
    expect(valueOf((await pox('&lt;b&gt;@example.test')).text, 'ErrorCode')).toBe('500');
  });
});

describe('signing in', () => {
  it('a 401 tells what there is, and keeps the connection', async () => {
    await open();
    const { status, headers, text } = await send('/autodiscover/autodiscover.xml', { method: 'POST', body: poxRequest('alice@example.test') });
    expect([status, text, headers.get('www-authenticate'), headers.get('x-soap-enabled'), headers.get('x-oauth-enabled'), headers.get('connection')])
      .toEqual([401, '', 'Basic realm="127.0.0.1"', 'True', 'True', 'keep-alive']);
    expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('x-wssecurity-enabled')).toBeNull();
    await expect(server.waitFor({ errorCode: 'no-credentials' })).resolves.toMatchObject({ status: 401, outcome: 'error', path: '/autodiscover/autodiscover.xml' });
    expect((await send('/autodiscover/autodiscover.xml', { headers: { authorization: 'Bearer' } })).headers.get('www-authenticate')).toMatch(/^Bearer client_id=.*, Basic realm=/);
  });

  it('without an authority OAuth is not claimed', async () => {
    await open({ schemes: ['Basic'] });
    const { headers } = await send('/autodiscover/autodiscover.xml', { headers: { authorization: 'Bearer' } });
    expect([headers.get('x-oauth-enabled'), headers.get('www-authenticate')]).toEqual([null, 'Basic realm="127.0.0.1"']);
  });

  it('a token of the server\'s own authority opens it', async () => {
    await open();
    const token = await server.environment.authority!.issueToken({ user: 'carol@example.test' });
    const reply = await send('/autodiscover/autodiscover.xml', { method: 'POST', body: poxRequest('alice@example.test'), headers: { authorization: `Bearer ${token}` } });
    expect(valueOf(reply.text, 'Action')).toBe('settings');
    expect((await server.waitFor({ operation: 'outlook' })).user).toBe('carol@example.test');
  });

  it('Exchange 2007 has no SOAP and does not claim it', async () => {
    await open({ profile: 'exchange2007' });
    expect((await send('/autodiscover/autodiscover.xml')).headers.get('x-soap-enabled')).toBeNull();
    expect((await postXml('/autodiscover/autodiscover.svc', '')).status).toBe(404);
    expect((await send('/autodiscover/autodiscover.json?Email=alice@example.test&Protocol=Ews')).status).toBe(404);
    expect((await pox('alice@example.test')).text).not.toContain('ServerExclusiveConnect');
  });

  it.each([['wrong password', basic('alice').replace('Basic ', 'Basic QQ')], ['unknown user', basic('nobody')]])('%s', async (_, authorization) => {
    await open();
    expect((await send('/autodiscover/autodiscover.xml', { headers: { authorization } })).status).toBe(401);
    expect(server.journal.entries()[0]).toMatchObject({ status: 401, outcome: 'error', user: undefined });
  });
});

describe('POX for mobile devices', () => {
  const check = createXsdCheck('autodiscover-mobilesync-mit/AutodiscoverMobileSync.xsd');
  if (!check.available) console.warn(`mobilesync answers are not checked against the schema: ${check.reason ?? ''}`);
  const ask = (address: string, kind = 'mobilesync'): Promise<Reply> => postXml('/autodiscover/autodiscover.xml', poxRequest(address, mobilesyncSchema, kind));

  it.each<[string, string, RegExp]>([
    ['settings', 'alice@example.test', /<Settings>\s*<Server>\s*<Type>MobileSync<\/Type>\s*<Url>https:\/\/mail\.example\.test\/Microsoft-Server-ActiveSync<\/Url>/],
    ['an unknown address', 'nobody@example.test', /<Error>\s*<Status>2<\/Status>/],
    ['a redirect', 'x@moved.test', /<Redirect>x@elsewhere\.test<\/Redirect>/],
  ])('%s, valid by the schema', async (_, address, expected) => {
    await open({ redirects: [{ kind: 'address', for: 'moved.test', to: 'elsewhere.test' }] });
    const { status, text } = await ask(address);
    expect(status).toBe(200);
    expect(text).toMatch(expected);
    expect(text).toContain('<Culture>en:us</Culture>');
    const response = /<Response[\s\S]*<\/Response>/.exec(text)?.[0] ?? '';
    expect(check.validate(response)).toBe('');
    if (check.available) expect(check.validate(response.replace('Culture>', 'Cvlture>').replace('</Culture', '</Cvlture'))).not.toBe('');
  });

  it('asked in the outlook schema for a mobilesync answer; and where there is no ActiveSync', async () => {
    await open();
    expect((await ask('alice@example.test', 'outlook')).text).toContain('MobileSync');
    await server.close();
    await open({ services: { ews: true } });
    expect(valueOf((await ask('alice@example.test')).text, 'ErrorCode')).toBe('601');
  });
});

describe('SOAP', () => {
  const action = 'http://schemas.microsoft.com/exchange/2010/Autodiscover/Autodiscover';
  const envelope = (operation: string, request: string): string => `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://schemas.microsoft.com/exchange/2010/Autodiscover" xmlns:wsa="http://www.w3.org/2005/08/addressing"><s:Header><a:RequestedServerVersion>Exchange2013</a:RequestedServerVersion><wsa:Action s:mustUnderstand="1">${action}/${operation}</wsa:Action><wsa:To s:mustUnderstand="1">urn:x</wsa:To><wsa:MessageID>urn:uuid:1</wsa:MessageID></s:Header><s:Body><a:${operation}RequestMessage>${request}</a:${operation}RequestMessage></s:Body></s:Envelope>`;
  const soap = (operation: string, request: string, headers: Record<string, string> = {}): Promise<Reply> => postXml('/autodiscover/autodiscover.svc', envelope(operation, request), headers);
  const settingsRequest = (users: readonly string[], settings: readonly string[]): string =>
    `<a:Request><a:Users>${users.map((user) => `<a:User><a:Mailbox>${user}</a:Mailbox></a:User>`).join('')}</a:Users><a:RequestedSettings>${settings.map((setting) => `<a:Setting>${setting}</a:Setting>`).join('')}</a:RequestedSettings></a:Request>`;
  const domainRequest = (domain: string, settings: readonly string[]): string =>
    `<a:Request><a:Domains><a:Domain>${domain}</a:Domain></a:Domains><a:RequestedSettings>${settings.map((setting) => `<a:Setting>${setting}</a:Setting>`).join('')}</a:RequestedSettings></a:Request>`;
  const responses = (text: string, element: string): string[] => text.match(new RegExp(`<${element}>[\\s\\S]*?</${element}>`, 'g')) ?? [];

  it('answers each user in order, in the default namespace, with plain types', async () => {
    await open({ redirects: [{ kind: 'address', for: 'moved.test', to: 'dave@elsewhere.test' }, { kind: 'url', for: 'cloud@example.test', to: 'https://cloud.test/autodiscover/autodiscover.svc' }] });
    const { status, headers, text } = await soap('GetUserSettings', settingsRequest(['alice@example.test', 'nobody@example.test', 'x@moved.test', 'CLOUD@example.test'], ['ExternalEwsUrl', 'CasVersion', 'PublicFolderServer', 'Bogus']));
    expect([status, headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(text).toContain(`>${action}/GetUserSettingsResponse</w:Action>`);
    expect(text).toContain('<MajorVersion>15</MajorVersion><MinorVersion>2</MinorVersion><MajorBuildNumber>2562</MajorBuildNumber><MinorBuildNumber>17</MinorBuildNumber><Version>Exchange2016</Version>');
    expect(text).toContain('>urn:uuid:1</w:RelatesTo>');
    const [alice = '', nobody = '', moved = '', cloud = ''] = responses(text, 'UserResponse');
    expect(alice).toContain('xsi:type="StringSetting"><Name>ExternalEwsUrl</Name><Value>https://mail.example.test/EWS/Exchange.asmx</Value>');
    expect(alice).toContain('<Name>CasVersion</Name><Value>15.02.2562.017</Value>');
    expect(responses(alice, 'UserSettingError').map((error) => [valueOf(error, 'ErrorCode'), valueOf(error, 'SettingName')])).toEqual([['SettingIsNotAvailable', 'PublicFolderServer'], ['InvalidSetting', 'Bogus']]);
    expect([nobody, moved, cloud].map((response) => [valueOf(response, 'ErrorCode'), valueOf(response, 'RedirectTarget')])).toEqual([
      ['InvalidUser', undefined], ['RedirectAddress', 'dave@elsewhere.test'], ['RedirectUrl', 'https://cloud.test/autodiscover/autodiscover.svc'],
    ]);
  });

  it('every setting that has a value, with every service', async () => {
    const mail = [{ host: 'mail.example.test', port: 993, encryption: 'SSL' }] as const;
    await open({ services: { ...everything, imap: mail, pop3: mail, smtp: mail } });
    const names = ['UserDisplayName', 'UserDN', 'MailboxDN', 'EwsSupportedSchemas', 'InternalMailboxServer', 'MapiHttpEnabled', 'AlternateMailboxes', 'ExternalWebClientUrls', 'InternalImap4Connections', 'ExternalEcpVoicemailUrl', 'EcpVoicemailUrlFragment', 'AutoDiscoverSMTPAddress', 'ExternalEwsVersion', 'InternalOABUrl'];
    const { text } = await postXml('/autodiscover/autodiscover.svc', envelope('GetUserSettings', settingsRequest(['bob@example.test'], names)));
    expect(responses(text, 'UserSettingError')).toEqual([]);
    expect([...text.matchAll(/xsi:type="\w+"><Name>(\w+)<\/Name>/g)].map(([, name]) => name)).toEqual(names);
    expect(text).toContain('<Hostname>mail.example.test</Hostname><Port>993</Port>');
    expect(text).toContain('<SmtpAddress>support@example.test</SmtpAddress><Type>Delegate</Type>');
    expect(text).toContain('<Value>https://mail.example.test/ecp/?p=customize/voicemail.aspx&amp;exsvurl=1</Value>');
  });

  it('leads to public folders: their mailbox, and that one\'s own address by its GUID', async () => {
    await open();
    const ask = async (user: string): Promise<string> => (await soap('GetUserSettings', settingsRequest([user], ['PublicFolderInformation', 'InternalRpcClientServer']))).text;
    const guid = (await organization).publicFolders?.guid ?? '?';
    expect([valueOf(await ask('alice@example.test'), 'Value'), valueOf(await ask('publicfolders@example.test'), 'Value')]).toEqual(['publicfolders@example.test', 'publicfolders@example.test']);
    expect(await ask('publicfolders@example.test')).toContain(`<Name>InternalRpcClientServer</Name><Value>${guid}@example.test</Value>`);
    expect(valueOf((await pox(`${guid.toUpperCase()}@example.test`)).text, 'AutoDiscoverSMTPAddress')).toBe('publicfolders@example.test');
    expect(valueOf((await pox(`${guid}@elsewhere.test`)).text, 'ErrorCode')).toBe('500');
  });

  it('an Exchange 2010 names no mailbox of public folders', async () => {
    await open({ profile: 'exchange2010' });
    expect((await soap('GetUserSettings', settingsRequest(['alice@example.test'], ['PublicFolderInformation']))).text).toContain('SettingIsNotAvailable');
    expect((await pox('alice@example.test')).text).not.toContain('PublicFolderInformation');
  });

  it.each<[string, string, string]>([
    ['no users', settingsRequest([], ['CasVersion']), 'InvalidRequest'],
    ['no settings', settingsRequest(['alice@example.test'], []), 'InvalidRequest'],
    ['a hundred and one users', settingsRequest(Array.from({ length: 101 }, () => 'alice@example.test'), ['CasVersion']), 'InvalidRequest'],
    ['nothing at all', '', 'InvalidRequest'],
  ])('GetUserSettings with %s', async (_, request, code) => {
    await open();
    const { status, text } = await soap('GetUserSettings', request);
    expect([status, valueOf(text, 'ErrorCode')]).toEqual([200, code]);
  });

  it('GetDomainSettings', async () => {
    await open({ redirects: [{ kind: 'address', for: 'moved.test', to: 'elsewhere.test' }] });
    const ask = async (domain: string): Promise<string> => responses((await soap('GetDomainSettings', domainRequest(domain, ['ExternalEwsUrl', 'ExternalEwsVersion', 'toString']))).text, 'DomainResponse')[0] ?? '';
    const ours = await ask('EXAMPLE.test');
    expect(ours).toContain('xsi:type="DomainStringSetting"><Name>ExternalEwsUrl</Name><Value>https://mail.example.test/EWS/Exchange.asmx</Value>');
    expect(responses(ours, 'DomainSettingError').map((error) => valueOf(error, 'ErrorCode'))).toEqual(['InvalidSetting']);
    expect(valueOf(await ask('unknown.test'), 'ErrorCode')).toBe('InvalidDomain');
    const moved = await ask('moved.test');
    expect([valueOf(moved, 'ErrorCode'), valueOf(moved, 'RedirectTarget')]).toEqual(['RedirectAddress', 'elsewhere.test']);
  });

  it('GetFederationInformation asks for no credentials; the rest does', async () => {
    await open();
    const anonymous = async (operation: string, request: string): Promise<Reply> => send('/autodiscover/autodiscover.svc', { method: 'POST', body: envelope(operation, request), headers: { 'content-type': 'text/xml' } });
    const request = '<a:Request><a:Domain>example.test</a:Domain></a:Request>';
    expect(valueOf((await anonymous('GetFederationInformation', request)).text, 'ErrorCode')).toBe('NotFederated');
    expect((await anonymous('GetUserSettings', '')).status).toBe(401);
    expect((await anonymous('Nonsense', '')).status).toBe(401);
    await server.close();
    await open({ federation: { applicationUri: 'FYDIBOHF25SPDLT.example.test', tokenIssuers: [{ endpoint: 'https://sts.test/', uri: 'urn:federation:Test' }] } });
    const { text } = await anonymous('GetFederationInformation', request);
    expect([valueOf(text, 'ErrorCode'), valueOf(text, 'ApplicationUri'), valueOf(text, 'Uri'), valueOf(text, 'Domain')]).toEqual(['NoError', 'FYDIBOHF25SPDLT.example.test', 'urn:federation:Test', 'example.test']);
    expect(valueOf((await anonymous('GetFederationInformation', request.replace('example.test', 'other.test'))).text, 'ErrorCode')).toBe('NotFederated');
  });

  it('GetOrganizationRelationshipSettings', async () => {
    await open({ relationships: [{ name: 'Contoso', domains: ['contoso.test'], freeBusyAccess: 'LimitedDetails', targetAutodiscoverUrl: 'https://contoso.test/autodiscover' }] });
    const ask = async (domain: string): Promise<string> => (await soap('GetOrganizationRelationshipSettings', `<a:Request><a:Domains><a:Domain>${domain}</a:Domain></a:Domains></a:Request>`)).text;
    const text = await ask('contoso.test');
    expect([valueOf(text, 'FreeBusyAccessEnabled'), valueOf(text, 'FreeBusyAccessLevel'), valueOf(text, 'MailTipsAccessEnabled'), valueOf(text, 'Name')]).toEqual(['true', 'LimitedDetails', 'false', 'Contoso']);
    expect(valueOf(await ask('other.test'), 'Name')).toBeUndefined();
  });

  it.each<[string, string, number, string | undefined]>([
    ['an operation that nobody knows', envelope('GetNothing', ''), 500, 'ActionNotSupported'],
    ['elements out of order', envelope('GetUserSettings', '<a:Request><a:RequestedSettings/><a:Users/></a:Request>'), 500, 'DeserializationFailed'],
    ['no envelope', '<a/>', 500, 'DeserializationFailed'],
    ['SOAP 1.2', envelope('GetUserSettings', '').replaceAll('schemas.xmlsoap.org/soap/envelope/', 'www.w3.org/2003/05/soap-envelope'), 415, undefined],
    ['no XML', 'hello', 400, undefined],
    ['a DOCTYPE', `<!DOCTYPE a>${envelope('GetUserSettings', '')}`, 400, undefined],
    ['a header that must be understood', envelope('GetUserSettings', '').replace('</s:Header>', '<x:Y xmlns:x="urn:x" s:mustUnderstand="1"/></s:Header>'), 500, 'DeserializationFailed'],
  ])('%s', async (_, body, status, code) => {
    await open();
    const reply = await postXml('/autodiscover/autodiscover.svc', body);
    expect(reply.status).toBe(status);
    expect(/<faultcode[^>]*>a:(\w+)/.exec(reply.text)?.[1]).toBe(code);
    if (code === 'ActionNotSupported') expect(reply.text).toContain('ContractFilter mismatch');
    expect((await soap('GetUserSettings', settingsRequest(['alice@example.test'], ['CasVersion']))).status).toBe(200);
  });

  it('ews-javascript-api reads every kind of setting', async () => {
    await open();
    const service = new AutodiscoverService(new Uri(`${server.url}/autodiscover/autodiscover.svc`), ExchangeVersion.Exchange2013);
    service.Credentials = new WebCredentials('bob@example.test', 'bob-pass');
    const { ErrorCode, Settings, UserSettingErrors } = await service.GetUserSettings('bob@example.test', [UserSettingName.ExternalEwsUrl, UserSettingName.ExternalWebClientUrls, UserSettingName.AlternateMailboxes, UserSettingName.InternalPop3Connections]);
    expect(ErrorCode).toBe(0);
    expect(Settings.get(UserSettingName.ExternalEwsUrl)).toBe('https://mail.example.test/EWS/Exchange.asmx');
    expect(JSON.stringify(Settings.get(UserSettingName.ExternalWebClientUrls))).toContain('https://mail.example.test/owa/');
    // This client reads the display name into every member.
    expect(JSON.stringify(Settings.get(UserSettingName.AlternateMailboxes))).toContain('Support');
    expect(UserSettingErrors.map(({ SettingName }) => SettingName)).toEqual(['InternalPop3Connections']);
  });
});

describe('JSON', () => {
  it.each<[string, string, number, Record<string, unknown>]>([
    ['EWS', '?Email=alice@example.test&Protocol=ews', 200, { Protocol: 'Ews', Url: 'https://mail.example.test/EWS/Exchange.asmx' }],
    ['ActiveSync by the path, as Apple asks', '/v1.0/alice%40example.test?Protocol=ActiveSync', 200, { Protocol: 'ActiveSync', Url: 'https://mail.example.test/Microsoft-Server-ActiveSync' }],
    ['AutodiscoverV1', '?email=alice@example.test&protocol=AutodiscoverV1&RedirectCount=1', 200, { Protocol: 'AutodiscoverV1', Url: 'https://mail.example.test/autodiscover/autodiscover.xml' }],
    ['no protocol', '?Email=alice@example.test', 400, { ErrorCode: 'MissingProtocol', ErrorMessage: "A valid value must be provided for the query parameter 'Protocol'" }],
    ['an unknown protocol', '?Email=alice@example.test&Protocol=constructor', 400, { ErrorCode: 'ProtocolNotSupported', ErrorMessage: expect.stringContaining("'ActiveSync,Ews,AutodiscoverV1'") }],
    ['no address', '?Protocol=Ews', 400, { ErrorCode: 'MandatoryParameterMissing', ErrorMessage: expect.any(String) }],
    ['an unknown address', '?Email=nobody@example.test&Protocol=Ews', 404, { ErrorCode: 'UserNotFound', ErrorMessage: expect.any(String) }],
  ])('%s', async (_, query, status, body) => {
    await open();
    const reply = await send(`/autodiscover/autodiscover.json${query}`);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([status, 'application/json; charset=utf-8']);
    expect(JSON.parse(reply.text)).toEqual(body);
  });

  it('what is elsewhere is 302 and counted; a service that does not exist is not supported', async () => {
    await open({ services: { ews: true }, redirects: [{ kind: 'url', for: 'cloud.test', to: 'https://outlook.cloud.test/autodiscover/autodiscover.svc' }, { kind: 'address', for: 'moved.test', to: 'elsewhere.test' }] });
    const location = async (query: string): Promise<string | null> => (await send(`/autodiscover/autodiscover.json${query}`)).headers.get('location');
    expect(await location('?Email=x@cloud.test&Protocol=Ews')).toBe('https://outlook.cloud.test/autodiscover/autodiscover.json?Email=x%40cloud.test&Protocol=Ews&RedirectCount=1');
    expect(await location('?Email=x@moved.test&Protocol=Ews&RedirectCount=4')).toBe('https://autodiscover.elsewhere.test/autodiscover/autodiscover.json?Email=x%40elsewhere.test&Protocol=Ews&RedirectCount=5');
    expect((await send('/autodiscover/autodiscover.json?Email=x@cloud.test&Protocol=Ews&RedirectCount=10')).status).toBe(404);
    expect(JSON.parse((await send('/autodiscover/autodiscover.json?Email=alice@example.test&Protocol=ActiveSync')).text)).toMatchObject({ ErrorCode: 'ProtocolNotSupported' });
  });
});

describe('redirects and the rest', () => {
  it.each<[string, string, string]>([
    ['an address', 'x@one.test', '<Action>redirectAddr</Action><RedirectAddr>bob@example.test</RedirectAddr>'],
    ['a domain, keeping the name', 'x@two.test', '<Action>redirectAddr</Action><RedirectAddr>x@elsewhere.test</RedirectAddr>'],
    ['a URL', 'x@three.test', '<Action>redirectUrl</Action><RedirectUrl>https://three.test/autodiscover/autodiscover.xml</RedirectUrl>'],
    ['one user of our own domain', 'dave@example.test', '<Action>redirectAddr</Action><RedirectAddr>dave@elsewhere.test</RedirectAddr>'],
  ])('POX: to %s', async (_, address, expected) => {
    await open({ redirects: [
      { kind: 'address', for: 'one.test', to: 'bob@example.test' }, { kind: 'address', for: 'two.test', to: 'elsewhere.test' },
      { kind: 'url', for: 'three.test', to: 'https://three.test/autodiscover/autodiscover.xml' }, { kind: 'address', for: 'Dave@example.test', to: 'elsewhere.test' },
    ] });
    const { text } = await pox(address);
    expect(text.replace(/>\s+</g, '><')).toContain(`<Account>${expected}</Account>`);
  });

  it('plain HTTP for another host is 302, without credentials; other hosts are served', async () => {
    await open({ redirects: [{ kind: 'http', host: 'autodiscover.other.test', location: 'https://mail.example.test/autodiscover/autodiscover.xml' }] });
    const raw = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(server.port, '127.0.0.1', () => { socket.write('GET /autodiscover/autodiscover.xml HTTP/1.1\r\nHost: autodiscover.OTHER.test\r\nConnection: close\r\n\r\n'); });
      socket.on('data', (chunk) => { text += chunk.toString(); }).on('close', () => { resolve(text); }).on('error', reject);
    });
    expect(raw).toMatch(/^HTTP\/1\.1 302 [\s\S]*Location: https:\/\/mail\.example\.test\/autodiscover\/autodiscover\.xml\r\n/);
    expect((await send('/autodiscover/autodiscover.xml')).status).toBe(401);
  });

  it('health, methods, nothing, too much', async () => {
    await open();
    expect((await send('/Autodiscover/HealthCheck.htm')).text).toBe('200 OK<br/>EX1.EXAMPLE.TEST');
    expect((await send('/autodiscover/autodiscover.xml', { method: 'PUT' })).status).toBe(405);
    expect((await send('/autodiscover/nothing')).status).toBe(404);
    expect((await postXml('/autodiscover/autodiscover.xml', 'x'.repeat(70_000))).status).toBe(413);
    expect((await send('/autodiscover/autodiscover.svc', { headers: { authorization: basic('alice') } })).text).toContain('Autodiscover Service');
    const echoed = await send('/autodiscover/autodiscover.xml', { headers: { 'client-request-id': 'abc', 'return-client-request-id': 'true' } });
    expect(echoed.headers.get('client-request-id')).toBe('abc');
  });

  it('faults: each effect, by operation, and in the journal', async () => {
    await open();
    const once = (match: Record<string, string>, effect: Parameters<AutodiscoverEmulator['faults']['add']>[0]['effect']): string => server.faults.add({ match, effect, times: 1 }).id;
    const dropped = once({ path: '*.xml' }, { kind: 'drop' });
    await expect(pox('alice@example.test')).rejects.toThrow();
    expect(server.journal.entries().at(-1)).toMatchObject({ outcome: 'aborted', fault: dropped });
    const early = server.faults.add({ match: { path: '*.xml' }, effect: { kind: 'status', status: 502 }, skip: 1, times: 1 });
    expect((await send('/autodiscover/autodiscover.xml')).status).toBe(401);
    expect((await send('/autodiscover/autodiscover.xml')).status).toBe(502);
    expect((await pox('alice@example.test')).status).toBe(200);
    expect(early.hits).toBe(1);
    once({ operation: 'outlook', user: 'alice@example.test' }, { kind: 'status', status: 503, headers: { 'Retry-After': '7' }, body: 'busy' });
    const busy = await pox('alice@example.test');
    expect([busy.status, busy.headers.get('retry-after'), busy.text]).toEqual([503, '7', 'busy']);
    once({ operation: 'outlook' }, { kind: 'error', code: '603' });
    expect(valueOf((await pox('alice@example.test')).text, 'ErrorCode')).toBe('603');
    once({ operation: 'json' }, { kind: 'error', code: 'UserNotFound' });
    expect((await send('/autodiscover/autodiscover.json?Email=alice@example.test&Protocol=Ews')).status).toBe(400);
    once({ operation: 'outlook' }, { kind: 'cut', afterBytes: 100 });
    await expect(pox('alice@example.test')).rejects.toThrow();
    once({ protocol: 'autodiscover' }, { kind: 'delay', ms: 60_000 });
    const late = pox('alice@example.test');
    await server.clock.advance(0);
    const [entries] = [server.journal.entries().length];
    const done = jest.fn();
    void late.then(done);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => { setImmediate(resolve); });
    expect(done).not.toHaveBeenCalled();
    await server.clock.advance(60_000);
    expect((await late).status).toBe(200);
    expect(server.journal.entries()).toHaveLength(entries + 1);
    await server.clock.set(Date.UTC(2026, 0, 5, 15, 4, 5, 123));
  });

  it('on its own it makes and closes its organization; the journal shows what was said', async () => {
    await open({ organization: undefined, seed: 'empty', domain: 'lonely.test' });
    const { text } = await send('/autodiscover/autodiscover.json?Email=alice@lonely.test&Protocol=Ews');
    expect(JSON.parse(text)).toMatchObject({ Protocol: 'Ews' });
    const entry = await server.waitFor({ operation: 'json' });
    expect(entry).toMatchObject({ protocol: 'autodiscover', status: 200, outcome: 'ok', request: { value: { Protocol: 'Ews' } }, response: { text } });
    await server.reset();
    expect(server.journal.entries()).toEqual([]);
    await expect(createAutodiscoverEmulator({ port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('a failure of our own is an empty 500, marked internal, and close() tells of it', async () => {
    const strict = await open({ services: () => { throw new Error('configuration is broken'); } });
    expect((await pox('alice@example.test')).status).toBe(500);
    expect(strict.journal.entries()[0]).toMatchObject({ outcome: 'internal', cause: expect.objectContaining({ message: 'configuration is broken' }) });
    await expect(strict.close()).rejects.toThrow('met 1 fault(s) of its own');
    await open({ strict: false, services: () => { throw new Error('configuration is broken'); } });
    expect((await pox('alice@example.test')).status).toBe(500);
  });

  it('no input brings it down: every answer is one of the protocol, and the server lives on', async () => {
    await open();
    const sample = poxRequest('alice@example.test');
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: anyCharacter, maxLength: 300 }).map((text) => new Uint8Array(Buffer.from(text))),
      fc.nat(sample.length).map((length) => new Uint8Array(Buffer.from(sample.slice(0, length)))),
      fc.tuple(fc.nat(sample.length - 1), fc.string({ minLength: 1, maxLength: 3 })).map(([at, text]) => new Uint8Array(Buffer.from(sample.slice(0, at) + text + sample.slice(at + text.length)))),
    );
    const type = fc.constantFrom('text/xml', 'text/xml; charset=utf-8', 'text/xml; charset=utf-16', 'text/xml; charset=nonsense', 'text/xml; charset=iso-8859-1');
    await fc.assert(fc.asyncProperty(body, type, fc.constantFrom('xml', 'svc'), async (bytes, contentType, kind) => {
      const { status } = await send(`/autodiscover/autodiscover.${kind}`, { method: 'POST', body: bytes, headers: { authorization: basic('alice'), 'content-type': contentType } });
      expect(kind === 'xml' ? [200] : [200, 400, 415, 500]).toContain(status);
    }), { numRuns: 300, seed: 2 });
    expect(server.journal.entries({ outcome: 'internal' })).toEqual([]);
    expect(valueOf((await pox('alice@example.test')).text, 'Action')).toBe('settings');
  });

  it('is a handler for anybody\'s Express application, below a prefix or not', async () => {
    await open();
    const { createExpressFallback, listenHttp } = await import('@fauxchange/kernel');
    const express = createExpressFallback((app) => { (app as { use: (path: string, handler: unknown) => void }).use('/autodiscover', server.handler); });
    const listener = await listenHttp({ mounts: [], fallback: express });
    const response = await fetch(`${listener.url}/autodiscover/autodiscover.json?Email=alice@example.test&Protocol=Ews`);
    expect(response.status).toBe(200);
    await response.arrayBuffer();
    await listener.close();
  });
});
