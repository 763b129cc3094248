import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient } from './support/client.ts';
import { names } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator();
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const folderElement = (name: string, id: string): string => `<m:${name} Id="${id}"/>`;
const metadata = (folderId: string, sender: string, recipients: readonly string[]): string =>
  `<m:GetSharingMetadata>${folderElement('IdOfFolderToShare', folderId)}<m:SenderSmtpAddress>${sender}</m:SenderSmtpAddress><m:Recipients>${recipients.map((address) => `<t:SmtpAddress>${address}</t:SmtpAddress>`).join('')}</m:Recipients></m:GetSharingMetadata>`;

describe('GetSharingMetadata', () => {
  it('an organization without a federation shares with nobody outside', async () => {
    const answer = await alice.call(metadata((await alice.folderId('calendar')).id, 'alice@example.test', ['x@fabrikam.test']));
    expect([answer.codes, names(answer.body)]).toEqual([['ErrorOrganizationNotFederated'], ['MessageText', 'ResponseCode', 'DescriptiveLinkKey']]);
  });

  it.each([
    ['a sender who has no address', 'calendar', 'alice', ['x@fabrikam.test'], 'ErrorInvalidSmtpAddress'],
    ['a recipient who has none', 'calendar', 'alice@example.test', ['x@fabrikam.test', '@fabrikam.test'], 'ErrorInvalidSmtpAddress'],
    ['a folder that is none', 'nonsense', 'alice@example.test', ['x@fabrikam.test'], 'ErrorInvalidIdMalformed'],
  ])('refuses %s', async (_what, folder, sender, recipients, code) => {
    const id = folder === 'calendar' ? (await alice.folderId(folder)).id : folder;
    expect((await alice.call(metadata(id, sender, recipients))).codes).toEqual([code]);
  });
  it('tells the text of Exchange', async () => {
    expect((await alice.call(metadata((await alice.folderId('calendar')).id, 'alice', ['x@y.test']))).texts('MessageText')).toEqual(['The SMTP address format is invalid.']);
  });
});

describe('GetSharingFolder', () => {
  const dataType = '<m:DataType>Contacts</m:DataType>';
  const folderId = '<m:SharedFolderId>AAMkA=</m:SharedFolderId>';
  it.each([
    ['both', 'x@fabrikam.test', dataType + folderId, 'ErrorInvalidGetSharingFolderRequest', 'Either DataType or SharedFolderId must be specified, but not both.'],
    ['neither', 'x@fabrikam.test', '', 'ErrorInvalidGetSharingFolderRequest', 'Either DataType or SharedFolderId must be specified, but not both.'],
    ['no address', 'fabrikam', dataType, 'ErrorInvalidSmtpAddress', 'The SMTP address format is invalid.'],
    ['a type that nobody shares', 'x@fabrikam.test', dataType, 'ErrorSharingSynchronizationFailed', 'Failed to synchronize the sharing folder.'],
    ['a folder that nobody shares', 'x@fabrikam.test', folderId, 'ErrorSharingSynchronizationFailed', 'Failed to synchronize the sharing folder.'],
  ])('%s', async (_what, address, which, code, text) => {
    const answer = await alice.call(`<m:GetSharingFolder><m:SmtpAddress>${address}</m:SmtpAddress>${which}</m:GetSharingFolder>`);
    expect([answer.codes, answer.texts('MessageText')]).toEqual([[code], [text]]);
  });
});

describe('RefreshSharingFolder', () => {
  const refresh = (id: string): string => `<m:RefreshSharingFolder>${folderElement('SharingFolderId', id)}</m:RefreshSharingFolder>`;
  it('a folder of one\'s own has no subscription', async () => {
    const answer = await alice.call(refresh((await alice.folderId('calendar')).id));
    expect([answer.codes, answer.all('Value').map(({ attributes, text }) => [attributes['Name'], text])]).toEqual([
      ['ErrorSharingSynchronizationFailed'], [['ErrorDetails', expect.stringContaining("The subscription wasn't found.")]],
    ]);
  });
  it('a folder that is none', async () => {
    expect((await alice.call(refresh('nonsense'))).codes).toEqual(['ErrorInvalidIdMalformed']);
  });
});
