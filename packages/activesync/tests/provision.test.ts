import type { ProtocolVersion, ValueOf } from '@fauxchange/wbxml';
import { createActiveSyncEmulator, type ActiveSyncEmulator } from '../src/index.ts';
import { FolderSyncRequest, FolderSyncResponse } from '../src/schema/folder-hierarchy.ts';
import { ProvisionRequest, ProvisionResponse } from '../src/schema/provision.ts';
import { eachTest, TestDevice } from './support/client.ts';

let eas: ActiveSyncEmulator;
eachTest({}, (emulator) => {
  eas = emulator;
});

const TYPE = 'MS-EAS-Provisioning-WBXML';
const information = { 'Settings:DeviceInformation': { Set: { Model: 'Test', OS: 'TestOS 1' } } };
type Policy = NonNullable<ValueOf<typeof ProvisionRequest>['Policies']>['Policy'];
const newPhone = (version: ProtocolVersion = '14.1'): TestDevice => new TestDevice(eas, 'alice', { version, policyKey: '0' });
const send = async (phone: TestDevice, value: ValueOf<typeof ProvisionRequest>) => (await phone.command(ProvisionRequest, ProvisionResponse, value)).value;
const policy = (phone: TestDevice, one: Partial<Policy>) => send(phone, { Policies: { Policy: { PolicyType: TYPE, ...one } } });
const folderSync = async (phone: TestDevice) => {
  const { status, value } = await phone.command(FolderSyncRequest, FolderSyncResponse, { SyncKey: '0' });
  return status === 200 ? value?.Status : status;
};

/** Both phases. */
async function provisioned(version?: ProtocolVersion): Promise<TestDevice> {
  const phone = newPhone(version);
  const first = await policy(phone, {});
  const second = await policy(phone, { PolicyKey: first?.Policies?.Policy.PolicyKey, Status: '1' });
  phone.policyKey = second?.Policies?.Policy.PolicyKey;
  return phone;
}

describe('the two phases', () => {
  it('MS-ASPROV_R209 MS-ASPROV_R310 MS-ASPROV_R417 MS-ASPROV_R486 MS-ASPROV_R441 MS-ASPROV_R466 MS-ASPROV_R495 MS-ASPROV_R678 MS-ASPROV_R688 MS-ASPROV_R703 MS-ASPROV_R378 MS-ASPROV_R394 MS-ASPROV_R888: the first hands out settings with a key', async () => {
    const answer = await send(newPhone(), { ...information, Policies: { Policy: { PolicyType: TYPE } } });
    const { Policy } = answer?.Policies ?? {};
    expect(answer?.Status).toBe(1);
    expect(Object.keys(Policy ?? {})).toEqual(['PolicyType', 'Status', 'PolicyKey', 'Data']);
    expect([Policy?.PolicyType, Policy?.Status, Policy?.PolicyKey]).toEqual([TYPE, 1, expect.stringMatching(/^[1-9]\d+$/)]);
    expect(Policy?.Data?.EASProvisionDoc).toMatchObject({ DevicePasswordEnabled: '0', AttachmentsEnabled: '1', MaxAttachmentSize: '', AllowBluetooth: '2' });
    expect(answer?.['Settings:DeviceInformation']).toEqual({ Status: 1 });
    expect(eas.devices.find('alice@example.test', 'device1')?.information).toEqual({ Model: 'Test', OS: 'TestOS 1' });
  });

  it('MS-ASPROV_R601 MS-ASPROV_R605 MS-ASPROV_R419 MS-ASPROV_R662 MS-ASPROV_R509: the second gives the key that lets the device in', async () => {
    const phone = newPhone();
    expect(await folderSync(phone)).toBe(142);
    const first = await policy(phone, {});
    const second = await policy(phone, { PolicyKey: first?.Policies?.Policy.PolicyKey, Status: '1' });
    const { Policy } = second?.Policies ?? {};
    expect(Object.keys(Policy ?? {})).toEqual(['PolicyType', 'Status', 'PolicyKey']);
    expect([second?.Status, Policy?.Status]).toEqual([1, 1]);
    phone.policyKey = first?.Policies?.Policy.PolicyKey;
    expect(await folderSync(phone)).toBe(144);
    phone.policyKey = Policy?.PolicyKey;
    expect(await folderSync(phone)).toBe(1);
  });

  it('MS-ASPROV_R650: the first key acknowledges once', async () => {
    const phone = newPhone();
    const key = (await policy(phone, {}))?.Policies?.Policy.PolicyKey;
    expect((await policy(phone, { PolicyKey: key, Status: '1' }))?.Policies?.Policy.Status).toBe(1);
    expect((await policy(phone, { PolicyKey: key, Status: '1' }))?.Policies?.Policy.Status).toBe(5);
  });

  it.each([
    ['MS-ASPROV_R380 MS-ASPROV_R471 MS-ASPROV_R502: an unknown type', { PolicyType: 'x' }, 3],
    ['MS-ASPROV_R382 MS-ASPROV_R475 MS-ASPROV_R761 MS-ASPROV_R657 MS-ASPROV_R692 MS-ASPROV_R695 MS-ASPROV_R507 MS-ASPROV_R708: a key that was not handed out', { PolicyKey: '1234', Status: '1' }, 5],
  ])('%s is a status of the policy', async (_what, sent, status) => {
    const phone = newPhone();
    await policy(phone, {});
    const answer = await policy(phone, sent);
    expect([answer?.Status, answer?.Policies?.Policy.Status, answer?.Policies?.Policy.Data]).toEqual([1, status, undefined]);
  });

  it.each([
    ['MS-ASPROV_R681 MS-ASPROV_R684 MS-ASPROV_R1046 MS-ASPROV_R697: applies it in part', '2', 139],
    ['MS-ASPROV_R461 MS-ASPROV_R686 MS-ASPROV_R687 MS-ASCMD_R4917: is managed elsewhere', '4', 145],
  ])('%s: refused', async (_what, Status, status) => {
    const phone = newPhone();
    const first = await policy(phone, {});
    expect((await policy(phone, { PolicyKey: first?.Policies?.Policy.PolicyKey, Status }))?.Status).toBe(status);
  });

  it('MS-ASPROV_R395 MS-ASPROV_R450 MS-ASPROV_R497 MS-ASPROV_R679: a request that is none is status 2', async () => {
    const phone = newPhone();
    // <Provision><Policy/></Provision>
    const response = await phone.post('Provision', Buffer.from('03016a00000e454701'.replace('4701', '0701'), 'hex'));
    expect(Buffer.from(await response.arrayBuffer()).toString('hex')).toBe('03016a00000e454b0332000101');
  });
});

describe('who is let in', () => {
  it.each<[string, ProtocolVersion, string | undefined, number]>([
    ['MS-ASPROV_R458 MS-ASPROV_R682 MS-ASPROV_R685: without a key', '14.1', undefined, 141],
    ['with key 0', '16.1', '0', 142],
    ['MS-ASPROV_R537: with another key', '14.0', '99', 144],
    ['without a key, as HTTP has it', '12.1', undefined, 449],
    ['with key 0, as HTTP has it', '12.0', '0', 449],
  ])('%s (%s): refused', async (_what, version, key, status) => {
    const phone = await provisioned(version);
    phone.policyKey = key;
    expect(await folderSync(phone)).toBe(status);
  });

  it('the key may be a parameter of the query', async () => {
    const phone = await provisioned();
    const query = { PolicyKey: phone.policyKey ?? '' };
    phone.policyKey = undefined;
    expect((await phone.command(FolderSyncRequest, FolderSyncResponse, { SyncKey: '0' }, {}, query)).value?.Status).toBe(1);
  });

  it('MS-ASPROV_R1044 MS-ASPROV_R1045: a changed policy has to be fetched again', async () => {
    const phone = await provisioned();
    eas.policy.change({ MinDevicePasswordLength: '6', DevicePasswordEnabled: '1' });
    expect(await folderSync(phone)).toBe(143);
    expect((await policy(phone, {}))?.Policies?.Policy.Data?.EASProvisionDoc).toMatchObject({ MinDevicePasswordLength: '6', DevicePasswordEnabled: '1' });
    eas.policy.change({ MinDevicePasswordLength: '' });
    expect((await policy(phone, {}))?.Policies?.Policy.Data?.EASProvisionDoc?.MinDevicePasswordLength).toBe('');
  });

  it('MS-ASPROV_R206 MS-ASPROV_R207: attachments are allowed or not', async () => {
    expect((await policy(newPhone(), {}))?.Policies?.Policy.Data?.EASProvisionDoc?.AttachmentsEnabled).toBe('1');
    eas.policy.change({ AttachmentsEnabled: '0' });
    expect((await policy(newPhone(), {}))?.Policies?.Policy.Data?.EASProvisionDoc?.AttachmentsEnabled).toBe('0');
  });

  it('MS-ASCMD_R4954: DeviceInformation is asked for by choice', async () => {
    eas.policy.requireDeviceInformation = true;
    expect((await policy(newPhone(), {}))?.Status).toBe(165);
    expect((await send(newPhone(), { ...information, Policies: { Policy: { PolicyType: TYPE } } }))?.Status).toBe(1);
    expect((await policy(new TestDevice(eas, 'bob', { version: '14.0', policyKey: '0' }), {}))?.Status).toBe(1);
  });

  it('no policy at all is status 2 of the policy, and everybody is let in', async () => {
    eas.policy.provisioning = 'none';
    const answer = await policy(newPhone(), {});
    expect([answer?.Status, answer?.Policies]).toEqual([1, { Policy: { PolicyType: TYPE, Status: 2 } }]);
    expect(await folderSync(newPhone())).toBe(1);
  });

  it('2.5 gets a document of Windows Mobile', async () => {
    const phone = new TestDevice(eas, 'alice', { version: '2.5', policyKey: '0' });
    const response = await phone.post('Provision', Buffer.from('03016a00000e45464748034d532d5741502d50726f766973696f6e696e672d584d4c0001010101', 'hex'));
    expect(Buffer.from(await response.arrayBuffer()).toString('utf8')).toContain('<wap-provisioningdoc><characteristic type="SecurityPolicy">');
  });
});

it('a device in discovery is let to the mail by what it tells of itself', async () => {
  await using careful = await createActiveSyncEmulator({ newDevices: 'discovery' });
  const phone = new TestDevice(careful, 'alice', { policyKey: '0' });
  const first = await policy(phone, {});
  expect(careful.devices.find('alice@example.test', 'DEVICE1')?.access).toBe('discovery');
  await policy(phone, { PolicyKey: first?.Policies?.Policy.PolicyKey, Status: '1' });
  expect(careful.devices.find('alice@example.test', 'DEVICE1')?.access).toBe('allowed');
});

describe('wiping', () => {
  it.each<[string, 'device' | 'account', 'RemoteWipe' | 'AccountOnlyRemoteWipe', ProtocolVersion]>([
    ['MS-ASPROV_R653 MS-ASPROV_R654 MS-ASPROV_R1041 MS-ASPROV_R1047', 'device', 'RemoteWipe', '14.1'],
    ['MS-ASPROV_R66613 MS-ASPROV_R66615 MS-ASPROV_R66609', 'account', 'AccountOnlyRemoteWipe', '16.1'],
  ])('%s: %s: refused, ordered, acknowledged', async (_ids, request, element, version) => {
    const phone = await provisioned(version);
    const device = eas.devices.find('alice@example.test', 'DEVICE1');
    expect((await send(phone, {}))?.[element]).toBeUndefined();
    device?.requestWipe(request);
    expect(await folderSync(phone)).toBe(140);
    expect(await send(phone, {})).toEqual({ Status: 1, [element]: true });
    expect(await send(phone, { [element]: { Status: 1 } })).toEqual({ Status: 1 });
    expect(device?.wipe?.state).toBe('acknowledged');
    eas.devices.remove('alice@example.test', 'DEVICE1');
    expect(await send(phone, {})).toEqual({ Status: 1 });
  });

  it('MS-ASPROV_R702 MS-ASPROV_R1042 MS-ASPROV_R1048: a failure is answered with the order again', async () => {
    const phone = await provisioned();
    eas.devices.find('alice@example.test', 'DEVICE1')?.requestWipe();
    expect(await send(phone, { RemoteWipe: { Status: 2 } })).toEqual({ Status: 2, RemoteWipe: true });
  });

  it('MS-ASPROV_R66610 MS-ASPROV_R66611: so is one of the account', async () => {
    const phone = await provisioned('16.1');
    eas.devices.find('alice@example.test', 'DEVICE1')?.requestWipe('account');
    expect(await send(phone, { AccountOnlyRemoteWipe: { Status: 2 } })).toEqual({ Status: 2, AccountOnlyRemoteWipe: true });
  });

  it('before 14.0 HTTP says so', async () => {
    const phone = await provisioned('12.1');
    eas.devices.find('alice@example.test', 'DEVICE1')?.requestWipe();
    expect(await folderSync(phone)).toBe(449);
  });
});
