// A client of MAPI over HTTP: one session, one ROP at a time, on one connection.
import { Agent, request as httpRequest } from 'node:http';
import { require } from './ours.mjs';

const wire = require('@fauxchange/mapi-wire');
const AuxiliaryBuffer = new Uint8Array(0);
const flags = wire.executeFlag.NoCompression | wire.executeFlag.NoXorMagic;
const mostOut = 0x1_0008;
const usePerMdbReplidMapping = 0x0100_0000;

export class MapiSession {
  #port;
  #user;
  #agent = new Agent({ keepAlive: true, maxSockets: 2 });
  #cookies = new Map();
  #count = 0;

  constructor(port, user = 'alice') {
    this.#port = port;
    this.#user = user;
  }

  /** Connects and logs on; resolves to the FolderIds of the logon, whose handle is 0. */
  async logon(dn) {
    await this.send('Connect', wire.encode(wire.emsmdbRequestTypes.Connect.request, { UserDn: dn, Flags: 0, DefaultCodePage: 1252, LcidSort: 1033, LcidString: 1033, AuxiliaryBuffer }));
    const { body } = await this.rop('RopLogon', { LogonFlags: 1, OpenFlags: usePerMdbReplidMapping, StoreState: 0, Essdn: dn });
    return body.FolderIds;
  }

  /** One ROP; `opened` is the handle of what it opened. */
  async rop(name, request, handle = wire.noHandle, columns = undefined) {
    const { requestHead, responseHead } = wire.rops[name];
    const opens = requestHead !== 'OutputHandleIndex' && responseHead === 'OutputHandleIndex';
    const payload = wire.encodeRops({ rops: [{ name, logonId: 0, handleIndex: name === 'RopLogon' ? 1 : 0, request: opens ? { OutputHandleIndex: 1, ...request } : request }], handles: [handle, wire.noHandle] });
    const answer = await this.send('Execute', wire.encode(wire.emsmdbRequestTypes.Execute.request, { Flags: flags, RopBuffer: wire.encodeExtendedBuffers([payload]), MaxRopOut: mostOut, AuxiliaryBuffer }));
    const { ErrorCode, RopBuffer } = wire.decode(answer, wire.emsmdbRequestTypes.Execute.response);
    if (ErrorCode !== 0) throw new Error(`${name}: ErrorCode ${ErrorCode}`);
    const { rops, handles } = wire.decodeRopResponses(wire.decodeExtendedBuffers(RopBuffer)[0], { columnsOf: () => columns });
    const response = rops.find((one) => one.name === name);
    if (response?.returnValue !== 0) throw new Error(`${name}: 0x${(response?.returnValue ?? 0).toString(16)}`);
    return { body: response.body, opened: handles[1] };
  }

  /** Resolves to EventPending. */
  async wait() {
    const answer = await this.send('NotificationWait', wire.encode(wire.emsmdbRequestTypes.NotificationWait.request, { Flags: 0, AuxiliaryBuffer }));
    return wire.decode(answer, wire.emsmdbRequestTypes.NotificationWait.response).EventPending;
  }

  /** A request and the body behind its meta-tags. */
  send(type, body) {
    const headers = {
      Authorization: `Basic ${Buffer.from(`${this.#user}@example.test:${this.#user}-pass`).toString('base64')}`, 'Content-Type': 'application/mapi-http', 'Content-Length': body.length,
      'X-RequestType': type, 'X-RequestId': `{6fb0d8b1-47c3-4f5d-b1ab-6c1a6dbd0c11}:${++this.#count}`, 'X-ClientInfo': '{0f6ee5a4-3f46-4a37-9d1a-4e6b0d6f6a31}:1',
      Cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    };
    return new Promise((resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.1', port: this.#port, path: '/mapi/emsmdb/', method: 'POST', headers, agent: this.#agent }, (response) => {
        const chunks = [];
        response.on('error', reject).on('data', (chunk) => chunks.push(chunk)).on('end', () => {
          const whole = Buffer.concat(chunks);
          if (response.headers['x-responsecode'] !== '0') return reject(new Error(`${type}: X-ResponseCode ${response.headers['x-responsecode']}, ${whole}`));
          for (const cookie of response.headers['set-cookie'] ?? []) this.#cookies.set(...cookie.split(';')[0].split(/=(.*)/s, 2));
          resolve(whole.subarray(whole.indexOf('\r\n\r\n') + 4));
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  close() {
    this.#agent.destroy();
  }
}
