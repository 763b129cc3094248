import { findConfiguration, isConfigurationName, type Configuration, type FolderId, type MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { getFolder, targetEntry } from '../../resolve.ts';
import type { UserConfigurationNameType } from '../../schema/types.generated.ts';

export interface ConfigurationPlace {
  readonly session: MailboxSession;
  readonly folderId: FolderId;
  readonly name: string;
}

/** Where a name points: ErrorInvalidArgument for what is no name, and what is said of the folder that it names. */
export async function placeOf(name: UserConfigurationNameType, context: EwsContext): Promise<ConfigurationPlace> {
  const { session, folderId } = await getFolder(targetEntry(name), context);
  if (!isConfigurationName(name.Name)) throw new EwsError('ErrorInvalidArgument');
  return { session, folderId, name: name.Name };
}

/** The configuration itself: ErrorItemNotFound. */
export async function configurationAt({ session, folderId, name }: ConfigurationPlace): Promise<Configuration> {
  const found = await findConfiguration(session, folderId, name);
  if (!found) throw new EwsError('ErrorItemNotFound');
  return found;
}
