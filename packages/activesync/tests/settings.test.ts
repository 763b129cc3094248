import type { ProtocolVersion } from '@fauxchange/wbxml';
import { createActiveSyncEmulator, type ActiveSyncEmulator } from '../src/index.ts';
import { SettingsRequest, SettingsResponse, type OofMessage, type SettingsRequest as Asked } from '../src/schema/settings.ts';
import { eachTest, TestDevice } from './support/client.ts';

const templates = [{ id: '6d9371a6-4e2d-4e97-9a38-202233fed26e', name: 'Company Confidential', description: 'For employees only' }];
let eas: ActiveSyncEmulator;
eachTest({ provisioning: 'none', rightsManagementTemplates: templates }, (emulator) => {
  eas = emulator;
});

const phoneOf = (version: ProtocolVersion = '14.1', user = 'alice'): TestDevice => new TestDevice(eas, user, { version });
const send = async (asked: Asked, phone = phoneOf()) => (await phone.command(SettingsRequest, SettingsResponse, asked)).value ?? [];
const part = async <N extends 'Oof' | 'UserInformation' | 'DevicePassword' | 'DeviceInformation' | 'RightsManagementInformation'>(name: N, asked: Asked, phone?: TestDevice) => {
  const found = (await send(asked, phone)).find(([one]) => one === name);
  return found?.[1] as Extract<Awaited<ReturnType<typeof send>>[number], readonly [N, unknown]>[1] | undefined;
};
const setOof = (members: { OofState?: number; StartTime?: string; EndTime?: string; OofMessage?: OofMessage[] }) => part('Oof', [['Oof', { Set: { OofMessage: [], ...members } }]]);
const getOof = (BodyType = 'Text') => part('Oof', [['Oof', { Get: { BodyType } }]]);
const day = { StartTime: '2026-03-01T08:00:00.000Z', EndTime: '2026-03-02T08:00:00.000Z' };

describe('out of office', () => {
  it('MS-ASCMD_R783 MS-ASCMD_R785 MS-ASCMD_R786 MS-ASCMD_R787 MS-ASCMD_R5867 MS-ASCMD_R793 MS-ASCMD_R794 MS-ASCMD_R795 MS-ASCMD_R796 MS-ASCMD_R5866 MS-ASCMD_R802 MS-ASCMD_R803 MS-ASCMD_R804 MS-ASCMD_R805 MS-ASCMD_R826 MS-ASCMD_R1106 MS-ASCMD_R2251 MS-ASCMD_R4392: each audience has its message', async () => {
    const set = await setOof({ OofState: 1, OofMessage: [
      { AppliesToInternal: true, Enabled: '1', ReplyMessage: 'In', BodyType: 'Text' },
      { AppliesToExternalKnown: true, Enabled: '1', ReplyMessage: 'Out', BodyType: 'Text' },
      { AppliesToExternalUnknown: true, Enabled: '1', ReplyMessage: 'Out', BodyType: 'Text' },
    ] });
    expect(set?.Status).toBe(1);
    const { Status, Get } = (await getOof()) ?? {};
    expect([Status, Get?.OofState]).toEqual([1, 1]);
    expect(Get?.OofMessage).toEqual([
      { AppliesToInternal: true, Enabled: '1', ReplyMessage: 'In', BodyType: 'TEXT' },
      { AppliesToExternalKnown: true, Enabled: '1', ReplyMessage: 'Out', BodyType: 'TEXT' },
      { AppliesToExternalUnknown: true, Enabled: '1', ReplyMessage: 'Out', BodyType: 'TEXT' },
    ]);
    await eas.organization.deliver('From: zoe@elsewhere.test\r\nTo: alice@example.test\r\nSubject: Hi\r\n\r\nHi\r\n', { to: ['alice@example.test'], from: 'zoe@elsewhere.test' });
    await eas.settle();
    expect(eas.organization.outbox.messages().map(({ to }) => to)).toEqual([['zoe@elsewhere.test']]);
  });

  it('MS-ASCMD_R2252 MS-ASCMD_R5677: who is told nothing has neither text nor type', async () => {
    await setOof({ OofState: 1, OofMessage: [{ AppliesToInternal: true, Enabled: '1', ReplyMessage: 'In', BodyType: 'HTML' }, { AppliesToExternalKnown: true, Enabled: '0' }, { AppliesToExternalUnknown: true, Enabled: '0' }] });
    expect((await getOof())?.Get?.OofMessage.slice(1)).toEqual([{ AppliesToExternalKnown: true, Enabled: '0' }, { AppliesToExternalUnknown: true, Enabled: '0' }]);
  });

  it('is given as text or HTML, as asked', async () => {
    await setOof({ OofState: 1, OofMessage: [{ AppliesToInternal: true, Enabled: '1', ReplyMessage: '<html><body><p>Gone &amp; away</p></body></html>', BodyType: 'HTML' }] });
    expect((await getOof('HTML'))?.Get?.OofMessage[0]).toMatchObject({ ReplyMessage: '<html><body><p>Gone &amp; away</p></body></html>', BodyType: 'HTML' });
    expect((await getOof('Text'))?.Get?.OofMessage[0]).toMatchObject({ ReplyMessage: 'Gone & away', BodyType: 'TEXT' });
  });

  it('has a time of its own', async () => {
    expect((await setOof({ OofState: 2, ...day }))?.Status).toBe(1);
    expect((await getOof())?.Get).toMatchObject({ OofState: 2, ...day });
  });

  it.each<[string, Parameters<typeof setOof>[0], number]>([
    ['MS-ASCMD_R3992 MS-ASCMD_R2272: a beginning alone', { OofState: 2, StartTime: day.StartTime }, 2],
    ['MS-ASCMD_R5827 MS-ASCMD_R5681: an end alone', { OofState: 2, EndTime: day.EndTime }, 2],
    ['MS-ASCMD_R3535: a time without a schedule', { OofState: 1, ...day }, 1],
    ['an end before the beginning', { OofState: 2, StartTime: day.EndTime, EndTime: day.StartTime }, 5],
    ['a schedule without a time', { OofState: 2 }, 5],
    ['a state that there is not', { OofState: 3 }, 5],
    ['MS-ASCMD_R5702 MS-ASCMD_R5582 MS-ASCMD_R484: a type of body that there is not', { OofMessage: [{ AppliesToExternalKnown: true, Enabled: '1', ReplyMessage: 'x', BodyType: 'InvalidValue' }] }, 5],
    ['a message for nobody', { OofMessage: [{ Enabled: '1', ReplyMessage: 'x', BodyType: 'Text' }] }, 5],
    ['MS-ASCMD_R5385 MS-ASCMD_R5583 MS-ASCMD_R5194: two texts for those outside', { OofMessage: [{ AppliesToExternalKnown: true, Enabled: '1', ReplyMessage: 'a', BodyType: 'TEXT' }, { AppliesToExternalUnknown: true, Enabled: '1', ReplyMessage: 'b', BodyType: 'TEXT' }] }, 6],
  ])('%s: status %#', async (_what, members, status) => {
    expect((await setOof(members))?.Status).toBe(status);
  });

  it('asked for in a type that there is not', async () => {
    expect(await getOof('RTF')).toEqual({ Status: 5 });
  });
});

describe('the other parts', () => {
  it('MS-ASCMD_R469 MS-ASCMD_R480 MS-ASCMD_R481 MS-ASCMD_R5713 MS-ASCMD_R4387: are done and answered in the order of the request', async () => {
    const asked: Asked = [['UserInformation', { Get: true }], ['DeviceInformation', { Set: { Model: 'M' } }], ['Oof', { Set: { OofState: 1, OofMessage: [] } }]];
    const answer = await send(asked);
    expect(answer.map(([name, value]) => [name, typeof value === 'number' ? value : value.Status])).toEqual([['Status', 1], ['UserInformation', 1], ['DeviceInformation', 1], ['Oof', 1]]);
    expect((await getOof())?.Get?.OofState).toBe(1);
    expect((await send([...asked].reverse())).map(([name]) => name)).toEqual(['Status', 'Oof', 'DeviceInformation', 'UserInformation']);
    expect(eas.devices.find('alice@example.test', 'DEVICE1')?.information).toEqual({ Model: 'M' });
  });

  it('MS-ASCMD_R733 MS-ASCMD_R3679 MS-ASCMD_R5898 MS-ASCMD_R5901 MS-ASCMD_R5905 MS-ASCMD_R5915: the accounts with their addresses, and nothing else of them', async () => {
    expect((await part('UserInformation', [['UserInformation', { Get: true }]]))?.Get).toEqual({ Accounts: [{ EmailAddresses: { SMTPAddress: ['alice@example.test', 'a.archer@example.test'], PrimarySmtpAddress: 'alice@example.test' } }] });
  });

  it('before 14.1 the addresses alone', async () => {
    expect((await part('UserInformation', [['UserInformation', { Get: true }]], phoneOf('12.1')))?.Get).toEqual({ EmailAddresses: { SMTPAddress: ['alice@example.test', 'a.archer@example.test'] } });
  });

  it('MS-ASCMD_R4396: a recovery password is kept if the policy lets it', async () => {
    expect(await part('DevicePassword', [['DevicePassword', { Set: { Password: 'secret' } }]])).toEqual({ Status: 7 });
    eas.policy.change({ PasswordRecoveryEnabled: '1' });
    expect(await part('DevicePassword', [['DevicePassword', { Set: { Password: 'secret' } }]])).toEqual({ Status: 1 });
    expect(eas.devices.find('alice@example.test', 'DEVICE1')?.recoveryPassword).toBe('secret');
  });

  it('MS-ASCMD_R4400: one that is too long is not', async () => {
    eas.policy.change({ PasswordRecoveryEnabled: '1' });
    expect(await part('DevicePassword', [['DevicePassword', { Set: { Password: 'p'.repeat(256) } }]])).toEqual({ Status: 5 });
  });

  it('MS-ASCMD_R3863: rights management tells its templates', async () => {
    expect(await part('RightsManagementInformation', [['RightsManagementInformation', { Get: true }]])).toEqual({
      Status: 1, Get: { 'RightsManagement:RightsManagementTemplates': [{ TemplateID: templates[0]?.id, TemplateName: 'Company Confidential', TemplateDescription: 'For employees only' }] },
    });
  });

  it('MS-ASCMD_R483 MS-ASCMD_R4398 MS-ASCMD_R5845: a part that asks for nothing makes all of it wrong', async () => {
    expect(await send([['UserInformation', { Get: true }], ['DevicePassword', {}]])).toEqual([['Status', 2]]);
    expect(await send([['UserInformation', { Get: true }], ['UserInformation', { Get: true }]])).toEqual([['Status', 2]]);
  });
});

it('without templates rights management is off', async () => {
  await using plain = await createActiveSyncEmulator({ provisioning: 'none' });
  const { value } = await new TestDevice(plain).command(SettingsRequest, SettingsResponse, [['RightsManagementInformation', { Get: true }]]);
  expect(value?.[1]).toEqual(['RightsManagementInformation', { Status: 168, Get: { 'RightsManagement:RightsManagementTemplates': [] } }]);
});
