import type { DirectoryEntry, PasswordCheck } from '@fauxchange/mailbox';
import type { AuthDirectory } from '../src/index.ts';

/** Three accounts, one of them disabled; what signing in needs and no more, so that these tests stand on their own. */
export class People implements AuthDirectory {
  readonly acceptedDomains: readonly string[] = ['example.test'];
  readonly #passwords = new Map([['alice', 'alice-pass'], ['bjørn', 'pässwörd:with:colons'], ['gone', 'gone-pass']]);
  readonly #entries = new Map<string, DirectoryEntry>([...this.#passwords.keys()].map((name, number) => {
    const address = `${name === 'bjørn' ? 'bjorn' : name}@example.test`;
    return [name, {
      id: `00000000-0000-4000-8000-00000000000${String(number)}`, recipientType: 'UserMailbox', displayName: name, alias: name, givenName: 'Given', surname: 'Sur',
      primarySmtpAddress: address, proxyAddresses: [address], legacyExchangeDN: `/o=x/cn=${name}`, isHiddenFromAddressLists: false,
      userPrincipalName: `${name}@example.test`, samAccountName: name, isDisabled: name === 'gone',
    }];
  }));

  byId(id: string): DirectoryEntry | undefined { return [...this.#entries.values()].find((entry) => entry.id === id); }

  byLogon(logon: string): DirectoryEntry | undefined {
    const lower = logon.toLowerCase();
    const name = /^(?:example\\([^@]+)|([^\\]+)@example\.test)$/.exec(lower);
    return this.#entries.get(name?.[1] ?? name?.[2] ?? '');
  }

  verifyPassword(logon: string, password: string): PasswordCheck {
    const entry = this.byLogon(logon);
    if (entry === undefined) return { outcome: 'unknown' };
    if (entry.isDisabled === true) return { outcome: 'disabled', entry };
    return { outcome: this.#passwords.get(entry.alias) === password ? 'ok' : 'wrong', entry };
  }

  setPassword(name: string, password: string): void { this.#passwords.set(name, password); }

  disable(name: string): void { this.#entries.set(name, { ...this.#entries.get(name) as DirectoryEntry, isDisabled: true }); }
}
