import type { Principal } from '@fauxchange/auth';
import type { Profile } from './profile.ts';

/** What Set-OrganizationConfig and Set-CASMailbox say about EWS, of an organization or of one mailbox. Left out is `$null`: not decided here. */
export interface EwsAccessSettings {
  /** EwsEnabled */
  readonly enabled?: boolean | undefined;
  /** EwsApplicationAccessPolicy: only the applications of the one list, or all but those of the other. */
  readonly applicationAccessPolicy?: 'EnforceAllowList' | 'EnforceBlockList' | undefined;
  /** EwsAllowList: User-Agent fields; `*` at an end stands for anything. */
  readonly allowList?: readonly string[] | undefined;
  /** EwsBlockList */
  readonly blockList?: readonly string[] | undefined;
}

/**
 * Who may use EWS. Whoever may not gets HTTP 403, whatever the credentials ("Control access to EWS in Exchange").
 *
 * @example
 * await using ews = await createEwsEmulator({ profile: 'exchangeOnline', access: { enabled: false } });
 */
export interface EwsAccess extends EwsAccessSettings {
  /** EwsAllowedAppIDs of Exchange Online: the only applications whose tokens are let in. */
  readonly allowedAppIds?: readonly string[] | undefined;
  /** By primary address. */
  readonly mailboxes?: Readonly<Record<string, EwsAccessSettings>> | undefined;
}

export function isAllowed(access: EwsAccess, { user, appId }: Pick<Principal, 'user' | 'appId'>, userAgent = '', { behaviour: { mailboxDecidesAccess } }: Pick<Profile, 'behaviour'>): boolean {
  const own = (user && access.mailboxes?.[user.primarySmtpAddress]) ?? {};
  const isEnabled = mailboxDecidesAccess ? (own.enabled ?? access.enabled ?? true) : (own.enabled ?? true) && (access.enabled ?? true);
  if (!isEnabled) return false;
  if (access.allowedAppIds && appId !== undefined && !access.allowedAppIds.includes(appId)) return false;
  const { applicationAccessPolicy, allowList = [], blockList = [] } = own.applicationAccessPolicy ? own : access;
  if (applicationAccessPolicy === 'EnforceAllowList') return allowList.some((pattern) => matches(userAgent, pattern));
  if (applicationAccessPolicy === 'EnforceBlockList') return !blockList.some((pattern) => matches(userAgent, pattern));
  return true;
}

function matches(userAgent: string, pattern: string): boolean {
  const [text, wanted] = [userAgent.toLowerCase(), pattern.toLowerCase()];
  const [startsOpen, endsOpen] = [wanted.startsWith('*'), wanted.endsWith('*')];
  const core = wanted.replace(/^\*/, '').replace(/\*$/, '');
  if (startsOpen && endsOpen) return text.includes(core);
  if (startsOpen) return text.endsWith(core);
  return endsOpen ? text.startsWith(core) : text === core;
}
