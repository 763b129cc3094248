import { draftFromMime, htmlOfBody, mimeFromItem, previewOfBody, textOfBody, type ItemBody, type MailboxSession } from '@fauxchange/mailbox';
import { compressRtf, textToRtf, uniqueHtml } from '@fauxchange/mime';
import { EasStatusError } from '../errors.ts';
import type { ClassName } from '../folders/folder-type.ts';
import type { ApplicationData } from '../schema/application-data.ts';
import type { BodyPreference } from '../sync/collection-options.ts';
import type { ItemView } from '../sync/item-class.ts';
import { syncStatus } from '../sync/sync-status.ts';
import { legacyBody } from './legacy-body.ts';
import { wholeCharacters } from './whole-characters.ts';
import { xmlText } from './xml-text.ts';

/** [MS-ASAIRS] 2.2.2.41. */
export const bodyTypes = { text: 1, html: 2, rtf: 3, mime: 4 } as const;
const nativeTypes: Readonly<Record<ItemBody['native'], number>> = { text: bodyTypes.text, html: bodyTypes.html, rtf: bodyTypes.rtf };
/** MIMETruncation, [MS-ASCMD] 2.2.3.111: bytes. */
const mimeTruncations: readonly (number | undefined)[] = [0, 4096, 5120, 7168, 10_240, 20_480, 51_200, 102_400, undefined];
/** Blocks of PidTagConversationIndex beyond which a conversation counts as too large for parts, [MS-ASCMD] 2.2.2: 176. [K]: Exchange's own number is not known. */
const deepestConversation = 200;

export type BodyMembers = Pick<ApplicationData, 'AirSyncBase:Body' | 'AirSyncBase:BodyPart' | 'AirSyncBase:NativeBodyType' | 'Email:Body' | 'Email:BodySize' | 'Email:BodyTruncated' | 'Email:MIMEData' | 'Email:MIMESize' | 'Email:MIMETruncated'>;
type Body = NonNullable<ApplicationData['AirSyncBase:Body']>;

/** The body of an item in the forms that the client asked for. */
export async function encodeBody(view: ItemView, kind: ClassName): Promise<BodyMembers> {
  const { item, options, context } = view;
  if (!context.isAtLeast('12.0')) return legacyBody(view, kind);
  const { bodyPreferences, bodyPartPreference } = options;
  const wantsBody = bodyPreferences.length > 0 || !bodyPartPreference;
  return {
    'AirSyncBase:Body': wantsBody ? await chosenBody(view, kind) : undefined,
    'AirSyncBase:BodyPart': bodyPartPreference && kind === 'Email' ? await messagePart(view, bodyPartPreference) : undefined,
    // Notes are what their folder says they are: [MS-ASNOTE] 2.2.2 has no such element.
    'AirSyncBase:NativeBodyType': kind === 'Notes' ? undefined : nativeTypes[item.body?.native ?? 'text'],
  };
}

/** One form of the body: what is sent, and how large it is whole. */
interface Form {
  readonly preference: BodyPreference;
  readonly bytes: Buffer;
}

/**
 * The first form that may be sent at all: a truncated one is not when AllOrNone forbids it; then the next is looked at,
 * [MS-ASAIRS] 2.2.2.3.2. When none may, the first is told without its data.
 */
async function chosenBody(view: ItemView, kind: ClassName): Promise<Body> {
  let first: Form | undefined;
  for (const preference of eligible(view, kind)) {
    const form: Form = { preference, bytes: await formOf(preference.type, view) };
    if (!preference.allOrNone || form.bytes.length <= (preference.truncationSize ?? Infinity)) return bodyElement(form, view);
    first ??= form;
  }
  return bodyElement(first as Form, view);
}

/** Preferences in the order in which they are tried: MIME where it is allowed, the native form, the others as they were sent. */
function eligible({ item, options, context }: ItemView, kind: ClassName): readonly BodyPreference[] {
  const native = item.body ? nativeTypes[item.body.native] : bodyTypes.text;
  const isSecure = /^ipm\.note\.(smime|secure)/i.test(item.itemClass);
  const mayBeMime = kind === 'Email' && (options.mimeSupport === 2 || (options.mimeSupport === 1 && isSecure));
  const rank = ({ type }: BodyPreference): number => (type === bodyTypes.mime ? 0 : type === native ? 1 : 2);
  // Since 16.0 appointments are text or HTML, [MS-ASAIRS] 2.2.2.41.1.
  const mayBeRtf = kind !== 'Calendar' || !context.isAtLeast('16.0');
  const allowed = options.bodyPreferences.filter(({ type }) => (type === bodyTypes.mime ? mayBeMime : type !== bodyTypes.rtf || mayBeRtf)).map((one) => (one.type === bodyTypes.mime ? withMimeTruncation(one, options.mimeTruncation) : one));
  return allowed.length > 0 ? allowed.sort((a, b) => rank(a) - rank(b)) : [{ type: native, truncationSize: options.bodyPreferences[0]?.truncationSize, allOrNone: false, preview: undefined }];
}

function withMimeTruncation(preference: BodyPreference, step: number | undefined): BodyPreference {
  const most = step === undefined ? undefined : mimeTruncations[step];
  const { truncationSize } = preference;
  return most === undefined ? preference : { ...preference, truncationSize: Math.min(most, truncationSize ?? most) };
}

async function formOf(type: number, { item }: ItemView): Promise<Buffer> {
  if (type === bodyTypes.mime) return Buffer.from(await mimeFromItem(item));
  if (type === bodyTypes.html) return Buffer.from(xmlText((await htmlOfBody(item)) ?? ''));
  if (type === bodyTypes.text) return Buffer.from(xmlText((await textOfBody(item)) ?? ''));
  const rtf = (await item.body?.rtf?.read()) ?? compressRtf(textToRtf((await textOfBody(item)) ?? ''));
  return Buffer.from(Buffer.from(rtf).toString('base64'));
}

async function bodyElement({ preference, bytes }: Form, { item, context }: ItemView): Promise<Body> {
  const { type, truncationSize, allOrNone, preview } = preference;
  const isTruncated = truncationSize !== undefined && bytes.length > truncationSize;
  const shown = isTruncated ? wholeCharacters(bytes, allOrNone ? 0 : truncationSize) : bytes;
  const isEmpty = isTruncated && shown.length === 0;
  const { multipart } = context;
  return {
    Type: type,
    EstimatedDataSize: bytes.length,
    // S/MIME has to say so in either case, [MS-ASCMD] 2.2.3.110.3; elsewhere silence means whole.
    Truncated: isTruncated || (type === bodyTypes.mime ? false : undefined),
    Data: isEmpty || multipart ? undefined : dataOf(shown),
    // What is text already needs no second one, [MS-ASAIRS] 2.2.2.35.1.
    Preview: preview === undefined || !context.isAtLeast('14.0') || (type === bodyTypes.text && !isEmpty) ? undefined : xmlText((await previewOfBody(item, preview)) ?? ''),
    'ItemOperations:Part': isEmpty ? undefined : multipart?.add(shown),
  };
}

/** MIME with bytes that are no UTF-8 goes as it is. */
function dataOf(bytes: Buffer): string | Uint8Array {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') || text.includes('\0') ? bytes : xmlText(text);
}

/** What the message adds to its conversation, [MS-ASCON] 3.2.5.7. */
async function messagePart({ item }: ItemView, { truncationSize, allOrNone, preview }: BodyPreference): Promise<NonNullable<ApplicationData['AirSyncBase:BodyPart']>> {
  const index = item.bag.get('PidTagConversationIndex');
  if (typeof index === 'string' && index.length > 22 + deepestConversation * 5) return { Status: 176, Type: bodyTypes.html, EstimatedDataSize: 0 };
  const bytes = Buffer.from(xmlText(uniqueHtml((await htmlOfBody(item)) ?? '')));
  const isTruncated = truncationSize !== undefined && bytes.length > truncationSize;
  const shown = isTruncated ? wholeCharacters(bytes, allOrNone ? 0 : truncationSize) : bytes;
  return {
    Status: 1,
    Type: bodyTypes.html,
    EstimatedDataSize: bytes.length,
    Truncated: isTruncated || undefined,
    Data: isTruncated && shown.length === 0 ? undefined : shown.toString('utf8'),
    Preview: preview === undefined ? undefined : xmlText((await previewOfBody(item, preview)) ?? ''),
  };
}

/** The body that a client sends: `none` takes it away, undefined leaves it. @throws EasStatusError 6 */
export async function decodeBody(data: ApplicationData, session: MailboxSession, kind: ClassName = 'Email'): Promise<ItemBody | 'none' | undefined> {
  const sent = data['AirSyncBase:Body'];
  const legacy = (data as Readonly<Record<string, unknown>>)[`${kind}:Body`];
  if (!sent) return typeof legacy === 'string' ? bodyOf(bodyTypes.text, Buffer.from(legacy), session) : undefined;
  if (sent.Data === undefined) return 'none';
  return bodyOf(sent.Type, Buffer.from(sent.Data as string), session);
}

async function bodyOf(type: number, bytes: Buffer, session: MailboxSession): Promise<ItemBody | 'none'> {
  if (bytes.length === 0) return 'none';
  if (type === bodyTypes.text) return { native: 'text', text: await session.keep(bytes) };
  if (type === bodyTypes.html) return { native: 'html', html: await session.keep(bytes) };
  if (type === bodyTypes.rtf) return { native: 'rtf', rtf: await session.keep(Buffer.from(bytes.toString('latin1'), 'base64')) };
  if (type === bodyTypes.mime) return (await draftFromMime((kept) => session.keep(kept), bytes)).body ?? 'none';
  throw new EasStatusError(syncStatus.conversionError, `A body of type ${type}.`);
}
