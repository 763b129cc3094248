import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { Logon } from '../../logon/logon.ts';
import { MessageObject } from '../../objects/message-object.ts';
import { defineRop, type RopHandler } from '../../rop/define-rop.ts';
import { itemAt } from '../messages/open-message.ts';
import { submit } from './submit.ts';

/** [MS-OXOMSG] 3.2.5.1. The server sends at once: nothing waits for a client's own transport (SubmitFlags NeedsSpooler). */
const submitMessage = defineRop('RopSubmitMessage', [MessageObject], async (_asked, { object }) => {
  await submit(object);
  return {};
});

/** [MS-OXOMSG] 3.2.5.6: the same, when the client says so. */
const transportSend = defineRop('RopTransportSend', [MessageObject], async (_asked, { object }) => {
  await submit(object);
  return { body: { NoPropertiesReturned: true } };
});

/** [MS-OXOMSG] 3.2.5.2. What is submitted is sent at once: no message waits to be aborted. */
const abortSubmit = defineRop('RopAbortSubmit', [Logon], async ({ FolderId, MessageId }, { logon }) => {
  await itemAt(logon, logon.folderId(FolderId), MessageId);
  throw new RopError(errorCode.NotInQueue, 'The message is not waiting to be sent.');
});

/** [MS-OXOMSG] 2.2.3.3: those that addresses of recipients have here. */
const getAddressTypes = defineRop('RopGetAddressTypes', [Logon], async () => ({ body: { AddressTypeCount: addressTypes.length, AddressTypes: addressTypes } }));
const addressTypes = ['SMTP', 'EX'] as const;

/** [MS-OXOMSG] 2.2.3.4: the client will watch the spooler queue, in which nothing ever is. */
const setSpooler = defineRop('RopSetSpooler', [Logon], async (_asked, { logon }) => {
  if (!logon.session.accessor.hasFullAccess) throw new RopError(errorCode.AccessDenied, 'Only the owner of a mailbox takes over its sending.');
  return {};
});

/** [MS-OXOMSG] 2.2.3.5. */
const spoolerLockMessage = defineRop('RopSpoolerLockMessage', [Logon], async () => {
  throw new RopError(errorCode.NotInQueue, 'The message is not in the spooler queue.');
});

/** [MS-OXOMSG] 2.2.3.8: the folder from which messages are sent. */
const getTransportFolder = defineRop('RopGetTransportFolder', [Logon], async (_asked, { logon }) => {
  const outbox = logon.mailbox.wellKnown('outbox');
  if (outbox === undefined) throw new RopError(errorCode.NotSupported, 'There is no outbox in public folders.');
  return { body: { FolderId: logon.wireId(outbox) } };
});

const noBytes = new Uint8Array(0);
/** [MS-OXOMSG] 2.2.3.9: no type of addresses has options here. */
const optionsData = defineRop('RopOptionsData', [Logon], async () => ({ body: { OptionsInfo: noBytes, HelpFile: noBytes } }));

/** [MS-OXCROPS] 2.2.7. RopTransportNewMail is for mail that a client fetched from elsewhere: no client of this server does. */
export const transportRops: readonly RopHandler[] = [submitMessage, transportSend, abortSubmit, getAddressTypes, setSpooler, spoolerLockMessage, getTransportFolder, optionsData];
