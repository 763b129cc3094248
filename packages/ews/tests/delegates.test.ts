import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient } from './support/client.ts';
import { child, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let bob: EwsClient;
let dave: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, bob, dave] = [new EwsClient(ews), new EwsClient(ews, 'bob'), new EwsClient(ews, 'dave')];
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const owner = (address = 'alice@example.test'): string => `<m:Mailbox><t:EmailAddress>${address}</t:EmailAddress></m:Mailbox>`;
const user = (address: string): string => `<t:UserId><t:PrimarySmtpAddress>${address}</t:PrimarySmtpAddress></t:UserId>`;
const delegate = (address: string, levels: Readonly<Record<string, string>> = {}, more = ''): string =>
  `<t:DelegateUser>${user(address)}<t:DelegatePermissions>${Object.entries(levels).map(([folder, level]) => `<t:${folder}FolderPermissionLevel>${level}</t:${folder}FolderPermissionLevel>`).join('')}</t:DelegatePermissions>${more}</t:DelegateUser>`;
const change = (operation: 'Add' | 'Update', users: string, { deliver = '', mailbox = 'alice@example.test' } = {}): string =>
  `<m:${operation}Delegate>${owner(mailbox)}<m:DelegateUsers>${users}</m:DelegateUsers>${deliver && `<m:DeliverMeetingRequests>${deliver}</m:DeliverMeetingRequests>`}</m:${operation}Delegate>`;
const remove = (address: string): string => `<m:RemoveDelegate>${owner()}<m:UserIds>${user(address)}</m:UserIds></m:RemoveDelegate>`;
const get = ({ permissions = true, users = '', mailbox = 'alice@example.test' } = {}): string => `<m:GetDelegate IncludePermissions="${String(permissions)}">${owner(mailbox)}${users && `<m:UserIds>${users}</m:UserIds>`}</m:GetDelegate>`;
const told = (answer: { all(name: string): XmlElement[] }): (string | undefined)[][] => answer.all('DelegateUser').map((one) => [textAt(one, 'UserId', 'PrimarySmtpAddress'), textAt(one, 'DelegatePermissions', 'CalendarFolderPermissionLevel'), textAt(one, 'DelegatePermissions', 'InboxFolderPermissionLevel')]);

describe('GetDelegate', () => {
  it('tells who may send on behalf, with what they may in the folders', async () => {
    const answer = (await alice.call(get())).ok();
    expect([told(answer), answer.texts('DeliverMeetingRequests')]).toEqual([[['carol@example.test', 'Editor', 'Reviewer']], ['DelegatesAndMe']]);
    expect((await alice.call(get({ permissions: false }))).ok().all('DelegatePermissions')).toEqual([]);
  });
  it.each<[string, string, string]>([
    ['somebody who is none', get({ users: user('bob@example.test') }), 'ErrorNotDelegate'], ['nobody', get({ users: user('x@example.test') }), 'ErrorDelegateNoUser'],
    ['no SID', get({ users: '<t:UserId><t:SID>XXX</t:SID></t:UserId>' }), 'ErrorInvalidUserSid'],
    ["another's delegates", get({ mailbox: 'bob@example.test' }), 'ErrorAccessDenied'], ['a mailbox that is not there', get({ mailbox: 'x@example.test' }), 'ErrorNonExistentMailbox'],
  ])('of %s', async (_what, request, code) => {
    expect((await alice.call(request)).codes).toEqual([code]);
  });
  it('of who never had any', async () => {
    expect((await bob.call(get({ mailbox: 'bob@example.test' }))).codes).toEqual(['ErrorDelegateMissingConfiguration']);
  });
});

describe('AddDelegate, UpdateDelegate, RemoveDelegate', () => {
  it('let somebody in, further in, and out again', async () => {
    expect((await bob.findItem('inbox/alice@example.test')).codes).toEqual(['ErrorFolderNotFound']);
    const added = (await alice.call(change('Add', delegate('bob@example.test', { Calendar: 'Editor', Inbox: 'Reviewer' }, '<t:ReceiveCopiesOfMeetingMessages>true</t:ReceiveCopiesOfMeetingMessages><t:ViewPrivateItems>true</t:ViewPrivateItems>'), { deliver: 'DelegatesOnly' }))).ok();
    expect(added.codes).toEqual(['NoError']);
    const answer = (await alice.call(get())).ok();
    expect([told(answer), answer.texts('DeliverMeetingRequests')]).toEqual([[['carol@example.test', 'Editor', 'Reviewer'], ['bob@example.test', 'Editor', 'Reviewer']], ['DelegatesOnly']]);
    const [, second] = answer.all('DelegateUser');
    expect(['ReceiveCopiesOfMeetingMessages', 'ViewPrivateItems'].map((name) => second && child(second, name)?.text)).toEqual(['true', 'true']);
    expect(await bob.subjects('inbox/alice@example.test')).toContain('Travel claims');

    (await alice.call(change('Update', delegate('bob@example.test', { Inbox: 'Editor' }, '<t:ViewPrivateItems>false</t:ViewPrivateItems>'), { deliver: 'NoForward' }))).ok();
    const updated = (await alice.call(get({ users: user('bob@example.test') }))).ok();
    expect([told(updated), updated.texts('ReceiveCopiesOfMeetingMessages'), updated.texts('ViewPrivateItems'), updated.texts('DeliverMeetingRequests')]).toEqual([[['bob@example.test', 'Editor', 'Editor']], ['true'], ['false'], ['NoForward']]);
    const id = await bob.idBySubject('inbox/alice@example.test', 'Travel claims');
    expect((await bob.deleteItem(id)).codes).toEqual(['NoError']);

    (await alice.call(remove('bob@example.test'))).ok();
    expect(told((await alice.call(get())).ok()).map(([address]) => address)).toEqual(['carol@example.test']);
    expect((await bob.findItem('inbox/alice@example.test')).codes).toEqual(['ErrorFolderNotFound']);
  });

  it('let delegates see what is private, or not', async () => {
    const seen = async () => (await bob.findItem('calendar/alice@example.test', { paths: ['item:Subject'] })).ok().texts('Subject');
    const levels = { Calendar: 'Reviewer' };
    (await alice.call(change('Add', delegate('bob@example.test', levels)))).ok();
    const without = await seen();
    (await alice.call(change('Update', delegate('bob@example.test', levels, '<t:ViewPrivateItems>true</t:ViewPrivateItems>')))).ok();
    expect((await seen()).length).toBe(without.length + 1);
    (await alice.call(change('Update', delegate('bob@example.test', levels, '<t:ViewPrivateItems>false</t:ViewPrivateItems>')))).ok();
    expect(await seen()).toEqual(without);
  });

  it('let delegates send on behalf', async () => {
    const message = '<t:Message><t:Subject>For Alice</t:Subject><t:ToRecipients><t:Mailbox><t:EmailAddress>carol@example.test</t:EmailAddress></t:Mailbox></t:ToRecipients><t:From><t:Mailbox><t:EmailAddress>alice@example.test</t:EmailAddress></t:Mailbox></t:From></t:Message>';
    expect((await dave.createItem(message, { disposition: 'SendOnly' })).codes).toEqual(['ErrorSendAsDenied']);
    (await alice.call(change('Add', delegate('dave@example.test')))).ok();
    expect((await dave.createItem(message, { disposition: 'SendOnly' })).codes).toEqual(['NoError']);
    (await alice.call(remove('dave@example.test'))).ok();
    expect((await dave.createItem(message, { disposition: 'SendOnly' })).codes).toEqual(['ErrorSendAsDenied']);
  });

  it.each<[string, string, readonly string[]]>([
    ['the owner', change('Add', delegate('alice@example.test')), ['ErrorDelegateCannotAddOwner']], ['who is one already', change('Add', delegate('carol@example.test')), ['ErrorDelegateAlreadyExists']],
    ['nobody', change('Add', delegate('x@example.test')), ['ErrorDelegateNoUser']], ['a group', change('Add', delegate('team@example.test')), ['ErrorDelegateNoUser']],
    ['a level of its own', change('Add', delegate('bob@example.test', { Inbox: 'Custom' })), ['ErrorInvalidDelegatePermission']],
    ['a change of who is none', change('Update', delegate('bob@example.test')), ['ErrorNotDelegate']], ['the removal of who is none', remove('bob@example.test'), ['ErrorNotDelegate']],
    ['one of two', change('Add', delegate('x@example.test') + delegate('bob@example.test')), ['ErrorDelegateNoUser', 'NoError']],
  ])('refuse %s', async (_what, request, codes) => {
    expect((await alice.call(request)).codes).toEqual(codes);
  });
  it('are the business of the owner', async () => {
    expect((await new EwsClient(ews, 'carol').call(change('Add', delegate('dave@example.test')))).codes).toEqual(['ErrorAccessDenied']);
  });
});
