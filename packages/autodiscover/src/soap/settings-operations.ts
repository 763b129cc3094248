import { dottedVersion } from '../profile.ts';
import { lookUp, redirectOf } from '../redirects.ts';
import { accepted, ok } from './schema.ts';
import { readSetting } from './user-settings.ts';
import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { AutodiscoverContext } from '../context.ts';
import type { ErrorCode, Outcome } from './schema.ts';

type Answer = Outcome & Record<string, unknown>;

/** Users, or domains, of one request. */
const MOST_SUBJECTS = 100;
const MOST_SETTINGS = 200;

const refused = (code: ErrorCode, message: string): Answer => ({ ErrorCode: code, ErrorMessage: message });

interface GetUserSettingsRequest {
  readonly Users?: { readonly User?: readonly { readonly Mailbox?: string | null }[] } | null;
  readonly RequestedSettings?: { readonly Setting?: readonly string[] } | null;
}

/** @see [MS-OXWSADISC] 3.1.4.4: one UserResponse a user, in their order. */
export function getUserSettings(request: GetUserSettingsRequest, context: AutodiscoverContext): Answer {
  const users = request.Users?.User ?? [];
  const names = request.RequestedSettings?.Setting ?? [];
  const trouble = checkCounts(users.length, names.length, 'users');
  if (trouble !== undefined) return trouble;
  return { ...accepted, UserResponses: { UserResponse: users.map(({ Mailbox }) => userResponse(Mailbox ?? '', names, context)) } };
}

function userResponse(address: string, names: readonly string[], context: AutodiscoverContext): Record<string, unknown> {
  const found = lookUp(address, context.organization, context.redirects);
  const nothing = { UserSettingErrors: {}, UserSettings: {} };
  switch (found.kind) {
    case 'unknown': return { ...refused('InvalidUser', `The mailbox '${address.slice(0, 320)}' could not be found.`), RedirectTarget: null, ...nothing };
    case 'address': return { ...refused('RedirectAddress', 'Ask for another address.'), RedirectTarget: found.to, ...nothing };
    case 'url': return { ...refused('RedirectUrl', 'Ask at another URL.'), RedirectTarget: found.to, ...nothing };
    case 'mailbox': return { ...ok, RedirectTarget: null, ...settingsOf(found.entry, names, context) };
  }
}

function settingsOf(entry: DirectoryEntry & { readonly mailboxGuid: string }, names: readonly string[], context: AutodiscoverContext): Record<string, unknown> {
  const errors: Record<string, unknown>[] = [];
  const values: Record<string, unknown>[] = [];
  for (const name of new Set(names)) {
    const result = readSetting(name, context, entry);
    if (result.kind === 'setting') values.push(result.value);
    else errors.push(settingError(name, result.kind));
  }
  return { UserSettingErrors: { UserSettingError: errors }, UserSettings: { UserSetting: values } };
}

interface GetDomainSettingsRequest {
  readonly Domains?: { readonly Domain?: readonly (string | null)[] } | null;
  readonly RequestedSettings?: { readonly Setting?: readonly string[] } | null;
}

/** @see [MS-OXWSADISC] 3.1.4.1 */
export function getDomainSettings(request: GetDomainSettingsRequest, context: AutodiscoverContext): Answer {
  const domains = request.Domains?.Domain ?? [];
  const names = request.RequestedSettings?.Setting ?? [];
  const trouble = checkCounts(domains.length, names.length, 'domains');
  if (trouble !== undefined) return trouble;
  return { ...accepted, DomainResponses: { DomainResponse: domains.map((domain) => domainResponse(domain ?? '', names, context)) } };
}

function domainResponse(domain: string, names: readonly string[], context: AutodiscoverContext): Record<string, unknown> {
  const isOurs = context.organization.directory.acceptedDomains.includes(domain.trim().toLowerCase());
  if (!isOurs) return foreignDomain(domain.trim().toLowerCase(), context);
  const errors: Record<string, unknown>[] = [];
  const values: Record<string, unknown>[] = [];
  for (const name of new Set(names)) {
    const value = domainSetting(name, context);
    if (value !== undefined) values.push({ 'xsi:type': 'DomainStringSetting', Name: name, Value: value });
    else errors.push(settingError(name, Object.hasOwn(domainSettings, name) ? 'unavailable' : 'unknown'));
  }
  return { ...ok, DomainSettingErrors: { DomainSettingError: errors }, DomainSettings: { DomainSetting: values }, RedirectTarget: null };
}

/** A whole domain that lives elsewhere is told like a user. */
function foreignDomain(domain: string, { redirects }: AutodiscoverContext): Record<string, unknown> {
  const nothing = { DomainSettingErrors: {}, DomainSettings: {} };
  const found = redirectOf(`postmaster@${domain}`, redirects);
  if (found === undefined) return { ...refused('InvalidDomain', `The domain '${domain.slice(0, 255)}' is not accepted here.`), ...nothing, RedirectTarget: null };
  if (found.kind === 'url') return { ...refused('RedirectUrl', 'Ask at another URL.'), ...nothing, RedirectTarget: found.to };
  return { ...refused('RedirectAddress', 'Ask for another domain.'), ...nothing, RedirectTarget: found.to.slice(found.to.indexOf('@') + 1) };
}

const domainSettings: Readonly<Record<string, (context: AutodiscoverContext) => string | undefined>> = {
  ExternalEwsUrl: ({ services }) => services.ews?.external,
  ExternalEwsVersion: ({ services, profile }) => services.ews === undefined ? undefined : dottedVersion(profile),
};

const domainSetting = (name: string, context: AutodiscoverContext): string | undefined => Object.hasOwn(domainSettings, name) ? domainSettings[name]?.(context) : undefined;

function settingError(name: string, kind: 'unavailable' | 'unknown'): Record<string, unknown> {
  return kind === 'unknown'
    ? { ErrorCode: 'InvalidSetting', ErrorMessage: `Setting '${name.slice(0, 100)}' is invalid.`, SettingName: name }
    : { ErrorCode: 'SettingIsNotAvailable', ErrorMessage: `Setting '${name}' is not available.`, SettingName: name };
}

function checkCounts(subjects: number, settings: number, what: 'users' | 'domains'): Answer | undefined {
  if (subjects === 0) return refused('InvalidRequest', `The request names no ${what}.`);
  if (subjects > MOST_SUBJECTS) return refused('InvalidRequest', `The request names more than ${String(MOST_SUBJECTS)} ${what}.`);
  if (settings === 0) return refused('InvalidRequest', 'The request names no settings.');
  if (settings > MOST_SETTINGS) return refused('InvalidRequest', `The request names more than ${String(MOST_SETTINGS)} settings.`);
  return undefined;
}
