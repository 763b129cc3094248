import { binary, type Binary } from '@fauxchange/properties';
import { MailboxError } from '../errors.ts';
import type { FolderId } from '../ids.ts';
import type { Item } from '../items/item.ts';
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

/** Hidden items of the root, as Exchange has them ([K] what is in them: JSON here). */
const SETTINGS_CLASS = 'IPM.Microsoft.OOF.UserOofSettings';
const LOG_CLASS = 'IPM.Microsoft.OOF.Log';
const MOST_ANSWERED = 10_000;

const nobody: OofSettings = { state: 'disabled', audience: 'all', internalReply: '', externalReply: '' };

export async function oofSettings(session: MailboxSession): Promise<OofSettings> {
  return ((await read(session, SETTINGS_CLASS)) as OofSettings | undefined) ?? nobody;
}

/** Sets them; from now on everybody gets an answer again. */
export async function setOofSettings(session: MailboxSession, settings: OofSettings): Promise<void> {
  await write(session, SETTINGS_CLASS, settings);
  if (await hidden(session, LOG_CLASS)) await write(session, LOG_CLASS, []);
}

export function isAway({ state, from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY }: OofSettings, now: number): boolean {
  return state === 'enabled' || (state === 'scheduled' && now >= from && now < until);
}

/** True the first time for a sender, false once the sender is remembered. */
export async function rememberAnswered(session: MailboxSession, address: string): Promise<boolean> {
  const answered = ((await read(session, LOG_CLASS)) as readonly string[] | undefined) ?? [];
  if (answered.includes(address)) return false;
  await write(session, LOG_CLASS, [...answered, address].slice(-MOST_ANSWERED));
  return true;
}

function root({ mailbox }: MailboxSession): FolderId {
  const id = mailbox.wellKnown('root');
  if (id === undefined) throw new MailboxError('FolderNotFound', 'The mailbox has no root.', 'root');
  return id;
}

async function hidden(session: MailboxSession, itemClass: string): Promise<Item | undefined> {
  if ((await session.folder(root(session))).associatedCount === 0) return undefined;
  const page = await session.query([root(session)], { table: 'associated', limit: 1, restriction: { kind: 'compare', property: 'PidTagMessageClass', operator: 'eq', value: itemClass } });
  return page.items[0];
}

async function read(session: MailboxSession, itemClass: string): Promise<unknown> {
  const stored = (await hidden(session, itemClass))?.bag.get('PidTagRoamingBinary') as Binary | undefined;
  try {
    return stored === undefined ? undefined : JSON.parse(Buffer.from(stored, 'latin1').toString('utf8'));
  } catch {
    // Somebody else wrote there: as if nothing had been set.
    return undefined;
  }
}

async function write(session: MailboxSession, itemClass: string, value: unknown): Promise<void> {
  const before = await hidden(session, itemClass);
  const properties = { PidTagRoamingBinary: binary.from(Buffer.from(JSON.stringify(value), 'utf8')) };
  if (before) await session.updateItem(before.id, { properties });
  else await session.createItem(root(session), { itemClass, properties, recipients: [], attachments: [], isRead: true, isAssociated: true });
}
