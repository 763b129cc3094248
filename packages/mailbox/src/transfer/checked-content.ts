import { MailboxError } from '../errors.ts';
import type { AttachmentDump, ContentDump } from '../seed/dump/dump.ts';

/** Items within items: what the model takes at most is refused by the model, this only ends the walk. */
const MOST_NESTED = 40;

type Json = Readonly<Record<string, unknown>>;
type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value);
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isBase64 = (value: unknown): boolean => typeof value === 'string' && value.length % 4 === 0 && !/[^A-Za-z0-9+/=]/.test(value);
const optional = (test: (value: unknown) => boolean) => (value: unknown): boolean => value === undefined || test(value);
const listOf = (test: (value: unknown) => boolean) => (value: unknown): boolean => Array.isArray(value) && value.every(test);
const shaped = (shape: Shape) => (value: unknown): boolean => isObject(value) && Object.entries(shape).every(([name, test]) => test(value[name])) && Object.keys(value).every((name) => Object.hasOwn(shape, name));

const isScalar = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || (isObject(value) && typeof value['bigint'] === 'string' && /^-?\d{1,20}$/.test(value['bigint']));
const isProperties = (value: unknown): boolean => isObject(value) && Object.values(value).every((one) => isScalar(one) || listOf(isScalar)(one));
const isResponse = shaped({ status: isNumber, time: optional(isNumber), proposedStart: optional(isNumber), proposedEnd: optional(isNumber) });
const isRecipient = shaped({ type: (value) => value === 'to' || value === 'cc' || value === 'bcc', name: isText, address: isText, addressType: isText, response: optional(isResponse), properties: optional(isProperties) });
const isBody = shaped({ native: (value) => value === 'text' || value === 'html' || value === 'rtf', text: optional(isBase64), html: optional(isBase64), rtf: optional(isBase64) });

const content: Shape = { itemClass: isText, properties: isProperties, recipients: listOf(isRecipient), body: optional(isBody), mime: optional(isBase64), attachments: Array.isArray };
const attachment: Shape = {
  id: isNumber, name: isText, contentType: isText, contentId: optional(isText), contentLocation: optional(isText), isInline: isBoolean, isContactPhoto: optional(isBoolean), isException: optional(isBoolean),
  lastModified: isNumber, size: isNumber, properties: optional(isProperties), content: optional(isBase64), item: optional(isObject),
};

/** The content of an item as a file has it, each member of its kind; MailboxError DataCorrupt otherwise. */
export function checkedContent(json: unknown, depth = 0): ContentDump {
  if (depth > MOST_NESTED || !shaped(content)(json)) throw corrupt('content');
  const { attachments } = json as ContentDump;
  for (const one of attachments) checkAttachment(one, depth);
  return json as ContentDump;
}

function checkAttachment(one: AttachmentDump, depth: number): void {
  if (!shaped(attachment)(one) || (one.content === undefined) === (one.item === undefined)) throw corrupt('attachment');
  if (one.item) checkedContent(one.item, depth + 1);
}

export function corrupt(what: string): MailboxError {
  return new MailboxError('DataCorrupt', 'This is not an item as it was exported.', what);
}
