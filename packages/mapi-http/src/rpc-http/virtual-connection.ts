import type { Socket } from 'node:net';
import { encode, rtsDestination, rtsFlag, rtsPdu, type RtsCommand } from '@fauxchange/mapi-wire';

/** Milliseconds and bytes that the proxy tells, [MS-RPCH] 3.2.2.1.2 and what IIS is set to. */
const connectionTimeout = 120_000;
const receiveWindow = 65_536;
/** Bytes that wait for a client that takes none. */
const mostWaiting = 16 * 1024 * 1024;

const rts = (Flags: number, ...Commands: readonly RtsCommand[]): Uint8Array => encode(rtsPdu, { Flags, Commands });
/** [MS-RPCH] 2.2.4.4. */
export const connA3 = (): Uint8Array => rts(rtsFlag.None, { kind: 'ConnectionTimeout', Time: connectionTimeout });
/** [MS-RPCH] 2.2.4.9. */
const connC2 = (): Uint8Array => rts(rtsFlag.None, { kind: 'Version', Version: 1 }, { kind: 'ReceiveWindowSize', Size: receiveWindow }, { kind: 'ConnectionTimeout', Time: connectionTimeout });

/** Two channels that are one connection, [MS-RPCH] 1.3: what the client says comes on one, what it hears goes on the other. */
export class VirtualConnection {
  readonly cookie: string;
  readonly owner: string;
  #in: { readonly socket: Socket; readonly cookie: string } | undefined;
  #out: Socket | undefined;
  /** Of the client: bytes that it takes before it has said that it has taken some. */
  #window = 0;
  #sent = 0;
  #acknowledged = 0;
  #received = 0;
  #told = 0;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  readonly #onEnd: () => void;
  #isOver = false;

  constructor(cookie: string, owner: string, onEnd: () => void) {
    this.cookie = cookie;
    this.owner = owner;
    this.#onEnd = onEnd;
  }

  get isWhole(): boolean {
    return this.#in !== undefined && this.#out !== undefined;
  }
  get hasIn(): boolean {
    return this.#in !== undefined;
  }
  get hasOut(): boolean {
    return this.#out !== undefined;
  }

  setOut(socket: Socket, window: number): void {
    this.#out = socket;
    this.#window = window;
    socket.once('close', () => this.end());
    this.#opened();
  }

  setIn(socket: Socket, cookie: string): void {
    this.#in = { socket, cookie };
    socket.once('close', () => this.end());
    this.#opened();
  }

  #opened(): void {
    if (this.isWhole) this.#out?.write(connC2());
  }

  /** An RPC PDU for the client; it waits where the client has no window for it. */
  send(pdu: Uint8Array): void {
    this.#waiting.push(pdu);
    this.#waitingBytes += pdu.length;
    if (this.#waitingBytes > mostWaiting) return this.end();
    this.#flush();
  }

  #flush(): void {
    for (let next = this.#waiting[0]; next && this.#out && this.#sent - this.#acknowledged + next.length <= this.#window; next = this.#waiting[0]) {
      this.#waiting.shift();
      this.#waitingBytes -= next.length;
      this.#sent += next.length;
      this.#out.write(next);
    }
  }

  /** An RTS PDU of the client on its IN channel. */
  heard(commands: readonly RtsCommand[]): void {
    for (const command of commands) {
      if (command.kind !== 'FlowControlAck') continue;
      this.#acknowledged = Math.min(this.#sent, Math.max(this.#acknowledged, command.BytesReceived));
      this.#window = command.AvailableWindow;
    }
    this.#flush();
  }

  /** Bytes of an RPC PDU have come: the client is told before its window is used up, [MS-RPCH] 3.2.1.1.4. */
  received(bytes: number): void {
    this.#received += bytes;
    if (!this.#in || this.#received - this.#told < receiveWindow / 2) return;
    this.#told = this.#received;
    this.#out?.write(rts(rtsFlag.OtherCommand, { kind: 'Destination', Destination: rtsDestination.Client }, { kind: 'FlowControlAck', BytesReceived: this.#received, AvailableWindow: receiveWindow, ChannelCookie: this.#in.cookie }));
  }

  /** Both channels go. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#waiting = [];
    this.#in?.socket.destroy();
    this.#out?.destroy();
    this.#onEnd();
  }
}
