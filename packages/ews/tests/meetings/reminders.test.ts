import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { deleteField, idOf, setField, type Answer, type Id } from '../support/client.ts';
import { idIn, only, people, Person, span, texts } from '../support/meetings.ts';
import { allBelow, below, child, names, textAt, type XmlElement } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: Person;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2027, 0, 5, 9), frozen: true }), seed: 'empty' });
  alice = new Person(ews, 'alice');
  await alice.client.folderId('calendar');
}, 60_000);
afterEach(() => ews.reset());
afterAll(() => ews.close());

const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

describe('GetReminders', () => {
  const get = (): Promise<Answer> => alice.client.call('<m:GetReminders/>');
  const appointment = (more = ''): Promise<Id> => alice.calendar.create(`<t:Subject>Talk</t:Subject><t:ReminderMinutesBeforeStart>10</t:ReminderMinutesBeforeStart>${span('2027-01-06T08:00:00Z', '2027-01-06T09:00:00Z')}<t:Location>Roof</t:Location>${more}`);
  const task = async (): Promise<Id> => idOf((await alice.client.createItem('<t:Task><t:Subject>Notes</t:Subject><t:ReminderDueBy>2027-01-07T08:00:00Z</t:ReminderDueBy><t:ReminderIsSet>true</t:ReminderIsSet><t:DueDate>2027-01-07T00:00:00Z</t:DueDate></t:Task>', { disposition: null })).ok().first('ItemId'));
  const reminders = async (): Promise<readonly XmlElement[]> => (await get()).ok().all('Reminder');

  it('MS-OXWSMTGS_R2198: is answered; MS-OXWSMTGS_R2032: with Success; MS-OXWSMTGS_R2033: and NoError', async () => {
    const { body } = await get();
    expect([body.name, body.attributes['ResponseClass'], textAt(body, 'ResponseCode')]).toEqual(['GetRemindersResponse', 'Success', 'NoError']);
  });
  it('MS-OXWSMTGS_R2055: Reminders are those that there are; MS-OXWSMTGS_R2072: each a Reminder', async () => {
    expect(names(below((await get()).body, 'Reminders'))).toEqual([]);
    await appointment();
    await task();
    await alice.calendar.create(`<t:Subject>silent</t:Subject><t:ReminderIsSet>false</t:ReminderIsSet>${span('2027-01-06T08:00:00Z', '2027-01-06T09:00:00Z')}`);
    const list = below((await get()).ok().body, 'Reminders');
    expect(list.children.map((one) => [one.name, textAt(one, 'Subject')])).toEqual([['Reminder', 'Talk'], ['Reminder', 'Notes']]);
  });
  it.each([
    ['Subject', 'Talk', 'MS-OXWSMTGS_R2077'], ['Location', 'Roof', 'MS-OXWSMTGS_R2079'], ['ReminderTime', '2027-01-06T07:50:00Z', 'MS-OXWSMTGS_R2081'], ['StartDate', '2027-01-06T08:00:00Z', 'MS-OXWSMTGS_R2083'],
    ['EndDate', '2027-01-06T09:00:00Z', 'MS-OXWSMTGS_R2085'],
  ])('%s is %s (%s)', async (element, value) => {
    await appointment();
    const shown = textAt(only(await reminders()), element);
    expect(shown).toBe(value);
    if (value.endsWith('Z')) expect(shown).toMatch(dateTime);
  });
  it('MS-OXWSMTGS_R2087: ItemId is that of the appointment or the task; MS-OXWSMTGS_R2093: UID its own', async () => {
    const [id, notes] = [await appointment(), await task()];
    const [first, second] = await reminders();
    expect([first && idIn(first).id, second && idIn(second).id]).toEqual([id.id, notes.id]);
    expect(first && textAt(first, 'UID')).toBe(textAt(await alice.calendar.item(id), 'UID'));
    expect(second && textAt(second, 'UID')).toMatch(/./);
  });
  it('MS-OXWSMTGS_R2089: RecurringMasterItemId is that of the series, for an occurrence', async () => {
    const master = await appointment('<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2027-01-06</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>');
    const shown = only(await reminders());
    expect([below(shown, 'RecurringMasterItemId').attributes['Id'], textAt(await alice.calendar.item(idIn(shown)), 'CalendarItemType')]).toEqual([master.id, 'Occurrence']);
    (await alice.calendar.tryRemove(master)).ok();
    await appointment();
    expect(child(only(await reminders()), 'RecurringMasterItemId')).toBeUndefined();
  });
  it('MS-OXWSMTGS_R2091: ReminderGroup tells of which of the two it is; MS-OXWSMTGS_R20911, MS-OXWSMTGS_R2099: Calendar; MS-OXWSMTGS_R20912, MS-OXWSMTGS_R2100: Task', async () => {
    await appointment();
    await task();
    expect((await reminders()).map((one) => texts(one, 'Subject', 'ReminderGroup'))).toEqual([['Talk', 'Calendar'], ['Notes', 'Task']]);
  });

  const act = (ids: readonly Id[], action: string): Promise<Answer> => alice.client.call(`<m:PerformReminderAction><m:ReminderItemActions>${ids.map((id) => `<t:ReminderItemAction><t:ActionType>${action}</t:ActionType><t:ItemId Id="${id.id}" ChangeKey="${id.changeKey}"/></t:ReminderItemAction>`).join('')}</m:ReminderItemActions></m:PerformReminderAction>`);

  it('MS-OXWSMTGS_R2200: PerformReminderAction is done; MS-OXWSMTGS_R2124: with Success; MS-OXWSMTGS_R2125: and NoError', async () => {
    const { body } = await act([await appointment()], 'Dismiss');
    expect([body.name, body.attributes['ResponseClass'], textAt(body, 'ResponseCode'), await reminders()]).toEqual(['PerformReminderActionResponse', 'Success', 'NoError', []]);
  });
  it('MS-OXWSMTGS_R2145: UpdatedItemIds are those that it was done to', async () => {
    const ids = [await appointment(), await task()];
    await appointment();
    const updated = below((await act(ids, 'Dismiss')).ok().body, 'UpdatedItemIds');
    expect(updated.children.map((one) => [one.name, one.attributes['Id']])).toEqual(ids.map(({ id }) => ['ItemId', id]));
    expect(updated.children.map((one) => one.attributes['ChangeKey'])).toEqual([(idIn(await alice.calendar.item(ids[0] as Id))).changeKey, idIn(await alice.client.item(ids[1] as Id)).changeKey]);
  });
});

describe('InboxReminders', () => {
  const times = span('2027-02-02T10:00:00Z', '2027-02-02T11:00:00Z');
  const meeting = (reminders: string): string => `<t:Subject>Forecast</t:Subject>${times}${people('RequiredAttendees', 'bob@example.test')}<t:InboxReminders>${reminders}</t:InboxReminders>`;
  const reminder = (inner = '<t:ReminderOffset>5</t:ReminderOffset><t:Message>This is a reminder</t:Message>'): string => `<t:InboxReminder>${inner}</t:InboxReminder>`;
  const listOf = (item: XmlElement): readonly XmlElement[] => child(item, 'InboxReminders')?.children ?? [];
  const made = async (inner?: string): Promise<{ readonly id: Id; readonly one: XmlElement }> => {
    const id = await alice.calendar.create(meeting(reminder(inner)));
    return { id, one: only(listOf(await alice.calendar.item(id))) };
  };
  const update = async (id: Id, inner: string): Promise<XmlElement> => only(listOf(await alice.calendar.item(await alice.calendar.update(id, setField('calendar:InboxReminders', `<t:InboxReminders>${reminder(inner)}</t:InboxReminders>`, 'CalendarItem')))));

  it('MS-OXWSMTGS_R2004001: are those of the appointment; MS-OXWSMTGS_R2177: as many as were sent', async () => {
    const id = await alice.calendar.create(meeting(reminder() + reminder('<t:ReminderOffset>60</t:ReminderOffset><t:Message>Soon</t:Message>')));
    const list = listOf(await alice.calendar.item(id));
    expect(list.map((one) => [one.name, textAt(one, 'Message')])).toEqual([['InboxReminder', 'This is a reminder'], ['InboxReminder', 'Soon']]);
    expect(list.map(names)).toEqual(Array(2).fill(['Id', 'ReminderOffset', 'Message', 'IsOrganizerReminder', 'OccurrenceChange', 'SendOption']));
  });
  it('MS-OXWSMTGS_R1061: each has an Id, sent or made', async () => {
    const guid = '0d8a6f8e-3f0d-4b47-9d0c-6f0f4f1f6a11';
    const list = listOf(await alice.calendar.item(await alice.calendar.create(meeting(reminder() + reminder() + reminder(`<t:Id>${guid}</t:Id>`)))));
    const ids = list.map((one) => textAt(one, 'Id'));
    expect([ids[2], new Set(ids).size]).toEqual([guid, 3]);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
  it('MS-OXWSMTGS_R1063: ReminderOffset is so many minutes; MS-OXWSMTGS_R1065: Message is what it says', async () => {
    const { id, one } = await made();
    expect(texts(one, 'ReminderOffset', 'Message')).toEqual(['5', 'This is a reminder']);
    expect(texts(await update(id, '<t:ReminderOffset>90</t:ReminderOffset><t:Message>Bring charts</t:Message>'), 'ReminderOffset', 'Message')).toEqual(['90', 'Bring charts']);
  });
  it('MS-OXWSMTGS_R1067: IsOrganizerReminder tells whose it is; MS-OXWSMTGS_R1339: true of the organizer\'s; MS-OXWSMTGS_R1340: and else false', async () => {
    const { id, one } = await made();
    expect([textAt(one, 'IsOrganizerReminder'), textAt(await update(id, '<t:IsOrganizerReminder>true</t:IsOrganizerReminder>'), 'IsOrganizerReminder')]).toEqual(['false', 'true']);
  });
  it('MS-OXWSMTGS_R116902: whose is not set goes to AllAttendees where it is the organizer\'s; MS-OXWSMTGS_R116903: and else to the User', async () => {
    const notSet = '<t:SendOption>NotSet</t:SendOption>';
    const { id, one } = await made(`<t:IsOrganizerReminder>true</t:IsOrganizerReminder>${notSet}`);
    expect([textAt(one, 'SendOption'), textAt(await update(id, `<t:IsOrganizerReminder>false</t:IsOrganizerReminder>${notSet}`), 'SendOption')]).toEqual(['AllAttendees', 'User']);
  });
  it.each([['None', 'MS-OXWSMTGS_R1163'], ['Added', 'MS-OXWSMTGS_R1164'], ['Override', 'MS-OXWSMTGS_R1165'], ['Deleted', 'MS-OXWSMTGS_R1166']])('OccurrenceChange %s is kept (%s)', async (change) => {
    const { id, one } = await made(`<t:OccurrenceChange>${change}</t:OccurrenceChange>`);
    const other = change === 'None' ? 'Added' : 'None';
    expect([textAt(one, 'OccurrenceChange'), textAt(await update(id, `<t:OccurrenceChange>${other}</t:OccurrenceChange>`), 'OccurrenceChange')]).toEqual([change, other]);
  });
  it('go when they are deleted; and not to those who are invited', async () => {
    const id = await alice.invite(meeting(reminder()));
    const bob = new Person(ews, 'bob');
    const placed = only(await bob.calendar.view('2027-02-01T00:00:00Z', '2027-03-01T00:00:00Z'));
    expect([allBelow(await bob.request(), 'InboxReminders'), allBelow(await bob.calendar.item(idIn(placed)), 'InboxReminders'), listOf(await alice.calendar.item(id)).length]).toEqual([[], [], 1]);
    expect(listOf(await alice.calendar.item(await alice.calendar.update(id, deleteField('calendar:InboxReminders'))))).toEqual([]);
  });
  it('what somebody wrote under their name is no reminder', async () => {
    const property = '<t:ExtendedProperty><t:ExtendedFieldURI DistinguishedPropertySetId="Appointment" PropertyName="InboxReminders" PropertyType="String"/><t:Value>[{}, 1, "x"</t:Value></t:ExtendedProperty>';
    expect(listOf(await alice.calendar.item(await alice.calendar.create(property + times)))).toEqual([]);
  });
});
