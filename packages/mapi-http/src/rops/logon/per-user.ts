import { hiddenValue, setHiddenValue } from '@fauxchange/mailbox';
import { decode, encode, errorCode, idSetByReplGuid, longTermId, WireError, type LongTermId } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { Logon } from '../../logon/logon.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { privateLogon } from './private-logon.ts';

/** A row of the per-user data table, [MS-OXCSTOR] 3.2.1: what somebody has read in a public folder. */
interface Row {
  /** LongTermID of the folder, as hexadecimal digits. */
  readonly folder: string;
  /** In public folders: whose row it is, by directory id. */
  readonly user?: string | undefined;
  readonly replGuid: string;
  /** Base64 of the set. */
  readonly data: string;
}

const TABLE_CLASS = 'IPM.Microsoft.PerUserData';
const mostRows = 2_000;
/** MaxDataSize that is none, and the most: [MS-OXCSTOR] notes 46 and 47. */
const mostSegment = 4_096;
const mostData = 1024 * 1024;

const keyOf = (folder: LongTermId): string => Buffer.from(encode(longTermId, folder)).toString('hex');
const userOf = ({ isPublic, session }: Logon): string | undefined => (isPublic ? session.accessor.entry?.id : undefined);

async function rows({ mailbox }: Logon): Promise<readonly Row[]> {
  return ((await hiddenValue(mailbox.openAsSystem(), TABLE_CLASS)) as readonly Row[] | undefined) ?? [];
}
async function rowOf(logon: Logon, folder: LongTermId): Promise<Row | undefined> {
  const [key, user] = [keyOf(folder), userOf(logon)];
  return (await rows(logon)).find((row) => row.folder === key && row.user === user);
}

/** [MS-OXCSTOR] 3.2.5.10. */
export const getPerUserLongTermIds = defineRop('RopGetPerUserLongTermIds', [Logon], async ({ DatabaseGuid }, { logon }) => {
  privateLogon(logon);
  const own = (await rows(logon)).filter(({ replGuid }) => replGuid === DatabaseGuid);
  return { body: { LongTermIds: own.map(({ folder }) => decode(Buffer.from(folder, 'hex'), longTermId)) } };
});

/** [MS-OXCSTOR] 3.2.5.11. */
export const getPerUserGuid = defineRop('RopGetPerUserGuid', [Logon], async ({ LongTermId }, { logon }) => {
  privateLogon(logon);
  const row = await rowOf(logon, LongTermId);
  if (!row) throw new RopError(errorCode.NotFound, 'Nothing is known of what was read in that folder.');
  return { body: { DatabaseGuid: row.replGuid } };
});

/** [MS-OXCSTOR] 3.2.5.12. */
export const readPerUserInformation = defineRop('RopReadPerUserInformation', [Logon], async ({ FolderId, DataOffset, MaxDataSize }, { logon, room }) => {
  const data = Buffer.from((await rowOf(logon, FolderId))?.data ?? '', 'base64');
  if (DataOffset > data.length) throw new RopError(errorCode.GeneralFailure, `There are ${data.length} bytes.`);
  const most = Math.min(MaxDataSize === 0 ? mostSegment : MaxDataSize, mostSegment, room - 3);
  const Data = data.subarray(DataOffset, DataOffset + most);
  return { body: { HasFinished: DataOffset + Data.length === data.length, Data } };
});

/** [MS-OXCSTOR] 3.2.5.13. */
export const writePerUserInformation = defineRop('RopWritePerUserInformation', [Logon], async ({ FolderId, HasFinished, DataOffset, Data, ReplGuid }, { logon }) => {
  const folder = keyOf(FolderId);
  const before = logon.perUserWriting;
  const isContinued = DataOffset !== 0 && before?.folder === folder && before.data.length === DataOffset;
  logon.perUserWriting = undefined;
  if (DataOffset !== 0 && !isContinued) throw new RopError(errorCode.GeneralFailure, 'What came before does not end there, or was of another folder.');
  const data = isContinued ? Buffer.concat([before.data, Data]) : Buffer.from(Data);
  if (data.length > mostData) throw new RopError(errorCode.TooBig, `A set may have ${mostData} bytes.`);
  // The first part of a set says whose changes it counts; in public folders it is theirs.
  const replGuid = ReplGuid ?? (isContinued ? before.replGuid : logon.mailbox.replicaGuid);
  if (!HasFinished) logon.perUserWriting = { folder, data, replGuid };
  else await write(logon, { folder, user: userOf(logon), replGuid, data: checked(data).toString('base64') });
  return {};
});

/** @throws RopError ecCorruptData for what is no set, as servers since 2016 say (note 48) */
function checked(data: Buffer): Buffer {
  try {
    decode(data, idSetByReplGuid);
    return data;
  } catch (thrown) {
    if (thrown instanceof WireError) throw new RopError(errorCode.CorruptData, `That is no set of change numbers: ${thrown.message}`);
    throw thrown;
  }
}

async function write(logon: Logon, row: Row): Promise<void> {
  const others = (await rows(logon)).filter(({ folder, user }) => folder !== row.folder || user !== row.user);
  if (others.length >= mostRows) throw new RopError(errorCode.QuotaExceeded, `The table may have ${mostRows} rows.`);
  await setHiddenValue(logon.mailbox.openAsSystem(), TABLE_CLASS, [...others, row]);
}
