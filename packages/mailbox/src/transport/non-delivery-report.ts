import { formatDate, replaceHeaders, textToHtml } from '@fauxchange/mime';

export interface FailedDelivery {
  readonly address: string;
  /** Enhanced status code, RFC 3463. */
  readonly status: string;
  readonly diagnostic: string;
}

export interface ReportFacts {
  readonly domain: string;
  readonly server: string;
  /** Whom it goes to. */
  readonly to: { readonly name: string; readonly address: string };
  readonly failed: readonly FailedDelivery[];
  readonly original: { readonly subject: string; readonly messageId: string; readonly mime: Uint8Array };
  /** ms since 1970 UTC. */
  readonly time: number;
  readonly messageId: string;
}

/** The sender of Exchange's reports: this local part is the same in every organization ([K]). */
export function reportSender(domain: string): { readonly name: string; readonly address: string } {
  return { name: 'Microsoft Outlook', address: `MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@${domain}` };
}

/** Why a recipient cannot be reached, as Exchange's resolver puts it. */
export function unknownRecipient(address: string): FailedDelivery {
  return address.startsWith('/')
    ? { address, status: '5.1.1', diagnostic: 'smtp;550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found' }
    : { address, status: '5.1.10', diagnostic: 'smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup' };
}

/** Why a receiver does not take a message: [MS-OXORULE] 2.2.5.1.2.5 ([K] the codes of RFC 3463 that come nearest). */
const refusals = {
  tooLarge: ['5.2.3', 'smtp;550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient'],
  cannotBeDisplayed: ['5.6.0', 'smtp;550 5.6.0 the message cannot be displayed to its recipient'],
  denied: ['5.7.1', 'smtp;550 5.7.1 RESOLVER.RST.NotAuthorized; delivery not authorized'],
} as const;

export function refusedRecipient(address: string, why: keyof typeof refusals): FailedDelivery {
  const [status, diagnostic] = refusals[why];
  return { address, status, diagnostic };
}

/** Only as much of the original goes back: the rest helps nobody. */
const MOST_RETURNED = 10 * 1024 * 1024;

/** A report as multipart/report (RFC 6522) with a message/delivery-status (RFC 3464) and the original message. */
export function nonDeliveryReport(facts: ReportFacts): Uint8Array {
  const boundary = `--_report_${facts.messageId.replace(/[^0-9A-Za-z]/g, '').slice(0, 40)}`;
  const from = reportSender(facts.domain);
  const head = [
    `From: "${from.name}" <${from.address}>`,
    `To: <${oneLine(facts.to.address)}>`,
    `Date: ${formatDate(facts.time)}`,
    `Message-ID: ${facts.messageId}`,
    `In-Reply-To: ${oneLine(facts.original.messageId)}`,
    `References: ${oneLine(facts.original.messageId)}`,
    'MIME-Version: 1.0',
    'Auto-Submitted: auto-replied',
    'X-Auto-Response-Suppress: All',
    'X-MS-Exchange-Message-Is-Ndr:',
    'Content-Language: en-US',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
  ];
  const text = humanText(facts);
  const original = facts.original.mime.length > MOST_RETURNED ? facts.original.mime.subarray(0, MOST_RETURNED) : facts.original.mime;
  const whole = Buffer.concat([
    Buffer.from(`${head.join('\r\n')}\r\n\r\n${part(boundary, [`Content-Type: multipart/alternative; boundary="${boundary}_"`])}`),
    Buffer.from(`${textPart(`${boundary}_`, 'plain', text)}${textPart(`${boundary}_`, 'html', textToHtml(text))}--${boundary}_--\r\n`),
    Buffer.from(`${part(boundary, ['Content-Type: message/delivery-status'])}${deliveryStatus(facts)}`),
    Buffer.from(part(boundary, ['Content-Type: message/rfc822', 'Content-Disposition: attachment'])),
    original,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return replaceHeaders(new Uint8Array(whole), { Subject: `Undeliverable: ${facts.original.subject}` });
}

function part(boundary: string, headers: readonly string[]): string { return `\r\n--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n`; }

function textPart(boundary: string, subtype: string, text: string): string {
  const encoded = Buffer.from(text).toString('base64').replace(/.{1,76}/g, '$&\r\n');
  return `${part(boundary, [`Content-Type: text/${subtype}; charset="utf-8"`, 'Content-Transfer-Encoding: base64'])}${encoded}`;
}

function humanText({ failed, original, server }: ReportFacts): string {
  const isUnknown = failed.every(({ status }) => /^5\.1\./.test(status));
  const who = failed.map(({ address }) => oneLine(address)).join('\r\n');
  const why = failed.map(({ address, diagnostic }) => `${oneLine(address)}\r\n#${diagnostic.replace(/^smtp;/, '')}`).join('\r\n\r\n');
  return [
    'Delivery has failed to these recipients or groups:', '', who, '',
    isUnknown ? 'There is no such address here. Check it and send the message again.' : 'The recipient does not take the message.', '',
    `Subject: ${oneLine(original.subject)}`, '',
    'For administrators:', '', `Generating server: ${server}`, '', why, '',
  ].join('\r\n');
}

function deliveryStatus({ failed, server, time }: ReportFacts): string {
  const groups = failed.map(({ address, status, diagnostic }) => [
    `Original-Recipient: rfc822;${oneLine(address)}`,
    `Final-Recipient: rfc822;${oneLine(address)}`,
    'Action: failed',
    `Status: ${status}`,
    `Diagnostic-Code: ${diagnostic}`,
  ]);
  return [[`Reporting-MTA: dns;${server}`, `Arrival-Date: ${formatDate(time)}`], ...groups].map((group) => `${group.join('\r\n')}\r\n`).join('\r\n');
}

function oneLine(text: string): string { return text.replace(/[\0\r\n]+/g, ' ').slice(0, 998); }
