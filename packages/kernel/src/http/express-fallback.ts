import type { HttpHandler } from './mounts.ts';

/**
 * A handler made of an Express 5 application, for paths that are seldom asked for: Express is loaded with the first
 * request, and its cost (four fifths of node's rate) stays off the hot paths.
 * @param configure Gets the application (`express()`) and the module (`express.json()` …) once; typed unknown so that users of
 * this package need no types of Express.
 */
export function createExpressFallback(configure: (app: unknown, express: unknown) => void): HttpHandler {
  let handler: HttpHandler | undefined;
  return (request, response) => {
    handler ??= load(configure);
    return handler(request, response);
  };
}

function load(configure: (app: unknown, express: unknown) => void): HttpHandler {
  // Not import(): compiled to CommonJS it would stay an import(), which jest's loader refuses.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const express = require('express') as typeof import('express');
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  configure(app, express);
  return (request, response) => { (app as unknown as HttpHandler)(request, response); };
}
