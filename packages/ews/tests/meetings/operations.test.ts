import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { masterRef, occurrenceRef } from '../support/calendar.ts';
import { setField, type Answer, type Id } from '../support/client.ts';
import { idIn, only, people, Person, setCalendar, span, texts } from '../support/meetings.ts';
import { itemRef } from '../support/soap.ts';
import { textAt } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: Person;
let bob: Person;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2027, 0, 5, 9), frozen: true }), seed: 'empty' });
  [alice, bob] = [new Person(ews, 'alice'), new Person(ews, 'bob')];
  await alice.client.folderId('calendar');
}, 60_000);
afterEach(() => ews.reset());
afterAll(() => ews.close());

const times = span('2027-02-02T10:00:00Z', '2027-02-02T11:00:00Z');
const daily = '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2027-02-02</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';
const single = (): Promise<Id> => alice.calendar.create(`<t:Subject>Once</t:Subject>${times}`);
const series = (): Promise<Id> => alice.calendar.create(`<t:Subject>Often</t:Subject>${times}${daily}`);
const occurrenceOf = async (master: Id, index = 1): Promise<Id> => idIn(await alice.calendar.item(occurrenceRef(master, index)));
const call = (operation: string, reference: string): Promise<Answer> => alice.client.call(`<m:${operation}><m:ToFolderId><t:DistinguishedFolderId Id="deleteditems"/></m:ToFolderId><m:ItemIds>${reference}</m:ItemIds></m:${operation}>`);
/** The name of the message, its class and its code. */
const told = ({ messages }: Answer): (string | undefined)[] => messages.flatMap((message) => [message.name, message.attributes['ResponseClass'], textAt(message, 'ResponseCode')]);
const success = (operation: string): string[] => [`${operation}ResponseMessage`, 'Success', 'NoError'];
const failure = (operation: string, code: string): string[] => [`${operation}ResponseMessage`, 'Error', code];
const notMaster = 'ErrorCalendarCannotUseIdForRecurringMasterId';
const notOccurrence = 'ErrorCalendarCannotUseIdForOccurrenceId';

describe.each([['CopyItem', 1], ['MoveItem', 0]])('%s', (operation, left) => {
  const inCalendar = async (): Promise<number> => (await alice.client.findItem('calendar')).ok().all('CalendarItem').length;
  const there = async (): Promise<(string | undefined)[][]> => (await alice.items('deleteditems')).map((one) => texts(one, 'Subject', 'CalendarItemType'));
  const ids = operation === 'CopyItem'
    ? { single: 'MS-OXWSMTGS_R602', success: 'MS-OXWSMTGS_R1188', noError: 'MS-OXWSMTGS_R1189', error: 'MS-OXWSMTGS_R1190', occurrence: 'MS-OXWSMTGS_R1193', wrong: 'MS-OXWSMTGS_R1194', master: 'MS-OXWSMTGS_R806' }
    : { single: 'MS-OXWSMTGS_R640', success: 'MS-OXWSMTGS_R1226', noError: 'MS-OXWSMTGS_R1227', error: 'MS-OXWSMTGS_R1228', occurrence: 'MS-OXWSMTGS_R1231', wrong: 'MS-OXWSMTGS_R1232', master: 'MS-OXWSMTGS_R808' };

  it(`${ids.single}: what does not recur is named by its ItemId, and by no other id; ${ids.success}: the answer is Success; ${ids.noError}: and NoError`, async () => {
    const id = await single();
    expect([told(await call(operation, occurrenceRef(id, 1))), told(await call(operation, masterRef(id)))]).toEqual([failure(operation, notMaster), failure(operation, notOccurrence)]);
    expect(await there()).toEqual([]);
    expect(told(await call(operation, itemRef(id)))).toEqual(success(operation));
    expect([await there(), await inCalendar()]).toEqual([[['Once', 'Single']], left]);
  });
  it(`${ids.master}: a series may be named by any of its occurrences`, async () => {
    const occurrence = await occurrenceOf(await series(), 2);
    expect(told(await call(operation, masterRef(occurrence)))).toEqual(success(operation));
    expect([await there(), await inCalendar()]).toEqual([[['Often', 'RecurringMaster']], left]);
  });
  it(`${ids.error}: else the answer is Error; ${ids.occurrence}: for an occurrence, however it is named`, async () => {
    const master = await series();
    for (const reference of [itemRef(await occurrenceOf(master)), occurrenceRef(master, 2)]) {
      expect(told(await call(operation, reference))).toEqual(failure(operation, 'ErrorCalendarCannotMoveOrCopyOccurrence'));
    }
    expect([await there(), await inCalendar()]).toEqual([[], 1]);
  });
  it(`${ids.wrong}: ids of other things are none of ${operation === 'CopyItem' ? 'a master' : 'an occurrence'}`, async () => {
    const id = await single();
    const [reference, code] = operation === 'CopyItem' ? [occurrenceRef(id, 1), notMaster] : [masterRef(id), notOccurrence];
    expect(told(await call(operation, reference))).toEqual(failure(operation, code));
  });
});

describe('GetItem', () => {
  it('MS-OXWSMTGS_R630: what does not recur is named by its ItemId; MS-OXWSMTGS_R1217: the answer is Success; MS-OXWSMTGS_R1218: and NoError', async () => {
    const id = await single();
    const answer = await alice.calendar.get(id);
    expect([told(answer), textAt(answer.first('CalendarItem'), 'Subject')]).toEqual([success('GetItem'), 'Once']);
    expect([told(await alice.calendar.get(occurrenceRef(id, 1))), told(await alice.calendar.get(masterRef(id)))]).toEqual([failure('GetItem', notMaster), failure('GetItem', notOccurrence)]);
  });
  it('MS-OXWSMTGS_R807: a series is named by an occurrence, and an occurrence by its place in the series', async () => {
    const master = await series();
    const found = await alice.calendar.item(masterRef(await occurrenceOf(master, 3)));
    expect([idIn(found).id, textAt(found, 'CalendarItemType')]).toEqual([master.id, 'RecurringMaster']);
    expect(texts(await alice.calendar.item(occurrenceRef(master, 3)), 'CalendarItemType', 'Start')).toEqual(['Occurrence', '2027-02-04T10:00:00Z']);
  });
  it('MS-OXWSMTGS_R1222: what is no occurrence is not taken for one; MS-OXWSMTGS_R1223: nor what is no master', async () => {
    const [id, master] = [await single(), await series()];
    for (const wrong of [id, master]) expect(told(await alice.calendar.get(masterRef(wrong)))).toEqual(failure('GetItem', notOccurrence));
    for (const wrong of [id, await occurrenceOf(master)]) expect(told(await alice.calendar.get(occurrenceRef(wrong, 1)))).toEqual(failure('GetItem', notMaster));
  });
});

describe('CreateItem', () => {
  it('MS-OXWSMTGS_R1198: the answer is Success; MS-OXWSMTGS_R1199: and NoError', async () => {
    expect(told(await alice.calendar.tryCreate(times))).toEqual(success('CreateItem'));
  });
  it('MS-OXWSMTGS_R1200: else it is Error; MS-OXWSMTGS_R1203: for more than five years', async () => {
    expect(told(await alice.calendar.tryCreate(span('2027-02-02T10:00:00Z', '2032-02-02T10:00:01Z')))).toEqual(failure('CreateItem', 'ErrorCalendarDurationIsTooLong'));
    expect(told(await alice.calendar.tryCreate(span('2027-02-02T10:00:00Z', '2032-02-02T10:00:00Z')))).toEqual(success('CreateItem'));
  });
  it('MS-OXWSMTGS_R1204: the end is not before the start', async () => {
    expect(told(await alice.calendar.tryCreate(span('2027-02-02T10:00:00Z', '2027-02-02T09:59:59Z')))).toEqual(failure('CreateItem', 'ErrorCalendarEndDateIsEarlierThanStartDate'));
  });
});

describe('DeleteItem', () => {
  it('MS-OXWSMTGS_R619: what does not recur is named by its ItemId; MS-OXWSMTGS_R1207: the answer is Success; MS-OXWSMTGS_R1208: and NoError', async () => {
    const id = await single();
    expect(told(await alice.calendar.tryRemove(occurrenceRef(id, 1)))).toEqual(failure('DeleteItem', notMaster));
    expect(told(await alice.calendar.tryRemove(id))).toEqual(success('DeleteItem'));
    expect((await alice.calendar.get(id)).codes).toEqual(['ErrorItemNotFound']);
  });
  it('MS-OXWSMTGS_R620: an occurrence is named by its place, a series by an occurrence', async () => {
    const master = await series();
    expect(told(await alice.calendar.tryRemove(occurrenceRef(master, 2)))).toEqual(success('DeleteItem'));
    expect((await alice.calendar.view('2027-02-01T00:00:00Z', '2027-03-01T00:00:00Z')).map((one) => textAt(one, 'Start')?.slice(8, 10))).toEqual(['02', '04']);
    expect(told(await alice.calendar.tryRemove(masterRef(await occurrenceOf(master))))).toEqual(success('DeleteItem'));
    expect((await alice.calendar.get(master)).codes).toEqual(['ErrorItemNotFound']);
  });
  it('MS-OXWSMTGS_R1209: else the answer is Error; MS-OXWSMTGS_R1212: for what is no occurrence', async () => {
    for (const wrong of [await single(), await series()]) {
      expect(told(await alice.calendar.tryRemove(masterRef(wrong)))).toEqual(failure('DeleteItem', notOccurrence));
      expect((await alice.calendar.get(wrong)).codes).toEqual(['NoError']);
    }
  });
  it('MS-OXWSMTGS_R1213: without SendMeetingCancellations it is an error; MS-OXWSMTGS_R1214: with it it is none', async () => {
    const id = await single();
    expect(told(await alice.calendar.tryRemove(id, null))).toEqual(failure('DeleteItem', 'ErrorSendMeetingCancellationsRequired'));
    expect(told(await alice.calendar.tryRemove(id, 'SendToNone'))).toEqual(success('DeleteItem'));
  });
});

describe('UpdateItem', () => {
  const place = setCalendar('Location', 'Roof');

  it('MS-OXWSMTGS_R650: what does not recur is named by its ItemId; MS-OXWSMTGS_R1235: the answer is Success; MS-OXWSMTGS_R1236: and NoError', async () => {
    const id = await single();
    for (const [wrong, code] of [[occurrenceRef(id, 1), notMaster], [masterRef(id), notOccurrence]] as const) expect(told(await alice.calendar.tryUpdate(wrong, place))).toEqual(failure('UpdateItem', code));
    const answer = await alice.calendar.tryUpdate(id, place);
    expect([told(answer), textAt(await alice.calendar.item(idIn(answer.body)), 'Location')]).toEqual([success('UpdateItem'), 'Roof']);
  });
  it('MS-OXWSMTGS_R651: an occurrence is named by its place, a series by an occurrence', async () => {
    const master = await series();
    const locations = async (): Promise<(string | undefined)[]> => (await alice.calendar.view('2027-02-01T00:00:00Z', '2027-03-01T00:00:00Z')).map((one) => textAt(one, 'Location'));
    expect(told(await alice.calendar.tryUpdate(occurrenceRef(master, 2), place))).toEqual(success('UpdateItem'));
    expect(await locations()).toEqual([undefined, 'Roof', undefined]);
    expect(told(await alice.calendar.tryUpdate(masterRef(await occurrenceOf(master)), setCalendar('Location', 'Cellar')))).toEqual(success('UpdateItem'));
    expect(await locations()).toEqual(['Cellar', 'Roof', 'Cellar']);
  });
  it('MS-OXWSMTGS_R1237: else the answer is Error; MS-OXWSMTGS_R1244: for more than five years', async () => {
    expect(told(await alice.calendar.tryUpdate(await single(), setCalendar('End', '2032-02-02T10:00:01Z')))).toEqual(failure('UpdateItem', 'ErrorCalendarDurationIsTooLong'));
  });
  it('MS-OXWSMTGS_R1240: without MessageDisposition there is an error; MS-OXWSMTGS_R1241: for messages that are created or updated', async () => {
    const id = await alice.client.createMessage();
    const updates = setField('item:Subject', '<t:Subject>x</t:Subject>');
    expect(told(await alice.client.updateItem(id, updates, { disposition: null }))).toEqual(failure('UpdateItem', 'ErrorMessageDispositionRequired'));
    expect(told(await alice.client.createItem('<t:Message><t:Subject>x</t:Subject></t:Message>', { disposition: null }))).toEqual(failure('CreateItem', 'ErrorMessageDispositionRequired'));
    expect(told(await alice.client.updateItem(id, updates))).toEqual(success('UpdateItem'));
  });
  it('MS-OXWSMTGS_R1342: and for answers to meetings and their cancellation', async () => {
    const id = await alice.invite(`<t:Subject>Forecast</t:Subject>${times}${people('RequiredAttendees', 'bob@example.test')}`);
    const request = idIn(only(await bob.ofKind('MeetingRequest')));
    for (const element of ['AcceptItem', 'DeclineItem', 'TentativelyAcceptItem']) {
      expect(told(await bob.respond(element, request, { disposition: null }))).toEqual(failure('CreateItem', 'ErrorMessageDispositionRequired'));
    }
    expect(told(await alice.respond('CancelCalendarItem', id, { disposition: null }))).toEqual(failure('CreateItem', 'ErrorMessageDispositionRequired'));
    expect(told(await alice.respond('CancelCalendarItem', id))).toEqual(success('CreateItem'));
  });
});
