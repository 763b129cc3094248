import { createMapiHttpEmulator } from '../src/index.ts';

it('lets in who has a mailbox, and nobody else', async () => {
  await using mapiHttp = await createMapiHttpEmulator();
  const ask = (credentials?: string) => fetch(`${mapiHttp.url}/mapi-http`, { headers: credentials === undefined ? {} : { Authorization: `Basic ${btoa(credentials)}` } });
  expect((await ask()).status).toBe(401);
  const answer = await ask('alice@example.test:alice-pass');
  expect([answer.status, await answer.text()]).toEqual([200, 'alice@example.test\n']);
  expect(mapiHttp.journal.entries({ protocol: 'mapi-http' }).map(({ status, user }) => [status, user])).toEqual([[401, undefined], [200, 'alice@example.test']]);
});
