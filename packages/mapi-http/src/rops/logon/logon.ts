import { isAway, oofSettings, type DirectoryEntry, type Mailbox } from '@fauxchange/mailbox';
import { errorCode, type RopRequestValue, type RopResponseValue } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { Logon } from '../../logon/logon.ts';
import { logonFolders } from '../../logon/logon-folders.ts';
import { ownReplId } from '../../logon/replica-ids.ts';
import { fileTime } from '../../mapping/wire-values.ts';
import { defineRop, type RopContext } from '../../rop/define-rop.ts';

/** [MS-OXCSTOR] 2.2.1.1.1. */
const logonFlag = { Private: 0x1, Undercover: 0x2, Ghosted: 0x4 } as const;
const echoed = logonFlag.Private | logonFlag.Undercover | logonFlag.Ghosted;
const openFlag = { UseAdminPrivilege: 0x1, Public: 0x2, AlternateServer: 0x100, UsePerMdbReplidMapping: 0x0100_0000 } as const;
/** [MS-OXCSTOR] 2.2.1.1.3; the first is always set. */
const responseFlag = { Reserved: 0x1, OwnerRight: 0x2, SendAsRight: 0x4, Oof: 0x10 } as const;
const noGuid = '00000000-0000-0000-0000-000000000000';

type Asked = RopRequestValue<'RopLogon'>;

/** [MS-OXCROPS] 2.2.3.1, [MS-OXCSTOR] 3.2.5.1. */
export const logon = defineRop('RopLogon', [], async (asked, context) => {
  const isPrivate = (asked.LogonFlags & logonFlag.Private) !== 0;
  const mailbox = isPrivate ? privateMailbox(asked, context) : publicMailbox(asked, context);
  const { session: { caller, facts, codePage, lcidSort, lcidString }, environment: { organization: { maxMessageBytes } } } = context;
  const settings = [['PidTagLocaleId', lcidString], ['PidTagSortLocaleId', lcidSort], ['PidTagCodePageId', codePage]] as const;
  const opens = new Logon(context.logonId, mailbox.openAs(caller), facts.of(mailbox), { maxMessageBytes, settings: isPrivate ? settings : [] });
  context.session.notifications.owns(opens.session.accessor);
  const FolderIds = (await logonFolders(opens.session)).map((id) => (id === 0 ? 0n : opens.wireId(id)));
  const common = { LogonFlags: asked.LogonFlags & echoed, FolderIds, ReplId: ownReplId, ReplGuid: mailbox.replicaGuid };
  return { opens, body: isPrivate ? { ...common, ...await privateFacts(opens, context) } : { ...common, PerUserGuid: noGuid } };
});

/** Whose mailbox: by the DN, wherever in the organization the request says it is. */
function privateMailbox({ Essdn, OpenFlags }: Asked, { environment: { organization }, session }: RopContext): Mailbox {
  if ((OpenFlags & openFlag.UseAdminPrivilege) !== 0) throw new RopError(errorCode.LoginPermission, 'Nobody here has an administrator\'s rights.');
  const owner = Essdn === '' ? session.caller : organization.directory.byLegacyDN(Essdn);
  const mailbox = owner && organization.mailboxOf(owner);
  if (!owner || !mailbox || mailbox.isPublic) throw new RopError(errorCode.UnknownUser, `Nobody with a mailbox has the name ${Essdn}.`);
  const [first] = session.objects.logons();
  // One mapping of ids for all logons is what servers before 2013 offered: [MS-OXCSTOR] 3.2.5.1.1, note 28.
  if (first && first.mailbox !== mailbox && (OpenFlags & openFlag.UsePerMdbReplidMapping) === 0) throw new RopError(errorCode.InvalidParameter, 'A second mailbox needs USE_PER_MDB_REPLID_MAPPING.');
  return mailbox;
}

function publicMailbox({ LogonFlags, OpenFlags, Essdn }: Asked, { environment: { organization: { publicFolders } } }: RopContext): Mailbox {
  if ((OpenFlags & openFlag.Public) === 0) throw new RopError(errorCode.LogonFailed, 'A logon to public folders has to say so in OpenFlags.');
  // There is no other server: [MS-OXCSTOR] 3.2.5.1.2.
  if (!publicFolders || (OpenFlags & openFlag.AlternateServer) !== 0) throw new RopError(errorCode.WrongServer, 'No server has public folders, or no other one.', { LogonFlags, ServerName: Essdn });
  return publicFolders;
}

async function privateFacts({ session, mailbox }: Logon, { environment: { organization, clock }, session: { caller } }: RopContext): Promise<Partial<RopResponseValue<'RopLogon'>>> {
  const now = clock.now();
  const flags = (session.accessor.hasFullAccess ? responseFlag.OwnerRight : 0) | (maySendAs(mailbox, caller, organization.directory) ? responseFlag.SendAsRight : 0) | (await isOut(mailbox, now) ? responseFlag.Oof : 0);
  return {
    ResponseFlags: responseFlag.Reserved | flags, MailboxGuid: mailbox.guid, LogonTime: logonTime(now), GwartTime: fileTime(now),
    // Servers since 2010 do not tell of searches: [MS-OXCSTOR] note 8.
    StoreState: 0,
  };
}

type Directory = RopContext['environment']['organization']['directory'];
function maySendAs({ owner }: Mailbox, caller: DirectoryEntry, directory: Directory): boolean {
  return owner.id === caller.id || [...directory.memberships(caller.id)].some((id) => directory.grants(owner.id, id).includes('sendAs'));
}

async function isOut(mailbox: Mailbox, now: number): Promise<boolean> {
  return isAway(await oofSettings(mailbox.openAsSystem()), now);
}

/** In UTC, [MS-OXCROPS] 2.2.3.1.2.1. */
function logonTime(now: number): NonNullable<RopResponseValue<'RopLogon'>['LogonTime']> {
  const at = new Date(now);
  return { Seconds: at.getUTCSeconds(), Minutes: at.getUTCMinutes(), Hour: at.getUTCHours(), DayOfWeek: at.getUTCDay(), Day: at.getUTCDate(), Month: at.getUTCMonth() + 1, Year: at.getUTCFullYear() };
}
