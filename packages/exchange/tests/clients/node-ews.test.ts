import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExchange, type Exchange } from '../../src/index.ts';
import { expectValidAnswers, tokenOf } from '../support/server.ts';

// It has no types; what it answers is as deep as the schema.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Answer = { ResponseMessages: Record<string, { attributes: { ResponseClass: string }; ResponseCode: string } & Record<string, any>> };
type Client = new (config: Record<string, unknown>, options?: unknown) => { run(operation: string, argument: unknown, header?: unknown): Promise<Answer> };
// eslint-disable-next-line @typescript-eslint/no-require-imports
const NodeEws = require('node-ews') as Client;

let exchange: Exchange;
let temp: string;
beforeAll(async () => {
  exchange = await createExchange();
  temp = mkdtempSync(join(tmpdir(), 'node-ews-'));
});
afterEach(() => expectValidAnswers(exchange));
afterAll(async () => {
  await exchange.close();
  rmSync(temp, { recursive: true, force: true });
});

const client = (name: string) => new NodeEws({ host: exchange.httpUrl, username: `${name}@example.test`, password: `${name}-pass`, auth: 'basic', temp });
const version = { 't:RequestServerVersion': { attributes: { Version: 'Exchange2013_SP1' } } };
const folder = (id: string) => ({ DistinguishedFolderId: { attributes: { Id: id } } });

describe('node-ews, which takes its operations from our Services.wsdl', () => {
  it('fetches the description, lists a folder and reads a message', async () => {
    const alice = client('alice');
    const found = await alice.run('FindItem', { attributes: { Traversal: 'Shallow' }, ItemShape: { BaseShape: 'Default' }, IndexedPageItemView: { attributes: { MaxEntriesReturned: '5', Offset: '0', BasePoint: 'Beginning' } }, ParentFolderIds: folder('inbox') }, version);
    expect(readdirSync(temp).sort()).toEqual(['messages.xsd', 'services.wsdl', 'types.xsd']);
    const { ResponseCode, RootFolder } = found.ResponseMessages['FindItemResponseMessage']!;
    expect([ResponseCode, RootFolder.Items.Message.length, RootFolder.attributes.IncludesLastItemInRange]).toEqual(['NoError', 5, 'false']);
    const [first] = RootFolder.Items.Message;
    const got = await alice.run('GetItem', { ItemShape: { BaseShape: 'AllProperties', IncludeMimeContent: true }, ItemIds: { ItemId: { attributes: first.ItemId.attributes } } });
    const item = got.ResponseMessages['GetItemResponseMessage']!['Items'].Message;
    expect(item.Subject).toBe(first.Subject);
    expect(Buffer.from(item.MimeContent.$value, 'base64').toString('latin1')).toMatch(/^(From|To|Subject|Received|Date|Thread-Topic):/m);
  });

  it('searches, sends from alice to bob, and bob sees it', async () => {
    const sent = await client('alice').run('CreateItem', {
      attributes: { MessageDisposition: 'SendAndSaveCopy' },
      SavedItemFolderId: folder('sentitems'),
      Items: { Message: { ItemClass: 'IPM.Note', Subject: 'By node-ews <&>', Body: { attributes: { BodyType: 'Text' }, $value: 'Hello' }, ToRecipients: { Mailbox: { EmailAddress: 'bob@example.test' } }, IsRead: 'false' } },
    });
    expect(sent.ResponseMessages['CreateItemResponseMessage']).toMatchObject({ attributes: { ResponseClass: 'Success' }, ResponseCode: 'NoError' });
    await exchange.settle();
    const found = await client('bob').run('FindItem', {
      attributes: { Traversal: 'Shallow' }, ItemShape: { BaseShape: 'AllProperties' },
      Restriction: { IsEqualTo: { FieldURI: { attributes: { FieldURI: 'item:Subject' } }, FieldURIOrConstant: { Constant: { attributes: { Value: 'By node-ews <&>' } } } } },
      ParentFolderIds: folder('inbox'),
    });
    const { RootFolder } = found.ResponseMessages['FindItemResponseMessage']!;
    expect([RootFolder.attributes.TotalItemsInView, RootFolder.Items.Message.From.Mailbox.EmailAddress]).toEqual(['1', 'alice@example.test']);
  });

  it('resolves names, gets errors as messages, and comes in by a token', async () => {
    const token = await tokenOf(exchange, { grant_type: 'password', client_id: 'fauxchange-public', username: 'alice@example.test', password: 'alice-pass' });
    const alice = new NodeEws({ host: exchange.httpUrl, username: 'alice@example.test', token, auth: 'bearer', temp });
    const names = await alice.run('ResolveNames', { attributes: { ReturnFullContactData: 'true' }, UnresolvedEntry: 'Bob' });
    expect(names.ResponseMessages['ResolveNamesResponseMessage']!['ResolutionSet'].Resolution.Mailbox.EmailAddress).toBe('bob@example.test');
    const missing = await alice.run('GetFolder', { FolderShape: { BaseShape: 'IdOnly' }, FolderIds: { FolderId: { attributes: { Id: 'nonsense' } } } });
    expect(missing.ResponseMessages['GetFolderResponseMessage']).toMatchObject({ attributes: { ResponseClass: 'Error' }, ResponseCode: 'ErrorInvalidIdMalformed' });
    await expect(new NodeEws({ host: exchange.httpUrl, username: 'alice@example.test', password: 'wrong', auth: 'basic' }).run('GetFolder', {})).rejects.toThrow('401');
  });
});
