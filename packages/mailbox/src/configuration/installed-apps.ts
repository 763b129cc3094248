import type { MailboxSession } from '../session/mailbox-session.ts';
import { hiddenValue, setHiddenValue } from './hidden-value.ts';

/** Why a client disabled an add-in. */
export type DisableReason = 'NoReason' | 'OutlookClientPerformance' | 'OWAClientPerformance' | 'MobileClientPerformance';

/** An add-in that a person has installed in a mailbox. */
export interface InstalledApp {
  /** GUID of its manifest, lower-case. */
  readonly id: string;
  /** Base64. */
  readonly manifest: string;
  readonly marketplaceAssetId?: string | undefined;
  /** What the person said of it; undefined: nothing yet. */
  readonly consent?: 'NotResponded' | 'NotConsented' | 'Consented' | undefined;
  /** Undefined: it is enabled. */
  readonly disabled?: DisableReason | undefined;
}

const ITEM_CLASS = 'IPM.Configuration.ExtensionMasterTable';

/** In the order in which they were installed. */
export async function installedApps(session: MailboxSession): Promise<readonly InstalledApp[]> {
  const stored = await hiddenValue(session, ITEM_CLASS);
  return Array.isArray(stored) ? (stored as InstalledApp[]) : [];
}

export async function setInstalledApps(session: MailboxSession, apps: readonly InstalledApp[]): Promise<void> {
  await setHiddenValue(session, ITEM_CLASS, apps);
}
