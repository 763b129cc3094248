import type { Environment, Installer, Service } from '@fauxchange/emulator';
import { Endpoint } from './http/endpoint.ts';
import { profileNamed, type Profile, type ProfileName } from './profile.ts';
import { requestTypes } from './request-type.ts';
import { connect } from './emsmdb/connect.ts';
import { disconnect } from './emsmdb/disconnect.ts';
import { execute } from './emsmdb/execute.ts';
import { notificationWait } from './emsmdb/notification-wait.ts';
import { AddressBookServer } from './nspi/address-book-server.ts';
import { addressBookTypes } from './nspi/nspi-request-types.ts';
import { ping } from './ping/ping.ts';
import { AllMailboxFacts } from './logon/mailbox-facts.ts';
import { asyncEmsmdbInterface } from './rpc-http/async-emsmdb-interface.ts';
import { emsmdbInterface } from './rpc-http/emsmdb-interface.ts';
import { rfriInterface } from './rpc-http/rfri-interface.ts';
import { RpcProxy } from './rpc-http/rpc-proxy.ts';
import { ropTable } from './rops/rop-table.ts';
import { SessionContexts } from './session/session-contexts.ts';

export interface MapiHttpOptions {
  /** Which server is played. Default `exchangeSE`; before 2013 there is nothing at these addresses. */
  readonly profile?: ProfileName | undefined;
  /** Bytes of a request; default 1 MiB. */
  readonly maxRequestBytes?: number | undefined;
}

/**
 * MAPI over HTTP for a server, under `/mapi/emsmdb` and `/mapi/nspi`.
 *
 * @example
 * const emulator = await openEmulator(options, [mapiHttpService()]);
 */
export function mapiHttpService(options: MapiHttpOptions = {}): Installer {
  const profile = profileNamed(options.profile ?? 'exchangeSE');
  return (environment) => (profile ? new MapiHttp(environment, profile, options) : { mounts: [] });
}

class MapiHttp implements Service {
  readonly mounts: Service['mounts'];
  readonly raw: RpcProxy;
  readonly #sessions: SessionContexts;
  readonly #facts = new AllMailboxFacts();
  readonly #addressBook: AddressBookServer;

  constructor(environment: Environment, profile: Profile, { maxRequestBytes = 1024 * 1024 }: MapiHttpOptions) {
    this.#sessions = new SessionContexts(environment.clock, environment.ids.fork('mapi sessions'));
    this.#addressBook = new AddressBookServer(environment);
    environment.lifecycle.defer(() => this.#sessions.clear());
    const emsmdb = new Endpoint(environment, this.#sessions, { name: 'emsmdb', types: requestTypes(connect(this.#facts), execute(ropTable), disconnect, notificationWait, ping), profile, maxRequestBytes });
    const nspi = new Endpoint(environment, this.#sessions, { name: 'nspi', types: requestTypes(...addressBookTypes(this.#addressBook), ping), profile, maxRequestBytes });
    this.raw = new RpcProxy(environment, [emsmdbInterface(this.#facts, ropTable), asyncEmsmdbInterface(), rfriInterface()], profile);
    environment.lifecycle.defer(() => this.raw.clear());
    this.mounts = [{ path: '/mapi/emsmdb', handler: (request, response) => emsmdb.serve(request, response) }, { path: '/mapi/nspi', handler: (request, response) => nspi.serve(request, response) }];
  }

  reset(): void {
    this.#sessions.clear();
    this.raw.clear();
    this.#facts.clear();
    this.#addressBook.reset();
  }
}
