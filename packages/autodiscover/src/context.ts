import type { Principal } from '@fauxchange/auth';
import type { Clock, IdSource } from '@fauxchange/kernel';
import type { DirectoryEntry, Organization } from '@fauxchange/mailbox';
import type { IncomingMessage } from 'node:http';
import type { Profile } from './profile.ts';
import type { AutodiscoverRedirect } from './redirects.ts';
import type { ServiceAddresses } from './services.ts';
import type { OrganizationRelationship, Federation } from './soap/federation.ts';

/** What a handler knows beside its request. */
export interface AutodiscoverContext {
  readonly organization: Organization;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly profile: Profile;
  readonly services: ServiceAddresses;
  readonly redirects: readonly AutodiscoverRedirect[];
  readonly federation: Federation | undefined;
  readonly relationships: readonly OrganizationRelationship[];
  /** AuthPackage of EXPR and EXHTTP blocks. */
  readonly authPackage: 'Basic' | 'Ntlm' | 'Negotiate';
  /** Absent where no credentials are asked for. */
  readonly principal: Principal | undefined;
  readonly headers: IncomingMessage['headers'];
}

/** What goes out, with what the journal is told. */
export interface AutodiscoverAnswer {
  readonly status: number;
  /** An array: one header line each. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | readonly Uint8Array[];
  readonly errorCode?: string | undefined;
  /** The decoded answer, for the journal. */
  readonly value?: unknown;
}

/** The name of the mailbox's server: since 2013 the mailbox itself, by GUID; before, a host. */
export function serverName(context: Pick<AutodiscoverContext, 'profile' | 'organization' | 'services'>, mailboxGuid: string, host: string): string {
  return context.profile.hasMailboxServerNames ? `${mailboxGuid}@${context.organization.domain}` : host;
}

/** Other mailboxes that open with this one: whoever gave it full access. */
export function alternateMailboxes(context: Pick<AutodiscoverContext, 'organization'>, entry: DirectoryEntry): readonly DirectoryEntry[] {
  const { directory } = context.organization;
  return directory.list().filter((other) => other.mailboxGuid !== undefined && other.id !== entry.id && directory.grants(other.id, entry.id).includes('fullAccess'));
}

/** The address of the mailbox with the hierarchy of public folders, which they are in since Exchange 2013. */
export function publicFolderAddress({ profile, organization }: Pick<AutodiscoverContext, 'profile' | 'organization'>): string | undefined {
  return profile.hasMailboxServerNames ? organization.publicFolders?.owner.primarySmtpAddress : undefined;
}

/** Addresses for the same mailbox over MAPI. */
export function mapiUrls(base: string, mailboxId: string): { readonly mailStore: string; readonly addressBook: string } {
  const root = base.replace(/\/+$/, '');
  return { mailStore: `${root}/emsmdb/?MailboxId=${mailboxId}`, addressBook: `${root}/nspi/?MailboxId=${mailboxId}` };
}

/** What the control panel's pages are called below its URL: [MS-OXDSCLI] 2.2.4.1.1.2.6 (EcpUrl-…). */
export const ecpPages = {
  um: '?p=customize/voicemail.aspx&exsvurl=1',
  aggr: '?p=personalsettings/EmailSubscriptions.slab&exsvurl=1',
  sms: '?p=sms/textmessaging.slab&exsvurl=1',
  mt: 'PersonalSettings/DeliveryReport.aspx?exsvurl=1&IsOWA=<IsOWA>&MsgID=<MsgID>&Mbx=<Mbx>',
  ret: '?p=organize/retentionpolicytags.slab&exsvurl=1',
  publish: 'customize/calendarpublishing.slab?exsvurl=1&FldID=<FldID>',
  photo: 'PersonalSettings/EditAccount.aspx?rfr=olk&chgPhoto=1&exsvurl=1',
  extinstall: 'Extension/InstalledExtensions.slab?rfr=olk&exsvurl=1',
} as const;

export type EcpPage = keyof typeof ecpPages;
