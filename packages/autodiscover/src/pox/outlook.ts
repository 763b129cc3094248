import { databaseDN, serverDN } from '@fauxchange/mailbox';
import { alternateMailboxes, ecpPages, mapiUrls, publicFolderAddress, serverName } from '../context.ts';
import { hexVersion } from '../profile.ts';
import { lookUp, lookUpDN } from '../redirects.ts';
import { hostOf } from '../services.ts';
import { element, poxAnswer, poxError } from './answer.ts';
import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { XmlNode } from '@fauxchange/xml';
import type { AutodiscoverAnswer, AutodiscoverContext } from '../context.ts';
import type { Address } from '../services.ts';
import type { PoxRequest } from './request.ts';

type MailboxEntry = DirectoryEntry & { readonly mailboxGuid: string };
type Side = 'internal' | 'external';

/** @see [MS-OXDSCLI] 3.2.5.1: settings, or where to ask instead. */
export function outlook(request: PoxRequest, context: AutodiscoverContext): AutodiscoverAnswer {
  const { directory } = context.organization;
  // LegacyDN wins if both are given: [MS-OXDSCLI] 2.2.3.1.1.3.
  const found = request.legacyDN === undefined ? lookUp(request.address ?? '', context.organization, context.redirects) : lookUpDN(request.legacyDN, directory);
  switch (found.kind) {
    case 'unknown': return poxError(500, context);
    case 'address': return poxAnswer('outlook', [{ name: 'Account', children: [element('Action', 'redirectAddr'), element('RedirectAddr', found.to)] }], 'redirectAddr');
    case 'url': return poxAnswer('outlook', [{ name: 'Account', children: [element('Action', 'redirectUrl'), element('RedirectUrl', found.to)] }], 'redirectUrl');
    case 'mailbox': return poxAnswer('outlook', [user(found.entry, context), account(found.entry, context)]);
  }
}

function user(entry: MailboxEntry, { organization }: AutodiscoverContext): XmlNode {
  return { name: 'User', children: [
    element('DisplayName', entry.displayName),
    element('LegacyDN', entry.legacyExchangeDN),
    element('AutoDiscoverSMTPAddress', entry.primarySmtpAddress),
    element('DeploymentId', organization.ids.fork('deployment').uuid()),
  ] };
}

function account(entry: MailboxEntry, context: AutodiscoverContext): XmlNode {
  return { name: 'Account', children: [
    element('AccountType', 'email'),
    element('Action', 'settings'),
    element('MicrosoftOnline', context.profile.isOnline ? 'True' : 'False'),
    element('ConsumerMailbox', 'False'),
    ...protocols(entry, context),
    ...alternateMailboxes(context, entry).map((other): XmlNode => ({ name: 'AlternativeMailbox', children: [
      element('Type', 'Delegate'),
      element('DisplayName', other.displayName),
      element('SmtpAddress', other.primarySmtpAddress),
      element('OwnerSmtpAddress', other.primarySmtpAddress),
    ] })),
    ...publicFolders(context),
  ] };
}

/** The mailbox to ask about public folders. @see PublicFolderInformation (POX), web service reference for Exchange */
function publicFolders(context: AutodiscoverContext): readonly XmlNode[] {
  const address = publicFolderAddress(context);
  return address === undefined ? [] : [{ name: 'PublicFolderInformation', children: [element('SmtpAddress', address)] }];
}

/** A client that knows MAPI over HTTP must not be given EXCH or EXPR: [MS-OXDSCLI] 3.2.5.1. It then needs the EXHTTP blocks for everything else. */
function protocols(entry: MailboxEntry, context: AutodiscoverContext): readonly XmlNode[] {
  const { headers, profile, services } = context;
  const isMapiHttp = profile.hasMapiHttp && services.mapi !== undefined && Number.parseInt(String(headers['x-mapihttpcapability'] ?? ''), 10) >= 1;
  const wantsExHttp = /\bexhttpinfo\b/i.test(String(headers['x-clientcanhandle'] ?? ''));
  const exHttp = profile.hasMailboxServerNames && (wantsExHttp || isMapiHttp) ? [exHttpBlock('internal', context), exHttpBlock('external', context)] : [];
  if (isMapiHttp) return [webBlock(context), ...exHttp, mapiHttpBlock(entry, context)].filter((node) => node !== undefined);
  return [exchBlock(entry, context), exprBlock(context), webBlock(context), ...exHttp].filter((node) => node !== undefined);
}

function exchBlock(entry: MailboxEntry, context: AutodiscoverContext): XmlNode {
  const server = serverName(context, entry.mailboxGuid, hostOf(context.services.base.internal));
  return { name: 'Protocol', children: [
    element('Type', 'EXCH'),
    element('Server', server),
    element('ServerDN', serverDN(server)),
    element('ServerVersion', hexVersion(context.profile)),
    element('MdbDN', databaseDN(server)),
    ...urls('internal', context),
    ...(context.profile.hasMailboxServerNames ? [element('ServerExclusiveConnect', 'off')] : []),
  ] };
}

function exprBlock(context: AutodiscoverContext): XmlNode {
  const host = hostOf(context.services.base.external);
  return { name: 'Protocol', children: [
    element('Type', 'EXPR'),
    element('Server', host),
    element('SSL', ssl(context.services.base.external)),
    element('AuthPackage', authPackage(context)),
    ...urls('external', context),
    ...(context.profile.hasMailboxServerNames ? [element('ServerExclusiveConnect', 'on')] : []),
    element('CertPrincipalName', 'None'),
    element('GroupingInformation', 'Default-First-Site-Name'),
  ] };
}

function exHttpBlock(side: Side, context: AutodiscoverContext): XmlNode {
  const base = context.services.base[side];
  return { name: 'Protocol', children: [
    element('Type', 'EXHTTP'),
    element('Server', hostOf(base)),
    element('SSL', ssl(base)),
    element('AuthPackage', authPackage(context)),
    ...urls(side, context),
    element('ServerExclusiveConnect', 'On'),
  ] };
}

function mapiHttpBlock(entry: MailboxEntry, { services, organization }: AutodiscoverContext): XmlNode | undefined {
  if (services.mapi === undefined) return undefined;
  const id = `${entry.mailboxGuid}@${organization.domain}`;
  const [internal, external] = [mapiUrls(services.mapi.internal, id), mapiUrls(services.mapi.external, id)];
  return { name: 'Protocol', attributes: { Type: 'mapiHttp', Version: '1' }, children: [
    { name: 'MailStore', children: [element('InternalUrl', internal.mailStore), element('ExternalUrl', external.mailStore)] },
    { name: 'AddressBook', children: [element('InternalUrl', internal.addressBook), element('ExternalUrl', external.addressBook)] },
  ] };
}

function webBlock({ services }: AutodiscoverContext): XmlNode | undefined {
  const { owa, activesync, ews } = services;
  if (owa === undefined) return undefined;
  const side = (name: 'Internal' | 'External', key: Side, type: string): XmlNode => ({ name, children: [
    { name: 'OWAUrl', attributes: { AuthenticationMethod: 'Basic, Fba' }, children: [owa[key]] },
    { name: 'Protocol', children: [element('Type', type), element('ASUrl', (ews ?? activesync)?.[key])] },
  ] });
  return { name: 'Protocol', children: [element('Type', 'WEB'), side('Internal', 'internal', 'EXCH'), side('External', 'external', 'EXPR')] };
}

/** ASUrl is the availability service, which is EWS, as are OOFUrl and EwsUrl: [MS-OXDSCLI] 2.2.4.1.1.2.6.2. */
function urls(side: Side, { services }: AutodiscoverContext): readonly (XmlNode | undefined)[] {
  const { ews, ecp, oab } = services;
  return [
    element('ASUrl', ews?.[side]),
    element('EwsUrl', ews?.[side]),
    element('EmwsUrl', ews?.[side]),
    ...ecpUrls(ecp, side),
    element('OOFUrl', ews?.[side]),
    element('OABUrl', oab?.[side]),
  ];
}

function ecpUrls(ecp: Address | undefined, side: Side): readonly (XmlNode | undefined)[] {
  if (ecp === undefined) return [];
  return [element('EcpUrl', ecp[side]), ...Object.entries(ecpPages).map(([page, path]) => element(`EcpUrl-${page}`, path))];
}

const ssl = (url: string): string => url.startsWith('https:') ? 'On' : 'Off';

/** Negotiate only to clients that say they can: [MS-OXDSCLI] 2.2.2.3. */
const authPackage = ({ authPackage: configured, headers }: AutodiscoverContext): string =>
  configured === 'Negotiate' && !/\bnegotiate\b/i.test(String(headers['x-clientcanhandle'] ?? '')) ? 'Ntlm' : configured;
