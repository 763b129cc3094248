import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createExchange } from '@fauxchange/exchange';

const root = join(__dirname, '../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const readme = read('README.md');

it('the line to try with curl is answered', async () => {
  const [, address, password, endpoint, body] = /curl -u (\S+?):(\S+) -H '[^']+' (http:\S+) -d '([^']+)'/.exec(readme) ?? [];
  await using exchange = await createExchange();
  const response = await fetch(`${exchange.url}${new URL(endpoint ?? '').pathname}`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml; charset=utf-8', Authorization: `Basic ${btoa(`${address}:${password}`)}` },
    body: body ?? '',
  });
  const answer = await response.text();
  expect({ status: response.status, answer }).toEqual({ status: 200, answer: expect.stringContaining('<t:DisplayName>Inbox</t:DisplayName>') });
});

it('names users that exist with the passwords that they have', async () => {
  await using exchange = await createExchange();
  const told = [...readme.matchAll(/^\| `(\w+@example\.test)` \| `([\w-]+)` \|/gm)].map(([, address, password]) => ({ address, password }));
  expect(told.length).toBeGreaterThanOrEqual(2);
  expect(exchange.organization.users).toEqual(expect.arrayContaining(told.map((user) => expect.objectContaining(user))));
});

it('embeds the very example that the package checks run', () => {
  expect(readme).toContain(read('examples/node-test/inbox.test.ts').trimEnd());
});

it('has a row for every package', () => {
  for (const name of readdirSync(join(root, 'packages'))) expect(readme).toContain(`[\`@fauxchange/${name}\`](packages/${name})`);
});

const documents = ['README.md', 'CONTRIBUTING.md', 'SUPPORT.md', 'docs/differences.md', 'examples/README.md', ...readdirSync(join(root, 'decisions')).map((name) => `decisions/${name}`)];
it.each(documents)('%s links to what exists', (document) => {
  const targets = [...read(document).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, target]) => join(dirname(join(root, document)), target ?? ''));
  expect(targets.filter((target) => !existsSync(target))).toEqual([]);
});

it.each(['README.md', 'CONTRIBUTING.md'])('%s names only scripts that exist', (document) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Readonly<Record<string, string>> };
  const named = [...read(document).matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name]) => name ?? '');
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
  for (const command of Object.values(scripts)) {
    const file = /^node (\S+)/.exec(command)?.[1];
    if (file) expect(statSync(join(root, file)).isFile()).toBe(true);
  }
});
