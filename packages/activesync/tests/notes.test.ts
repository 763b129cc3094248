import type { ApplicationData } from '../src/schema/application-data.ts';
import { noOptions, type SyncExtras } from './support/client.ts';
import { addItem, allOf, changeItem, dataOf, statusOfAdd, statusOfChange, useFolder } from './support/items.ts';

const at = useFolder('Notes');

const note: ApplicationData = { 'Notes:Subject': 'Shopping', 'Notes:MessageClass': 'IPM.StickyNote', 'Notes:Categories': ['Home', 'Blue'], 'AirSyncBase:Body': { Type: 1, Data: 'milk, bread' } };
const preferring = (Type: number): SyncExtras => ({ Options: [{ ...noOptions, 'AirSyncBase:BodyPreference': [{ Type }] }] });

describe('a note', () => {
  it('MS-ASNOTE_R58 MS-ASNOTE_R211 MS-ASNOTE_R126 MS-ASNOTE_R123: is told with its subject, class, categories, text and time in an Add', async () => {
    const serverId = await addItem(at.phone, at.collection, note);
    const data = await dataOf(at.eas, 'Notes', serverId);
    expect(data).toMatchObject({ 'Notes:Subject': 'Shopping', 'Notes:MessageClass': 'IPM.StickyNote', 'Notes:Categories': ['Home', 'Blue'], 'AirSyncBase:Body': { Type: 1, Data: 'milk, bread' } });
    expect(data['Notes:LastModifiedDate']).toMatch(/^\d{8}T\d{6}Z$/);
    expect((await at.itemOf(serverId)).itemClass).toBe('IPM.StickyNote');
  });
  it('MS-ASNOTE_R210: arrives in a Change when somebody else changes it', async () => {
    const serverId = await addItem(at.phone, at.collection, note);
    await at.session.updateItem((await at.itemOf(serverId)).id, { properties: { PidTagSubject: 'Shopping soon' } });
    expect((await at.phone.sync(at.collection))?.Commands).toMatchObject([['Change', { ServerId: serverId, ApplicationData: { 'Notes:Subject': 'Shopping soon', 'Notes:Categories': ['Home', 'Blue'], 'AirSyncBase:Body': { Data: 'milk, bread' } } }]]);
  });
  it('MS-ASNOTE_R128 MS-ASNOTE_R208: every note of the folder is told, be there none or several', async () => {
    expect(await allOf(at.eas, 'Notes')).toEqual([]);
    for (const subject of ['one', 'two', 'three']) await addItem(at.phone, at.collection, { ...note, 'Notes:Subject': subject });
    expect((await allOf(at.eas, 'Notes')).map(({ data }) => data['Notes:Subject'])).toEqual(['one', 'two', 'three']);
  });
  it.each([
    ['MS-ASNOTE_R38', 1, 'milk & bread', 'milk & bread'],
    ['MS-ASNOTE_R39', 2, '<p>milk &amp; bread</p>', '<p>milk &amp; bread</p>'],
  ] as const)('%s: its text may be of type %i', async (_id, Type, Data, expected) => {
    const serverId = await addItem(at.phone, at.collection, { ...note, 'AirSyncBase:Body': { Type, Data } });
    expect((await dataOf(at.eas, 'Notes', serverId, { extras: preferring(Type) }))['AirSyncBase:Body']).toMatchObject({ Type, Data: expected });
  });
  it('MS-ASNOTE_R40: its text may be of type 3, base64 of compressed RTF', async () => {
    const serverId = await addItem(at.phone, at.collection, note);
    const rtf = (await dataOf(at.eas, 'Notes', serverId, { extras: preferring(3) }))['AirSyncBase:Body'];
    expect(rtf?.Type).toBe(3);
    const again = await addItem(at.phone, at.collection, { ...note, 'AirSyncBase:Body': { Type: 3, Data: rtf?.Data } });
    expect((await dataOf(at.eas, 'Notes', again, { extras: preferring(3) }))['AirSyncBase:Body']).toMatchObject({ Type: 3, Data: rtf?.Data });
    expect((await at.itemOf(again)).body?.native).toBe('rtf');
  });
});

describe('what a Change leaves out', () => {
  it('MS-ASNOTE_R112: categories go', async () => {
    const serverId = await addItem(at.phone, at.collection, note);
    await changeItem(at.phone, at.collection, serverId, { 'Notes:Subject': 'Shopping' });
    expect((await dataOf(at.eas, 'Notes', serverId))['Notes:Categories']).toBeUndefined();
  });
  it('MS-ASNOTE_R10002: one category that is not listed goes', async () => {
    const serverId = await addItem(at.phone, at.collection, note);
    await changeItem(at.phone, at.collection, serverId, { 'Notes:Categories': ['Blue'] });
    expect((await dataOf(at.eas, 'Notes', serverId))['Notes:Categories']).toEqual(['Blue']);
  });
  it('MS-ASNOTE_R113 MS-ASNOTE_R10003: body and subject stay', async () => {
    const serverId = await addItem(at.phone, at.collection, note);
    await changeItem(at.phone, at.collection, serverId, { 'Notes:Categories': ['Blue'] });
    expect(await dataOf(at.eas, 'Notes', serverId)).toMatchObject({ 'Notes:Subject': 'Shopping', 'AirSyncBase:Body': { Data: 'milk, bread' } });
  });
});

describe('LastModifiedDate', () => {
  it('MS-ASNOTE_R51 MS-ASNOTE_R84 MS-ASNOTE_R209: is when the note was changed, whatever the client says', async () => {
    const serverId = await addItem(at.phone, at.collection, { ...note, 'Notes:LastModifiedDate': '19990101T000000Z' });
    const made = (await dataOf(at.eas, 'Notes', serverId))['Notes:LastModifiedDate'];
    await at.eas.clock.advance(3_600_000);
    await changeItem(at.phone, at.collection, serverId, { 'Notes:Subject': 'Later', 'Notes:LastModifiedDate': '19990101T000000Z' });
    const changed = (await dataOf(at.eas, 'Notes', serverId))['Notes:LastModifiedDate'];
    const hours = (text = ''): number => Date.parse(text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')) / 3_600_000;
    expect(hours(changed) - hours(made)).toBeCloseTo(1, 1);
    expect(hours(made) * 3_600_000).toBeGreaterThan(Date.UTC(2020, 0, 1));
  });
});

describe('what is refused', () => {
  it('MS-ASNOTE_R119: a class that is none of a note', async () => {
    expect(await statusOfAdd(at.phone, at.collection, { ...note, 'Notes:MessageClass': 'IPM.Note' })).toBe(6);
    expect(await statusOfAdd(at.phone, at.collection, { ...note, 'Notes:MessageClass': 'IPM.StickyNotes' })).toBe(6);
    expect(await statusOfChange(at.phone, at.collection, await addItem(at.phone, at.collection, note), { 'Notes:MessageClass': 'IPM.Task' })).toBe(6);
  });
  it('MS-ASNOTE_R114: Supported, since notes have nothing to ghost', async () => {
    await expect(at.phone.sync(at.collection, { Supported: {} }, '0')).rejects.toThrow('Sync answered 4');
  });
  it('another class of notes is fine', async () => {
    expect((await dataOf(at.eas, 'Notes', await addItem(at.phone, at.collection, { ...note, 'Notes:MessageClass': 'IPM.StickyNote.Mine' })))['Notes:MessageClass']).toBe('IPM.StickyNote.Mine');
  });
  it('more than 300 categories', async () => expect(await statusOfAdd(at.phone, at.collection, { ...note, 'Notes:Categories': Array.from({ length: 301 }, (_, index) => `c${index}`) })).toBe(6));
});
