import { accepted } from './schema.ts';
import type { AutodiscoverContext } from '../context.ts';
import type { Outcome } from './schema.ts';

/** A federation trust; without one the organization answers NotFederated. */
export interface Federation {
  readonly applicationUri: string;
  readonly tokenIssuers: readonly { readonly endpoint: string; readonly uri: string }[];
  /** Default: the accepted domains. */
  readonly domains?: readonly string[] | undefined;
}

/** What another organization may see. */
export interface OrganizationRelationship {
  readonly name: string;
  readonly domains: readonly string[];
  readonly freeBusyAccess?: 'None' | 'AvailabilityOnly' | 'LimitedDetails' | undefined;
  readonly mailTipsAccess?: 'None' | 'All' | 'Limited' | undefined;
  readonly isMailboxMoveEnabled?: boolean | undefined;
  readonly isDeliveryReportEnabled?: boolean | undefined;
  readonly targetApplicationUri?: string | undefined;
  readonly targetAutodiscoverUrl?: string | undefined;
  readonly targetOwaUrl?: string | undefined;
  readonly targetSharingUrl?: string | undefined;
}

/** @see [MS-OXWSADISC] 3.1.4.2; the one operation that asks for no credentials. */
export function getFederationInformation(request: { Domain?: string | null }, context: AutodiscoverContext): Outcome & Record<string, unknown> {
  const domain = request.Domain?.toLowerCase();
  const domains = context.federation?.domains ?? context.organization.directory.acceptedDomains;
  if (domain === undefined || domain === '') return { ErrorCode: 'InvalidRequest', ErrorMessage: 'The request has no domain.' };
  if (context.federation === undefined || !domains.some((each) => each.toLowerCase() === domain)) return { ErrorCode: 'NotFederated', ErrorMessage: `Domain '${domain}' is not federated.` };
  return {
    ...accepted,
    ApplicationUri: context.federation.applicationUri,
    TokenIssuers: { TokenIssuer: context.federation.tokenIssuers.map(({ endpoint, uri }) => ({ Endpoint: endpoint, Uri: uri })) },
    Domains: { Domain: [...domains] },
  };
}

/** @see [MS-OXWSADISC] 3.1.4.3: the relationships that name one of the domains. */
export function getOrganizationRelationshipSettings(request: { Domains?: { Domain?: readonly (string | null)[] } | null }, context: AutodiscoverContext): Outcome & Record<string, unknown> {
  const asked = request.Domains?.Domain?.map((domain) => domain?.toLowerCase()) ?? [];
  if (asked.length === 0) return { ErrorCode: 'InvalidRequest', ErrorMessage: 'The request has no domains.' };
  const found = context.relationships.filter(({ domains }) => domains.some((domain) => asked.includes(domain.toLowerCase())));
  return { ...accepted, OrganizationRelationshipSettingsCollection: { OrganizationRelationshipSettings: found.map(relationship) } };
}

function relationship(each: OrganizationRelationship): Record<string, unknown> {
  const { freeBusyAccess = 'None', mailTipsAccess = 'None' } = each;
  return {
    DeliveryReportEnabled: each.isDeliveryReportEnabled ?? false,
    DomainNames: { Domain: [...each.domains] },
    FreeBusyAccessEnabled: freeBusyAccess !== 'None',
    FreeBusyAccessLevel: freeBusyAccess,
    MailTipsAccessEnabled: mailTipsAccess !== 'None',
    MailTipsAccessLevel: mailTipsAccess,
    MailboxMoveEnabled: each.isMailboxMoveEnabled ?? false,
    Name: each.name,
    TargetApplicationUri: each.targetApplicationUri ?? null,
    TargetAutodiscoverEpr: each.targetAutodiscoverUrl ?? null,
    TargetOwaURL: each.targetOwaUrl ?? null,
    TargetSharingEpr: each.targetSharingUrl ?? null,
  };
}
