import { TokenKind, TokenReader, TokenWriter } from '@fauxchange/wbxml';
import fc from 'fast-check';
import { commands } from '../src/commands.ts';
import { createActiveSyncEmulator, type ActiveSyncEmulator } from '../src/index.ts';
import { TestDevice } from './support/client.ts';
import { fromXml, otherRequests, syncedFolders, syncRequests, type SyncedFolders } from './support/requests.ts';
import { expectValid } from './support/xsd.ts';

/** Runs a test; FUZZ multiplies them for a long night, FUZZ_SEED makes them others. */
const runs = (count: number): number => count * Number(process.env['FUZZ'] ?? 1);
const seed = (own: number): number => own + 1000 * Number(process.env['FUZZ_SEED'] ?? 0);

jest.setTimeout(60_000 * runs(1));

const versions = ['2.5', '12.1', '14.1', '16.0', '16.1'] as const;
let eas: ActiveSyncEmulator;
let phone: TestDevice;
beforeEach(async () => {
  // Strict: close() rejects with every fault of ours that a request met.
  eas = await createActiveSyncEmulator({ provisioning: 'none', maxRequestBytes: 1_000_000 });
  phone = new TestDevice(eas, 'alice', { id: 'FUZZ', version: '16.1' });
});
afterEach(async () => {
  expect((await phone.folderSync('0')).Status).toBe(1);
  await eas.close();
});

const statuses = [200, 400, 403, 413, 415, 449, 500, 501];

/** Whatever is sent, the answer is one of the protocol's, valid, and never that the server broke. */
async function expectAnswered(query: string, body: Uint8Array | undefined, version: string): Promise<void> {
  const response = await fetch(`${eas.endpoint}${query}`, {
    method: 'POST', body: body ? Buffer.from(body) : null,
    headers: { Authorization: phone.authorization, 'Content-Type': 'application/vnd.ms-sync.wbxml', 'MS-ASProtocolVersion': version, 'Accept-Encoding': 'identity' },
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect(statuses).toContain(response.status);
  const last = eas.journal.entries().at(-1);
  if (last?.outcome === 'internal') throw new Error(`broken by ${Buffer.from(body ?? []).toString('hex')}`);
  if (response.status === 200 && bytes.length > 0 && response.headers.get('Content-Type')?.includes('wbxml') && version !== '2.5') expectValid(bytes);
}
const queryFor = (command: string): string => `?Cmd=${command}&User=alice&DeviceId=FUZZ&DeviceType=T`;

it('any query is answered', async () => {
  const part = fc.oneof(fc.constantFrom('Cmd', 'Sync', 'DeviceId', 'DeviceType', 'User', '=', '&', '%', '%zz', '%00', '?', '+', 'SaveInSent=T', 'AttachmentName'), fc.string({ maxLength: 10 }).map(encodeURIComponent));
  const base64 = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from([140, ...bytes]).toString('base64'));
  const query = fc.oneof(fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')), base64, fc.constant(''));
  await fc.assert(fc.asyncProperty(query, fc.constantFrom('14.1', '1.0', '16.1', 'x', ''), (text, version) => expectAnswered(text === '' ? '' : `?${text}`, new Uint8Array([3, 1, 0x6a, 0]), version)), { seed: seed(1), numRuns: runs(200) });
});

it('any bytes are answered, by every command', async () => {
  const body = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array([3, 1, 0x6a, 0, ...bytes])));
  await fc.assert(fc.asyncProperty(fc.constantFrom(...Object.keys(commands)), body, fc.constantFrom(...versions), (command, bytes, version) => expectAnswered(queryFor(command), bytes, version)), { seed: seed(2), numRuns: runs(200) });
});

/** An element with its children, or its text or bytes. */
interface Node {
  readonly page: number;
  readonly token: number;
  readonly content: (Node | string | Uint8Array)[];
}

/** Every request, each time with keys that are good. */
async function* requests(folders: SyncedFolders): AsyncGenerator<readonly [command: string, body: Uint8Array]> {
  for (const [folder, request] of syncRequests(folders)) {
    const { id } = folders[folder];
    await phone.sync(id, {}, '0');
    yield ['Sync', fromXml(request(phone.keys.get(id) ?? ''))];
  }
  for (const [command, request] of otherRequests(phone, folders)) yield [command, fromXml(request)];
}

it('what a device sends is taken', async () => {
  // What is spoilt below is worth something only when it was good before.
  const folders = await syncedFolders(phone);
  const refused: unknown[] = [];
  for await (const [command, body] of requests(folders)) {
    await expectAnswered(queryFor(command), body, '16.1');
    const entry = eas.journal.entries().at(-1);
    if (entry?.errorCode !== undefined) refused.push([command, entry.errorCode]);
  }
  expect(refused).toEqual([['FolderUpdate', '2'], ['FolderDelete', '3'], ['Ping', '5']]);
});

it('requests of a device that works, spoilt, are answered', async () => {
  const folders = await syncedFolders(phone);
  const spoil = fc.record({ way: fc.constantFrom(...ways), at: fc.nat(), sibling: fc.nat(), other: fc.nat(), text: fc.constantFrom(...texts) });
  const rounds = fc.sample(fc.record({ version: fc.constantFrom(...versions), spoils: fc.array(spoil, { minLength: 1, maxLength: 4 }) }), { seed: seed(3), numRuns: runs(600) });
  const strangers: Node[] = [];
  while (rounds.length > 0) {
    for await (const [command, body] of requests(folders)) {
      const root = read(body);
      strangers.push(...nodesOf(read(body)).slice(1));
      const { version, spoils } = rounds.pop() ?? { version: '16.1', spoils: [] };
      for (const { way, at, sibling, other, text } of spoils) {
        const parents = nodesOf(root).filter(({ content }) => content.length > 0);
        const content = parents[at % parents.length]?.content;
        if (content) way(content, sibling % content.length, text, structuredClone(strangers[other % strangers.length] ?? root));
      }
      await expectAnswered(queryFor(command), written(root), version);
    }
  }
});

/** No number between 60 and 3540: a Ping would wait. */
const texts = ['', '0', '-1', '99999999999', 'x', '1', '2', ' 5 ', '20260230T000000Z', '2026-12-01T10:00:00.000Z', '20261201T100000Z', 'AAAA=', '\u0000', '\ud83d\ude00', 'x'.repeat(2000), '1:1', '5', '3-1'];
type Spoil = (siblings: Node['content'], at: number, text: string, stranger: Node) => void;
const ways: readonly Spoil[] = [
  function leaveOut(siblings, at) {
    siblings.splice(at, 1);
  },
  function repeat(siblings, at) {
    siblings.splice(at, 0, structuredClone(siblings[at] as Node));
  },
  function swap(siblings, at) {
    siblings.push(...siblings.splice(at, 1));
  },
  function insert(siblings, at, _text, stranger) {
    siblings.splice(at, 0, stranger);
  },
  function replaceBy(siblings, at, _text, stranger) {
    siblings.splice(at, 1, stranger);
  },
  function otherText(siblings, at, text) {
    siblings.splice(at, 1, text);
  },
  function opaque(siblings, at, text) {
    siblings.splice(at, 1, Buffer.from(text));
  },
];

const nodesOf = (node: Node): Node[] => [node, ...node.content.flatMap((child) => (typeof child === 'string' || child instanceof Uint8Array ? [] : nodesOf(child)))];

function read(document: Uint8Array): Node {
  const tokens = new TokenReader(document);
  const top: Node['content'] = [];
  const open = [top];
  for (let kind = tokens.next(); kind !== TokenKind.End; kind = tokens.next()) {
    const siblings = open.at(-1) ?? [];
    if (kind === TokenKind.Close) open.pop();
    else if (kind === TokenKind.Text) siblings.push(tokens.text());
    else if (kind === TokenKind.Opaque) siblings.push(new Uint8Array(tokens.opaque()));
    else {
      const node: Node = { page: tokens.page, token: tokens.token, content: [] };
      siblings.push(node);
      if (kind === TokenKind.Open) open.push(node.content);
    }
  }
  return top[0] as Node;
}

function written(root: Node): Uint8Array {
  const writer = new TokenWriter();
  const write = ({ page, token, content }: Node): void => {
    writer.open(page, token);
    for (const part of content) {
      if (typeof part === 'string') writer.text(part);
      else if (part instanceof Uint8Array) writer.opaque(part);
      else write(part);
    }
    writer.close();
  };
  write(root);
  return writer.finish();
}
