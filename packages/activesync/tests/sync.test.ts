import { createActiveSyncEmulator, type ActiveSyncEmulator } from '../src/index.ts';
import { TestDevice } from './support/client.ts';

let eas: ActiveSyncEmulator;
let phone: TestDevice;
let inbox: string;
beforeAll(async () => {
  eas = await createActiveSyncEmulator({ provisioning: 'none' });
});
beforeEach(async () => {
  await eas.reset();
  phone = new TestDevice(eas);
  inbox = await phone.collectionId('Inbox');
});
afterAll(() => eas.close());

const deliver = (subject: string, to = 'alice'): Promise<void> => eas.organization.deliver(`From: zoe@elsewhere.test\r\nSubject: ${subject}\r\n\r\nHi\r\n`, { to: [`${to}@example.test`] });

describe('a mail folder', () => {
  it('is told whole, newest first, in windows', async () => {
    await phone.sync(inbox);
    const first = await phone.sync(inbox, { WindowSize: 20 });
    expect([first?.Commands?.length, first?.MoreAvailable]).toEqual([20, true]);
    const second = await phone.sync(inbox, { WindowSize: 20 });
    expect([second?.Commands?.length, second?.MoreAvailable]).toEqual([7, undefined]);
    expect(await phone.sync(inbox)).toBeUndefined();
  });

  it('tells what arrived, changed and went, each once', async () => {
    const all = await phone.syncAll(inbox);
    await deliver('new');
    const told = await phone.sync(inbox);
    expect(told?.Commands?.map(([kind, command]) => [kind, 'ApplicationData' in command ? command.ApplicationData['Email:Subject'] : ''])).toEqual([['Add', 'new']]);
    const first = all[0]?.[1].ServerId ?? '';
    const changed = await phone.change(inbox, [['Change', { ServerId: first, ApplicationData: { 'Email:Read': true } }]]);
    expect([changed.Commands, changed.Responses]).toEqual([undefined, undefined]);
    expect(await phone.sync(inbox)).toBeUndefined();
    const gone = await phone.change(inbox, [['Delete', { ServerId: first }]]);
    expect(gone.Commands).toBeUndefined();
    expect(await phone.sync(inbox)).toBeUndefined();
  });

  it('takes the key before the last one, and no other', async () => {
    await phone.syncAll(inbox);
    await deliver('one');
    const key = phone.keys.get(inbox) ?? '';
    const once = await phone.sync(inbox, {}, key);
    const again = await phone.sync(inbox, {}, key);
    expect(again?.Commands?.map(([kind, { ServerId }]) => [kind, ServerId])).toEqual(once?.Commands?.map(([kind, { ServerId }]) => [kind, ServerId]));
    expect(await phone.sync(inbox)).toBeUndefined();
    expect((await phone.sync(inbox, {}, key))?.Status).toBe(3);
    expect((await phone.sync(inbox, {}, '77'))?.Status).toBe(3);
  });
});
