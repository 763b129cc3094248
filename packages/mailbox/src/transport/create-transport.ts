import type { Clock, IdSource } from '@fauxchange/kernel';
import type { Directory, DirectoryEntry } from '../directory/directory.ts';
import { normalizeAddress } from '../directory/new-entry.ts';
import { MailboxError } from '../errors.ts';
import { bagOf } from '../items/bag.ts';
import { copiedProperties } from '../items/version.ts';
import { draftFromMime } from '../items/from-mime.ts';
import type { ItemDraft, Recipient, StoredBytes } from '../items/item.ts';
import { mimeFromItem } from '../items/to-mime.ts';
import { valueOf } from '../items/value-of.ts';
import type { Mailbox } from '../mailbox.ts';
import { BytesInMemory } from '../store/memory/stored-bytes.ts';
import type { RestorableOutbox } from './create-outbox.ts';
import { arrivingMessage, copyFor } from './delivered-copy.ts';
import { deliveryReport } from './delivery-report.ts';
import { DeliveryQueue } from './delivery-queue.ts';
import { expandRecipients } from './expand-recipients.ts';
import type { Expansion } from './expand-recipients.ts';
import { arrivingMime, headersOfDraft } from './message-headers.ts';
import type { Hop } from './message-headers.ts';
import type { MessageTrackingLog, TrackedParty } from './message-tracking.ts';
import { nonDeliveryReport, refusedRecipient, unknownRecipient, type FailedDelivery } from './non-delivery-report.ts';
import { DeliveryTrail, trackedMessage } from './track-delivery.ts';
import type { OutgoingMessage, RefusedMessage, Transport } from './transport.ts';

export interface TransportOptions {
  readonly directory: Directory;
  readonly outbox: RestorableOutbox;
  readonly tracking: MessageTrackingLog;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly domain: string;
  /** Bytes of one message. */
  readonly maxMessageBytes: number;
  mailboxOf(entry: DirectoryEntry): Mailbox | undefined;
  /** Puts a message into an inbox and tells the mailbox's listeners of new mail. */
  deliver(mailbox: Mailbox, draft: ItemDraft): Promise<void>;
}

export interface OrganizationTransport extends Transport {
  /** See Organization.deliver. Lines of a text may end as they like; bytes are taken as they are. */
  receive(message: Uint8Array | string, envelope: { readonly to: readonly string[]; readonly from?: string | undefined }): Promise<void>;
  /** Resolves when nothing is on its way; rejects with what went wrong on the way since the last call: a fault of ours. */
  settle(): Promise<void>;
}

/** Makes the transport of an organization. */
export function createTransport(options: TransportOptions): OrganizationTransport {
  return new MessageTransport(options);
}

/** A message on its way. */
interface Transit {
  /** As every recipient gets it. */
  readonly arriving: ItemDraft;
  readonly recipients: readonly Pick<Recipient, 'address' | 'addressType'>[];
  /** Where reports go; undefined for reports themselves. */
  readonly returnTo: { readonly name: string; readonly address: string } | undefined;
  readonly time: number;
  /** Where its way is told; undefined for reports. */
  readonly trail?: { readonly id: number; readonly of: DeliveryTrail } | undefined;
}

class MessageTransport implements OrganizationTransport {
  readonly #options: TransportOptions;
  readonly #server: string;
  readonly #queue = new DeliveryQueue();

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#server = `MAIL01.${options.domain}`;
  }

  settle(): Promise<void> { return this.#queue.settle(); }

  submit({ sender, content, envelope }: OutgoingMessage): Promise<void> {
    const time = this.#options.clock.now();
    const sent = this.#named(content);
    const hop = this.#hop(this.#server, time);
    const returnTo = { name: sender.displayName, address: sender.primarySmtpAddress };
    const recipients = envelope ?? sent.recipients;
    const trail = this.#track(sent, recipients, 'Submitted', time, returnTo);
    this.#queue.post(async () => {
      const mime = sent.mime && new BytesInMemory(arrivingMime(await sent.mime.read(), hop, { messageId: idOf(sent), time }));
      const arriving = arrivingMessage({ ...sent, mime }, time, mime ? undefined : headersOfDraft(sent, hop));
      await this.#distribute({ arriving, recipients, returnTo, time, trail });
    });
    return Promise.resolve();
  }

  async refuse({ mailbox: { owner }, item, why }: RefusedMessage): Promise<void> {
    const address = String(valueOf(item, 'PidTagSentRepresentingSmtpAddress') ?? valueOf(item, 'PidTagSenderSmtpAddress') ?? '');
    if (address === '') return;
    const { itemClass, recipients, attachments, body, mime, bag } = item;
    const arriving: ItemDraft = { itemClass, recipients, attachments, body, mime, properties: copiedProperties(bag), isRead: false, isAssociated: false };
    const returnTo = { name: String(valueOf(item, 'PidTagSentRepresentingName') ?? ''), address };
    this.#queue.post(() => this.#report({ arriving, recipients: [], returnTo, time: this.#options.clock.now() }, [refusedRecipient(owner.primarySmtpAddress, why)]));
  }

  async receive(message: Uint8Array | string, envelope: { readonly to: readonly string[]; readonly from?: string | undefined }): Promise<void> {
    const { clock, maxMessageBytes } = this.#options;
    const bytes = typeof message === 'string' ? new TextEncoder().encode(message.replace(/\r?\n/g, '\r\n')) : message;
    if (bytes.length > maxMessageBytes) throw tooLarge(bytes.length, maxMessageBytes);
    const recipients = this.#localRecipients(envelope.to);
    const time = clock.now();
    const from = envelope.from === undefined ? undefined : normalizeAddress(envelope.from);
    const hop = this.#hop(from?.slice(from.indexOf('@') + 1) ?? 'unknown', time);
    const mime = arrivingMime(bytes, hop, { messageId: this.#messageId(), time });
    const draft = await draftFromMime(keepInMemory, mime, { receivedAt: time });
    const returnTo = from === undefined ? undefined : { name: '', address: from };
    const trail = this.#track(draft, recipients, 'SmtpReceive', time, undefined);
    await this.#queue.run(() => this.#distribute({ arriving: arrivingMessage(this.#named(draft), time, undefined), recipients, returnTo, time, trail }));
  }

  /** Opens the record of a message. */
  #track(draft: ItemDraft, recipients: Transit['recipients'], step: 'Submitted' | 'SmtpReceive', time: number, from: Transit['returnTo']): Transit['trail'] {
    const { directory, tracking } = this.#options;
    const message = trackedMessage(directory, draft, recipients, { time, server: this.#server, from });
    const trail = { id: tracking.begin(message), of: new DeliveryTrail(directory, message) };
    tracking.add(trail.id, trail.of.taken(step));
    return trail;
  }

  #tell({ trail }: Transit, { external }: Expansion, delivered: readonly DirectoryEntry[], unreachable: readonly string[]): void {
    if (!trail) return;
    const { id, of } = trail;
    const party = (address: string): TrackedParty => ({ name: this.#options.directory.byAddress(address)?.displayName ?? address, address });
    this.#options.tracking.add(id, [
      ...of.expanded(),
      ...of.reached(delivered.map(({ displayName, primarySmtpAddress }) => ({ name: displayName, address: primarySmtpAddress })), 'Delivered', 'Delivered'),
      ...of.reached(external.map(party), 'TransferredToForeignOrg', 'Transferred'),
      ...of.reached(unreachable.map(party), 'FailedGeneral', 'Unsuccessful'),
    ]);
  }

  /** Names from the directory for recipients that came with an address alone. */
  #named(draft: ItemDraft): ItemDraft {
    const { directory } = this.#options;
    return { ...draft, recipients: draft.recipients.map((recipient) => (recipient.name === recipient.address ? { ...recipient, name: directory.byAddress(recipient.address)?.displayName ?? recipient.name } : recipient)) };
  }

  #localRecipients(to: readonly string[]): Transit['recipients'] {
    if (to.length === 0) throw new MailboxError('MissingRecipients', 'a message needs somebody to go to');
    return to.map((given) => {
      const address = normalizeAddress(given);
      if (address === undefined || !this.#options.directory.byAddress(address)) throw new MailboxError('MailboxNotFound', `nobody here has the address ${given.slice(0, 320)}`, given.slice(0, 320));
      return { address, addressType: 'SMTP' };
    });
  }

  async #distribute(transit: Transit): Promise<void> {
    const { directory } = this.#options;
    const expansion = expandRecipients(directory, transit.recipients);
    const unreachable: string[] = [...expansion.unknown];
    const delivered: DirectoryEntry[] = [];
    for (const receiver of expansion.mailboxes) {
      const mailbox = this.#options.mailboxOf(receiver);
      if (!mailbox) {
        unreachable.push(receiver.primarySmtpAddress);
        continue;
      }
      await this.#options.deliver(mailbox, copyFor(directory, transit.arriving, receiver));
      delivered.push(receiver);
    }
    this.#tell(transit, expansion, delivered, unreachable);
    if (delivered.length > 0 && transit.arriving.properties.PidTagOriginatorDeliveryReportRequested === true) await this.#confirm(transit, delivered);
    if (expansion.external.length > 0) await this.#sendOut(transit, expansion);
    if (unreachable.length > 0) await this.#report(transit, unreachable.map(unknownRecipient));
  }

  async #sendOut({ arriving, time, returnTo }: Transit, { external }: Expansion): Promise<void> {
    this.#options.outbox.add({ time, from: returnTo?.address ?? '', to: external, mime: await this.#mimeOf(arriving) });
  }

  #mimeOf(arriving: ItemDraft): Promise<Uint8Array> {
    const { properties, ...content } = arriving;
    return mimeFromItem({ ...content, bag: bagOf(properties) }, { smtpAddressOf: (dn) => this.#options.directory.byLegacyDN(dn)?.primarySmtpAddress });
  }

  /** Reports go to whoever sent the message; nobody is told of a report that cannot be delivered (RFC 5321 4.5.5). */
  async #report({ arriving, returnTo, time }: Transit, failed: readonly FailedDelivery[]): Promise<void> {
    if (!returnTo) return;
    const { domain, directory } = this.#options;
    const mime = nonDeliveryReport({
      domain, server: this.#server, to: returnTo, failed, time, messageId: this.#messageId(),
      original: { subject: String(arriving.properties.PidTagSubject ?? ''), messageId: idOf(arriving), mime: await this.#mimeOf(arriving) },
    });
    const received = arrivingMime(mime, this.#hop(this.#server, time), { messageId: this.#messageId(), time });
    const draft = await draftFromMime(keepInMemory, received, { receivedAt: time });
    const recipients = [{ address: returnTo.address, addressType: 'SMTP' }];
    // Somebody who is neither here nor outside: the domain is ours and the address nobody's.
    if (!directory.byAddress(returnTo.address) && returnTo.address.endsWith(`@${domain}`)) return;
    await this.#distribute({ arriving: arrivingMessage(this.#named(draft), time, undefined), recipients, returnTo: undefined, time });
  }

  /** Tells the sender where the message arrived. */
  async #confirm({ arriving, returnTo, time }: Transit, delivered: readonly DirectoryEntry[]): Promise<void> {
    if (!returnTo) return;
    const report = await deliveryReport({ domain: this.#options.domain, to: returnTo, delivered, original: arriving, time, messageId: this.#messageId(), keep: keepInMemory });
    const recipients = [{ address: returnTo.address, addressType: 'SMTP' }];
    await this.#distribute({ arriving: arrivingMessage(this.#named(report), time, undefined), recipients, returnTo: undefined, time });
  }

  #hop(from: string, time: number): Hop { return { server: this.#server, from, id: `15.2.2562.17.${this.#options.ids.uuid().slice(0, 8)}`, time }; }

  #messageId(): string { return `<${this.#options.ids.uuid().replaceAll('-', '')}@${this.#server}>`; }
}

const keepInMemory = (bytes: Uint8Array): Promise<StoredBytes> => Promise.resolve(new BytesInMemory(bytes));

function idOf(draft: ItemDraft): string { return String(draft.properties.PidTagInternetMessageId ?? ''); }

function tooLarge(size: number, limit: number): MailboxError {
  return new MailboxError('MessageTooLarge', `the message has ${size} bytes, the limit is ${limit}`, String(size));
}
