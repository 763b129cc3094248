import { uniqueText } from '@fauxchange/mime';
import { addressesIn, emailAddressesIn, phonesIn, urlsIn, type PhoneEntity } from './plain-entities.ts';
import { sentencesOf } from './sentences.ts';
import { timeIn, type SuggestedTime } from './suggested-times.ts';

export interface EmailUser {
  readonly name: string;
  readonly address: string;
}
export interface MeetingSuggestion {
  readonly sentence: string;
  readonly subject: string | undefined;
  readonly attendees: readonly EmailUser[];
  readonly time: SuggestedTime | undefined;
}
export interface TaskSuggestion {
  readonly sentence: string;
  readonly assignees: readonly EmailUser[];
}
/** Somebody of whom a sentence tells how to be reached. */
export interface ExtractedContact {
  readonly person: string;
  readonly business: string | undefined;
  readonly phones: readonly PhoneEntity[];
  readonly urls: readonly string[];
  readonly emailAddresses: readonly string[];
  readonly addresses: readonly string[];
  /** From the name to the last that is told of it. */
  readonly words: string;
}
/** What was found in one part of a message. */
export interface Entities {
  readonly position: 'LatestReply' | 'Other';
  readonly addresses: readonly string[];
  readonly emailAddresses: readonly string[];
  readonly urls: readonly string[];
  readonly phones: readonly PhoneEntity[];
  readonly meetings: readonly MeetingSuggestion[];
  readonly tasks: readonly TaskSuggestion[];
  readonly contacts: readonly ExtractedContact[];
}

const invitation = /^(?:hi,? |so,? )?(?:let'?s|let us|shall we|can we|could we|are you (?:free|available)|would you like to)\b.*\b(?:meet|meeting|join|lunch|dinner|call|free|available)\b/i;
const saysWhen = /\b(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|at \d|from \d|\d ?(?:am|pm)|(?:january|february|march|april|may|june|july|august|september|october|november|december) \d)/i;
const purpose = /\bfor (?:an? |the |our )?([^,.?!]{1,100}?)(?= (?:at|on|from|in) |[,.?!]|$)/i;
const request = /^(?:(?:also|and|then|so),? )?(?:please|kindly|(?:can|could|would|will) you)\b/i;
/** An answer to an invitation is no task: Microsoft's example. */
const answer = /\bRSVP\b/i;
const name = "[A-Z][\\w'-]{0,40}(?: [A-Z][\\w'-]{0,40})?";
const organization = "[A-Z][\\w&'-]{0,40}(?: (?:(?:of|and|the|for) )?[A-Z][\\w&'-]{0,40}){0,8}";
const contactForms = [new RegExp(`\\b(?:contact|call|reach)(?: with)? (${name})(?: (?:from|of|at) (${organization}))?`), new RegExp(`\\b(${name})(?= \\([^()@]{1,64}@)`)];
/** Longer texts are looked at no further. */
const mostCharacters = 65_536;

/**
 * Addresses, people, meetings and tasks that an English text tells of. Exchange recognizes them with grammars of many
 * languages; this knows the forms of Microsoft's two published examples, with whom the message is from and to.
 *
 * @example
 * extractEntities('Call us: 612-555-0158.', sender, recipients)[0]?.phones[0]?.digits; // '6125550158'
 */
export function extractEntities(text: string, sender: EmailUser | undefined, recipients: readonly EmailUser[]): Entities[] {
  const whole = text.slice(0, mostCharacters);
  const latest = uniqueText(whole);
  const parts = [['LatestReply', latest], ['Other', whole.slice(latest.length)]] as const;
  return parts.map(([position, part]) => entitiesOf(position, part, sender, recipients)).filter(isSomething);
}

function entitiesOf(position: Entities['position'], text: string, sender: EmailUser | undefined, recipients: readonly EmailUser[]): Entities {
  const sentences = sentencesOf(text);
  const meetings = sentences.filter((sentence) => invitation.test(sentence) && saysWhen.test(sentence));
  const tasks = sentences.filter((sentence) => request.test(sentence) && !answer.test(sentence) && !meetings.includes(sentence));
  const attendees = uniquePeople(sender ? [sender, ...recipients] : recipients);
  return {
    position,
    addresses: addressesIn(text),
    emailAddresses: emailAddressesIn(text),
    urls: urlsIn(text),
    phones: phonesIn(text),
    meetings: meetings.map((sentence) => ({ sentence, subject: purpose.exec(sentence)?.[1], attendees, time: timeIn(sentence) })),
    tasks: tasks.map((sentence) => ({ sentence, assignees: recipients })),
    contacts: sentences.flatMap((sentence) => contactIn(sentence) ?? []),
  };
}

function contactIn(sentence: string): ExtractedContact | undefined {
  const match = contactForms.map((form) => form.exec(sentence)).find((one) => one !== null);
  const person = match?.[1];
  if (!match || person === undefined) return undefined;
  const from = sentence.slice(sentence.indexOf(person, match.index));
  const told = { phones: phonesIn(from), urls: urlsIn(from), emailAddresses: emailAddressesIn(from), addresses: addressesIn(from) };
  const details = [...told.phones.map(({ original }) => original), ...told.urls, ...told.emailAddresses, ...told.addresses];
  if (details.length === 0) return undefined;
  const end = Math.max(...details.map((detail) => from.lastIndexOf(detail) + detail.length));
  return { person, business: match[2], ...told, words: from.slice(0, end) };
}

function uniquePeople(people: readonly EmailUser[]): readonly EmailUser[] {
  return [...new Map(people.map((one) => [one.address.toLowerCase(), one])).values()];
}

function isSomething({ position: _position, ...lists }: Entities): boolean {
  return Object.values(lists).some((list) => list.length > 0);
}
