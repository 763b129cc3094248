import { encodePredecessor } from './entry-id.ts';
import type { IdOwner } from './entry-id.ts';

/** The first number of a change key tells the kind of object, as seen in ids of real servers. */
export const changeKeyKinds = { folder: 1, calendarFolder: 2, contactsFolder: 3, tasksFolder: 4, searchFolder: 5, message: 9, meetingRequest: 11, meetingResponse: 12, meetingCancellation: 13, calendarItem: 15, contact: 17, distributionList: 18, task: 19, post: 22, item: 8 } as const;
export type ChangeKeyKind = keyof typeof changeKeyKinds;

/** Where the state of the thing is not told (parents, notifications) Exchange writes the kind alone: `AQAAAA==`. */
export function bareChangeKey(kind: ChangeKeyKind): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(changeKeyKinds[kind], 0);
  return bytes.toString('base64');
}

/** Kind (4 bytes), length (4), then PidTagChangeKey's GUID and counter. */
export function encodeChangeKey(kind: ChangeKeyKind, owner: IdOwner, cn: number): string {
  const template = templates.get(owner) ?? changeKeyTemplate(owner);
  templates.set(owner, template);
  const bytes = Buffer.from(template);
  bytes.writeUInt32LE(changeKeyKinds[kind], 0);
  bytes.writeUIntBE(cn, 24, 6);
  return bytes.toString('base64');
}

/** Constant for an owner, and gone with it. */
const templates = new WeakMap<IdOwner, Buffer>();

function changeKeyTemplate({ replicaGuid }: IdOwner): Buffer {
  const bytes = Buffer.alloc(30);
  bytes.writeUInt32LE(22, 4);
  encodePredecessor(replicaGuid, 0).copy(bytes, 8);
  return bytes;
}

/** The change number, `'bare'` for a key that tells none, or undefined where the text is no change key. */
export function decodeChangeKey(text: string): number | 'bare' | undefined {
  if (/^[A-Za-z0-9+/]{6}==$/.test(text)) return 'bare';
  if (!/^[A-Za-z0-9+/]{40}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.readUInt32LE(4) === 22 ? bytes.readUIntBE(24, 6) : undefined;
}
