import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import type { Access } from '../../objects/message-object.ts';

/** OpenModeFlags, [MS-OXCMSG] 2.2.3.1.1. */
export const openMode = { readOnly: 0x0, readWrite: 0x1, create: 0x2, bestAccess: 0x3, openSoftDeleted: 0x4 } as const;
const modeMask = 0x3;

/** How a message is opened. Where the best access is asked for, Exchange 2010 and above open for writing in any case: saving is refused then (note 12). */
export function accessOf(OpenModeFlags: number, mayModify: boolean): Access {
  const mode = OpenModeFlags & modeMask;
  if (mode === openMode.readOnly) return 'readOnly';
  if (mode === openMode.readWrite && !mayModify) throw new RopError(errorCode.AccessDenied, 'The message may be read, but not changed.');
  return 'readWrite';
}

/** CodePageId that stands for that of the logon. */
const ofLogon = 0x0fff;
/** Code pages of Windows for texts of messages; [MS-OXCMSG] 3.2.5.16 refuses others. */
const codePages: ReadonlySet<number> = new Set([
  437, 708, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874, 932, 936, 949, 950, 1200, 1201, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 1361, 10000, 20127, 20866, 20932, 20936, 21866,
  28591, 28592, 28593, 28594, 28595, 28596, 28597, 28598, 28599, 28603, 28605, 38598, 50220, 50221, 50222, 50225, 50227, 51932, 51936, 51949, 52936, 54936, 65000, 65001,
]);

/** The code page of a message's 8-bit texts; undefined: that of the session. @throws RopError ecUnknownCodePage */
export function codePageOf(CodePageId: number): number | undefined {
  if (CodePageId === ofLogon || CodePageId === 0) return undefined;
  if (!codePages.has(CodePageId)) throw new RopError(errorCode.UnknownCodePage, `No code page has the number ${CodePageId}.`);
  return CodePageId;
}
