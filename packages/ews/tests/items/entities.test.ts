import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, type Id } from '../support/client.ts';
import { allBelow, below, child, names, textAt, type XmlElement } from '../support/xml.ts';
import { forms } from '../support/forms.ts';

// What a delivered message tells of: EntityExtractionResult, [MS-OXWSCORE] 2.2.4.21.
let ews: EwsEmulator;
let alice: EwsClient;
let bob: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, bob] = [new EwsClient(ews), new EwsClient(ews, 'bob')];
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const meeting = "Let's meet for the budget, from 2:00pm to 2:30pm, December 15th, 2026.";
const task = 'Please count the lamps by today.';
const contact = 'Rosa Wells from Department of Harbours, her home phone number is (235) 555-0110, her email is rosa@harbours.test, her blog is http://harbours.test/rosa and her address is 12 Pier Street, Port Ann, WA 98052';
const words = `${meeting} ${task} For the rest contact ${contact}.`;

/** What Bob is told of a message that Alice sends him. */
async function extracted(body = words): Promise<XmlElement | undefined> {
  const to = '<t:ToRecipients><t:Mailbox><t:EmailAddress>bob@example.test</t:EmailAddress></t:Mailbox></t:ToRecipients>';
  (await alice.createItem(`<t:Message><t:Subject>entities</t:Subject><t:Body BodyType="Text">${body}</t:Body>${to}</t:Message>`, { disposition: 'SendAndSaveCopy' })).ok();
  await ews.settle();
  return child(await bob.item(await bob.idBySubject('inbox', 'entities')), 'EntityExtractionResult');
}
const whole = async (): Promise<XmlElement> => (await extracted()) as XmlElement;
const users = (element: XmlElement): (string | undefined)[][] => {
  for (const one of element.children) expect([one.name, names(one)]).toEqual(['EmailUser', ['Name', 'UserId']]);
  return element.children.map((one) => [textAt(one, 'Name'), textAt(one, 'UserId')]);
};

it('MS-OXWSCORE_R1288, MS-OXWSCORE_R1350, MS-OXWSCORE_R1708: the result has all kinds, in their order', async () => {
  const result = await whole();
  expect(names(result)).toEqual(['Addresses', 'MeetingSuggestions', 'TaskSuggestions', 'EmailAddresses', 'Contacts', 'Urls', 'PhoneNumbers']);
});

it.each<[string, string, string, string, string]>([
  ['MS-OXWSCORE_R1134, MS-OXWSCORE_R1712, MS-OXWSCORE_R1714, MS-OXWSCORE_R1750, MS-OXWSCORE_R1754', 'Addresses', 'AddressEntity', 'Address', '12 Pier Street, Port Ann, WA 98052'],
  ['MS-OXWSCORE_R1137, MS-OXWSCORE_R1718, MS-OXWSCORE_R1757, MS-OXWSCORE_R1761', 'EmailAddresses', 'EmailAddressEntity', 'EmailAddress', 'rosa@harbours.test'],
  ['MS-OXWSCORE_R1139, MS-OXWSCORE_R1724, MS-OXWSCORE_R1726, MS-OXWSCORE_R1773, MS-OXWSCORE_R1777', 'Urls', 'UrlEntity', 'Url', 'http://harbours.test/rosa'],
])('%s: %s are a list of %s, each with its %s', async (_ids, list, entity, element, value) => {
  const found = child(await whole(), list) as XmlElement;
  expect(found.children.map((one) => [one.name, names(one), textAt(one, element)])).toEqual([[entity, ['Position', element], value]]);
});

it('MS-OXWSCORE_R1140, MS-OXWSCORE_R1720, MS-OXWSCORE_R1722, MS-OXWSCORE_R1764, MS-OXWSCORE_R1768, MS-OXWSCORE_R1769, MS-OXWSCORE_R1770: telephone numbers as they are written, as digits, and whose they are', async () => {
  const { children } = child(await whole(), 'PhoneNumbers') as XmlElement;
  expect(children.map((one) => [one.name, one.children.map(({ name, text }) => [name, text])])).toEqual([
    ['Phone', [['Position', 'LatestReply'], ['OriginalPhoneString', '(235) 555-0110'], ['PhoneString', '2355550110'], ['Type', 'Home']]],
  ]);
});

it('MS-OXWSCORE_R1135, MS-OXWSCORE_R1504, MS-OXWSCORE_R1505, MS-OXWSCORE_R1083, MS-OXWSCORE_R1088, MS-OXWSCORE_R1089, MS-OXWSCORE_R1090, MS-OXWSCORE_R1091: a meeting with its subject, its sentence and its time', async () => {
  const { children } = below(await whole(), 'MeetingSuggestions');
  expect(children.map(({ name }) => name)).toEqual(['MeetingSuggestion']);
  const [told] = children as [XmlElement];
  expect(['Subject', 'MeetingString', 'StartTime', 'EndTime'].map((name) => textAt(told, name))).toEqual(['budget', meeting, '2026-12-15T14:00:00Z', '2026-12-15T14:30:00Z']);
  for (const name of ['StartTime', 'EndTime']) expect(textAt(told, name)).toMatch(forms.dateTime);
});

it('MS-OXWSCORE_R2935: a meeting has no location', async () => {
  const told = below((await extracted(`${meeting.slice(0, -1)} in the harbour office.`)) as XmlElement, 'MeetingSuggestion');
  expect(names(told)).toEqual(['Position', 'Attendees', 'Subject', 'MeetingString', 'StartTime', 'EndTime']);
});

it('MS-OXWSCORE_R1086, MS-OXWSCORE_R1512, MS-OXWSCORE_R1702, MS-OXWSCORE_R1120, MS-OXWSCORE_R1123, MS-OXWSCORE_R1124: to a meeting come who wrote and who is written to, by name and address', async () => {
  expect(users(below(below(await whole(), 'MeetingSuggestion'), 'Attendees'))).toEqual([['Alice Archer', 'alice@example.test'], ['Bob Baker', 'bob@example.test']]);
});

it('MS-OXWSCORE_R1136, MS-OXWSCORE_R1506, MS-OXWSCORE_R1704, MS-OXWSCORE_R1094, MS-OXWSCORE_R1127, MS-OXWSCORE_R1128: a task with its sentence, for whom it was written to', async () => {
  const { children } = below(await whole(), 'TaskSuggestions');
  expect(children.map((one) => [one.name, names(one), textAt(one, 'TaskString')])).toEqual([['TaskSuggestion', ['Position', 'TaskString', 'Assignees'], task]]);
  expect(users(below(children[0] as XmlElement, 'Assignees'))).toEqual([['Bob Baker', 'bob@example.test']]);
});

describe('a contact', () => {
  const told = async (): Promise<XmlElement> => {
    const { children } = below(await whole(), 'Contacts');
    expect(children.map(({ name }) => name)).toEqual(['Contact']);
    return children[0] as XmlElement;
  };

  it('MS-OXWSCORE_R1138, MS-OXWSCORE_R1507, MS-OXWSCORE_R1508, MS-OXWSCORE_R1097, MS-OXWSCORE_R1100, MS-OXWSCORE_R1101, MS-OXWSCORE_R1106: has the names of the person and of the business, and the words that tell of it', async () => {
    const one = await told();
    expect(names(one)).toEqual(['Position', 'PersonName', 'BusinessName', 'PhoneNumbers', 'Urls', 'EmailAddresses', 'Addresses', 'ContactString']);
    expect(['PersonName', 'BusinessName', 'ContactString'].map((name) => textAt(one, name))).toEqual(['Rosa Wells', 'Department of Harbours', contact]);
  });

  it.each([
    ['MS-OXWSCORE_R1103, MS-OXWSCORE_R1509, MS-OXWSCORE_R1109', 'Urls', 'Url', 'http://harbours.test/rosa'],
    ['MS-OXWSCORE_R1104, MS-OXWSCORE_R1706, MS-OXWSCORE_R1131', 'EmailAddresses', 'EmailAddress', 'rosa@harbours.test'],
    ['MS-OXWSCORE_R1105, MS-OXWSCORE_R1503, MS-OXWSCORE_R1716, MS-OXWSCORE_R1080', 'Addresses', 'Address', '12 Pier Street, Port Ann, WA 98052'],
  ])('%s: has %s, a list of texts', async (_ids, list, element, value) => {
    expect(below(await told(), list).children.map(({ name, text, children }) => [name, text, children])).toEqual([[element, value, []]]);
  });

  it('MS-OXWSCORE_R1102, MS-OXWSCORE_R1510, MS-OXWSCORE_R1511, MS-OXWSCORE_R1112, MS-OXWSCORE_R1115, MS-OXWSCORE_R1116, MS-OXWSCORE_R1117: has telephone numbers as written, as digits, and their type', async () => {
    const { children } = below(await told(), 'PhoneNumbers');
    expect(children.map((one) => [one.name, one.children.map(({ name, text }) => [name, text])])).toEqual([['Phone', [['OriginalPhoneString', '(235) 555-0110'], ['PhoneString', '2355550110'], ['Type', 'Home']]]]);
  });

  it('is somebody with an address in brackets too', async () => {
    const one = below((await extracted('You can write to Otto (otto@harbours.test) too.')) as XmlElement, 'Contact');
    expect(['PersonName', 'ContactString'].map((name) => textAt(one, name))).toEqual(['Otto', 'Otto (otto@harbours.test']);
  });
});

it('MS-OXWSCORE_R1710, MS-OXWSCORE_R1747, MS-OXWSCORE_R1782: every entity says where it was found; what is new is the latest reply', async () => {
  const positions = (result: XmlElement): string[] => allBelow(result, 'Position').map(({ text }) => text);
  expect(new Set(positions(await whole()))).toEqual(new Set(['LatestReply']));
  await ews.reset();
  expect(positions((await extracted('Mine: http://new.test\n\n-----Original Message-----\nYours: http://old.test')) as XmlElement)).toEqual(['LatestReply', 'Other']);
});

it('nothing is told of what has nothing, of drafts, and in tables', async () => {
  expect(await extracted('Nothing to see.')).toBeUndefined();
  const draft: Id = await alice.createMessage(`<t:Body BodyType="Text">${words}</t:Body>`);
  expect(names(await alice.item(draft, 'AllProperties', ['item:EntityExtractionResult']))).not.toContain('EntityExtractionResult');
  await ews.reset();
  await extracted();
  expect((await bob.findItem('inbox', { base: 'AllProperties' })).ok().all('EntityExtractionResult')).toEqual([]);
});
