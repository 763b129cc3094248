import { openSchema } from '@fauxchange/xml';
import type { Schema } from '@fauxchange/xml';

export const NAMESPACE = 'http://schemas.microsoft.com/exchange/2010/Autodiscover';
export const ADDRESSING = 'http://www.w3.org/2005/08/addressing';

// [MS-OXWSADISC] 2.2.4 and 3.1.4, written by hand: four operations and their settings.
const lines = `!ns a ${NAMESPACE}
!ns w ${ADDRESSING}
w:Action>AttributedURI
w:To>AttributedURI
w:MessageID>AttributedURI
w:RelatesTo>AttributedURI
w:ReplyTo>EndpointReference
w:AttributedURI $:#string @...
w:EndpointReference ...
a:RequestedServerVersion>#string
a:ServerVersionInfo>ServerVersionInfo
a:ServerVersionInfo MajorVersion:#int MinorVersion:#int MajorBuildNumber:#int MinorBuildNumber:#int Version:#string
a:GetUserSettingsRequestMessage>GetUserSettingsRequestMessage
a:GetUserSettingsRequestMessage Request:GetUserSettingsRequest%?
a:GetUserSettingsRequest Users:Users%? RequestedSettings:RequestedSettings%? RequestedVersion:#string%?
a:Users User:User*
a:User Mailbox:#string%?
a:RequestedSettings Setting:#string*
a:GetUserSettingsResponseMessage>GetUserSettingsResponseMessage
a:GetUserSettingsResponseMessage Response:GetUserSettingsResponse%?
a:AutodiscoverResponse ErrorCode:ErrorCode? ErrorMessage:#string%?
a:ErrorCode=NoError RedirectAddress RedirectUrl InvalidUser InvalidRequest InvalidSetting SettingIsNotAvailable ServerBusy InvalidDomain NotFederated InternalServerError
a:GetUserSettingsResponse<AutodiscoverResponse UserResponses:UserResponses%?
a:UserResponses UserResponse:UserResponse*
a:UserResponse<AutodiscoverResponse RedirectTarget:#string%? UserSettingErrors:UserSettingErrors%? UserSettings:UserSettings%?
a:UserSettingErrors UserSettingError:UserSettingError*
a:UserSettingError ErrorCode:ErrorCode? ErrorMessage:#string%? SettingName:#string%?
a:UserSettings UserSetting:UserSetting*
a:UserSetting Name:#string%
a:StringSetting<UserSetting Value:#string%?
a:WebClientUrlCollectionSetting<UserSetting WebClientUrls:WebClientUrls%?
a:WebClientUrls WebClientUrl:WebClientUrl*
a:WebClientUrl AuthenticationMethods:#string%? Url:#string%?
a:ProtocolConnectionCollectionSetting<UserSetting ProtocolConnections:ProtocolConnections%?
a:ProtocolConnections ProtocolConnection:ProtocolConnection*
a:ProtocolConnection EncryptionMethod:#string%? Hostname:#string%? Port:#int?
a:AlternateMailboxCollectionSetting<UserSetting AlternateMailboxes:AlternateMailboxes%?
a:AlternateMailboxes AlternateMailbox:AlternateMailbox*
a:AlternateMailbox DisplayName:#string%? LegacyDN:#string%? Server:#string%? SmtpAddress:#string%? Type:#string%? OwnerSmtpAddress:#string%?
a:GetDomainSettingsRequestMessage>GetDomainSettingsRequestMessage
a:GetDomainSettingsRequestMessage Request:GetDomainSettingsRequest%?
a:GetDomainSettingsRequest Domains:Domains%? RequestedSettings:RequestedSettings%? RequestedVersion:#string%?
a:Domains Domain:#string%*
a:GetDomainSettingsResponseMessage>GetDomainSettingsResponseMessage
a:GetDomainSettingsResponseMessage Response:GetDomainSettingsResponse%?
a:GetDomainSettingsResponse<AutodiscoverResponse DomainResponses:DomainResponses%?
a:DomainResponses DomainResponse:DomainResponse*
a:DomainResponse<AutodiscoverResponse DomainSettingErrors:DomainSettingErrors%? DomainSettings:DomainSettings%? RedirectTarget:#string%?
a:DomainSettingErrors DomainSettingError:DomainSettingError*
a:DomainSettingError ErrorCode:ErrorCode? ErrorMessage:#string%? SettingName:#string%?
a:DomainSettings DomainSetting:DomainSetting*
a:DomainSetting Name:#string%
a:DomainStringSetting<DomainSetting Value:#string%?
a:GetFederationInformationRequestMessage>GetFederationInformationRequestMessage
a:GetFederationInformationRequestMessage Request:GetFederationInformationRequest%?
a:GetFederationInformationRequest Domain:#string%?
a:GetFederationInformationResponseMessage>GetFederationInformationResponseMessage
a:GetFederationInformationResponseMessage Response:GetFederationInformationResponse%?
a:GetFederationInformationResponse<AutodiscoverResponse ApplicationUri:#string%? TokenIssuers:TokenIssuers%? Domains:Domains%?
a:TokenIssuers TokenIssuer:TokenIssuer*
a:TokenIssuer Endpoint:#string%? Uri:#string%?
a:GetOrganizationRelationshipSettingsRequestMessage>GetOrganizationRelationshipSettingsRequestMessage
a:GetOrganizationRelationshipSettingsRequestMessage Request:GetOrganizationRelationshipSettingsRequest%?
a:GetOrganizationRelationshipSettingsRequest Domains:Domains%?
a:GetOrganizationRelationshipSettingsResponseMessage>GetOrganizationRelationshipSettingsResponseMessage
a:GetOrganizationRelationshipSettingsResponseMessage Response:GetOrganizationRelationshipSettingsResponse%?
a:GetOrganizationRelationshipSettingsResponse<AutodiscoverResponse OrganizationRelationshipSettingsCollection:OrganizationRelationshipSettingsCollection%?
a:OrganizationRelationshipSettingsCollection OrganizationRelationshipSettings:OrganizationRelationshipSettings*
a:OrganizationRelationshipSettings DeliveryReportEnabled:#boolean? DomainNames:DomainNames%? FreeBusyAccessEnabled:#boolean? FreeBusyAccessLevel:#string%? MailTipsAccessEnabled:#boolean? MailTipsAccessLevel:#string%? MailboxMoveEnabled:#boolean? Name:#string%? TargetApplicationUri:#string%? TargetAutodiscoverEpr:#string%? TargetOwaURL:#string%? TargetSharingEpr:#string%?
a:DomainNames Domain:#string%*`;

/** Opens the table; keep what it returns. */
export const openSoapSchema = (): Schema => openSchema(lines);

export type ErrorCode = 'NoError' | 'RedirectAddress' | 'RedirectUrl' | 'InvalidUser' | 'InvalidRequest' | 'InvalidSetting' | 'SettingIsNotAvailable' | 'ServerBusy' | 'InvalidDomain' | 'NotFederated' | 'InternalServerError';

/** What every part of an answer begins with. */
export interface Outcome {
  readonly ErrorCode: ErrorCode;
  readonly ErrorMessage: string;
}

/** Of the whole answer, where Exchange says nothing. */
export const accepted: Outcome = { ErrorCode: 'NoError', ErrorMessage: '' };

/** Of one user or domain in it. */
export const ok: Outcome = { ErrorCode: 'NoError', ErrorMessage: 'No error.' };
