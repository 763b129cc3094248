import { createClock, type Clock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient } from './support/client.ts';
import { mailbox } from './support/soap.ts';
import { textAt } from './support/xml.ts';

const start = Date.UTC(2026, 0, 5, 9);
const day = 86_400_000;
let ews: EwsEmulator;
let clock: Clock;
let alice: EwsClient;
let bob: EwsClient;
beforeAll(async () => {
  clock = createClock({ at: start, frozen: true });
  ews = await createEwsEmulator({ clock });
  [alice, bob] = [new EwsClient(ews), new EwsClient(ews, 'bob')];
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const get = (address = 'alice@example.test'): string => `<m:GetUserOofSettingsRequest><t:Mailbox><t:Address>${address}</t:Address></t:Mailbox></m:GetUserOofSettingsRequest>`;
interface Parts { state?: string; audience?: string; duration?: string; internal?: string | null; external?: string | null; address?: string }
const set = ({ state = 'Enabled', audience = 'All', duration = '', internal = 'Away', external = 'Closed', address = 'alice@example.test' }: Parts = {}): string =>
  `<m:SetUserOofSettingsRequest><t:Mailbox><t:Address>${address}</t:Address></t:Mailbox><t:UserOofSettings><t:OofState>${state}</t:OofState><t:ExternalAudience>${audience}</t:ExternalAudience>${duration}${internal === null ? '' : `<t:InternalReply><t:Message>${internal}</t:Message></t:InternalReply>`}${external === null ? '' : `<t:ExternalReply><t:Message>${external}</t:Message></t:ExternalReply>`}</t:UserOofSettings></m:SetUserOofSettingsRequest>`;
const during = (from: number, until: number): string => `<t:Duration><t:StartTime>${new Date(from).toISOString()}</t:StartTime><t:EndTime>${new Date(until).toISOString()}</t:EndTime></t:Duration>`;
const write = async (subject: string, client = bob, to = 'alice@example.test'): Promise<void> => {
  (await client.send(subject, [to])).ok();
  await ews.settle();
};
const fromOutside = async (from: string, headers = ''): Promise<void> => {
  await ews.organization.deliver(`From: ${from}\r\nTo: alice@example.test\r\nSubject: Hello\r\n${headers}\r\nHello\r\n`, { to: ['alice@example.test'], from });
  await ews.settle();
};
const answers = async (client = bob): Promise<string[]> => (await client.subjects('inbox')).filter((subject) => subject.startsWith('Automatic reply:'));
const outside = (): string[] => ews.organization.outbox.messages().flatMap(({ to }) => to);

describe('the settings', () => {
  it('are off until set, and told as they were set', async () => {
    const off = (await alice.call(get())).ok();
    expect([off.texts('OofState'), off.texts('AllowExternalOof'), off.texts('StartTime')]).toEqual([['Disabled'], ['All'], ['2026-01-05T09:00:00Z']]);
    (await alice.call(set({ state: 'Scheduled', audience: 'Known', duration: during(start + day, start + 2 * day), internal: '&lt;p&gt;Away&lt;/p&gt;' }))).ok();
    const on = (await alice.call(get())).ok();
    expect(['OofState', 'ExternalAudience', 'StartTime', 'EndTime', 'Message'].map((name) => on.texts(name))).toEqual([['Scheduled'], ['Known'], ['2026-01-06T09:00:00Z'], ['2026-01-07T09:00:00Z'], ['<p>Away</p>', 'Closed']]);
  });

  it.each<[string, Parts, string]>([
    ['no reply for colleagues', { internal: null }, 'ErrorInvalidUserOofSettings'], ['no reply for others', { external: null }, 'ErrorInvalidUserOofSettings'],
    ['a schedule without times', { state: 'Scheduled' }, 'ErrorInvalidScheduledOofDuration'], ['an end before the beginning', { state: 'Scheduled', duration: during(start + day, start) }, 'ErrorInvalidScheduledOofDuration'],
    ['a schedule in the past', { state: 'Scheduled', duration: during(start - 2 * day, start - day) }, 'ErrorInvalidScheduledOofDuration'],
    ["another's mailbox", { address: 'bob@example.test' }, 'ErrorAccessDenied'], ["nobody's", { address: 'x@example.test' }, 'ErrorMailRecipientNotFound'],
  ])('refuse %s', async (_what, parts, code) => {
    const answer = await alice.call(set(parts));
    expect(answer.texts('ResponseCode')).toEqual([code]);
    expect((await alice.call(get())).ok().texts('OofState')).toEqual(['Disabled']);
  });

  it('are told to who has the whole mailbox', async () => {
    expect((await bob.call(get('support@example.test'))).texts('ResponseCode')).toEqual(['NoError']);
    expect((await bob.call(get())).texts('ResponseCode')).toEqual(['ErrorAccessDenied']);
  });
});

describe('replies', () => {
  it('go once to each colleague, and again after a change', async () => {
    (await alice.call(set())).ok();
    await write('One');
    await write('Two');
    expect(await answers()).toEqual(['Automatic reply: One']);
    const reply = await bob.item(await bob.idBySubject('inbox', 'Automatic reply: One'));
    expect([textAt(reply, 'ItemClass'), textAt(reply, 'Body')]).toEqual(['IPM.Note.Rules.OofTemplate.Microsoft', 'Away']);
    (await alice.call(set({ internal: 'Still away' }))).ok();
    await write('Three');
    expect((await answers()).sort()).toEqual(['Automatic reply: One', 'Automatic reply: Three']);
  });

  it.each([['All', true], ['None', false], ['Known', false]])('go outside: %s', async (audience, isAnswered) => {
    (await alice.call(set({ audience }))).ok();
    await fromOutside('stranger@outside.test');
    expect(outside()).toEqual(isAnswered ? ['stranger@outside.test'] : []);
    if (isAnswered) expect(Buffer.from(ews.organization.outbox.messages()[0]?.mime ?? []).toString()).toContain('Closed');
  });

  it('go outside to who is among the contacts', async () => {
    const session = ews.organization.mailboxByAddress('alice@example.test')?.openAsSystem();
    const contacts = await session?.distinguished('contacts');
    await session?.createItem(contacts?.id as never, { itemClass: 'IPM.Contact', properties: { PidLidEmail1EmailAddress: 'Friend@outside.test' }, recipients: [], attachments: [], isRead: true, isAssociated: false });
    (await alice.call(set({ audience: 'Known' }))).ok();
    await fromOutside('friend@outside.test');
    expect(outside()).toEqual(['friend@outside.test']);
  });

  it('go while the schedule lasts', async () => {
    (await alice.call(set({ state: 'Scheduled', duration: during(start + day, start + 2 * day) }))).ok();
    await write('Before');
    expect(await answers()).toEqual([]);
    await clock.advance(day);
    await write('During');
    await clock.advance(day);
    await write('After', new EwsClient(ews, 'carol'));
    expect([await answers(), await answers(new EwsClient(ews, 'carol'))]).toEqual([['Automatic reply: During'], []]);
  });

  it.each([['a machine', 'Auto-Submitted: auto-generated\r\n'], ['a list', 'Precedence: list\r\n'], ['who wants none', 'X-Auto-Response-Suppress: All\r\n']])('do not go to %s', async (_what, headers) => {
    (await alice.call(set())).ok();
    await fromOutside('list@outside.test', headers);
    expect(outside()).toEqual([]);
  });

  it('do not go to a group, to oneself, nor back and forth', async () => {
    (await alice.call(set())).ok();
    (await bob.call(set({ address: 'bob@example.test', internal: 'Bob is away' }))).ok();
    await write('To the team', new EwsClient(ews, 'dave'), 'team@example.test');
    expect(await answers(new EwsClient(ews, 'dave'))).toEqual([]);
    await write('Myself', alice);
    await write('Back and forth');
    expect([await answers(), await answers(alice)]).toEqual([['Automatic reply: Back and forth'], []]);
  });

  it('are shown as mail tips', async () => {
    (await alice.call(set({ internal: 'Until Monday' }))).ok();
    const tips = `<m:GetMailTips><m:SendingAs><t:EmailAddress>bob@example.test</t:EmailAddress></m:SendingAs><m:Recipients>${mailbox('alice@example.test')}</m:Recipients><m:MailTipsRequested>OutOfOfficeMessage</m:MailTipsRequested></m:GetMailTips>`;
    expect((await bob.call(tips)).ok().texts('Message')).toEqual(['Until Monday']);
  });
});
