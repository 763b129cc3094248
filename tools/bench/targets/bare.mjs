// The ceiling: node:http alone, or express, which reads the request and answers bytes that it has.
import { argument } from './argument.mjs';
import { createServer } from 'node:http';
import { tellCpu } from './cpu.mjs';
import { require } from '../ours.mjs';

const { answer, framework } = argument;
const body = Buffer.from(answer);
const headers = { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': body.length };

function bare() {
  return createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      Buffer.concat(chunks);
      response.writeHead(200, headers);
      response.end(body);
    });
  });
}

function withExpress() {
  const express = require('express');
  const app = express().disable('etag').disable('x-powered-by');
  app.post('/EWS/Exchange.asmx', express.raw({ type: () => true, limit: '64mb' }), (_request, response) => void response.set(headers).send(body));
  return createServer(app);
}

const server = framework === 'express' ? withExpress() : bare();
tellCpu();
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
