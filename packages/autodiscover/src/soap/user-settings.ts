import { databaseDN, serverDN } from '@fauxchange/mailbox';
import { alternateMailboxes, ecpPages, publicFolderAddress, serverName } from '../context.ts';
import { dottedVersion, supportedSchemas } from '../profile.ts';
import { hostOf } from '../services.ts';
import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { AutodiscoverContext, EcpPage } from '../context.ts';
import type { MailServer } from '../services.ts';

type MailboxEntry = DirectoryEntry & { readonly mailboxGuid: string };
/** A text, or one of the collection types; undefined when it is not available here. */
type SettingValue = string | undefined | { readonly 'xsi:type': string; readonly [member: string]: unknown };
type SettingReader = (context: AutodiscoverContext, entry: MailboxEntry) => SettingValue;
type Side = 'internal' | 'external';

/** Names of the control panel's settings, by the page they lead to. */
const ecpSettings = {
  Voicemail: 'um', EmailSubscriptions: 'aggr', TextMessaging: 'sms', DeliveryReport: 'mt', RetentionPolicyTags: 'ret', Publishing: 'publish', Photo: 'photo', ExtensionInstallation: 'extinstall',
} as const satisfies Record<string, EcpPage>;

/** [MS-OXWSADISC] 2.2.5.x: names that exist and that nothing here has a value for. */
const unavailable: readonly string[] = [
  'PublicFolderServer', 'ActiveDirectoryServer', 'InternalUMUrl', 'ExternalUMUrl', 'InternalPhotosUrl', 'ExternalPhotosUrl', 'MobileMailboxPolicy', 'MobileMailboxPolicyInterop',
  'DocumentSharingLocations', 'SPMySiteHostURL', 'SiteMailboxCreationURL', 'InternalRpcHttpServer', 'InternalRpcHttpConnectivityRequiresSsl', 'InternalRpcHttpAuthenticationMethod',
  'ExchangeRpcUrl', 'InteropExternalEwsUrl', 'InteropExternalEwsVersion', 'RedirectUrl', 'EwsPartnerUrl', 'InternalOutlookServiceUrl', 'ExternalOutlookServiceUrl',
  ...['Connect', 'TeamMailbox', 'TeamMailboxCreating', 'TeamMailboxEditing', 'TeamMailboxHiding'].flatMap((page) => [`InternalEcp${page}Url`, `ExternalEcp${page}Url`, `Ecp${page}UrlFragment`]),
];

const constant = (value: string): SettingReader => () => value;

const server = (context: AutodiscoverContext, entry: MailboxEntry): string => serverName(context, entry.mailboxGuid, hostOf(context.services.base.internal));

/** Pairs of settings, Internal… and External…. */
function both(name: string, read: (context: AutodiscoverContext, side: Side) => SettingValue): readonly (readonly [string, SettingReader])[] {
  return [[`Internal${name}`, (context) => read(context, 'internal')], [`External${name}`, (context) => read(context, 'external')]];
}

const connections = (servers: readonly MailServer[]): SettingValue => servers.length === 0 ? undefined : {
  'xsi:type': 'ProtocolConnectionCollectionSetting',
  ProtocolConnections: { ProtocolConnection: servers.map(({ host, port, encryption }) => ({ EncryptionMethod: encryption, Hostname: host, Port: port })) },
};

const webClients = (context: AutodiscoverContext, side: Side): SettingValue => context.services.owa === undefined ? undefined : {
  'xsi:type': 'WebClientUrlCollectionSetting',
  WebClientUrls: { WebClientUrl: [{ AuthenticationMethods: 'Basic, Fba', Url: context.services.owa[side] }] },
};

const alternates: SettingReader = (context, entry) => ({
  'xsi:type': 'AlternateMailboxCollectionSetting',
  AlternateMailboxes: { AlternateMailbox: alternateMailboxes(context, entry).map((other) => ({
    DisplayName: other.displayName, LegacyDN: null, Server: null, SmtpAddress: other.primarySmtpAddress, Type: 'Delegate', OwnerSmtpAddress: other.primarySmtpAddress,
  })) },
});

const ecp = ([name, page]: [string, EcpPage]): readonly (readonly [string, SettingReader])[] => [
  ...both(`Ecp${name}Url`, ({ services }, side) => services.ecp === undefined ? undefined : services.ecp[side] + ecpPages[page]),
  [`Ecp${name}UrlFragment`, ({ services }) => services.ecp === undefined ? undefined : ecpPages[page]],
];

/** Every setting that has a value here, by its name on the wire. */
const settings: ReadonlyMap<string, SettingReader> = new Map<string, SettingReader>([
  ['UserDisplayName', (_, entry) => entry.displayName],
  ['UserDN', (_, entry) => entry.legacyExchangeDN],
  ['UserDeploymentId', ({ organization }) => organization.ids.fork('deployment').uuid()],
  ['UserMSOnline', ({ profile }) => profile.isOnline ? 'True' : 'False'],
  ['AutoDiscoverSMTPAddress', (_, entry) => entry.primarySmtpAddress],
  ['MailboxDN', (context, entry) => databaseDN(server(context, entry))],
  ['MailboxVersion', ({ profile }) => dottedVersion(profile)],
  ['CasVersion', ({ profile }) => dottedVersion(profile)],
  ['EwsSupportedSchemas', ({ profile }) => supportedSchemas(profile)],
  ['ExternalEwsVersion', ({ profile, services }) => services.ews === undefined ? undefined : dottedVersion(profile)],
  ['InternalMailboxServer', server],
  // What Microsoft's "Route public folder hierarchy requests" takes for X-PublicFolderMailbox.
  ['InternalRpcClientServer', (context, entry) => (context.profile.hasMailboxServerNames ? server(context, entry) : undefined)],
  ['PublicFolderInformation', publicFolderAddress],
  ['InternalMailboxServerDN', (context, entry) => serverDN(server(context, entry))],
  ['InternalMailboxServerAuthenticationMethods', ({ authPackage }) => authPackage],
  ['ExternalMailboxServer', ({ services }) => hostOf(services.base.external)],
  ['ExternalMailboxServerRequiresSSL', ({ services }) => services.base.external.startsWith('https:') ? 'True' : 'False'],
  ['ExternalMailboxServerAuthenticationMethods', ({ authPackage }) => authPackage],
  ['MapiHttpEnabled', ({ profile, services }) => profile.hasMapiHttp && services.mapi !== undefined ? 'True' : 'False'],
  ['CrossOrganizationSharingEnabled', ({ federation }) => federation === undefined ? 'False' : 'True'],
  ['ShowGalAsDefaultView', constant('True')],
  ['CertPrincipalName', constant('None')],
  ['GroupingInformation', constant('Default-First-Site-Name')],
  ['InternalServerExclusiveConnect', constant('off')],
  ['ExternalServerExclusiveConnect', constant('on')],
  ['AlternateMailboxes', alternates],
  ...both('EwsUrl', ({ services }, side) => services.ews?.[side]),
  ...both('EmwsUrl', ({ services }, side) => services.ews?.[side]),
  ...both('OABUrl', ({ services }, side) => services.oab?.[side]),
  ...both('EcpUrl', ({ services }, side) => services.ecp?.[side]),
  ...both('WebClientUrls', webClients),
  ...both('Pop3Connections', ({ services }) => connections(services.pop3)),
  ...both('Imap4Connections', ({ services }) => connections(services.imap)),
  ...both('SmtpConnections', ({ services }) => connections(services.smtp)),
  ...(Object.entries(ecpSettings) as [string, EcpPage][]).flatMap(ecp),
]);

export type SettingResult =
  | { readonly kind: 'setting'; readonly value: Record<string, unknown> }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'unknown' };

/** One setting of one user, as it stands in UserSettings. */
export function readSetting(name: string, context: AutodiscoverContext, entry: MailboxEntry): SettingResult {
  const reader = settings.get(name);
  if (reader === undefined) return { kind: unavailable.includes(name) ? 'unavailable' : 'unknown' };
  const value = reader(context, entry);
  if (value === undefined) return { kind: 'unavailable' };
  return { kind: 'setting', value: typeof value === 'string' ? { 'xsi:type': 'StringSetting', Name: name, Value: value } : { Name: name, ...value } };
}

