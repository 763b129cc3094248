import { createEwsEmulator, type EwsAccess, type ProfileName } from '../src/index.ts';
import { EwsClient } from './support/client.ts';
import { envelope, folderRef, shape } from './support/soap.ts';

const getInbox = envelope(`<m:GetFolder><m:FolderShape>${shape('IdOnly')}</m:FolderShape><m:FolderIds>${folderRef('inbox')}</m:FolderIds></m:GetFolder>`);

/** The HTTP status that alice gets. */
async function statusOf(access: EwsAccess, profile: ProfileName, userAgent = 'exchangelib/4.9.0'): Promise<number> {
  const ews = await createEwsEmulator({ seed: 'empty', profile, access });
  const response = await new EwsClient(ews).fetch(getInbox, { 'User-Agent': userAgent });
  const body = await response.text();
  if (response.status === 403) expect(body).toBe('');
  await ews.close();
  return response.status;
}

describe('EwsEnabled', () => {
  const own = (enabled: boolean | undefined): EwsAccess['mailboxes'] => ({ 'alice@example.test': { enabled } });
  // Organization, mailbox; on premises the mailbox decides, in Exchange Online both have to allow.
  it.each<[boolean | undefined, boolean | undefined, number, number]>([
    [undefined, undefined, 200, 200], [true, false, 403, 403], [undefined, false, 403, 403], [false, true, 200, 403], [false, undefined, 403, 403], [false, false, 403, 403], [true, true, 200, 200],
  ])('organization %s, mailbox %s: %d, in Exchange Online %d', async (enabled, mailbox, onPremises, online) => {
    const access = { enabled, mailboxes: own(mailbox) };
    expect([await statusOf(access, 'exchangeSE'), await statusOf(access, 'exchangeOnline')]).toEqual([onPremises, online]);
  });
});

describe('EwsApplicationAccessPolicy', () => {
  it.each<[string, EwsAccess, number]>([
    ['an empty list of what is allowed', { applicationAccessPolicy: 'EnforceAllowList' }, 403],
    ['allowed by the beginning of the name', { applicationAccessPolicy: 'EnforceAllowList', allowList: ['OWA/*', 'exchangelib/*'] }, 200],
    ['not allowed', { applicationAccessPolicy: 'EnforceAllowList', allowList: ['OWA/*'] }, 403],
    ['the whole name, written in another case', { applicationAccessPolicy: 'EnforceAllowList', allowList: ['ExchangeLib/4.9.0'] }, 200],
    ['no list of what is blocked', { applicationAccessPolicy: 'EnforceBlockList' }, 200],
    ['blocked by a part of the name', { applicationAccessPolicy: 'EnforceBlockList', blockList: ['*lib*'] }, 403],
    ['blocked by the end of the name', { applicationAccessPolicy: 'EnforceBlockList', blockList: ['*4.9.0'] }, 403],
    ['another one is blocked', { applicationAccessPolicy: 'EnforceBlockList', blockList: ['OWA/*'] }, 200],
    ["the mailbox's policy goes before the organization's", { applicationAccessPolicy: 'EnforceAllowList', mailboxes: { 'alice@example.test': { applicationAccessPolicy: 'EnforceBlockList' } } }, 200],
  ])('%s', async (_what, access, status) => {
    expect(await statusOf(access, 'exchangeSE')).toBe(status);
  });
});

it('EwsAllowedAppIDs: tokens of other applications are not let in, whoever they are for', async () => {
  const ews = await createEwsEmulator({ seed: 'empty', profile: 'exchangeOnline', access: { allowedAppIds: ['11111111-2222-3333-4444-555555555555'] } });
  const token = await ews.environment.authority?.issueToken({ user: 'alice@example.test' });
  const response = await fetch(ews.endpoint, { method: 'POST', body: getInbox, headers: { Authorization: `Bearer ${token}` } });
  expect(response.status).toBe(403);
  expect((await ews.waitFor({ outcome: 'error' })).errorCode).toBe('EwsBlocked');
  await ews.close();
});
