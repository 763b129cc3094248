import { createHash } from 'node:crypto';
import type { IdSource } from '@fauxchange/kernel';
import { administrativeGroup } from './legacy-dn.ts';

/** What an entry has for life, whatever it is called later. */
export interface EntryIdentity {
  readonly id: string;
  readonly mailboxGuid: string;
  readonly legacyExchangeDN: string;
  readonly sid: string;
}

const RECIPIENTS = `${administrativeGroup}/cn=Recipients/cn=`;
/** Relative ids below are the domain's own accounts and groups ([MS-SAMR] 2.2.1.14). */
const FIRST_RELATIVE_ID = 1_100;

/** Draws identities from an id source: the same address in the same organization gets the same one. */
export class IdentityIssuer {
  readonly #ids: IdSource;
  readonly #domainSid: string;

  constructor(ids: IdSource, domain: string) {
    this.#ids = ids;
    const bytes = Buffer.from(ids.fork(`domain ${domain}`).bytes(12));
    this.#domainSid = `S-1-5-21-${bytes.readUInt32LE(0)}-${bytes.readUInt32LE(4)}-${bytes.readUInt32LE(8)}`;
  }

  /** `isTaken` says whether a former owner of the address still lives, under another one. */
  issue(address: string, alias: string, isTaken: (identity: EntryIdentity) => boolean): EntryIdentity {
    for (let attempt = 0; ; attempt += 1) {
      const ids = this.#ids.fork(attempt === 0 ? `directory ${address}` : `directory ${address} ${attempt}`);
      const id = ids.uuid();
      const mailboxGuid = ids.uuid();
      const relativeId = FIRST_RELATIVE_ID + (Buffer.from(ids.bytes(4)).readUInt32LE(0) % 0x3fffffff);
      const unique = createHash('sha256').update(id).digest('hex').slice(0, 32);
      const identity = { id, mailboxGuid, legacyExchangeDN: `${RECIPIENTS}${unique}-${alias.slice(0, 20)}`, sid: `${this.#domainSid}-${relativeId}` };
      if (!isTaken(identity)) return identity;
    }
  }
}
