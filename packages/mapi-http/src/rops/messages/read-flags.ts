import { MailboxError, messageFlags, sendReadReceipt, valueOf, type Item, type ItemChanges, type MailboxSession } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { codeOf, RopError } from '../../errors.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { MessageObject } from '../../objects/message-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { itemAt } from './open-message.ts';

/** [MS-OXCMSG] 2.2.3.10.1. */
const readFlag = { default: 0x00, suppressReceipt: 0x01, reserved: 0x0a, clearReadFlag: 0x04, generateReceiptOnly: 0x10, clearNotifyRead: 0x20, clearNotifyUnread: 0x40 } as const;
const allowed: ReadonlySet<number> = new Set([...Object.values(readFlag), readFlag.clearNotifyRead | readFlag.clearNotifyUnread]);
/** Receipts speak in the time of the server. */
const localOffset = (): number => 0;

const flagsOf = (item: Item): number => Number(valueOf(item, 'PidTagMessageFlags'));
/** A draft has nobody who waits for it to be read. */
const isReceiptDue = (item: Item): boolean => (flagsOf(item) & (messageFlags.notifyRead | messageFlags.unsent)) === messageFlags.notifyRead;

function checkFlags(ReadFlags: number): void {
  if (!allowed.has(ReadFlags)) throw new RopError(errorCode.InvalidParameter, `0x${ReadFlags.toString(16)} are no flags of reading.`);
}

/** What the flags ask of an item; undefined: nothing. */
function changesOf(item: Item, ReadFlags: number, now: number): ItemChanges | undefined {
  const stored = Number(item.bag.get('PidTagMessageFlags') ?? 0);
  if (ReadFlags === readFlag.clearReadFlag) return item.isRead ? { isRead: false } : undefined;
  const clears = (ReadFlags & readFlag.clearNotifyRead ? messageFlags.notifyRead : 0) | (ReadFlags & readFlag.clearNotifyUnread ? messageFlags.notifyUnread : 0);
  if (clears !== 0) return { marks: { PidTagMessageFlags: stored & ~clears } };
  // The question is answered, or will not be: the request itself stays, for it is part of the message.
  const done = (flagsOf(item) & (messageFlags.notifyRead | messageFlags.notifyUnread)) === 0 ? undefined : { PidTagReceiptTime: now };
  if (ReadFlags === readFlag.generateReceiptOnly) return done && { marks: done };
  return item.isRead && !done ? undefined : { isRead: true, ...(done && { marks: done }) };
}

/** @returns the item as it is now, and whether its read flag is another */
async function applyReadFlags(session: MailboxSession, item: Item, ReadFlags: number): Promise<{ readonly item: Item; readonly isChanged: boolean }> {
  const changes = changesOf(item, ReadFlags, session.mailbox.clock.now());
  if (!changes) return { item, isChanged: false };
  const isDue = isReceiptDue(item) && (ReadFlags === readFlag.default || ReadFlags === readFlag.generateReceiptOnly);
  const changed = await session.updateItem(item.id, changes);
  if (isDue) await sendReadReceipt(item, session, { isRead: true, localOffset });
  return { item: changed, isChanged: changed.isRead !== item.isRead };
}

/** [MS-OXCMSG] 3.2.5.10. Everything is done before the answer: this server takes no asynchronous work on (note 29). */
export const setReadFlags = defineRop('RopSetReadFlags', [FolderObject], async ({ ReadFlags, MessageIds }, { object, logon }) => {
  checkFlags(ReadFlags);
  const ids = MessageIds.length > 0 ? MessageIds : await allIn(logon, object);
  let isPartial = false;
  for (const id of ids) {
    try {
      await applyReadFlags(logon.session, await itemAt(logon, object.id, id), ReadFlags);
    } catch (thrown) {
      if (codeOf(thrown) === undefined) throw thrown;
      isPartial = true;
    }
  }
  return { body: { PartialCompletion: isPartial } };
});

/** No ids: every message of the folder, [MS-OXCMSG] 2.2.3.10.1. */
async function allIn({ session, wireId }: FolderObject['logon'], { id, logon }: FolderObject): Promise<readonly bigint[]> {
  const { items } = await session.query([id], { restriction: { kind: 'always' }, limit: Number.MAX_SAFE_INTEGER });
  return items.map((item) => wireId.call(logon, item.id));
}

/** [MS-OXCMSG] 3.2.5.11. Public folders have one read flag here for everybody, so that nothing is told of them but that it changed. */
export const setMessageReadFlag = defineRop('RopSetMessageReadFlag', [MessageObject], async ({ ReadFlags, ClientData }, { object, logon, logonId }) => {
  checkFlags(ReadFlags);
  const unchanged = { body: { ReadStatusChanged: false } };
  const { item } = object;
  if (!item) {
    object.markRead(ReadFlags !== readFlag.clearReadFlag);
    return unchanged;
  }
  const [now] = await logon.session.items([item.id]);
  if (!now || now instanceof MailboxError) throw now ?? new RopError(errorCode.NotFound, 'The message is gone.');
  const done = await applyReadFlags(logon.session, now, ReadFlags);
  object.readFlagChanged(done.item);
  return logon.isPublic && done.isChanged ? { body: { ReadStatusChanged: true, LogonId: logonId, ClientData: ClientData ?? new Uint8Array(24) } } : unchanged;
});
