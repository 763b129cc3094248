import { HttpStatusError } from '../errors.ts';
import type { ProtocolVersion } from '../protocol-version.ts';
import { isProtocolVersion } from '../protocol-version.ts';

/** The names of commands with their numbers in a base64 query, [MS-ASHTTP] 2.2.1.1.1.1.2. */
export const commandCodes = {
  Sync: 0, SendMail: 1, SmartForward: 2, SmartReply: 3, GetAttachment: 4, GetHierarchy: 5, FolderSync: 9, FolderCreate: 10, FolderDelete: 11, FolderUpdate: 12,
  MoveItems: 13, GetItemEstimate: 14, MeetingResponse: 15, Search: 16, Settings: 17, Ping: 18, ItemOperations: 19, Provision: 20, ResolveRecipients: 21,
  ValidateCert: 22, Find: 23,
} as const;
export type CommandName = keyof typeof commandCodes;
const namesByCode = new Map<number, CommandName>(Object.entries(commandCodes).map(([name, code]) => [code, name as CommandName]));
const namesInLowerCase = new Map<string, CommandName>(Object.keys(commandCodes).map((name) => [name.toLowerCase(), name as CommandName]));

/** What the query string and the headers of a POST say: which command, for which device, in which version. */
export interface CommandLine {
  readonly command: CommandName;
  readonly version: ProtocolVersion;
  readonly deviceId: string;
  readonly deviceType: string;
  /** Undefined: the client sent none. */
  readonly policyKey: string | undefined;
  readonly saveInSent: boolean;
  readonly acceptMultiPart: boolean;
  readonly attachmentName: string | undefined;
  readonly collectionId: string | undefined;
  readonly itemId: string | undefined;
  readonly longId: string | undefined;
  readonly occurrence: string | undefined;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Reads either form of the query string, [MS-ASHTTP] 2.2.1.1.1. @throws HttpStatusError 400, 501 */
export function readCommandLine(query: string, headers: Headers): CommandLine {
  return /^[A-Za-z0-9+/]+={0,2}$/.test(query) && !query.includes('&') && query.length >= 12 ? decodeBinary(Buffer.from(query, 'base64')) : decodePlain(query, headers);
}

function decodePlain(query: string, headers: Headers): CommandLine {
  const values = new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value]));
  const text = (name: string): string | undefined => values.get(name) || undefined;
  const asked = values.get('cmd');
  if (asked === undefined) throw new HttpStatusError(400, 'The query string names no command.');
  const command = namesInLowerCase.get(asked.toLowerCase());
  if (!command) throw new HttpStatusError(501, `There is no command ${asked.slice(0, 64)}.`);
  return {
    command,
    version: versionNamed(header(headers, 'ms-asprotocolversion')),
    deviceId: values.get('deviceid') ?? '',
    deviceType: values.get('devicetype') ?? '',
    policyKey: header(headers, 'x-ms-policykey') ?? text('policykey'),
    saveInSent: values.get('saveinsent')?.toUpperCase() === 'T',
    acceptMultiPart: header(headers, 'ms-asacceptmultipart')?.toUpperCase() === 'T',
    attachmentName: text('attachmentname'), collectionId: text('collectionid'), itemId: text('itemid'), longId: text('longid'), occurrence: text('occurrence'),
  };
}

function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value)?.trim() || undefined;
}

function versionNamed(text: string | undefined): ProtocolVersion {
  if (text === undefined || !isProtocolVersion(text)) throw new HttpStatusError(400, `The protocol version ${text?.slice(0, 16) ?? '(none)'} is not supported.`);
  return text;
}

/** Tags of command parameters, [MS-ASHTTP] 2.2.1.1.1.1.3. */
const parameterTags = { AttachmentName: 0, CollectionId: 1, ItemId: 3, LongId: 4, Occurrence: 6, Options: 7, User: 8 } as const;
const optionFlags = { saveInSent: 0x01, acceptMultiPart: 0x02 } as const;

/** [MS-ASHTTP] 2.2.1.1.1.1.1: version, command, locale, device id, policy key, device type, parameters. */
function decodeBinary(bytes: Buffer): CommandLine {
  let at = 0;
  const take = (count: number): Buffer => {
    if (at + count > bytes.length) throw new HttpStatusError(400, 'The query string ends too early.');
    return bytes.subarray(at, (at += count));
  };
  const byte = (): number => take(1)[0] as number;
  const counted = (): Buffer => take(byte());
  const version = byte();
  const code = byte();
  take(2);
  const deviceId = counted();
  const policyKey = counted();
  const deviceType = counted().toString('latin1');
  const parameters = new Map<number, Buffer>();
  while (at < bytes.length) parameters.set(byte(), counted());
  const text = (name: keyof typeof parameterTags): string | undefined => parameters.get(parameterTags[name])?.toString('utf8') || undefined;
  const options = parameters.get(parameterTags.Options)?.[0] ?? 0;
  const command = namesByCode.get(code);
  if (!command) throw new HttpStatusError(501, `There is no command ${code}.`);
  if (policyKey.length !== 0 && policyKey.length !== 4) throw new HttpStatusError(400, 'A policy key has four bytes.');
  return {
    command,
    version: versionNamed((version / 10).toFixed(1)),
    deviceId: isPrintable(deviceId) ? deviceId.toString('latin1') : deviceId.toString('hex'),
    deviceType,
    policyKey: policyKey.length === 4 ? String(policyKey.readUInt32LE()) : undefined,
    saveInSent: (options & optionFlags.saveInSent) !== 0,
    acceptMultiPart: (options & optionFlags.acceptMultiPart) !== 0,
    attachmentName: text('AttachmentName'), collectionId: text('CollectionId'), itemId: text('ItemId'), longId: text('LongId'), occurrence: text('Occurrence'),
  };
}

/** Device ids come as text or as the bytes of a GUID. */
const isPrintable = (bytes: Buffer): boolean => bytes.every((value) => value >= 0x20 && value < 0x7f);
