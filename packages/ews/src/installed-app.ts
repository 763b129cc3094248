import { installedApps, setInstalledApps, type InstalledApp } from '@fauxchange/mailbox';
import type { EwsContext } from './context.ts';
import { EwsError } from './errors.ts';
import { ownSession } from './resolve.ts';

/** Notes something of one of the caller's add-ins; ErrorExtensionNotFound. */
export async function changeInstalledApp(id: string, change: Partial<InstalledApp>, context: EwsContext): Promise<void> {
  const session = ownSession(context);
  const apps = await installedApps(session);
  const wanted = id.toLowerCase();
  if (!apps.some((app) => app.id === wanted)) throw new EwsError('ErrorExtensionNotFound', `Extension ID ${id} can't be found.`);
  await setInstalledApps(session, apps.map((app) => (app.id === wanted ? { ...app, ...change } : app)));
}
