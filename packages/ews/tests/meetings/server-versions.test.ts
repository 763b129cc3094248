import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator, type EwsEmulatorOptions } from '../../src/index.ts';
import { idIn, people, Person, span } from '../support/meetings.ts';
import { itemRef, shape } from '../support/soap.ts';
import { child, textAt, type XmlElement } from '../support/xml.ts';

const times = span('2027-02-02T10:00:00Z', '2027-02-02T11:00:00Z');
const daily = '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2027-02-02</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';

describe.each<[NonNullable<EwsEmulatorOptions['profile']>, boolean]>([['exchange2013', true], ['exchange2016', false], ['exchangeSE', false]])('%s', (profile, hasThem) => {
  let ews: EwsEmulator;
  let alice: Person;
  let bob: Person;
  beforeAll(async () => {
    ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2027, 0, 5, 9), frozen: true }), seed: 'empty', profile });
    [alice, bob] = [new Person(ews, 'alice'), new Person(ews, 'bob')];
  }, 60_000);
  afterEach(() => ews.reset());
  afterAll(() => ews.close());

  const old = { version: 'Exchange2013' };
  /** The one item of a folder, as clients of Exchange 2013 see it. */
  async function onlyIn(person: Person, folder: string): Promise<XmlElement> {
    const found = (await person.client.call(`<m:FindItem Traversal="Shallow"><m:ItemShape>${shape('IdOnly')}</m:ItemShape><m:ParentFolderIds><t:DistinguishedFolderId Id="${folder}"/></m:ParentFolderIds></m:FindItem>`, old)).ok().first('Items').children;
    expect(found).toHaveLength(1);
    return (await person.client.call(`<m:GetItem><m:ItemShape>${shape('AllProperties')}</m:ItemShape><m:ItemIds>${itemRef(idIn(found[0] as XmlElement))}</m:ItemIds></m:GetItem>`, old)).ok().first('Items').children[0] as XmlElement;
  }
  async function invite(more: string): Promise<void> {
    const content = `<t:Subject>Forecast</t:Subject>${times}${people('RequiredAttendees', 'bob@example.test')}${more}`;
    (await alice.client.call(`<m:CreateItem SendMeetingInvitations="SendOnlyToAll"><m:Items><t:CalendarItem>${content}</t:CalendarItem></m:Items></m:CreateItem>`, old)).ok();
    await ews.organization.settle();
  }

  it.each([['0', 'MS-OXWSMTGS_R35500'], ['1', 'MS-OXWSMTGS_R35501'], ['2', 'MS-OXWSMTGS_R35502']])(`ConferenceType %s is kept with the appointment${hasThem ? ', and told with the request: MS-OXWSMTGS_R355 (%s)' : ', and not told with the request'}`, async (type) => {
    await invite(`<t:ConferenceType>${type}</t:ConferenceType>`);
    expect([textAt(await onlyIn(alice, 'calendar'), 'ConferenceType'), textAt(await onlyIn(bob, 'inbox'), 'ConferenceType')]).toEqual([type, hasThem ? type : undefined]);
  });
  it.each([['a single meeting', '', hasThem], ['a series', daily, true]])('TimeZone of %s', async (_what, more, expected) => {
    await invite(more);
    for (const item of [await onlyIn(alice, 'calendar'), await onlyIn(bob, 'inbox')]) expect(child(item, 'TimeZone') !== undefined).toBe(expected);
  });
});
