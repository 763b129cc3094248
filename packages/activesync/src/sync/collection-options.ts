import type { CommandContext } from '../context.ts';
import { commonStatus, EasStatusError, HttpStatusError } from '../errors.ts';
import type { ClassName } from '../folders/folder-type.ts';
import type { RequestCollection, SyncOptions } from '../schema/sync.ts';
import { syncStatus } from './sync-status.ts';

export interface BodyPreference {
  /** 1 text, 2 HTML, 3 RTF, 4 MIME. */
  readonly type: number;
  /** Bytes; undefined: whole. */
  readonly truncationSize: number | undefined;
  readonly allOrNone: boolean;
  /** Characters. */
  readonly preview: number | undefined;
}

/** How the items of a collection are wanted; kept until the client says something else. */
export interface CollectionOptions {
  readonly filterType: number;
  /** 0: the client's change wins, 1: the server's. */
  readonly conflict: number;
  readonly bodyPreferences: readonly BodyPreference[];
  readonly bodyPartPreference: BodyPreference | undefined;
  /** 0 never, 1 signed and encrypted messages, 2 all. */
  readonly mimeSupport: number;
  readonly mimeTruncation: number | undefined;
  readonly truncation: number | undefined;
  readonly rightsManagement: boolean;
  readonly maxItems: number | undefined;
  /** A filter takes in whole conversations, [MS-ASCON] 3.1.4.9. */
  readonly conversationMode: boolean;
  /** Text messages are wanted beside mail. */
  readonly withTexts: boolean;
}

export const defaultOptions: CollectionOptions = {
  filterType: 0, conflict: 1, bodyPreferences: [], bodyPartPreference: undefined, mimeSupport: 0, mimeTruncation: undefined, truncation: undefined, rightsManagement: false, maxItems: undefined, conversationMode: false, withTexts: false,
};

/** FilterType by class, [MS-ASCMD] 2.2.3.68.2. */
const filterTypes: Readonly<Record<ClassName, readonly number[]>> = {
  Email: [0, 1, 2, 3, 4, 5], Calendar: [0, 4, 5, 6, 7], Tasks: [0, 8], Contacts: [0], Notes: [0],
};

/** Statuses for what is wrong with a filter: none that there is, none of this class. */
export interface FilterRefusals {
  readonly unknown: number;
  readonly ofOtherClass: number;
}
const syncRefusals: FilterRefusals = { unknown: syncStatus.protocolError, ofOtherClass: syncStatus.protocolError };

/** The options of a request over those of before. Where an element stands twice the last one holds: [MS-ASCMD] 7. @throws EasStatusError */
export function readOptions(collection: Pick<RequestCollection, 'Options'>, className: ClassName, before: CollectionOptions, context: CommandContext, refusals: FilterRefusals = syncRefusals): CollectionOptions {
  const classes = collection.Options.map(({ Class }) => Class.at(-1) ?? className);
  // Each class once, and no other beside mail but text messages, [MS-ASCMD] 2.2.3.27.6.
  const isStrange = classes.some((name) => name !== className && !(className === 'Email' && name === 'SMS' && context.isAtLeast('14.0')));
  if (isStrange || new Set(classes).size < classes.length) throw new EasStatusError(syncStatus.protocolError, `Options of ${classes.join(' and ')} for ${className}.`);
  const sent = collection.Options[classes.indexOf(className)];
  const options = sent ? optionsOf(sent, className, context, refusals) : before;
  return collection.Options.length > 0 ? { ...options, withTexts: classes.includes('SMS') } : options;
}

function optionsOf(sent: SyncOptions, className: ClassName, context: CommandContext, refusals: FilterRefusals): CollectionOptions {
  const filterType = sent.FilterType.at(-1) ?? 0;
  if (filterType < 0 || filterType > 8) throw new EasStatusError(refusals.unknown, `There is no filter ${filterType}.`);
  // Contacts and notes have no age: whatever the filter, everything is told ([MS-ASCMD] 2.2.3.68.2).
  const isFilter = filterTypes[className].includes(filterType);
  if (!isFilter && className !== 'Contacts' && className !== 'Notes') throw new EasStatusError(refusals.ofOtherClass, `Filter ${filterType} is not for ${className}.`);
  return {
    filterType: isFilter ? filterType : 0,
    conflict: within(sent.Conflict.at(-1), 1, 1),
    bodyPreferences: readBodyPreferences(sent['AirSyncBase:BodyPreference'], context),
    bodyPartPreference: readBodyPartPreference(sent['AirSyncBase:BodyPartPreference']),
    mimeSupport: within(sent.MIMESupport.at(-1), 2, 0),
    mimeTruncation: optionalWithin(sent.MIMETruncation.at(-1), 8),
    truncation: optionalWithin(sent.Truncation.at(-1), 9),
    rightsManagement: sent['RightsManagement:RightsManagementSupport'] ?? false,
    maxItems: sent.MaxItems.at(-1),
    conversationMode: false,
    withTexts: false,
  };
}

function within(value: number | undefined, most: number, byDefault: number): number {
  return optionalWithin(value, most) ?? byDefault;
}

function optionalWithin(value: number | undefined, most: number): number | undefined {
  if (value !== undefined && (value < 0 || value > most)) throw new EasStatusError(syncStatus.protocolError, `${value} is not between 0 and ${most}.`);
  return value;
}

/** The empty element means true, [MS-ASCMD] 2.2.3.36.2. */
export const isConversationMode = (sent: string | undefined): boolean => sent === '' || sent === '1';

type SentPreference = SyncOptions['AirSyncBase:BodyPreference'][number];
const preference = ({ Type, TruncationSize, AllOrNone, Preview }: SentPreference): BodyPreference => ({ type: Type, truncationSize: TruncationSize, allOrNone: AllOrNone ?? false, preview: Preview });

/** [MS-ASAIRS] 2.2.2.12: one of each type, [MS-ASCMD] 2.2.3.16. */
export function readBodyPreferences(sent: readonly SentPreference[], { profile }: Pick<CommandContext, 'profile'>, status: number = syncStatus.protocolError): readonly BodyPreference[] {
  const types = sent.map(({ Type }) => Type);
  if (types.some((type) => type < 1 || type > 4) || new Set(types).size < types.length) {
    // [MS-ASAIRS] 6 <1>
    if (profile.name === 'exchange2007') throw new HttpStatusError(500, 'A body preference stands twice.');
    throw new EasStatusError(status, 'A body preference has no known type, or stands twice.');
  }
  return sent.map(preference);
}

/** [MS-ASAIRS] 2.2.2.11: HTML is all there is. */
export function readBodyPartPreference(sent: readonly SentPreference[]): BodyPreference | undefined {
  const last = sent.at(-1);
  if (last && last.Type !== 2) throw new EasStatusError(commonStatus.BodyPartPreferenceTypeNotSupported, 'A body part is HTML.');
  return last && preference(last);
}
