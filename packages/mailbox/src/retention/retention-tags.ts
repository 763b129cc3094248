import type { DirectoryEntry } from '../directory/directory.ts';
import type { Organization } from '../organization.ts';

/** What happens to an item that is older than its tag allows. */
export type RetentionAction = 'MoveToArchive' | 'DeleteAndAllowRecovery';

export interface RetentionTag {
  /** Lower-case GUID. */
  readonly id: string;
  readonly name: string;
  /** What it is for: everything without another tag, a folder, or what people tag themselves. */
  readonly scope: 'All' | 'RecoverableItems' | 'Personal';
  readonly action: RetentionAction;
  /** Undefined: never, such a tag keeps others away. */
  readonly days: number | undefined;
}

/** Default MRM Policy as Exchange 2013 and later set it up: "Default Retention Policy in Exchange Server". */
const defaultPolicy: readonly Omit<RetentionTag, 'id'>[] = [
  { name: 'Default 2 years move to archive', scope: 'All', action: 'MoveToArchive', days: 730 },
  { name: 'Recoverable Items 14 days move to archive', scope: 'RecoverableItems', action: 'MoveToArchive', days: 14 },
  { name: 'Personal 1 year move to archive', scope: 'Personal', action: 'MoveToArchive', days: 365 },
  { name: 'Personal 5 year move to archive', scope: 'Personal', action: 'MoveToArchive', days: 1825 },
  { name: 'Personal never move to archive', scope: 'Personal', action: 'MoveToArchive', days: undefined },
  { name: '1 Week Delete', scope: 'Personal', action: 'DeleteAndAllowRecovery', days: 7 },
  { name: '1 Month Delete', scope: 'Personal', action: 'DeleteAndAllowRecovery', days: 30 },
  { name: '6 Month Delete', scope: 'Personal', action: 'DeleteAndAllowRecovery', days: 180 },
  { name: '1 Year Delete', scope: 'Personal', action: 'DeleteAndAllowRecovery', days: 365 },
  { name: '5 Year Delete', scope: 'Personal', action: 'DeleteAndAllowRecovery', days: 1825 },
  { name: 'Never Delete', scope: 'Personal', action: 'DeleteAndAllowRecovery', days: undefined },
];

/**
 * The tags of the retention policy of a mailbox. Exchange gives the default policy to mailboxes with an archive, when that is
 * enabled, and none to others; its tags move and delete nothing here: the assistant that would do so works at night.
 *
 * @example
 * const names = retentionTagsOf(organization, entry).map(({ name }) => name);
 */
export function retentionTagsOf({ ids }: Pick<Organization, 'ids'>, { hasArchive, mailboxGuid }: DirectoryEntry): readonly RetentionTag[] {
  if (!hasArchive || mailboxGuid === undefined) return [];
  return defaultPolicy.map((tag) => ({ ...tag, id: ids.fork(`retention tag ${tag.name}`).uuid() }));
}
