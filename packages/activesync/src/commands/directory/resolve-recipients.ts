import { mergedFreeBusy } from '@fauxchange/calendar';
import { availabilityOf, contactAddresses, contactsNamed, valueOf, type DirectoryEntry } from '@fauxchange/mailbox';
import type { ValueOf } from '@fauxchange/wbxml';
import { defineCommand } from '../../command.ts';
import type { CommandContext } from '../../context.ts';
import { commonStatus, EasStatusError } from '../../errors.ts';
import { readDashed } from '../../mapping/date-time.ts';
import { ResolveRecipientsRequest, ResolveRecipientsResponse } from '../../schema/resolve-recipients.ts';
import { Pictures } from './pictures.ts';

/** [MS-ASCMD] 2.2.3.177.12: of the command, of a To, of its certificates. */
const resolveStatus = { success: 1, protocolError: 5, serverError: 6 } as const;
const toStatus = { resolved: 1, ambiguous: 2, ambiguousInPart: 3, unknown: 4 } as const;
const noCertificates = 7;
/** [MS-ASCMD] 2.2.3.186.4: 1 of the address list, 2 of the user's contacts. */
const recipientTypes = { addressList: 1, contact: 2 } as const;
/** [MS-ASCMD] 3.1.5.10, 2.2.3.101, 2.2.3.61.1, 2.2.3.16. */
const limits = { to: 100, ambiguous: 9999, ambiguousByDefault: 19, days: 42, members: 20 } as const;
const HALF_HOUR = 1_800_000;
const DAY = 86_400_000;

type Options = NonNullable<ValueOf<typeof ResolveRecipientsRequest>['Options']>;
type Response = ValueOf<typeof ResolveRecipientsResponse>['Response'][number];
type Recipient = Response['Recipient'][number];

/** [MS-ASCMD] 2.2.1.15 ResolveRecipients */
export const resolveRecipients = defineCommand({
  request: ResolveRecipientsRequest,
  response: ResolveRecipientsResponse,
  statusOfViolation: () => resolveStatus.protocolError,
  refusal: (Status) => ({ Status, Response: [] }),
}, async ({ To, Options: options = {} }, context) => {
  if (To.length === 0 || (context.profile.limitsRequests && To.length > limits.to)) throw new EasStatusError(resolveStatus.protocolError, `There are ${To.length} names.`);
  checkOptions(options);
  const window = options.Availability && readWindow(options.Availability);
  const resolver = new Resolver(options, window, context);
  const answers: Response[] = [];
  for (const name of To) answers.push(await resolver.resolve(name));
  return { Status: resolveStatus.success, Response: answers };
});

function checkOptions({ CertificateRetrieval = 1, MaxCertificates = 0, MaxAmbiguousRecipients = 0 }: Options): void {
  const isWrong = CertificateRetrieval < 1 || CertificateRetrieval > 3 || MaxCertificates < 0 || MaxCertificates > 9999 || MaxAmbiguousRecipients < 0 || MaxAmbiguousRecipients > limits.ambiguous;
  if (isWrong) throw new EasStatusError(resolveStatus.protocolError, 'An option is out of its range.');
}

interface Window {
  readonly from: number;
  readonly to: number;
}

/** From half an hour to 42 days; a week where there is no end, [MS-ASCMD] 2.2.3.61.1. */
function readWindow({ StartTime, EndTime }: NonNullable<Options['Availability']>): Window {
  const from = readDashed(StartTime);
  const to = EndTime === undefined ? (from ?? 0) + 7 * DAY : readDashed(EndTime);
  if (from === undefined || to === undefined || to - from < HALF_HOUR || to - from > limits.days * DAY) throw new EasStatusError(resolveStatus.protocolError, 'The time is no time, too short or too long.');
  return { from, to };
}

interface Candidate {
  readonly Type: number;
  readonly DisplayName: string;
  readonly EmailAddress: string;
  readonly entry: DirectoryEntry | undefined;
}

class Resolver {
  readonly #options: Options;
  readonly #window: Window | undefined;
  readonly #context: CommandContext;
  readonly #pictures: Pictures | undefined;

  constructor(options: Options, window: Window | undefined, context: CommandContext) {
    this.#options = options;
    this.#window = window;
    this.#context = context;
    this.#pictures = options.Picture && new Pictures(context, options.Picture);
  }

  async resolve(To: string): Promise<Response> {
    const all = await this.#candidates(To);
    if (all.length === 0) return { To, Status: toStatus.unknown, Recipient: [] };
    const isAmbiguous = all.length > 1;
    const most = this.#options.MaxAmbiguousRecipients ?? limits.ambiguousByDefault;
    const told = isAmbiguous ? all.slice(0, most) : all;
    const Recipient: Recipient[] = [];
    for (const candidate of told) Recipient.push(await this.#recipient(candidate, isAmbiguous));
    const Status = !isAmbiguous ? toStatus.resolved : told.length < all.length ? toStatus.ambiguousInPart : toStatus.ambiguous;
    return { To, Status, RecipientCount: all.length, Recipient };
  }

  /** The address list first, then the user's own contacts. An address that is somebody's whole is nobody else's. */
  async #candidates(text: string): Promise<readonly Candidate[]> {
    const { organization: { directory }, session } = this.#context;
    const exact = directory.byAddress(text.trim());
    const entries = exact ? [exact] : directory.resolve(text);
    const listed = entries.map((entry): Candidate => ({ Type: recipientTypes.addressList, DisplayName: entry.displayName, EmailAddress: entry.primarySmtpAddress, entry }));
    if (exact) return listed;
    const contacts = await contactsNamed(text, session, (await session.distinguished('contacts')).id, limits.ambiguous);
    const own = contacts.flatMap((item): Candidate[] => {
      const address = contactAddresses.map((property) => valueOf(item, property)).find((value): value is string => typeof value === 'string' && value !== '');
      return address === undefined ? [] : [{ Type: recipientTypes.contact, DisplayName: String(valueOf(item, 'PidTagDisplayName') ?? address), EmailAddress: address, entry: undefined }];
    });
    return [...listed, ...own];
  }

  async #recipient({ entry, ...facts }: Candidate, isAmbiguous: boolean): Promise<Recipient> {
    return {
      ...facts,
      // Who is meant is not known: nobody's time is told, [MS-ASCMD] 2.2.3.183.
      Availability: this.#window && !isAmbiguous ? await this.#availability(facts.EmailAddress, this.#window) : undefined,
      // The directory has no certificates.
      Certificates: !isAmbiguous && (this.#options.CertificateRetrieval ?? 1) > 1 ? { Status: noCertificates, CertificateCount: 0 } : undefined,
      Picture: this.#pictures ? [await this.#pictures.of(entry)] : [],
    };
  }

  /** Half an hour a digit, [MS-ASCMD] 2.2.3.107; a group's members together. */
  async #availability(address: string, window: Window): Promise<NonNullable<Recipient['Availability']>> {
    const answer = await availabilityOf(this.#context.organization, this.#context.caller, address, window);
    const digits = (times: Parameters<typeof mergedFreeBusy>[0]) => ({ Status: resolveStatus.success, MergedFreeBusy: mergedFreeBusy(times, { ...window, intervalMinutes: 30, isLegacy: true }) });
    if (answer.kind === 'mailbox') return digits(answer.entries);
    if (answer.kind === 'none') return { Status: answer.reason === 'groupTooBig' ? commonStatus.AvailabilityDLLimitReached : commonStatus.AvailabilityFailure };
    return answer.members.length > limits.members ? { Status: commonStatus.AvailabilityDLLimitReached } : digits(answer.members.flatMap(({ times }) => times));
  }
}
