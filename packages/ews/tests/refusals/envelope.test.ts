import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient } from '../support/client.ts';
import { envelope, folderRef, shape } from '../support/soap.ts';
import { textAt } from '../support/xml.ts';

let ews: EwsEmulator;
let svc: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  svc = new EwsClient(ews, 'svc');
});
afterAll(() => ews.close());

const getInbox = `<m:GetFolder><m:FolderShape>${shape('IdOnly')}</m:FolderShape><m:FolderIds>${folderRef('inbox')}</m:FolderIds></m:GetFolder>`;
const as = (content: string): string => `<t:ExchangeImpersonation><t:ConnectingSID>${content}</t:ConnectingSID></t:ExchangeImpersonation>`;
const alice = as('<t:PrincipalName>alice@example.test</t:PrincipalName>');

it.each<[code: string, what: string, header: string]>([
  ['ErrorInvalidExchangeImpersonationHeaderData', 'a blank name', as('<t:SmtpAddress> </t:SmtpAddress>')],
  ['ErrorInvalidUserPrincipalName', 'a principal name of nobody', as('<t:PrincipalName>nobody@example.test</t:PrincipalName>')],
  ['ErrorInvalidUserSid', 'a SID of nobody', as('<t:SID>S-1-5-21-1-2-3-4</t:SID>')],
  ['ErrorInvalidSid', 'a SID that is none', as('<t:SID>alice</t:SID>')],
  ['ErrorNonExistentMailbox', 'an address of nobody', as('<t:SmtpAddress>nobody@example.test</t:SmtpAddress>')],
  ['ErrorMoreThanOneAccessModeSpecified', 'two impersonations', alice + alice],
  ['ErrorDuplicateSOAPHeader', 'two cultures', '<t:MailboxCulture>en-US</t:MailboxCulture><t:MailboxCulture>de-DE</t:MailboxCulture>'],
  ['ErrorDuplicateSOAPHeader', 'two versions', '<t:RequestServerVersion Version="Exchange2016"/>'],
  ['ErrorInvalidManagementRoleHeader', 'a role header without roles', '<t:ManagementRole/>'],
])('%s: %s', async (code, _what, header) => {
  const answer = await svc.call(getInbox, { header });
  expect([answer.status, answer.fault, textAt(answer.body, 'detail', 'ResponseCode')]).toEqual([500, code, code]);
});

it('ErrorNonPrimarySmtpAddress: another of their addresses, and the primary one is told', async () => {
  const answer = await svc.call(getInbox, { header: as('<t:PrimarySmtpAddress>a.archer@example.test</t:PrimarySmtpAddress>') });
  const [value] = answer.all('Value');
  expect([answer.fault, value?.attributes['Name'], value?.text]).toEqual(['ErrorNonPrimarySmtpAddress', 'Primary', 'alice@example.test']);
  expect((await svc.call(getInbox, { header: as('<t:SmtpAddress>a.archer@example.test</t:SmtpAddress>') })).codes).toEqual(['NoError']);
});

describe('an application that is nobody in particular', () => {
  async function callAs(header: string): Promise<string> {
    const { authority } = ews.environment;
    const scope = 'https://outlook.office365.com/.default';
    const fields = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'fauxchange-client', client_secret: 'fauxchange-secret', scope });
    const { access_token: token } = (await (await fetch(`${ews.url}/${authority?.tenantId}/oauth2/v2.0/token`, { method: 'POST', body: fields })).json()) as { access_token: string };
    const response = await fetch(ews.endpoint, { method: 'POST', body: envelope(getInbox, { header }), headers: { Authorization: `Bearer ${token}` } });
    return response.text();
  }
  it('ErrorImpersonationFailed without a name; with one it is that person', async () => {
    expect(await callAs('')).toContain('<faultcode xmlns:a="http://schemas.microsoft.com/exchange/services/2006/types">a:ErrorImpersonationFailed</faultcode>');
    expect(await callAs(alice)).toContain('NoError');
  });
});

describe('an account without a mailbox', () => {
  beforeAll(() => ews.organization.add({ recipientType: 'User', displayName: 'Backup', primarySmtpAddress: 'backup@example.test', password: 'backup-pass' }));
  const backup = (): EwsClient => new EwsClient(ews, 'backup');

  it('ErrorMissingEmailAddress: has to say whose folder is meant', async () => {
    expect((await backup().call(getInbox)).codes).toEqual(['ErrorMissingEmailAddress']);
  });

  it("somebody else's folder is as open to it as it is to others", async () => {
    expect((await backup().call(getInbox.replace('Id="inbox"/>', 'Id="inbox"><t:Mailbox><t:EmailAddress>alice@example.test</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>'))).codes).toEqual(['ErrorFolderNotFound']);
  });

  it('ErrorNameResolutionNoMailbox: resolves no names', async () => {
    expect((await backup().call('<m:ResolveNames ReturnFullContactData="false"><m:UnresolvedEntry>alice</m:UnresolvedEntry></m:ResolveNames>')).codes).toEqual(['ErrorNameResolutionNoMailbox']);
  });

  it('receives nothing, and nobody finds it', async () => {
    const client = new EwsClient(ews);
    expect((await client.call('<m:ResolveNames ReturnFullContactData="false"><m:UnresolvedEntry>backup</m:UnresolvedEntry></m:ResolveNames>')).codes).toEqual(['ErrorNameResolutionNoResults']);
    (await client.send('to an account', ['backup@example.test'])).ok();
    await ews.settle();
    expect(await client.subjects('inbox')).toContain('Undeliverable: to an account');
  });
});

it('ErrorIncorrectSchemaVersion: in order for a newer version than the one asked for, with the words and without the place of a violation', async () => {
  const answer = await svc.call('<m:GetRoomLists/>', { version: 'Exchange2007_SP1' });
  expect([answer.status, answer.fault, textAt(answer.body, 'faultstring')]).toEqual([
    500, 'ErrorIncorrectSchemaVersion',
    'The request is valid but does not specify the correct server version in the RequestServerVersion SOAP header.  Ensure that the RequestServerVersion SOAP header is set with the correct RequestServerVersionValue.',
  ]);
  expect(answer.all('LineNumber')).toEqual([]);
  // What no version takes is a violation.
  const wrong = await svc.call('<m:GetRoomLists><m:Strange/></m:GetRoomLists>', { version: 'Exchange2007_SP1' });
  expect([wrong.fault, wrong.all('LineNumber').length]).toEqual(['ErrorSchemaValidation', 1]);
});
