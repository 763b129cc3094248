import type { ValueOf } from '@fauxchange/wbxml';
import { defineCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { defaultPolicySettings, settingsFor120, wapProvisioning } from '../devices/default-policy.ts';
import type { Device } from '../devices/device.ts';
import { commonStatus, EasStatusError } from '../errors.ts';
import { ProvisionRequest, ProvisionResponse } from '../schema/provision.ts';

type Request = ValueOf<typeof ProvisionRequest>;
type Response = ValueOf<typeof ProvisionResponse>;
type SentPolicy = NonNullable<Request['Policies']>['Policy'];

/** [MS-ASPROV] 3.2.5.2: of the command, and of the policy. */
const provisionStatus = { success: 1, protocolError: 2, serverError: 3 } as const;
const policyStatus = { success: 1, noPolicy: 2, unknownType: 3, corrupted: 4, wrongKey: 5 } as const;
const policyTypes = { wap: 'MS-WAP-Provisioning-XML', eas: 'MS-EAS-Provisioning-WBXML' } as const;
/** What a client says of the policy that it got, [MS-ASPROV] 2.2.2.54.1. */
const compliance = { full: '1', partial: '2', none: '3', externallyManaged: '4' } as const;

/** [MS-ASPROV] 3.2.5.1 Provision: the policy is fetched, then acknowledged; each gives a key, and the second lets the device in. */
export const provision = defineCommand({
  request: ProvisionRequest,
  response: ProvisionResponse,
  statusOfViolation: () => provisionStatus.protocolError,
}, async (request, context): Promise<Response> => {
  const { device, policy } = context;
  const wipe = request.RemoteWipe ?? request.AccountOnlyRemoteWipe;
  if (wipe) return acknowledgeWipe(wipe.Status, device);
  const information = request['Settings:DeviceInformation']?.Set;
  if (information) device.information = Object.fromEntries(Object.entries(information).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  const sent = request.Policies?.Policy;
  const isInitial = sent !== undefined && !sent.PolicyKey;
  if (isInitial && policy.requireDeviceInformation && context.isAtLeast('14.1') && !device.information) throw new EasStatusError(commonStatus.DeviceInformationRequired, 'DeviceInformation is missing.');
  const head = { ...(information && { 'Settings:DeviceInformation': { Status: provisionStatus.success } }), Status: provisionStatus.success, ...wipeOrder(device) };
  if (!sent) return head;
  const type = policyTypeFor(context);
  if (sent.PolicyType !== type) return { ...head, Policies: { Policy: { PolicyType: sent.PolicyType, Status: policyStatus.unknownType } } };
  if (policy.provisioning === 'none') return { ...head, Policies: { Policy: { PolicyType: type, Status: policyStatus.noPolicy } } };
  return { ...head, Policies: { Policy: isInitial ? handOut(type, context) : acknowledge(sent, type, context) } };
});

const policyTypeFor = (context: CommandContext): string => (context.isAtLeast('12.0') ? policyTypes.eas : policyTypes.wap);

/** The order to wipe, while it stands. */
function wipeOrder({ wipe }: Device): Pick<Response, 'RemoteWipe' | 'AccountOnlyRemoteWipe'> {
  if (!wipe) return {};
  return wipe.request === 'device' ? { RemoteWipe: true } : { AccountOnlyRemoteWipe: true };
}

/** [MS-ASPROV] 3.2.5.1.2.2 and 3.2.5.1.2.3. The order stands until somebody takes it back or removes the device. */
function acknowledgeWipe(status: number, device: Device): Response {
  if (!device.wipe) return { Status: provisionStatus.protocolError };
  const isDone = status === 1;
  device.wipe = { ...device.wipe, state: isDone ? 'acknowledged' : 'failed' };
  return isDone ? { Status: provisionStatus.success } : { Status: provisionStatus.protocolError, ...wipeOrder(device) };
}

type PolicyAnswer = NonNullable<Response['Policies']>['Policy'];

/** The settings, with a key that is good for acknowledging them only. */
function handOut(PolicyType: string, context: CommandContext): PolicyAnswer {
  const { device, policy } = context;
  device.pendingPolicyKey = newKey(context);
  const settings = { ...defaultPolicySettings, ...policy.settings };
  const Data = PolicyType === policyTypes.wap ? { $: wapProvisioning(settings) } : { EASProvisionDoc: context.isAtLeast('12.1') ? settings : settingsFor120(settings) };
  return { PolicyType, Status: policyStatus.success, PolicyKey: device.pendingPolicyKey, Data };
}

/** [MS-ASPROV] 3.2.5.1.2.1. */
function acknowledge({ PolicyKey, Status }: SentPolicy, PolicyType: string, context: CommandContext): PolicyAnswer {
  const { device, policy } = context;
  if (PolicyKey !== device.pendingPolicyKey) return { PolicyType, Status: policyStatus.wrongKey };
  if (policy.provisioning === 'required') {
    if (Status === compliance.externallyManaged) throw new EasStatusError(commonStatus.ExternallyManagedDevicesNotAllowed, 'The device is managed by somebody else.');
    if (Status === compliance.partial || Status === compliance.none) throw new EasStatusError(commonStatus.DeviceNotFullyProvisionable, 'The device does not apply the whole policy.');
  }
  device.pendingPolicyKey = undefined;
  device.policyKey = newKey(context);
  device.policyRevision = policy.revision;
  if (device.access === 'discovery') device.allow();
  return { PolicyType, Status: policyStatus.success, PolicyKey: device.policyKey };
}

/** 32 bits, never 0. */
const newKey = ({ ids }: CommandContext): string => String(1 + Math.floor(ids.fraction() * 0xffff_fffe));
