import type { Organization } from '../../organization.ts';
import { roles } from '../../permissions/rights.ts';
import { fillMailbox } from '../fill-mailbox.ts';
import type { Seed } from '../seed.ts';
import type { SeedMail, SeedMailbox } from '../seed-mail.ts';
import { addressIn, defaultAccounts, defaultGrants, defaultPermissions, impersonator } from './accounts.ts';
import { alice } from './alice.ts';
import { fillCalendars } from './calendars.ts';
import { fillPublicFolders } from './public-folders.ts';
import { setPhoto } from '../../directory/photos.ts';
import { alicePhoto } from './photo.ts';
import { bob, carol, dave, support } from './others.ts';

/** The last moment of the seed's mail, unless the clock stands earlier. */
const LATEST = 1_767_603_600_000; // 2026-01-05T09:00Z

const mailboxes: Readonly<Record<string, SeedMailbox>> = { alice, bob, carol, dave, support };

/** Everybody of the default organization, their rights over each other, and no mail. */
export const accountsSeed: Seed = async (organization) => {
  const { domain, directory } = organization;
  const entryOf = (name: string) => {
    const entry = directory.byAddress(addressIn(domain, name));
    if (!entry) throw new Error(`the default organization has no ${name}`);
    return entry;
  };
  for (const { name, members, owners, manager, proxyAddresses, ...entry } of defaultAccounts) {
    await organization.add({
      ...entry,
      primarySmtpAddress: addressIn(domain, name),
      members: members?.map((member) => entryOf(member).id),
      owners: owners?.map((owner) => entryOf(owner).id),
      manager: manager === undefined ? undefined : entryOf(manager).id,
      proxyAddresses: proxyAddresses?.map((alias) => addressIn(domain, alias)),
    });
  }
  for (const [owner, grantee, grant] of defaultGrants) directory.grant(entryOf(owner).id, entryOf(grantee).id, grant);
  directory.allowImpersonation(entryOf(impersonator).id);
  for (const [owner, folderName, delegate, role] of defaultPermissions) {
    const session = organization.mailboxOf(entryOf(owner))?.openAsSystem();
    const folder = await session?.distinguished(folderName);
    if (!session || !folder) continue;
    await session.updateFolder(folder.id, { permissions: [...folder.permissions, { member: { directoryId: entryOf(delegate).id }, rights: roles[role] }] });
  }
};

/** The default organization with its mail. */
export const defaultSeed: Seed = async (organization: Organization) => {
  await accountsSeed(organization);
  const { domain, directory, clock } = organization;
  const threads = new Map<string, SeedMail>();
  for (const folder of Object.values(mailboxes).flatMap((mailbox) => Object.values(mailbox))) {
    for (const mail of folder) if (mail.thread !== undefined && !mail.reply) threads.set(mail.thread, mail);
  }
  const world = { domain, directory, salt: organization.ids.fork('default seed').uuid(), latest: Math.min(LATEST, clock.now()), threads };
  for (const [name, content] of Object.entries(mailboxes)) {
    const mailbox = organization.mailboxByAddress(addressIn(domain, name));
    if (mailbox) await fillMailbox(mailbox, content, { ...world, keep: (bytes) => mailbox.store.keep(bytes) });
  }
  await fillCalendars(organization);
  await fillPublicFolders(organization, world);
  const photographed = organization.mailboxByAddress(addressIn(domain, 'alice'));
  if (photographed) await setPhoto(photographed.openAsSystem(), Buffer.from(alicePhoto, 'base64'));
};
