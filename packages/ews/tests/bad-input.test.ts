import { connect } from 'node:net';
import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { Answer, EwsClient, setField, type Id } from './support/client.ts';
import { envelope, folderRef, namespaces, shape } from './support/soap.ts';
import { allBelow, child, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
const maxRequestBytes = 200_000;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }), maxRequestBytes });
  alice = new EwsClient(ews);
});
afterEach(async () => {
  // Whatever came, the server lives on and nothing is lost.
  expect((await alice.getFolder('inbox')).ok().texts('DisplayName')).toEqual(['Inbox']);
  await ews.reset();
});
afterAll(() => ews.close());

const getFolder = (folders: string): string => `<m:GetFolder><m:FolderShape>${shape('IdOnly')}</m:FolderShape><m:FolderIds>${folders}</m:FolderIds></m:GetFolder>`;
const good = envelope(getFolder(folderRef('inbox')));
const { types, messages, soap } = namespaces;
const schemaValidation = (violation: string): string => `The request failed schema validation: ${violation}`;

describe('what is refused as a whole', () => {
  const faultOf = (answer: Answer): { code: string | undefined; text: string | undefined; line: string | undefined; position: string | undefined; violation: string | undefined; responseCode: string | undefined; message: string | undefined } => {
    const at = (name: string): string | undefined => allBelow(answer.root, name)[0]?.text;
    return { code: textAt(answer.body, 'faultcode'), text: textAt(answer.body, 'faultstring'), line: at('LineNumber'), position: at('LinePosition'), violation: at('Violation'), responseCode: at('ResponseCode'), message: at('Message') };
  };

  it.each<[string, string | Buffer, string]>([
    ['an end tag that does not fit', good.replace('</m:GetFolder>', '</m:GetItem>'), `The 'm:GetFolder' start tag on line 1 position ${good.indexOf('<m:GetFolder>') + 2} does not match the end tag of 'm:GetItem'. Line 1, position ${good.indexOf('</m:GetFolder>') + 3}.`],
    ['cut in the middle', good.slice(0, 400), ''],
    ['nothing', '', ''],
    ['no XML', 'Hello', ''],
    ['an ampersand of its own', good.replace('IdOnly', 'Id&Only'), ''],
    ['an unbound prefix', good.replace('<m:FolderShape>', '<q:FolderShape>').replace('</m:FolderShape>', '</q:FolderShape>'), ''],
    ['a forbidden character', good.replace('IdOnly', 'Id\u0001Only'), ''],
    ['a forbidden reference', good.replace('IdOnly', 'Id&#x1;Only'), ''],
    ['two attributes of one name', good.replace('Id="inbox"', 'Id="inbox" Id="inbox"'), ''],
    ['two roots', good + good.slice(good.indexOf('<s:Envelope')), ''],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from(good.slice(0, 300)), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from(good.slice(300))]), ''],
    ['half a UTF-16 character', Buffer.from(`\ufeff${good.replace('utf-8', 'utf-16')}`, 'utf16le').subarray(0, -1), ''],
  ])('not well-formed: %s', async (_what, body, violation) => {
    const answer = await alice.post(body);
    const fault = faultOf(answer);
    expect([answer.status, fault.code, fault.responseCode, fault.message]).toEqual([500, 'a:ErrorSchemaValidation', 'ErrorSchemaValidation', 'The request failed schema validation.']);
    expect(fault.text).toMatch(/^The request failed schema validation: /);
    if (violation) expect(fault.violation).toBe(violation);
    expect([Number(fault.line) >= 0, Number(fault.position) >= 0]).toEqual([true, true]);
  });

  it.each<[string, string, string]>([
    ['an element that is not there', good.replace('</m:FolderIds>', '</m:FolderIds><m:Strange/>'), `The element 'GetFolder' in namespace '${messages}' has invalid child element 'Strange' in namespace '${messages}'.`],
    ['an element in the wrong order', good.replace(/(<m:FolderShape>.*<\/m:FolderShape>)(<m:FolderIds>.*<\/m:FolderIds>)/, '$2$1'), `The element 'GetFolder' in namespace '${messages}' has invalid child element 'FolderIds' in namespace '${messages}'. List of possible elements expected: 'FolderShape' in namespace '${messages}'.`],
    ['an element that is missing', good.replace(/<m:FolderIds>.*<\/m:FolderIds>/, ''), `The element 'GetFolder' in namespace '${messages}' has incomplete content. List of possible elements expected: 'FolderIds' in namespace '${messages}'.`],
    ['a value that is none', good.replace('IdOnly', 'Everything'), `The '${types}:BaseShape' element is invalid - The value 'Everything' is invalid according to its datatype '${types}:DefaultShapeNamesType' - The Enumeration constraint failed.`],
    ['an attribute that is missing', good.replace(' Id="inbox"', ''), "The required attribute 'Id' is missing."],
    ['an attribute that is not there', good.replace('Id="inbox"', 'Id="inbox" Strange="1"'), "The 'Strange' attribute is not declared."],
    ['text between elements', good.replace('<m:FolderIds>', 'text<m:FolderIds>'), `The element 'GetFolder' in namespace '${messages}' cannot contain text. List of possible elements expected: 'FolderIds' in namespace '${messages}'.`],
    ['an operation that is none', envelope('<m:Dance/>'), `The element 'Body' in namespace '${soap}' has invalid child element 'Dance' in namespace '${messages}'.`],
    ['an empty list', envelope(getFolder('')), `The element 'FolderIds' in namespace '${messages}' has incomplete content. List of possible elements expected: 'FolderId, DistinguishedFolderId' in namespace '${types}'.`],
  ])('not valid: %s', async (_what, body, violation) => {
    const answer = await alice.post(body);
    const fault = faultOf(answer);
    expect([answer.status, fault.code, fault.text, fault.violation, fault.responseCode]).toEqual([500, 'a:ErrorSchemaValidation', schemaValidation(violation), violation, 'ErrorSchemaValidation']);
    expect(child(answer.root, 'Header')).toBeUndefined();
    expect([Number(fault.line), Number(fault.position) > 0]).toEqual([1, true]);
  });

  it.each<[string, string, string, string]>([
    ['an unknown version', envelope(getFolder(folderRef('inbox')), { version: 'Exchange1997' }), 'a:ErrorInvalidServerVersion', 'The specified server version is invalid.'],
    ['a document type', good.replace('?>', '?><!DOCTYPE x [<!ENTITY a "b">]>'), 'a:ErrorSchemaValidation', ''],
    ['an external entity', good.replace('?>', '?><!DOCTYPE x SYSTEM "file:///etc/passwd">'), 'a:ErrorSchemaValidation', ''],
    ['an entity that nobody declared', good.replace('IdOnly', '&lol;'), 'a:ErrorSchemaValidation', ''],
    ['SOAP 1.2', good.replaceAll(soap, 'http://www.w3.org/2003/05/soap-envelope'), 's:VersionMismatch', ''],
    ['XML that is no envelope', '<html/>', 's:VersionMismatch', ''],
    ['an envelope without body', good.replace(/<s:Body>.*<\/s:Body>/, ''), 's:Client', ''],
    ['nesting without end', envelope(`${'<m:a>'.repeat(10_000)}${'</m:a>'.repeat(10_000)}`), 'a:ErrorSchemaValidation', ''],
    ['many attributes', envelope(`<m:GetFolder ${Array.from({ length: 5000 }, (_, n) => `a${n}="1"`).join(' ')}/>`), 'a:', ''],
  ])('%s', async (_what, body, code, text) => {
    const answer = await alice.post(body);
    const fault = faultOf(answer);
    expect(answer.status).toBe(500);
    expect(fault.code?.startsWith(code)).toBe(true);
    expect(answer.xml).not.toContain('root:');
    if (text) expect(fault.text).toBe(text);
  });

  it('more bytes than are allowed: 413, told before they have all come', async () => {
    const response = await alice.fetch(envelope(`<m:x>${'y'.repeat(maxRequestBytes)}</m:x>`));
    expect([response.status, response.headers.get('connection')]).toEqual([413, 'close']);
    await response.arrayBuffer();
  });

  it.each([['gzip', Buffer.from('no gzip at all')], ['br', Buffer.from(good)]])('a body that is not %s, though it says so: 400', async (encoding, body) => {
    const response = await alice.fetch(body, { 'Content-Encoding': encoding });
    expect([400, 415]).toContain(response.status);
    await response.arrayBuffer();
  });
});

describe('who is not let in', () => {
  const knock = (authorization: string | undefined): Promise<Response> => fetch(ews.endpoint, { method: 'POST', body: good, headers: authorization === undefined ? {} : { Authorization: authorization } });
  const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`;

  it.each<[string, string | undefined]>([
    ['nobody', undefined], ['a wrong password', basic('alice@example.test:wrong')], ['somebody unknown', basic('mallory@example.test:x')], ['no password', basic('alice@example.test')],
    ['rubbish', 'Basic %%%'], ['a scheme that is not offered', 'Digest x'], ['an empty Bearer', 'Bearer'], ['a token that is none', 'Bearer x.y.z'], ['the shared mailbox, which has no password', basic('support@example.test:')],
  ])('%s: 401 with a Basic challenge, Bearer for those who try it, and no envelope', async (_what, authorization) => {
    const response = await knock(authorization);
    expect([response.status, await response.text()]).toEqual([401, expect.not.stringContaining('Envelope')]);
    const challenges = response.headers.get('www-authenticate') ?? '';
    expect(challenges).toMatch(/Basic realm="/);
    expect(/Bearer /.test(challenges)).toBe(authorization?.startsWith('Bearer') ?? false);
    expect(response.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([['EXAMPLE\\alice:alice-pass'], ['alice@example.test:alice-pass'], ['ALICE@EXAMPLE.TEST:alice-pass']])('but %s is', async (pair) => {
    expect((await knock(basic(pair))).status).toBe(200);
  });

  it('a token that has expired: 401 and why', async () => {
    const token = await ews.environment.authority?.issueToken({ user: 'alice@example.test' });
    expect((await knock(`Bearer ${token}`)).status).toBe(200);
    await ews.clock.advance(24 * 3_600_000);
    const response = await knock(`Bearer ${token}`);
    expect([response.status, response.headers.get('x-ms-diagnostics')]).toEqual([401, expect.stringMatching(/^2000002;/)]);
  });

  it('a token of an application needs somebody to be: a fault', async () => {
    const token = await ews.environment.authority?.issueAppToken();
    const response = await knock(`Bearer ${token}`);
    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('ExchangeImpersonation SOAP header must be present for this type of OAuth token.')]);
    const impersonated = await fetch(ews.endpoint, { method: 'POST', headers: { Authorization: `Bearer ${token}` }, body: envelope(getFolder(folderRef('inbox')), { header: '<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>alice@example.test</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>' }) });
    expect(await impersonated.text()).toContain('NoError');
  });

  it('the connection is kept after a 401', async () => {
    const socket = connect(ews.port, '127.0.0.1');
    const request = (authorization: string): string => `POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: x\r\nContent-Length: ${Buffer.byteLength(good)}\r\n${authorization}\r\n${good}`;
    let heard = '';
    socket.setEncoding('utf8').on('data', (text) => (heard += text));
    const status = async (count: number): Promise<string[]> => {
      for (;;) {
        const found = [...heard.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, code]) => code ?? '');
        if (found.length >= count) return found;
        await new Promise((resolve) => socket.once('data', resolve));
      }
    };
    socket.write(request(''));
    await status(1);
    socket.write(request(`Authorization: ${alice.authorization}\r\n`));
    expect(await status(2)).toEqual(['401', '200']);
    socket.destroy();
  });
});

describe('what is refused in its place', () => {
  it.each<[string, () => Promise<Answer>, string, string]>([
    ['a folder that is not there', async () => alice.getFolder('archiveinbox/bob@example.test'), 'ErrorFolderNotFound', 'The specified folder could not be found in the store.'],
    ['an id that is none', async () => alice.getFolder('x'.repeat(120)), 'ErrorInvalidIdMalformed', 'Id is malformed.'],
    ['an item that is gone', async () => { const id = await alice.createMessage(); await alice.deleteItem(id); return alice.getItem(id); }, 'ErrorItemNotFound', 'The specified object was not found in the store.'],
    ['a mailbox that is not there', async () => alice.getFolder('inbox/nobody@example.test'), 'ErrorNonExistentMailbox', 'The SMTP address has no mailbox associated with it.'],
    ['a stale change key', async () => {
      const id = await alice.createMessage();
      await alice.updateItem(id, setField('item:Subject', '<t:Subject>x</t:Subject>'));
      return alice.updateItem(id, setField('item:Subject', '<t:Subject>y</t:Subject>'), { conflict: 'NeverOverwrite' });
    }, 'ErrorIrresolvableConflict', 'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.'],
    ['a change key that is none', async () => alice.updateItem({ ...(await alice.createMessage()), changeKey: 'x' } as Id, setField('item:Subject', '<t:Subject>y</t:Subject>')), 'ErrorInvalidChangeKey', 'The change key is invalid.'],
    ["somebody else's item", async () => {
      const id = await new EwsClient(ews, 'bob').idBySubject('inbox', 'Your timesheet');
      return alice.getItem(id);
    }, 'ErrorItemNotFound', 'The specified object was not found in the store.'],
  ])('%s', async (_what, ask, code, text) => {
    const answer = await ask();
    const [message] = answer.messages;
    expect([answer.status, answer.codes, message?.attributes['ResponseClass'], message && textAt(message, 'MessageText'), message && textAt(message, 'DescriptiveLinkKey')]).toEqual([200, [code], 'Error', text, '0']);
  });
});
