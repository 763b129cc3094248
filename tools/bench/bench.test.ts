import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a piece of ES module code says, with the files of this folder imported by name. */
async function evaluate(imports: Readonly<Record<string, string>>, expression: string): Promise<unknown> {
  const lines = Object.entries(imports).map(([file, names]) => `import { ${names} } from ${JSON.stringify(join(__dirname, file))};`);
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', `${lines.join('\n')}\nprocess.stdout.write(JSON.stringify(await (${expression})));`]);
  return JSON.parse(stdout) as unknown;
}

it('takes medians of the quotients of rounds, not quotients of medians, and throws the warm-up away', async () => {
  const calls = `(async () => {
    const order = []; let a = 0;
    const series = await interleave(3, [() => (order.push('a'), a++), () => (order.push('b'), 7)]);
    return { series, order: order.join(''), odd: median([9, 1, 5]), even: median([4, 1, 3, 2]), quotient: quotient([1, 8, 9], [1, 2, 3]) };
  })()`;
  expect(await evaluate({ 'statistics.mjs': 'interleave, median, quotient' }, calls)).toEqual({
    series: [[1, 2, 3], [7, 7, 7]], order: 'abababab', odd: 5, even: 2.5, quotient: { median: 3, low: 1, high: 4 },
  });
});

it('says what falls short', async () => {
  const row = (median: number, aim?: object) => ({ what: 'x', unit: 'u', value: { median, low: median, high: median }, aim });
  const rows = [row(0.3, { atLeast: 0.25 }), row(0.2, { atLeast: 0.25 }), row(2, { atMost: 3 }), row(4, { atMost: 3 }), row(1)];
  const told = (await evaluate({ 'table.mjs': 'renderTable, verdictOf' }, `({ verdicts: ${JSON.stringify(rows)}.map(verdictOf), table: renderTable(${JSON.stringify(rows)}) })`)) as { verdicts: string[]; table: string };
  expect(told.verdicts).toEqual(['reached', 'falls short', 'reached', 'falls short', '']);
  expect(told.table.split('\n')).toHaveLength(rows.length + 2);
  expect(new Set(told.table.split('\n').map((line) => line.length)).size).toBe(1);
});

describe('the client', () => {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.url === '/refuse') return void response.writeHead(503).end('no');
      response.writeHead(200, { 'Content-Length': 300_000 });
      for (let at = 0; at < 3; at++) response.write(Buffer.alloc(100_000, 97));
      response.end();
    });
  });
  beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const client = (path: string) => `(async () => {
    const { port } = { port: ${(server.address() as AddressInfo).port} };
    const connection = await open(port, wireRequest('<x/>', '${path}'));
    try {
      const lengths = [];
      for (let at = 0; at < 3; at++) lengths.push((await connection.exchange(undefined, true)).length);
      const { count, perSecond } = await rate(port, wireRequest('<x/>', '${path}'), { connections: 2, milliseconds: 100 });
      return { lengths, isCounted: count > 1 && perSecond > 0 };
    } catch (error) { return { error: error.message.split('\\r\\n')[0] }; } finally { connection.close(); }
  })()`;

  it.each([
    ['reads bodies that come in pieces, one after the other on one connection', '/', { lengths: [300_000, 300_000, 300_000], isCounted: true }],
    ['does not count an answer other than 200', '/refuse', { error: 'not 200: HTTP/1.1 503 Service Unavailable' }],
  ])('%s', async (_what, path, expected) => {
    expect(await evaluate({ 'http-client.mjs': 'open, rate', 'requests.mjs': 'wireRequest' }, client(path))).toEqual(expected);
  });
});
