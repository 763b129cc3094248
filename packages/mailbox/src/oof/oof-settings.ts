import { hiddenValue, setHiddenValue } from '../configuration/hidden-value.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';

/** Whether somebody is away, and what those who write are told. */
export interface OofSettings {
  readonly state: 'disabled' | 'enabled' | 'scheduled';
  /** Who outside gets an answer: nobody, those in the contacts, everybody. */
  readonly audience: 'none' | 'known' | 'all';
  /** ms since 1970 UTC; of a schedule, kept when there is none. */
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  /** HTML or plain text; empty: no answer. */
  readonly internalReply: string;
  readonly externalReply: string;
}

const SETTINGS_CLASS = 'IPM.Microsoft.OOF.UserOofSettings';
const LOG_CLASS = 'IPM.Microsoft.OOF.Log';
const MOST_ANSWERED = 10_000;

const nobody: OofSettings = { state: 'disabled', audience: 'all', internalReply: '', externalReply: '' };

export async function oofSettings(session: MailboxSession): Promise<OofSettings> {
  return ((await hiddenValue(session, SETTINGS_CLASS)) as OofSettings | undefined) ?? nobody;
}

/** Sets them; from now on everybody gets an answer again. */
export async function setOofSettings(session: MailboxSession, settings: OofSettings): Promise<void> {
  await setHiddenValue(session, SETTINGS_CLASS, settings);
  if (await hiddenValue(session, LOG_CLASS)) await setHiddenValue(session, LOG_CLASS, []);
}

export function isAway({ state, from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY }: OofSettings, now: number): boolean {
  return state === 'enabled' || (state === 'scheduled' && now >= from && now < until);
}

/** True the first time for a sender, false once the sender is remembered. */
export async function rememberAnswered(session: MailboxSession, address: string): Promise<boolean> {
  const answered = ((await hiddenValue(session, LOG_CLASS)) as readonly string[] | undefined) ?? [];
  if (answered.includes(address)) return false;
  await setHiddenValue(session, LOG_CLASS, [...answered, address].slice(-MOST_ANSWERED));
  return true;
}
