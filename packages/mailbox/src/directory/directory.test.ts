import { createIdSource } from '@fauxchange/kernel';
import type { Directory, NewEntry } from './directory.ts';
import { createDirectory } from './create-directory.ts';
import type { RestorableDirectory } from './create-directory.ts';
import { DirectoryError } from './directory-error.ts';

const user = (name: string, more: Partial<NewEntry> = {}): NewEntry => ({
  recipientType: 'UserMailbox', displayName: `${name} Ashe`, primarySmtpAddress: `${name.toLowerCase()}@example.test`, password: `${name.toLowerCase()}-pass`, ...more,
});
const group = (name: string, members: readonly string[]): NewEntry => ({ recipientType: 'MailUniversalDistributionGroup', displayName: name, primarySmtpAddress: `${name.toLowerCase()}@example.test`, members });

function office(): RestorableDirectory {
  const directory = createDirectory({ ids: createIdSource('directory test'), domain: 'Example.Test' });
  directory.add(user('Alice', { proxyAddresses: ['SMTP:A.Ashe@example.test'], givenName: 'Alice', surname: 'Ashe', officeLocation: 'Lab 7' }));
  directory.add(user('Bob', { displayName: 'Bob Müller-Öztürk', surname: 'Müller-Öztürk' }));
  directory.add(user('Albert', { displayName: 'de la Cruz, Albert' }));
  directory.add(user('Ghost', { displayName: 'Alan Ghost', isHiddenFromAddressLists: true }));
  directory.add({ recipientType: 'RoomMailbox', displayName: 'Board Room', primarySmtpAddress: 'room1@example.test', roomCapacity: 12 });
  directory.add({ recipientType: 'MailContact', displayName: 'Frank Contoso', primarySmtpAddress: 'frank@contoso.test' });
  return directory;
}

describe('entries', () => {
  it('have identities that look like Exchange\'s and depend on seed and address alone', () => {
    const alice = office().byAddress('alice@example.test');
    const alone = createDirectory({ ids: createIdSource('directory test'), domain: 'example.test' }).add(user('Alice'));
    expect(alice?.legacyExchangeDN).toMatch(/^\/o=First Organization\/ou=Exchange Administrative Group \(FYDIBOHF23SPDLT\)\/cn=Recipients\/cn=[0-9a-f]{32}-alice$/);
    expect(alice?.sid).toMatch(/^S-1-5-21-\d+-\d+-\d+-\d{4,}$/);
    expect(alone).toMatchObject({ id: alice?.id, sid: alice?.sid, mailboxGuid: alice?.mailboxGuid, legacyExchangeDN: alice?.legacyExchangeDN });
    expect(createDirectory({ ids: createIdSource('other'), domain: 'example.test' }).add(user('Alice')).id).not.toBe(alice?.id);
  });

  it('keep their identity and their old address when they are renamed, and leave the address to nobody', () => {
    const directory = office();
    const alice = directory.byAddress('alice@example.test')!;
    const renamed = directory.update(alice.id, { primarySmtpAddress: 'alice.ashe@example.test', displayName: 'Alice Ashe-Brown' });
    expect(renamed).toMatchObject({ id: alice.id, sid: alice.sid, primarySmtpAddress: 'alice.ashe@example.test', userPrincipalName: 'alice.ashe@example.test' });
    expect(directory.byAddress('alice@example.test')?.id).toBe(alice.id);
    expect(directory.resolve('ashe-b')).toHaveLength(1);
    expect(() => directory.add(user('Alice'))).toThrow(expect.objectContaining({ code: 'AddressInUse' }));
    expect(directory.update(alice.id, { officeLocation: '' }).officeLocation).toBeUndefined();
    expect(directory.resolve('lab')).toEqual([]);
    directory.update(alice.id, { proxyAddresses: [], alias: 'aab' });
    expect(directory.byAddress('alice@example.test')).toBeUndefined();
    const second = directory.add(user('Alice', { alias: 'alice2' }));
    expect(second.id).not.toBe(alice.id);
    expect(second.sid).not.toBe(alice.sid);
  });

  it('are gone when they are removed, but for the security identifier that permissions go by', () => {
    const directory = office();
    const { id, sid } = directory.byAddress('alice@example.test')!;
    const before = directory.snapshot();
    const late = directory.add(user('Late'));
    directory.remove(id);
    expect([directory.byId(id), directory.bySid(sid!), directory.sidOf(id), directory.sidOf(late.id), directory.sidOf('nobody')]).toEqual([undefined, undefined, sid, late.sid, undefined]);
    directory.restore(before);
    expect([directory.sidOf(id), directory.sidOf(late.id)]).toEqual([sid, undefined]);
  });

  it.each<[string, Partial<NewEntry>, string]>([
    ['an address without a domain', { primarySmtpAddress: 'nobody' }, 'InvalidEntry'],
    ['a foreign domain for a mailbox', { primarySmtpAddress: 'x@contoso.test' }, 'DomainNotAccepted'],
    ['an address that somebody has', { primarySmtpAddress: 'A.ASHE@example.test' }, 'AddressInUse'],
    ['a sam name that somebody has', { primarySmtpAddress: 'x@example.test', alias: 'ALICE' }, 'NameInUse'],
    ['an empty name', { displayName: '  ' }, 'InvalidEntry'],
    ['a name without end', { displayName: 'x'.repeat(257) }, 'InvalidEntry'],
    ['an alias with a blank', { alias: 'a b' }, 'InvalidEntry'],
    ['half a seat', { roomCapacity: 0.5 }, 'InvalidEntry'],
  ])('are refused with %s, and nothing changes', (_what, change, code) => {
    const directory = office();
    const before = directory.list();
    expect(() => directory.add(user('New', change))).toThrow(expect.objectContaining({ code }));
    expect(directory.list()).toEqual(before);
  });

  it('that are not there are named in the refusal', () => {
    expect(() => office().update('none', {})).toThrow(DirectoryError);
    expect(() => office().remove('none')).toThrow(expect.objectContaining({ code: 'EntryNotFound', subject: 'none' }));
  });
});

describe('looking up', () => {
  const directory = office();
  const alice = directory.byAddress('alice@example.test')!;

  it.each<[string, string | undefined]>([
    ['alice@example.test', 'alice'], ['A.Ashe@Example.Test', 'alice'], ['EXAMPLE\\alice', 'alice'], ['example.test\\Alice', 'alice'],
    ['alice', undefined], ['OTHER\\alice', undefined], ['frank@contoso.test', undefined], ['', undefined], ['__proto__', undefined],
  ])('a logon name %j', (logon, alias) => { expect(directory.byLogon(logon)?.alias).toBe(alias); });

  it('addresses with and without smtp:, DNs and SIDs in any case', () => {
    expect(directory.byAddress(' SMTP:ALICE@example.test ')).toBe(alice);
    expect(directory.byLegacyDN(alice.legacyExchangeDN.toUpperCase())).toBe(alice);
    expect(directory.bySid(alice.sid!.toLowerCase())).toBe(alice);
    expect(directory.byAddress('constructor')).toBeUndefined();
  });

  it.each([
    ['alice@example.test', 'alice-pass', 'ok'], ['EXAMPLE\\alice', 'alice-pass', 'ok'], ['alice@example.test', 'Alice-pass', 'wrong'], ['alice@example.test', '', 'wrong'],
    ['nobody@example.test', 'x', 'unknown'], ['room1@example.test', '', 'disabled'],
  ])('the password of %s', (logon, password, outcome) => { expect(directory.verifyPassword(logon, password).outcome).toBe(outcome); });
});

describe('ambiguous name resolution', () => {
  const directory = office();
  it.each<[string, readonly string[]]>([
    ['al', ['Alice Ashe', 'de la Cruz, Albert']],
    ['ALICE ASHE', ['Alice Ashe']],
    ['ashe ali', ['Alice Ashe']],
    ['ashe bob', []],
    ['muller', ['Bob Müller-Öztürk']],
    ['ÖZT', []],
    ['albert de', ['de la Cruz, Albert']],
    ['lab', ['Alice Ashe']],
    ['a.ashe@', ['Alice Ashe']],
    ['=alice', ['Alice Ashe']],
    ['=al', []],
    ['=board room', ['Board Room']],
    ['smtp:A.Ashe@example.test', ['Alice Ashe']],
    ['smtp:a.ashe', []],
    ['smtp:ghost@example.test', []],
    ['ghost', []],
    ['frank', ['Frank Contoso']],
    ['', []], ['=', []], ['*', []], ['\uffff', []],
  ])('%j', (text, names) => {
    expect(directory.resolve(text).map((entry) => entry.displayName)).toEqual(names);
    const some = (most: number): readonly string[] => directory.resolveSome(text, most).map((entry) => entry.displayName);
    expect([...some(Number.POSITIVE_INFINITY)].sort()).toEqual([...names].sort());
    expect(some(1)).toHaveLength(Math.min(1, names.length));
  });

  it('of a legacy DN', () => {
    const bob = directory.byAddress('bob@example.test')!;
    expect(directory.resolve(bob.legacyExchangeDN)).toEqual([bob]);
  });

  it.each(['p', 'person', 'person 1', 'quist', 'quist person', 'x quist', 'ödön', '=quist', 'zz', 'person 77'])('of %j the first few are the first of all', (text) => {
    const crowd = createDirectory({ ids: createIdSource('crowd'), domain: 'example.test' });
    for (let n = 0; n < 300; n += 1) crowd.add(user(`U${n}`, { displayName: `${['Person', 'Zz', 'Ödön'][n % 3]} ${(n * 7919) % 311}`, surname: n % 2 ? 'Quist' : 'Xu', isHiddenFromAddressLists: n % 11 === 0 }));
    const all = crowd.resolve(text);
    for (const most of [0, 1, 5, 30, 1000]) expect(crowd.resolve(text, most)).toEqual(all.slice(0, most));
  });

  it('follows every change', () => {
    const changing = office();
    const bob = changing.byAddress('bob@example.test')!;
    expect(changing.resolve('bob')).toHaveLength(1);
    changing.update(bob.id, { displayName: 'Robert Muller', alias: 'robert', isHiddenFromAddressLists: false });
    expect(changing.resolve('robert')[0]?.displayName).toBe('Robert Muller');
    changing.remove(bob.id);
    expect(changing.resolve('rob')).toEqual([]);
  });

  it('looks at a range of the names, not at each: a hundred times the people cost no more', () => {
    const sized = (size: number): Directory => {
      const directory = createDirectory({ ids: createIdSource('large'), domain: 'example.test' });
      for (let n = 0; n < size; n += 1) directory.add(user(`U${n}`, { displayName: `Person Number${n}` }));
      expect(directory.resolve(`number${size - 1}`)).toHaveLength(1);
      return directory;
    };
    const [small, large] = [sized(100), sized(10_000)];
    const cost = (directory: Directory, number: number): number => {
      const started = process.hrtime.bigint();
      for (let n = 0; n < 1_000; n += 1) directory.resolve(`number${number + (n % 10)}`);
      return Number(process.hrtime.bigint() - started);
    };
    // The best of rounds in turn, so that a busy machine slows both alike. A scan would make it a hundred times.
    const rounds = Array.from({ length: 5 }, () => [cost(small, 80), cost(large, 7770)] as const);
    expect(Math.min(...rounds.map(([, of]) => of)) / Math.min(...rounds.map(([of]) => of))).toBeLessThan(10);
  });
});

describe('groups', () => {
  it('are known to their members, by name and by address', () => {
    const directory = office();
    const [alice] = directory.list();
    const first = directory.add(group('First', [alice!.id]));
    const second = directory.add(group('Second', ['a.ashe@example.test', first.id]));
    expect([directory.groupsOf(alice!.id), directory.groupsOf(first.id), directory.groupsOf(second.id)]).toEqual([[first.id, second.id], [second.id], []]);
  });

  it('hold entries and one-off addresses, know cycles, and forget who left', () => {
    const directory = office();
    const [alice, bob] = [directory.byAddress('alice@example.test')!, directory.byAddress('bob@example.test')!];
    const team = directory.add(group('Team', [alice.id, 'bob@example.test', 'stranger@elsewhere.test']));
    const everyone = directory.add(group('Everyone', [team.id]));
    directory.update(team.id, { members: [...team.members!, everyone.id] });
    expect(directory.members(team.id)).toEqual([alice, bob, { address: 'stranger@elsewhere.test' }, directory.byId(everyone.id)]);
    expect(directory.memberships(alice.id)).toEqual(new Set([alice.id, team.id, everyone.id]));
    expect(directory.memberships(bob.id)).toEqual(new Set([bob.id, team.id, everyone.id]));
    directory.remove(bob.id);
    expect(directory.members(team.id)[1]).toEqual({ address: 'bob@example.test' });
    directory.update(team.id, { members: [bob.id] });
    expect(directory.members(team.id)).toEqual([]);
    expect(directory.memberships(alice.id)).toEqual(new Set([alice.id]));
  });
});

describe('grants', () => {
  it('tell who has one', () => {
    const directory = office();
    const [alice, bob, albert] = directory.list();
    for (const to of [bob!, albert!]) directory.grant(alice!.id, to.id, 'sendOnBehalf');
    directory.grant(alice!.id, bob!.id, 'sendAs');
    expect([directory.grantees(alice!.id, 'sendOnBehalf'), directory.grantees(alice!.id, 'sendAs'), directory.grantees(bob!.id, 'sendAs')]).toEqual([[bob!.id, albert!.id], [bob!.id], []]);
    directory.revoke(alice!.id, bob!.id, 'sendOnBehalf');
    expect(directory.grantees(alice!.id, 'sendOnBehalf')).toEqual([albert!.id]);
  });

  it('are given, listed and taken', () => {
    const directory = office();
    const [alice, bob] = [directory.byAddress('alice@example.test')!, directory.byAddress('bob@example.test')!];
    directory.grant(alice.id, bob.id, 'sendAs');
    directory.grant(alice.id, bob.id, 'sendAs');
    directory.grant(alice.id, bob.id, 'fullAccess');
    expect(directory.grants(alice.id, bob.id)).toEqual(['sendAs', 'fullAccess']);
    expect(directory.grants(bob.id, alice.id)).toEqual([]);
    directory.revoke(alice.id, bob.id, 'sendAs');
    expect(directory.grants(alice.id, bob.id)).toEqual(['fullAccess']);
    expect(directory.mayImpersonate(bob.id)).toBe(false);
    directory.allowImpersonation(bob.id);
    expect(directory.mayImpersonate(bob.id)).toBe(true);
  });
});

describe('snapshots', () => {
  it('bring back entries, names, groups, grants and passwords, any number of times', () => {
    const directory = office();
    const alice = directory.byAddress('alice@example.test')!;
    const team = directory.add(group('Team', [alice.id]));
    const [list, snapshot] = [directory.list(), directory.snapshot()];
    for (let round = 0; round < 2; round += 1) {
      directory.add(user('Zoe'));
      directory.update(alice.id, { displayName: 'Changed', password: 'changed' });
      directory.update(team.id, { members: [] });
      directory.grant(alice.id, team.id, 'sendAs');
      directory.allowImpersonation(alice.id);
      directory.remove(directory.byAddress('bob@example.test')!.id);
      directory.restore(snapshot);
      expect(directory.list()).toEqual(list);
      expect(directory.resolve('zoe')).toEqual([]);
      expect(directory.resolve('bob')).toHaveLength(1);
      expect(directory.memberships(alice.id).size).toBe(2);
      expect(directory.verifyPassword('alice@example.test', 'alice-pass').outcome).toBe('ok');
      expect(directory.grants(alice.id, team.id)).toEqual([]);
      expect(directory.mayImpersonate(alice.id)).toBe(false);
    }
  });

  it('that are younger than a restored one, or of another directory, are refused', () => {
    const directory = office();
    const first = directory.snapshot();
    directory.add(user('Zoe'));
    const second = directory.snapshot();
    directory.restore(first);
    expect(() => { directory.restore(second); }).toThrow(expect.objectContaining({ code: 'SnapshotExpired' }));
    expect(() => { directory.restore(office().snapshot()); }).toThrow(DirectoryError);
  });
});
