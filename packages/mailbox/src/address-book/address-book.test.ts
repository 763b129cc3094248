import { createIdSource } from '@fauxchange/kernel';
import { binary } from '@fauxchange/properties';
import { createDirectory, type RestorableDirectory } from '../directory/create-directory.ts';
import type { DirectoryEntry, NewEntry } from '../directory/directory.ts';
import { AddressBook } from './address-book.ts';

const ids = createIdSource('address book');
let directory: RestorableDirectory;
let book: AddressBook;
beforeEach(() => {
  directory = createDirectory({ ids, domain: 'example.test' });
  book = new AddressBook(directory, ids);
});

const add = (name: string, changes: Partial<NewEntry> = {}): DirectoryEntry => directory.add({ recipientType: 'UserMailbox', displayName: name, primarySmtpAddress: `${name.toLowerCase()}@example.test`, ...changes });
const names = (entries: readonly DirectoryEntry[]): readonly string[] => entries.map(({ displayName }) => displayName);

describe('tables', () => {
  it('are in order, whatever case and accents, and follow the directory', () => {
    add('bob');
    add('Ärla', { primarySmtpAddress: 'arla@example.test' });
    const carol = add('Carol');
    const table = book.table(book.global);
    expect(names(table.entries)).toEqual(['Ärla', 'bob', 'Carol']);
    expect(book.table(book.global)).toBe(table);
    directory.update(carol.id, { displayName: 'Abby' });
    expect(names(book.table(book.global).entries)).toEqual(['Abby', 'Ärla', 'bob']);
    directory.update(carol.id, { isHiddenFromAddressLists: true });
    expect(names(book.table(book.global).entries)).toEqual(['Ärla', 'bob']);
    directory.remove(carol.id);
    expect(book.table(book.global).positionOf(carol.id)).toBeUndefined();
  });

  it('are searched by name', () => {
    for (const name of ['Alice', 'Bob', 'Carol']) add(name);
    const table = book.table(book.global);
    expect(['', 'alice', 'b', 'BOB', 'bobby', 'z'].map((text) => table.firstFrom(text))).toEqual([0, 0, 1, 1, 2, 3]);
    expect(table.entries.map(({ id }) => table.positionOf(id))).toEqual([0, 1, 2]);
  });

  it('by how names are spoken, or written where that is not known', () => {
    add('Alice', { phoneticDisplayName: 'Zed' });
    add('Bob');
    expect(names(book.table(book.global, 'phonetic').entries)).toEqual(['Bob', 'Alice']);
    expect(names(book.table(book.global).entries)).toEqual(['Alice', 'Bob']);
  });

  it('of many cost once, and then the answer', () => {
    for (let each = 0; each < 5_000; each += 1) directory.add({ recipientType: 'MailContact', displayName: `Contact ${String((each * 7919) % 5_000).padStart(6, '0')}`, primarySmtpAddress: `c${each}@contoso.test` });
    const table = book.table(book.global);
    expect(table.firstFrom('contact 002500')).toBe(2_500);
    expect(book.table(book.global)).toBe(table);
  });
});

it('the lists of an organization, the same for the same seed', () => {
  expect(book.lists.map(({ name }) => name)).toEqual(['', 'All Address Lists', 'All Contacts', 'All Groups', 'All Rooms', 'All Users', 'Public Folders']);
  expect(book.lists.map(({ id }) => id)).toEqual(new AddressBook(directory, createIdSource('address book')).lists.map(({ id }) => id));
  add('Room', { recipientType: 'RoomMailbox' });
  const holding = book.lists.filter((list) => book.table(list).entries.length > 0);
  expect(holding.map(({ name }) => name)).toEqual(['', 'All Rooms', 'All Users']);
});

describe('links', () => {
  it('lead there and back', () => {
    const alice = add('Alice');
    const bob = add('Bob', { manager: alice.id });
    const team = add('Team', { recipientType: 'MailUniversalDistributionGroup', members: [bob.id, 'out@contoso.test'], owners: [alice.id] });
    directory.grant(bob.id, alice.id, 'sendOnBehalf');
    const of = (entry: DirectoryEntry, link: Parameters<typeof book.links>[1]) => names(book.links(entry, link));
    expect([of(bob, 'PidTagAddressBookManager'), of(alice, 'PidTagAddressBookReports')]).toEqual([['Alice'], ['Bob']]);
    expect([of(team, 'PidTagAddressBookMember'), of(bob, 'PidTagAddressBookIsMemberOfDistributionList')]).toEqual([['Bob'], ['Team']]);
    expect([of(team, 'PidTagAddressBookOwner'), of(alice, 'PidTagAddressBookOwnerBackLink')]).toEqual([['Alice'], ['Team']]);
    expect(of(bob, 'PidTagAddressBookPublicDelegates')).toEqual(['Alice']);
    directory.update(bob.id, { manager: '' });
    directory.remove(team.id);
    expect([of(directory.byId(bob.id) as DirectoryEntry, 'PidTagAddressBookManager'), of(alice, 'PidTagAddressBookReports'), of(alice, 'PidTagAddressBookOwnerBackLink')]).toEqual([[], [], []]);
  });
});

describe('values', () => {
  it('of bytes', () => {
    const alice = add('Alice', { certificates: [Buffer.from([0x30, 1]).toString('base64')] });
    expect(book.value(alice, 'PidTagAddressBookX509Certificate')).toEqual([binary.fromHex('3001')]);
    expect(book.value(alice, 'PidTagUserX509Certificate')).toBeUndefined();
    const guid = alice.id.replaceAll('-', '').replace(/^(..)(..)(..)(..)(..)(..)(..)(..)/, '$4$3$2$1$6$5$8$7');
    expect(binary.toHex(book.value(alice, 'PidTagAddressBookObjectGuid') as ReturnType<typeof binary.fromHex>)).toBe(guid);
  });

  it('that can be printed', () => {
    expect(book.value(add('Äöü ß 日', { primarySmtpAddress: 'x@example.test' }), 'PidTagAddressBookDisplayNamePrintable')).toBe('Aou ? ?');
  });

  it.each([['no base64', ['%%']], ['nothing', ['']], ['too large', ['A'.repeat(50_000)]], ['too many', Array.from({ length: 101 }, (_, at) => Buffer.from([at]).toString('base64'))]])('certificates: %s', (_what, certificates) => {
    expect(() => add('Alice', { certificates })).toThrow(expect.objectContaining({ code: 'InvalidEntry' }) as Error);
  });
});
