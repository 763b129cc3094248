// From spawning a process to its first line: the whole server against node with express.
import { timeToFirstLine } from '../child.mjs';
import { serverMain } from '../ours.mjs';
import { interleave, median, quotient } from '../statistics.mjs';

const listening = (app) => ['-e', `const server = require('node:http').createServer(${app}); server.listen(0, '127.0.0.1', () => console.log('ready'));`];

export async function starting({ rounds }) {
  const [ours, express, bare] = await interleave(Math.max(rounds, 9), [
    () => timeToFirstLine([serverMain, '--http-port', '0', '--https-port', '0', '--json']),
    () => timeToFirstLine(listening("require('express')().get('/', (request, response) => response.send('ok'))")),
    () => timeToFirstLine(listening("(request, response) => response.end('ok')")),
  ]);
  return [{ what: 'the whole server listening, HTTP and HTTPS', unit: 'times node with express', value: quotient(ours, express), aim: { atMost: 3 }, detail: `${median(ours).toFixed(0)} ms; express ${median(express).toFixed(0)} ms, bare node:http ${median(bare).toFixed(0)} ms` }];
}
