import { rawXml } from '@fauxchange/xml';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { failure, success } from '../../response-messages.ts';
import type { ServiceConfigurationResponseMessageType, ServiceConfigurationType, SmtpDomainList } from '../../schema/types.generated.ts';
import { mailTipsLimits } from '../mail-tips/limits.ts';

/** One message for each configuration asked for, in that order. @see GetServiceConfiguration, EWS reference */
export const getServiceConfiguration: Operation<'GetServiceConfiguration'> = defineOperation('GetServiceConfiguration', async ({ RequestedConfiguration }, context) => ({
  ...success,
  ResponseMessages: { ServiceConfigurationResponseMessageType: RequestedConfiguration.ConfigurationName.flat().map((name) => configurationOf(name, context)) },
}));

function configurationOf(name: ServiceConfigurationType[number], context: EwsContext): ServiceConfigurationResponseMessageType {
  const configuration = configurations[name];
  return configuration ? { ...success, ...configuration(context) } : failure(new EwsError('ErrorInvalidOperation', `${name} is not configured.`));
}

const internalDomains = ({ organization }: EwsContext): SmtpDomainList => ({ Domain: organization.directory.acceptedDomains.map((domain) => ({ Name: domain, IncludeSubdomains: false })) });

type Settings = Omit<ServiceConfigurationResponseMessageType, 'ResponseClass' | 'ResponseCode'>;
/** An organization as it is set up: mail tips on, no telephony, no protection rules ([K] the numbers). */
const configurations: { readonly [N in ServiceConfigurationType[number]]?: (context: EwsContext) => Settings } = {
  MailTips: (context) => ({
    MailTipsConfiguration: {
      MailTipsEnabled: true, MaxRecipientsPerGetMailTipsRequest: mailTipsLimits.recipients, MaxMessageSize: context.organization.maxMessageBytes,
      LargeAudienceThreshold: 25, ShowExternalRecipientCount: false, InternalDomains: internalDomains(context), PolicyTipsEnabled: false, LargeAudienceCap: 1000,
    },
  }),
  UnifiedMessagingConfiguration: () => ({ UnifiedMessagingConfiguration: { UmEnabled: false, PlayOnPhoneDialString: '', PlayOnPhoneEnabled: false } }),
  ProtectionRules: (context) => ({ ProtectionRulesConfiguration: { RefreshInterval: 24, Rules: {}, InternalDomains: internalDomains(context) } }),
  PolicyNudges: () => ({ PolicyNudgeRulesConfiguration: rawXml('') }),
};
