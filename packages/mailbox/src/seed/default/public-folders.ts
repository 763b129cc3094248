import type { DirectoryEntry } from '../../directory/directory.ts';
import type { FolderId } from '../../ids.ts';
import type { ItemDraft, Properties } from '../../items/item.ts';
import type { Mailbox } from '../../mailbox.ts';
import type { Organization } from '../../organization.ts';
import { roles, type RoleName } from '../../permissions/rights.ts';
import { buildMail, type SeedWorld } from '../build-mail.ts';
import type { SeedMail } from '../seed-mail.ts';
import { addressIn } from './accounts.ts';
import { appointmentDraft, type SeedAppointment } from './calendars.ts';

interface SeedContact {
  readonly given: string;
  readonly surname: string;
  readonly address: string;
  readonly phone: string;
  readonly company: string;
}

interface PublicFolder {
  /** Below IPM_SUBTREE; a parent stands before what is in it. */
  readonly path: string;
  readonly folderClass: string;
  /** Instead of what it inherits: what everybody may, and further people. */
  readonly everybody?: RoleName | undefined;
  readonly people?: Readonly<Record<string, RoleName>> | undefined;
  readonly posts?: readonly SeedMail[] | undefined;
  readonly contacts?: readonly SeedContact[] | undefined;
  readonly appointments?: readonly SeedAppointment[] | undefined;
}

/** Who put everything there that does not say who wrote it. */
const author = 'alice';

const post = { to: '', itemClass: 'IPM.Post' } as const;

const folders: readonly PublicFolder[] = [
  {
    path: 'Announcements', folderClass: 'IPF.Note',
    posts: [
      { ...post, hoursAgo: 170, from: 'alice', subject: 'Winter hours of the workshop', text: 'Until March the workshop closes at four.\r\n' },
      { ...post, hoursAgo: 50, from: 'carol', subject: 'Lost: one umbrella', text: 'Black, with a duck for a handle. Please bring it to Lighthouse 1.\r\n' },
    ],
  },
  { path: 'Announcements/2024', folderClass: 'IPF.Note' },
  {
    path: 'Board Papers', folderClass: 'IPF.Note', everybody: 'None', people: { alice: 'Owner', bob: 'Reviewer' },
    posts: [{ ...post, hoursAgo: 30, from: 'alice', subject: 'Minutes of December', text: 'Two masts were voted, ten vanes were not.\r\n' }],
  },
  {
    path: 'Public Contacts', folderClass: 'IPF.Contact', people: { alice: 'Owner', carol: 'Editor' },
    contacts: [
      { given: 'Ingrid', surname: 'Isaksen', address: 'ingrid@boats.test', phone: '+47 22 12 34 56', company: 'Isaksen Boats' },
      { given: 'Jean', surname: 'Jaubert', address: 'jean@instruments.test', phone: '+33 1 99 00 12 34', company: 'Jaubert Instruments' },
    ],
  },
  {
    path: 'Station Calendar', folderClass: 'IPF.Appointment',
    appointments: [{ subject: 'Open day of Lighthouse 1', start: '2026-01-17 10:00', end: '2026-01-17 16:00', location: 'Lighthouse 1', categories: ['Office'] }],
  },
];

function contactDraft({ given, surname, address, phone, company }: SeedContact): ItemDraft {
  const name = `${given} ${surname}`;
  const properties: Properties = {
    PidTagSubject: name, PidTagDisplayName: name, PidTagGivenName: given, PidTagSurname: surname, PidTagCompanyName: company, PidTagBusinessTelephoneNumber: phone,
    PidLidFileUnder: `${surname}, ${given}`, PidLidEmail1DisplayName: `${name} (${address})`, PidLidEmail1OriginalDisplayName: address, PidLidEmail1AddressType: 'SMTP', PidLidEmail1EmailAddress: address,
  };
  return { itemClass: 'IPM.Contact', recipients: [], attachments: [], isRead: true, isAssociated: false, properties };
}

/** Makes the public folders of the default organization, with things in them that are their authors'. */
export async function fillPublicFolders(organization: Organization, world: Omit<SeedWorld, 'keep'>): Promise<void> {
  const mailbox = organization.publicFolders;
  if (!mailbox) return;
  const entryOf = (name: string): DirectoryEntry | undefined => organization.directory.byAddress(addressIn(organization.domain, name));
  const ids = new Map<string, FolderId>();
  for (const folder of folders) {
    const id = await makeFolder(folder, mailbox, ids, entryOf);
    ids.set(folder.path, id);
    const put = async (name: string, draft: ItemDraft): Promise<void> => {
      const entry = entryOf(name);
      if (entry) await mailbox.openAs(entry).createItem(id, draft);
    };
    for (const mail of folder.posts ?? []) await put(mail.from, await buildMail(mail, mailbox.owner, { ...world, keep: (bytes) => mailbox.store.keep(bytes) }));
    for (const contact of folder.contacts ?? []) await put(author, contactDraft(contact));
    for (const appointment of folder.appointments ?? []) await put(author, appointmentDraft(appointment, entryOf(author) ?? mailbox.owner, organization));
  }
}

async function makeFolder({ path, folderClass, everybody, people = {} }: PublicFolder, mailbox: Mailbox, made: ReadonlyMap<string, FolderId>, entryOf: (name: string) => DirectoryEntry | undefined): Promise<FolderId> {
  const system = mailbox.openAsSystem();
  const cut = path.lastIndexOf('/');
  const parent = made.get(path.slice(0, Math.max(0, cut)));
  const parentId = parent ?? (await system.distinguished('publicfoldersroot')).id;
  const folder = await system.createFolder(parentId, { displayName: path.slice(cut + 1), folderClass });
  if (everybody === undefined && Object.keys(people).length === 0) return folder.id;
  const named = Object.entries(people).flatMap(([name, role]) => {
    const entry = entryOf(name);
    return entry ? [{ member: { directoryId: entry.id }, rights: roles[role] }] : [];
  });
  const inherited = folder.permissions.filter(({ member }) => typeof member === 'string');
  const permissions = [...inherited.map((one) => (one.member === 'default' && everybody !== undefined ? { ...one, rights: roles[everybody] } : one)), ...named];
  await system.updateFolder(folder.id, { permissions });
  return folder.id;
}
