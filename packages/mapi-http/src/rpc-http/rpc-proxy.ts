import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Environment } from '@fauxchange/emulator';
import type { RawMethods, RawRequest } from '@fauxchange/kernel';
import type { DirectoryEntry } from '@fauxchange/mailbox';
import { decode, encode, pduHead, pduHeadSize, rtsFlag, rtsPdu, rtsType, WireError, type RtsCommand, type RtsPdu } from '@fauxchange/mapi-wire';
import type { Profile } from '../profile.ts';
import { RpcAssociation } from './rpc-association.ts';
import type { RpcInterface } from './rpc-call.ts';
import { RpcSessions } from './rpc-sessions.ts';
import { connA3, VirtualConnection } from './virtual-connection.ts';

const inMethod = 'RPC_IN_DATA';
const outMethod = 'RPC_OUT_DATA';
const paths = /^\/rpc(withcert)?\/rpcproxy\.dll(\?|$)/i;
/** A shorter body of an IN channel asks for an echo, [MS-RPCH] 2.1.2.1.5. */
const leastChannelBody = 0x10;
const mostConnections = 1_000;
/** Bytes of one PDU from a client: more than any fragment. */
const mostPdu = 0x1_0000;

interface Opened {
  readonly connection: VirtualConnection;
  readonly association: RpcAssociation;
}

/** RPC over HTTP, [MS-RPCH]: pairs channels, and hands what they carry to DCE/RPC. */
export class RpcProxy implements RawMethods {
  readonly methods: readonly string[] = [inMethod, outMethod];
  readonly #environment: Environment;
  readonly #interfaces: readonly RpcInterface[];
  readonly #profile: Profile;
  readonly #authentication: ReturnType<Environment['authentication']>;
  readonly #connections = new Map<string, Opened>();
  /** By which of its channels a PDU comes. */
  readonly #cookies = new WeakMap<Socket, string>();

  constructor(environment: Environment, interfaces: readonly RpcInterface[], profile: Profile) {
    this.#environment = environment;
    this.#interfaces = interfaces;
    this.#profile = profile;
    this.#authentication = environment.authentication();
  }

  handle(request: RawRequest): void {
    request.socket.on('error', () => request.socket.destroy());
    this.#serve(request).catch((error: unknown) => {
      this.#environment.reportBug(error);
      request.socket.destroy();
    });
  }

  clear(): void {
    for (const { connection } of [...this.#connections.values()]) connection.end();
  }

  async #serve(request: RawRequest): Promise<void> {
    const { method, url, headers, socket, head } = request;
    const asHttp = { method, url, headers, socket } as unknown as IncomingMessage;
    const result = await this.#authentication.authenticate(asHttp);
    const user = result.ok ? result.principal.user : undefined;
    this.#journal(request, result.ok ? (user ? 200 : 403) : result.status, user);
    if (!result.ok) return answer(socket, `${result.status} ${result.status === 401 ? 'Unauthorized' : 'Forbidden'}`, result.challenges.map((challenge) => `WWW-Authenticate: ${challenge}`));
    if (!paths.test(url)) return answer(socket, '404 Not Found');
    if (!user) return answer(socket, '403 Forbidden');
    if (/100-continue/i.test(headers['expect'] ?? '')) socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    const length = Number(headers['content-length'] ?? 0);
    if (!(length >= 0)) return answer(socket, '400 Bad Request');
    if (method === inMethod && length <= leastChannelBody) return echo(socket);
    new PduReader(socket, head, (pdu) => this.#take(method, pdu, socket, user), (pdu) => this.#first(method, pdu, socket, user));
  }

  #journal({ method, url, headers }: RawRequest, status: number, user: DirectoryEntry | undefined): void {
    this.#environment.journal.record({
      protocol: 'mapi', operation: method, user: user?.primarySmtpAddress, path: url, method, status, outcome: status === 200 ? 'ok' : 'error', durationMs: 0, request: { headers, bytes: 0 }, response: { headers: {}, bytes: 0 },
    });
  }

  /** The first PDU of a channel says which connection it belongs to. */
  #first(method: string, pdu: Uint8Array, socket: Socket, user: DirectoryEntry): void {
    const { Commands } = readRts(pdu);
    const cookies = Commands.flatMap((command) => (command.kind === 'Cookie' ? [command.Cookie] : []));
    const [connectionCookie, channelCookie] = cookies;
    if (connectionCookie === undefined || channelCookie === undefined) throw new WireError('invalid', 'a channel has to say whose it is', 0);
    const found = this.#connection(connectionCookie, user);
    if (method === outMethod) {
      const window = Commands.find((command): command is Extract<RtsCommand, { kind: 'ReceiveWindowSize' }> => command.kind === 'ReceiveWindowSize');
      if (!window || found.connection.hasOut) throw new WireError('invalid', 'no CONN/A1', 0);
      socket.write(`HTTP/1.1 200 Success\r\nContent-Type: application/rpc\r\nContent-Length: ${2 ** 30}\r\n\r\n`);
      socket.write(connA3());
      found.connection.setOut(socket, window.Size);
    } else {
      if (found.connection.hasIn) throw new WireError('invalid', 'the connection has its channel', 0);
      found.connection.setIn(socket, channelCookie);
    }
    this.#cookies.set(socket, connectionCookie);
  }

  #connection(cookie: string, user: DirectoryEntry): Opened {
    const known = this.#connections.get(cookie);
    if (known) {
      if (known.connection.owner !== user.id) throw new WireError('invalid', 'the connection is of somebody else', 0);
      return known;
    }
    if (this.#connections.size >= mostConnections) throw new WireError('limit', 'too many connections', 0);
    const { lifecycle, ids } = this.#environment;
    const gone = new AbortController();
    const sessions = new RpcSessions(ids.fork(`rpc ${cookie}`));
    const connection = new VirtualConnection(cookie, user.id, () => {
      this.#connections.delete(cookie);
      gone.abort();
      sessions.clear();
    });
    const context = { environment: this.#environment, caller: user, sessions, profile: this.#profile, signal: AbortSignal.any([gone.signal, lifecycle.signal]) };
    const association = new RpcAssociation(this.#interfaces, context, (pdu) => connection.send(pdu), (error) => this.#environment.reportBug(error));
    const opened = { connection, association };
    this.#connections.set(cookie, opened);
    return opened;
  }

  /** Every other PDU: what the client says comes on the IN channel. */
  #take(method: string, pdu: Uint8Array, socket: Socket, user: DirectoryEntry): void {
    const found = this.#connections.get(this.#cookies.get(socket) ?? '');
    if (!found || found.connection.owner !== user.id) return void socket.destroy();
    if (pdu[2] === rtsType) return found.connection.heard(readRts(pdu).Commands);
    if (method !== inMethod || !found.connection.isWhole) throw new WireError('invalid', 'a call on the wrong channel', 0);
    found.connection.received(pdu.length);
    found.association.take(pdu);
  }
}

const readRts = (pdu: Uint8Array): RtsPdu => decode(pdu, rtsPdu);

/** [MS-RPCH] 2.1.2.1.5 and 2.2.4.48. */
function echo(socket: Socket): void {
  const body = encode(rtsPdu, { Flags: rtsFlag.Echo, Commands: [] });
  socket.end(Buffer.concat([Buffer.from(`HTTP/1.1 200 Success\r\nContent-Type: application/rpc\r\nContent-Length: ${body.length}\r\nConnection: Close\r\n\r\n`), body]));
}

function answer(socket: Socket, status: string, headers: readonly string[] = []): void {
  socket.end([`HTTP/1.1 ${status}`, 'Server: Microsoft-IIS/10.0', ...headers, 'Connection: close', 'Content-Length: 0', '', ''].join('\r\n'));
}

/** Cuts what a channel carries into PDUs. What is none ends the connection. */
class PduReader {
  #bytes: Buffer;
  #isFirst = true;

  constructor(socket: Socket, head: Buffer, take: (pdu: Uint8Array) => void, first: (pdu: Uint8Array) => void) {
    this.#bytes = head;
    const run = (): void => {
      try {
        for (let pdu = this.#next(); pdu; pdu = this.#next()) {
          if (this.#isFirst) first(pdu);
          else take(pdu);
          this.#isFirst = false;
        }
      } catch (thrown) {
        socket.destroy();
        if (!(thrown instanceof WireError)) throw thrown;
      }
    };
    socket.on('data', (chunk: Buffer) => {
      this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
      run();
    });
    run();
    socket.resume();
  }

  #next(): Uint8Array | undefined {
    if (this.#bytes.length < pduHeadSize) return undefined;
    const { Version, FragmentLength } = decode(this.#bytes.subarray(0, pduHeadSize), pduHead);
    if (Version !== 5 || FragmentLength < pduHeadSize || FragmentLength > mostPdu) throw new WireError('invalid', `a PDU of ${FragmentLength} bytes`, 0);
    if (this.#bytes.length < FragmentLength) return undefined;
    const pdu = this.#bytes.subarray(0, FragmentLength);
    this.#bytes = this.#bytes.subarray(FragmentLength);
    return pdu;
  }
}
