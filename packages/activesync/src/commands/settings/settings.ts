import { defineCommand } from '../../command.ts';
import type { CommandContext } from '../../context.ts';
import { commonStatus, EasStatusError } from '../../errors.ts';
import { SettingsRequest, SettingsResponse } from '../../schema/settings.ts';
import { getOof, setOof } from './oof.ts';
import { settingsStatus } from './settings-status.ts';

type Asked = SettingsRequest[number];
type Answer = SettingsResponse[number];

/** Characters of a recovery password, [MS-ASCMD] 2.2.3.130. */
const mostPasswordCharacters = 255;

/** [MS-ASCMD] 2.2.1.18 Settings: one after the other, in the order of the request. */
export const settings = defineCommand({
  request: SettingsRequest,
  response: SettingsResponse,
  since: '12.0',
  statusOfViolation: () => settingsStatus.protocolError,
  refusal: (status) => [['Status', status]],
}, async (request, context) => {
  if (new Set(request.map(([name]) => name)).size < request.length) throw new EasStatusError(settingsStatus.protocolError, 'A part stands twice.');
  for (const asked of request) checkForm(asked);
  const answers: Answer[] = [['Status', settingsStatus.success]];
  for (const asked of request) answers.push(await answer(asked, context));
  return answers;
});

/** A part that asks for nothing makes the whole request wrong. */
function checkForm([name, value]: Asked): void {
  const isEmpty = name === 'DeviceInformation' ? false : name === 'DevicePassword' ? value.Set === undefined : value.Get === undefined && !(name === 'Oof' && value.Set !== undefined);
  if (isEmpty) throw new EasStatusError(settingsStatus.protocolError, `${name} asks for nothing.`);
}

async function answer(asked: Asked, context: CommandContext): Promise<Answer> {
  switch (asked[0]) {
    case 'Oof':
      return ['Oof', asked[1].Get ? await getOof(asked[1].Get.BodyType, context) : { Status: await setOof(asked[1].Set ?? { OofMessage: [] }, context) }];
    case 'DevicePassword':
      return ['DevicePassword', { Status: setPassword(asked[1].Set?.Password ?? '', context) }];
    case 'DeviceInformation':
      context.device.information = Object.fromEntries(Object.entries(asked[1].Set).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
      return ['DeviceInformation', { Status: settingsStatus.success }];
    case 'UserInformation':
      return ['UserInformation', { Status: settingsStatus.success, Get: userInformation(context) }];
    case 'RightsManagementInformation':
      return ['RightsManagementInformation', rightsManagement(context)];
  }
}

/** The password with which a locked device is opened; the policy has to allow it to be kept. */
function setPassword(password: string, { device, policy }: CommandContext): number {
  if (password.length > mostPasswordCharacters) return settingsStatus.invalidArguments;
  if (policy.settings.PasswordRecoveryEnabled !== '1') return settingsStatus.deniedByPolicy;
  device.recoveryPassword = password === '' ? undefined : password;
  return settingsStatus.success;
}

/** The addresses, since 14.1 by account; AccountId, AccountName, UserDisplayName and SendDisabled Exchange does not tell, [MS-ASCMD] 7. */
function userInformation(context: CommandContext) {
  const { caller } = context;
  const SMTPAddress = caller.proxyAddresses.filter((address) => address !== caller.primarySmtpAddress.toLowerCase());
  if (!context.isAtLeast('14.1')) return { EmailAddresses: { SMTPAddress: [caller.primarySmtpAddress, ...SMTPAddress] } };
  return { Accounts: [{ EmailAddresses: { SMTPAddress: [caller.primarySmtpAddress, ...SMTPAddress], PrimarySmtpAddress: caller.primarySmtpAddress } }] };
}

function rightsManagement({ rightsManagementTemplates }: CommandContext): Extract<Answer, readonly ['RightsManagementInformation', unknown]>[1] {
  if (!rightsManagementTemplates) return { Status: commonStatus.IRMFeatureDisabled, Get: { 'RightsManagement:RightsManagementTemplates': [] } };
  return {
    Status: settingsStatus.success,
    Get: { 'RightsManagement:RightsManagementTemplates': rightsManagementTemplates.slice(0, 20).map(({ id, name, description }) => ({ TemplateID: id, TemplateName: name, TemplateDescription: description })) },
  };
}
