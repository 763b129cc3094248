// A keep-alive client that costs little beside what it measures: one socket, one request at a time, no headers parsed but the length.
import { once } from 'node:events';
import { connect } from 'node:net';

const headEnd = Buffer.from('\r\n\r\n');

class Connection {
  #socket;
  #request;
  #head = Buffer.alloc(0);
  #missing = 0;
  #body = undefined;
  #done = undefined;

  constructor(socket, request) {
    this.#socket = socket;
    this.#request = request;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', (error) => this.#done?.reject(error));
    socket.on('close', () => this.#done?.reject(new Error('the server closed the connection')));
  }

  /** One request and its answer; the body is kept only when asked for. */
  exchange(request = this.#request, keep = false) {
    this.#body = keep ? [] : undefined;
    return new Promise((resolve, reject) => {
      this.#done = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close() {
    this.#done = undefined;
    this.#socket.destroy();
  }

  #take(chunk) {
    if (this.#missing > 0) return this.#count(chunk);
    const head = this.#head.length > 0 ? Buffer.concat([this.#head, chunk]) : chunk;
    const end = head.indexOf(headEnd);
    if (end < 0) return void (this.#head = head);
    const text = head.latin1Slice(0, end);
    this.#head = Buffer.alloc(0);
    if (!text.startsWith('HTTP/1.1 200')) return this.#done?.reject(new Error(`not 200: ${text}\n${head.subarray(end)}`));
    const length = /\r\ncontent-length: (\d+)/i.exec(text)?.[1];
    if (length === undefined) return this.#done?.reject(new Error(`no length: ${text}`));
    this.#missing = Number(length);
    this.#count(head.subarray(end + 4));
  }

  #count(chunk) {
    this.#body?.push(chunk);
    this.#missing -= chunk.length;
    if (this.#missing > 0) return;
    const done = this.#done;
    this.#done = undefined;
    done?.resolve(this.#body === undefined ? undefined : Buffer.concat(this.#body));
  }
}

export async function open(port, request) {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return new Connection(socket, request);
}

/** Requests a second, and how many in all, over several connections for that long. */
export async function rate(port, request, { connections = 8, milliseconds = 800 } = {}) {
  const opened = await Promise.all(Array.from({ length: connections }, () => open(port, request)));
  let count = 0;
  const started = performance.now();
  const until = started + milliseconds;
  await Promise.all(opened.map(async (connection) => {
    while (performance.now() < until) {
      await connection.exchange();
      count++;
    }
  }));
  const elapsed = performance.now() - started;
  for (const connection of opened) connection.close();
  return { perSecond: (count / elapsed) * 1000, count };
}

/** Milliseconds of one exchange, median of many on one connection. */
export async function latency(connection, request, times) {
  const each = [];
  for (let at = 0; at < times; at++) {
    const started = performance.now();
    await connection.exchange(request);
    each.push(performance.now() - started);
  }
  return each.sort((a, b) => a - b)[times >> 1];
}
