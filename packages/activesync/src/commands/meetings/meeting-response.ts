import { answerMeeting, isOccurrence, MailboxError, meetingKindOf, removeOccurrence, type Item, type MeetingAnswer } from '@fauxchange/mailbox';
import type { ValueOf } from '@fauxchange/wbxml';
import { collectionPlace, parseServerId } from '../../collections.ts';
import { defineCommand } from '../../command.ts';
import type { CommandContext } from '../../context.ts';
import { commonStatus, EasStatusError, HttpStatusError } from '../../errors.ts';
import { decodeLongId } from '../../long-id.ts';
import { decodeBody } from '../../mapping/body.ts';
import { readCompact } from '../../mapping/date-time.ts';
import { MeetingResponseRequest, MeetingResponseResponse } from '../../schema/meeting-response.ts';
import { serverIdOf } from '../../sync/item-class.ts';
import { meetingStatus, subjectOfAnswer } from './subject-of-answer.ts';

/** Answers of one request, [MS-ASCMD] 3.1.5.10. */
const mostRequests = 100;
/** UserResponse, [MS-ASCMD] 2.2.3.185. */
const answers: Readonly<Record<number, MeetingAnswer>> = { 1: 'accepted', 2: 'tentative', 3: 'declined' };

type Asked = ValueOf<typeof MeetingResponseRequest>['Request'][number];
type Result = ValueOf<typeof MeetingResponseResponse>['Result'][number];

/** [MS-ASCMD] 2.2.1.11 MeetingResponse: refusals of the whole stand in a result, as there is no other place for them. */
export const meetingResponse = defineCommand({ request: MeetingResponseRequest, response: MeetingResponseResponse, refusal: (Status) => ({ Result: [{ Status }] }) }, async ({ Request }, context) => {
  if (context.profile.limitsRequests && Request.length > mostRequests) return { Result: [{ Status: commonStatus.InvalidXML }] };
  const results: Result[] = [];
  for (const asked of Request) results.push({ RequestId: asked.RequestId, InstanceId: asked.InstanceId?.length === 24 ? asked.InstanceId : undefined, ...(await answer(asked, context)) });
  return { Result: results };
});

async function answer(asked: Asked, context: CommandContext): Promise<Result> {
  try {
    return await settle(asked, context);
  } catch (thrown) {
    if (thrown instanceof EasStatusError) return { Status: thrown.status };
    if (thrown instanceof HttpStatusError || !(thrown instanceof MailboxError)) throw thrown;
    return { Status: thrown.code === 'InvalidRecipients' || thrown.code === 'ItemNotFound' || thrown.code === 'AccessDenied' ? meetingStatus.invalidRequest : meetingStatus.mailboxError };
  }
}

async function settle(asked: Asked, context: CommandContext): Promise<Result> {
  const { session } = context;
  const given = answers[asked.UserResponse];
  if (!given) throw new EasStatusError(meetingStatus.invalidRequest, `There is no answer ${asked.UserResponse}.`);
  const item = await subjectOfAnswer(await itemOf(asked, context), asked.InstanceId, context);
  const isDeclinedOccurrence = given === 'declined' && isOccurrence(item);
  const { meeting } = await answerMeeting(session, item, { answer: given, isPlaced: !isDeclinedOccurrence, ...(await messageOf(asked, item, context)) });
  if (isDeclinedOccurrence) await removeOccurrence(session, item);
  else if (given === 'declined' && meeting && !isOccurrence(meeting)) await discard(meeting, context);
  // What was asked for in a message has been answered: the message goes, [MS-ASCMD] 3.1.5.6.
  if (meetingKindOf(item.itemClass) === 'request') await discard(item, context);
  return { Status: meetingStatus.success, CalendarId: given === 'declined' || !meeting ? undefined : calendarIdOf(meeting, context) };
}

/** The item that the request names, by its collection or by the long id of a search. */
async function itemOf({ CollectionId, RequestId, 'Search:LongId': longId }: Asked, context: CommandContext): Promise<Item> {
  const refuse = (message: string): never => {
    throw new EasStatusError(meetingStatus.invalidRequest, message);
  };
  const inCollection = RequestId !== undefined && CollectionId !== undefined;
  // One of the two names the item, [MS-ASCMD] 2.2.3.151.
  if (longId === undefined ? !inCollection : RequestId !== undefined) return refuse('The request names no item, or two.');
  const place = inCollection ? await collectionPlace(CollectionId, context) : undefined;
  const named = inCollection ? parseServerId(RequestId) : undefined;
  const id = longId === undefined ? (named?.collectionId === CollectionId ? named?.id : undefined) : decodeLongId(longId)?.id;
  const [item] = id === undefined ? [] : await context.session.items([id]);
  if (!item || item instanceof MailboxError || (inCollection && item.folderId !== place?.folderId)) return refuse('There is no such item.');
  return item;
}

/** What goes to the organizer: nothing unless the client asks, since 16.0; before, it sends the message itself ([MS-ASCMD] 2.2.3.163). */
async function messageOf({ SendResponse: sent }: Asked, item: Item, context: CommandContext) {
  const { session } = context;
  if (!sent) return { isSent: false };
  const [proposedStart, proposedEnd] = [proposal(sent.ProposedStartTime), proposal(sent.ProposedEndTime)];
  const isHalf = (proposedStart === undefined) !== (proposedEnd === undefined);
  const isRefused = proposedStart !== undefined && item.bag.get('PidLidAppointmentNotAllowPropose') === true;
  if (isHalf || isRefused || (proposedStart ?? 0) > (proposedEnd ?? 0)) throw new EasStatusError(meetingStatus.invalidRequest, 'The proposed time is none.');
  const body = await decodeBody(sent, session, 'Calendar');
  const sentItems = session.mailbox.wellKnown('sentitems');
  return { isSent: true, proposedStart, proposedEnd, body: body === 'none' ? undefined : body, saveIn: sentItems === undefined ? undefined : { session, folderId: sentItems } };
}

function proposal(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = readCompact(text);
  if (at === undefined) throw new EasStatusError(commonStatus.InvalidDateTime, `${text.slice(0, 40)} is no time.`);
  return at;
}

/** Into Deleted Items; what is there already goes for good. */
async function discard(item: Item, { session }: CommandContext): Promise<void> {
  const isThere = item.folderId === session.mailbox.wellKnown('deleteditems');
  const [result] = await session.removeItems([item.id], isThere ? 'soft' : 'moveToDeletedItems');
  if (result instanceof MailboxError) throw result;
}

function calendarIdOf({ id, folderId }: Item, { device }: CommandContext): string | undefined {
  const collectionId = device.folders?.serverIdOf(folderId);
  return collectionId === undefined ? undefined : serverIdOf(collectionId, id);
}
