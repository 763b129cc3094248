import { displayTypeOf, type DirectoryEntry, type NewEntry } from '@fauxchange/mailbox';
import { displayType, idOfTag, typeOfTag, propertyType, type TaggedValue } from '@fauxchange/mapi-wire';
import { defineOperation, needed } from './define-operation.ts';
import { changed, NspiError } from './nspi-error.ts';
import { checkCodePage } from './rows.ts';

/** What may be changed, by its id, and where the directory keeps it: [MS-OXNSPI] 3.1.4.1.14. */
const writable: ReadonlyMap<number, 'certificates' | 'smimeCertificates'> = new Map([[0x8c6a, 'certificates'], [0x3a70, 'smimeCertificates']]);
type Changes = Pick<NewEntry, 'certificates' | 'smimeCertificates'>;

/**
 * [MS-OXCMAPIHTTP] 2.2.5.11: somebody's own certificates. All or nothing is changed.
 *
 * @NOTE Outlook publishes certificates so, and Exchange takes them, whatever [MS-OXNSPI] note <7> says.
 */
export const modProps = defineOperation('ModProps', () => ({}), ({ State, PropertyTags, PropertyValues }, { server, caller }) => {
  const stat = needed(State);
  checkCodePage(stat);
  const removed = needed(PropertyTags);
  const entry = server.entryOf(stat.CurrentRec);
  if (!entry) throw new NspiError('InvalidParameter');
  if (!mayChange(entry, caller)) throw new NspiError('AccessDenied');
  const changes: Changes = Object.fromEntries([...removed.map((tag) => [fieldOf(tag), []] as const), ...(PropertyValues ?? []).map((one) => [fieldOf(one.tag), certificatesOf(one)] as const)]);
  changed(() => server.directory.update(entry.id, changes));
  return {};
});

const mayChange = (entry: DirectoryEntry, caller: DirectoryEntry): boolean => displayTypeOf(entry) === displayType.MailUser && entry.id === caller.id;

function fieldOf(tag: number): 'certificates' | 'smimeCertificates' {
  const field = writable.get(idOfTag(tag));
  if (!field || typeOfTag(tag) !== propertyType.MultipleBinary) throw new NspiError('AccessDenied');
  return field;
}

const certificatesOf = ({ value }: TaggedValue): readonly string[] => ((value ?? []) as readonly Uint8Array[]).map((bytes) => Buffer.from(bytes).toString('base64'));
