import { createXsdCheck, type XsdCheck } from '@fauxchange/xsd-check';
import { TokenKind, TokenReader } from '@fauxchange/wbxml';

/** Files of Microsoft's schemas by the root of the answer. */
const files: Readonly<Record<string, string>> = {
  'AirSync:Sync': 'SyncResponse', 'FolderHierarchy:FolderSync': 'FolderSyncResponse', 'FolderHierarchy:FolderCreate': 'FolderCreateResponse', 'FolderHierarchy:FolderDelete': 'FolderDeleteResponse',
  'FolderHierarchy:FolderUpdate': 'FolderUpdateResponse', 'FolderHierarchy:Folders': 'GetHierarchyResponse', 'GetItemEstimate:GetItemEstimate': 'GetItemEstimateResponse',
  'ItemOperations:ItemOperations': 'ItemOperationsResponse', 'MeetingResponse:MeetingResponse': 'MeetingResponseResponse', 'Move:MoveItems': 'MoveItemsResponse', 'Ping:Ping': 'PingResponse',
  'Provision:Provision': 'ProvisionResponse', 'ResolveRecipients:ResolveRecipients': 'ResolveRecipientsResponse', 'Search:Search': 'SearchResponse', 'Find:Find': 'FindResponse',
  'ComposeMail:SendMail': 'SendMailResponse', 'ComposeMail:SmartReply': 'SmartReplyResponse', 'ComposeMail:SmartForward': 'SmartForwardResponse', 'Settings:Settings': 'SettingsResponse',
  'ValidateCert:ValidateCert': 'ValidateCertResponse',
};
const checks = new Map<string, XsdCheck>();
const schema = (name: string): string => `../activesync-schema/${name}.xsd`;
if (!checkFor('SyncResponse').available) console.warn(`RESPONSES ARE NOT VALIDATED against Microsoft's schemas in this run: ${checkFor('SyncResponse').reason ?? ''}`);

function checkFor(name: string): XsdCheck {
  const known = checks.get(name);
  if (known) return known;
  const check = createXsdCheck(schema(name));
  checks.set(name, check);
  return check;
}

/**
 * What a successful Change with attachments is told: the references of what was added ([MS-ASCMD] 2.2.3.24, [MS-ASAIRS] 2.2.2.14).
 * The suites' schema has not followed: it knows a status alone.
 */
const toldOfChange = /(<Change xmlns="AirSync"><ServerId xmlns="AirSync">[^<]*<\/ServerId>(?:<InstanceId[^]*?<\/InstanceId>)?<Status xmlns="AirSync">\d+<\/Status>)<ApplicationData xmlns="AirSync">[^]*?<\/ApplicationData>/g;

/** Fails the test that received a document which Microsoft's schema does not allow. */
export function expectValid(bytes: Uint8Array): void {
  const xml = xmlOf(bytes);
  const file = files[xml.root];
  if (!file) throw new Error(`no schema for ${xml.root}`);
  const complaints = checkFor(file).validate(xml.text.replaceAll(toldOfChange, '$1'));
  if (complaints !== '') throw new Error(`not valid for Microsoft's schema: ${complaints}\n${xml.text.slice(0, 4000)}`);
}

const escapeText = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The document with namespaces as the schemas write them, without a colon; binary content as base64. */
export function xmlOf(bytes: Uint8Array): { readonly root: string; readonly text: string } {
  const reader = new TokenReader(bytes);
  const open: string[] = [];
  let root = '';
  let text = '';
  for (let kind = reader.next(); kind !== TokenKind.End; kind = reader.next()) {
    if (kind === TokenKind.Open || kind === TokenKind.Empty) {
      const { name, local } = reader.element;
      root ||= name;
      text += `<${local} xmlns="${name.split(':')[0] ?? ''}"${kind === TokenKind.Empty ? '/' : ''}>`;
      if (kind === TokenKind.Open) open.push(local);
    } else if (kind === TokenKind.Close) text += `</${open.pop() ?? ''}>`;
    else text += kind === TokenKind.Opaque ? Buffer.from(reader.opaque()).toString('base64') : escapeText(reader.text());
  }
  return { root, text };
}
