import { errorCode, noHandle } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { Logon } from '../logon/logon.ts';
import type { ServerObject } from './server-object.ts';

/** Objects of one session; more are refused as Exchange's store refuses them ([K] 500 messages and folders each there; one bound here). */
const mostObjects = 10_000;
const logonShift = 24;
const mostInLogon = 0xff_ffff;

/** The Server objects of one session, by their handles. */
export class ObjectTable {
  readonly #objects = new Map<number, ServerObject>();
  readonly #logons = new Map<number, Logon>();
  readonly #handles = new Map<ServerObject, number>();
  readonly #counts = new Map<number, number>();

  /** The object of a handle; undefined for one that nothing has. */
  get(handle: number): ServerObject | undefined {
    return handle === noHandle ? undefined : this.#objects.get(handle);
  }

  /** The handle of an object; undefined when it has been given back. */
  handleOf(object: ServerObject): number | undefined {
    return this.#handles.get(object);
  }

  logon(logonId: number): Logon | undefined {
    return this.#logons.get(logonId);
  }

  logons(): readonly Logon[] {
    return [...this.#logons.values()];
  }

  /**
   * Gives an object its handle: the logon's id, then a number that counts from 0 with the logon itself. Clients that count on
   * what Exchange hands out are among the shipped ones. @throws RopError ecTooManyOpenObjects
   */
  add(object: ServerObject): number {
    if (this.#objects.size >= mostObjects) throw new RopError(errorCode.TooManyOpenObjects, `A session may have ${mostObjects} objects open.`);
    const { id } = object.logon;
    const handle = this.#free(id);
    this.#objects.set(handle, object);
    this.#handles.set(object, handle);
    return handle;
  }

  /** The next number of a logon; those that are taken are passed over when the count has gone round. */
  #free(id: number): number {
    for (let count = this.#counts.get(id) ?? 0; ; count = (count + 1) & mostInLogon) {
      const handle = ((id << logonShift) | count) >>> 0;
      if (this.#objects.has(handle)) continue;
      this.#counts.set(id, (count + 1) & mostInLogon);
      return handle;
    }
  }

  /** A logon takes its id: one that had it before ends with all that it opened, [MS-OXCSTOR] 3.2.5.1. */
  addLogon(logon: Logon): number {
    this.#endLogon(logon.id);
    this.#logons.set(logon.id, logon);
    return this.add(logon);
  }

  /** [MS-OXCROPS] 2.2.15.3: a handle that nothing has is passed over. */
  async release(handle: number): Promise<void> {
    const object = this.#objects.get(handle);
    if (!object) return;
    if (object === object.logon) return this.#endLogon(object.logon.id);
    await this.#drop(handle, object, false);
  }

  #drop(handle: number, object: ServerObject, isLast: boolean): void | Promise<void> {
    this.#objects.delete(handle);
    this.#handles.delete(object);
    return object.released(isLast);
  }

  clear(): void {
    for (const id of [...this.#logons.keys()]) this.#endLogon(id);
  }

  #endLogon(id: number): void {
    const logon = this.#logons.get(id);
    if (!logon) return;
    this.#logons.delete(id);
    for (const [handle, object] of this.#objects) {
      // Whoever goes without a word has nobody left who hears of a failure.
      if (object.logon === logon) Promise.resolve(this.#drop(handle, object, true)).catch(() => undefined);
    }
  }
}
