import { createPublicKey, verify, type JsonWebKey } from 'node:crypto';
import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient, type Answer, type Id } from './support/client.ts';
import { envelope, itemRef } from './support/soap.ts';
import { allBelow, names, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const appId = '1C50226D-04B5-4AB2-9FCD-42E236B59E4B';
const otherId = 'aaaaaaaa-04b5-4ab2-9fcd-42e236b59e4b';
const namespace = 'http://schemas.microsoft.com/office/appforoffice/1.1';
const manifest = ({ id = appId, permissions = 'ReadItem', version = '1.0' } = {}): string =>
  `<?xml version="1.0" encoding="utf-8"?><OfficeApp xmlns="${namespace}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="MailApp"><Id>${id}</Id><Version>${version}</Version><ProviderName>Example</ProviderName><DisplayName DefaultValue="Tides"/>` +
  `<FormSettings><Form xsi:type="ItemRead"><DesktopSettings><SourceLocation DefaultValue="https://addin.example.test/tides.html"/></DesktopSettings></Form></FormSettings><Permissions>${permissions}</Permissions></OfficeApp>`;
const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
const installRaw = (text: string, client = alice): Promise<Answer> => client.call(`<m:InstallApp><m:Manifest>${base64(text)}</m:Manifest></m:InstallApp>`);
const install = async (options: Parameters<typeof manifest>[0] = {}): Promise<void> => void (await installRaw(manifest(options))).ok();
const manifests = async (content = '', client = alice): Promise<string[]> => (await client.call(`<m:GetAppManifests>${content}</m:GetAppManifests>`)).ok().texts('Manifest').map((text) => Buffer.from(text, 'base64').toString());
const versions = '<m:ApiVersionSupported>1.1</m:ApiVersionSupported><m:SchemaVersionSupported>1.1</m:SchemaVersionSupported>';
const disable = (id: string, reason = 'OutlookClientPerformance'): Promise<Answer> => alice.call(`<m:DisableApp><m:ID>${id}</m:ID><m:DisableReason>${reason}</m:DisableReason></m:DisableApp>`);
const uninstall = (id: string): Promise<Answer> => alice.call(`<m:UninstallApp><m:ID>${id}</m:ID></m:UninstallApp>`);

describe('installing', () => {
  it('an installed add-in is listed, in both forms, to whom it belongs', async () => {
    expect(await manifests()).toEqual([]);
    const answer = (await installRaw(manifest())).ok();
    expect(names(answer.body)).toEqual(['ResponseCode']);
    expect([await manifests(), await manifests(versions), await manifests('', new EwsClient(ews, 'bob'))]).toEqual([[manifest()], [manifest()], []]);
    expect(names((await alice.call(`<m:GetAppManifests>${versions}</m:GetAppManifests>`)).ok().first('App'))).toEqual(['Manifest']);
  });

  it('another version takes the place of the one before', async () => {
    await install();
    await install({ id: otherId });
    await install({ id: appId.toLowerCase(), version: '2.0' });
    expect(await manifests()).toEqual([manifest({ id: otherId }), manifest({ id: appId.toLowerCase(), version: '2.0' })]);
  });

  it('one that is uninstalled is gone, and cannot be uninstalled again', async () => {
    await install();
    (await uninstall(appId)).ok();
    expect(await manifests()).toEqual([]);
    const again = await uninstall(appId);
    expect([again.codes, again.texts('MessageText')]).toEqual([['ErrorInternalServerError'], [`Extension ID ${appId.toLowerCase()} can't be found.`]]);
  });

  it.each(['NoReason', 'OutlookClientPerformance', 'OWAClientPerformance', 'MobileClientPerformance'])('one that is disabled for %s stays installed and is told to those who ask for all', async (reason) => {
    await install();
    await install({ id: otherId });
    (await disable(appId, reason)).ok();
    expect([await manifests(), await manifests(versions)]).toEqual([[manifest({ id: otherId })], [manifest({ id: otherId })]]);
    const all = (await alice.call(`<m:GetAppManifests>${versions}<m:IncludeAllInstalledAddIns>true</m:IncludeAllInstalledAddIns></m:GetAppManifests>`)).ok();
    expect([all.texts('ProductId'), all.texts('EnabledStatus'), all.texts('Manifest').length]).toEqual([[appId.toLowerCase(), otherId], ['false', 'true'], 2]);
  });

  it('installing enables again', async () => {
    await install();
    (await disable(appId)).ok();
    await install();
    expect(await manifests()).toEqual([manifest()]);
  });

  it('one that is not installed cannot be disabled', async () => {
    const answer = await disable('1C50226D-04B5-4AB2-9FCD-42E236B59E4A');
    expect([answer.codes, answer.texts('MessageText')]).toEqual([['ErrorExtensionNotFound'], ["Extension ID 1C50226D-04B5-4AB2-9FCD-42E236B59E4A can't be found."]]);
  });

  it('those asked for by id', async () => {
    await install();
    await install({ id: otherId });
    expect(await manifests(`<m:ExtensionIds>${otherId} ${otherId.replace('a', 'b')}</m:ExtensionIds>`)).toEqual([manifest({ id: otherId })]);
  });

  it.each([
    ['another document', '<Other/>', "This app can't be installed. Missing OfficeApp element."],
    ['another namespace', manifest().replace(namespace, 'urn:x'), "This app can't be installed. Missing OfficeApp element."],
    ['no XML', 'hello', "This app can't be installed. The manifest is not well-formed XML."],
    ['a document type', `<!DOCTYPE x [<!ENTITY y "z">]>${manifest().replace(/^<\?.*?\?>/, '')}`, "This app can't be installed. The manifest is not well-formed XML."],
    ['elements too deep', `<OfficeApp xmlns="${namespace}">${'<a>'.repeat(100)}`, "This app can't be installed. The manifest is not well-formed XML."],
    ['no id', manifest({ id: 'tides' }), "This app can't be installed. Missing Id element."],
    ['no page', manifest().replace(/<FormSettings>.*<\/FormSettings>/, ''), "This app can't be installed. Missing SourceLocation element."],
    ['a manifest of 300 kB', manifest() + ' '.repeat(300 * 1024), "This app can't be installed. The manifest is too large."],
  ])('refuses %s', async (_what, text, message) => {
    const answer = await installRaw(text);
    expect([answer.codes, answer.texts('MessageText')]).toEqual([['ErrorInternalServerError'], [message]]);
    expect(await manifests()).toEqual([]);
  });
});

describe('GetClientAccessToken', () => {
  const request = (type: string, id = appId): string => `<t:TokenRequest><t:Id>${id}</t:Id><t:TokenType>${type}</t:TokenType></t:TokenRequest>`;
  const get = (requests: string, client = alice): Promise<Answer> => client.call(`<m:GetClientAccessToken><m:TokenRequests>${requests}</m:TokenRequests></m:GetClientAccessToken>`);
  const claimsOf = (token: string): Record<string, unknown> => JSON.parse(Buffer.from(token.split('.')[1] as string, 'base64url').toString()) as Record<string, unknown>;

  it('CallerIdentity says who the user is, signed with the key of the server', async () => {
    await install();
    const answer = (await get(request('CallerIdentity'))).ok();
    const token = answer.first('Token');
    expect([answer.messages.map(({ name }) => name), names(token), textAt(token, 'Id'), textAt(token, 'TokenType'), textAt(token, 'TTL')]).toEqual([['GetClientAccessTokenResponseMessage'], ['Id', 'TokenType', 'TokenValue', 'TTL'], appId, 'CallerIdentity', '480']);
    const value = textAt(token, 'TokenValue') as string;
    const { aud, iss, appctxsender, isbrowserhostedapp, appctx, nbf, exp } = claimsOf(value);
    const server = '00000002-0000-0ff1-ce00-000000000000@example.test';
    expect([aud, iss, appctxsender, isbrowserhostedapp, Number(exp) - Number(nbf), Number(nbf)]).toEqual(['https://addin.example.test/tides.html', server, server, 'true', 28_800, Date.UTC(2026, 0, 5, 9) / 1000]);
    const entry = ews.organization.directory.byAddress('alice@example.test');
    expect(JSON.parse(appctx as string)).toEqual({ msexchuid: `${entry?.id}@example.test`, version: 'ExIdTok.V1', amurl: 'https://autodiscover.example.test:443/autodiscover/metadata/json/1' });
    const { keys } = (await (await fetch(`${ews.url}/common/discovery/keys`)).json()) as { keys: (JsonWebKey & { x5t: string })[] };
    const [head, payload, signature] = value.split('.') as [string, string, string];
    const key = keys.find(({ x5t }) => x5t === (JSON.parse(Buffer.from(head, 'base64url').toString()) as { x5t: string }).x5t) as JsonWebKey;
    expect(verify('RSA-SHA256', Buffer.from(`${head}.${payload}`), createPublicKey({ key, format: 'jwk' }), Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('ExtensionCallback lets the add-in in to EWS as the user', async () => {
    await install({ permissions: 'ReadWriteMailbox' });
    const answer = (await get(request('ExtensionCallback'))).ok();
    expect(answer.texts('TTL')).toEqual(['5']);
    const signIn = (token: string): Promise<Answer> => alice.post(envelope('<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder>'), { Authorization: `Bearer ${token}` });
    const [token] = answer.texts('TokenValue') as [string];
    expect((await signIn(token)).ok().first('FolderId').attributes['Id']).toBe((await alice.folderId('inbox')).id);
    const identity = (await get(request('CallerIdentity'))).ok().texts('TokenValue')[0] as string;
    expect((await alice.fetch(envelope('<m:GetRoomLists/>'), { Authorization: `Bearer ${identity}` })).status).toBe(401);
  });

  it.each([
    ['ExtensionCallback', 'ReadItem', 'The caller does not have enough permission for this token request.'],
    ['ExtensionCallback', 'ReadWriteItem', 'The caller does not have enough permission for this token request.'],
    ['CallerIdentity', 'Restricted', 'The caller does not have enough permission for this token request.'],
    ['ScopedToken', 'ReadWriteMailbox', 'Tokens of type ScopedToken are not issued.'],
    ['Connectors', 'ReadWriteMailbox', 'Tokens of type Connectors are not issued.'],
  ])('%s with %s is refused', async (type, permissions, message) => {
    await install({ permissions });
    const answer = await get(request(type));
    expect([answer.codes, answer.texts('MessageText'), answer.all('Token')]).toEqual([['ErrorInvalidClientAccessTokenRequest'], [message], []]);
  });

  it('an add-in that is not installed, or disabled, gets none; its neighbours do', async () => {
    await install();
    expect((await get(request('CallerIdentity', otherId) + request('CallerIdentity'))).codes).toEqual(['ErrorInvalidClientAccessTokenRequest', 'NoError']);
    (await disable(appId)).ok();
    expect((await get(request('CallerIdentity'))).codes).toEqual(['ErrorInvalidClientAccessTokenRequest']);
  });

  it('a server without an authority issues none', async () => {
    await using plain = await createEwsEmulator({ schemes: ['Basic'] });
    const client = new EwsClient(plain);
    (await installRaw(manifest(), client)).ok();
    expect((await get(request('CallerIdentity'), client)).codes).toEqual(['ErrorInvalidClientAccessTokenRequest']);
  });
});

describe('the private catalog', () => {
  it('was never updated, and is empty', async () => {
    expect(names((await alice.call('<m:GetLastPrivateCatalogUpdate/>')).ok().body)).toEqual(['ResponseCode']);
    const answer = (await alice.call('<m:GetPrivateCatalogAddIns/>')).ok();
    expect([names(answer.body), answer.all('AddIn')]).toEqual([['ResponseCode', 'AddIns'], []]);
  });
});

describe('ReportMessage', () => {
  const report = (action: string, ids: readonly Pick<Id, 'id'>[]): Promise<Answer> => alice.call(`<m:ReportMessage ReportAction="${action}"><m:ItemIds>${ids.map(itemRef).join('')}</m:ItemIds></m:ReportMessage>`);
  it.each([['Junk', 'inbox', 'junkemail'], ['NotJunk', 'junkemail', 'inbox'], ['Junk', 'junkemail', 'junkemail']])('%s: from %s to %s', async (action, from, to) => {
    const answer = (await report(action, [await alice.createMessage('<t:Subject>Offer</t:Subject>', from)])).ok();
    expect([answer.messages.map(({ name }) => name), answer.first('MovedItemId').attributes['Id']]).toEqual([['ReportMessageResponseMessage'], (await alice.idBySubject(to, 'Offer')).id]);
  });
  it.each([['Phish', 'ErrorInvalidReportMessageActionType'], ['Unsubscribe', 'ErrorInvalidReportMessageActionType']])('%s is refused', async (action, code) => {
    const id = await alice.createMessage('<t:Subject>Offer</t:Subject>');
    expect((await report(action, [id])).codes).toEqual([code]);
    expect(await alice.subjects('inbox')).toContain('Offer');
  });
  it('what is not there is refused, its neighbours go on', async () => {
    const gone = await alice.createMessage();
    (await alice.deleteItem(gone)).ok();
    const answer = await report('Junk', [gone, await alice.createMessage()]);
    expect([answer.codes, allBelow(answer.body, 'MovedItemId').length]).toEqual([['ErrorItemNotFound', 'NoError'], 1]);
  });
});

describe('RegisterConsent', () => {
  const register = (id: string, state: string): Promise<Answer> => alice.call(`<m:RegisterConsent><m:Id>${id}</m:Id><m:ConsentState>${state}</m:ConsentState></m:RegisterConsent>`);
  it.each(['Consented', 'NotConsented', 'NotResponded'])('%s is told of the add-in', async (state) => {
    await install();
    await install({ id: otherId });
    expect(names((await register(appId, state)).ok().body)).toEqual(['ResponseCode']);
    const all = (await alice.call(`<m:GetAppManifests>${versions}<m:IncludeAllInstalledAddIns>true</m:IncludeAllInstalledAddIns></m:GetAppManifests>`)).ok();
    expect(all.all('Metadata').map((one) => textAt(one, 'ConsentState'))).toEqual([state, undefined]);
  });
  it('one that is not installed', async () => {
    expect((await register(otherId, 'Consented')).codes).toEqual(['ErrorExtensionNotFound']);
  });
});
