import { createExpressFallback, type HttpHandler } from '@fauxchange/kernel';
import type { Emulator } from '@fauxchange/emulator';

/** The little of Express that is used here; its own types stay out of our declarations. */
interface App {
  get(path: string, handler: (request: unknown, response: Response) => void): void;
  use(handler: (request: unknown, response: Response) => void): void;
}
interface Response {
  status(code: number): Response;
  type(type: string): Response;
  json(body: unknown): void;
  send(body: string): void;
}

/** What is asked for seldom: health, readiness, a page for people. */
export function createControl(emulator: () => Emulator | undefined): HttpHandler {
  return createExpressFallback((application) => {
    const app = application as App;
    app.get('/healthz', (_request, response) => response.json({ status: 'ok' }));
    app.get('/readyz', (_request, response) => {
      const isReady = emulator() !== undefined;
      response.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'starting' });
    });
    app.get('/', (_request, response) => response.type('html').send(page(emulator())));
    app.use((_request, response) => response.status(404).type('html').send('<h1>404 - File or directory not found.</h1>'));
  });
}

function page(emulator: Emulator | undefined): string {
  const rows = emulator?.organization.users.map(({ address, password, displayName }) => `<tr><td>${escape(displayName)}</td><td>${escape(address)}</td><td>${escape(password)}</td></tr>`) ?? [];
  return `<!doctype html><title>Fauxchange</title><h1>Fauxchange</h1><p>A fake Exchange. EWS: <code>/EWS/Exchange.asmx</code>, ActiveSync: <code>/Microsoft-Server-ActiveSync</code>, MAPI over HTTP: <code>/mapi/emsmdb</code>, Autodiscover: <code>/autodiscover/autodiscover.xml</code></p><table><tr><th>Name</th><th>Address</th><th>Password</th></tr>${rows.join('')}</table>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
