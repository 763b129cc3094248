/** PidTagMemberRights, [MS-OXCPERM] 2.2.7. */
export const rights = {
  readAny: 0x1,
  create: 0x2,
  editOwned: 0x8,
  deleteOwned: 0x10,
  editAny: 0x20,
  deleteAny: 0x40,
  createSubfolder: 0x80,
  folderOwner: 0x100,
  folderContact: 0x200,
  folderVisible: 0x400,
  freeBusySimple: 0x800,
  freeBusyDetailed: 0x1000,
} as const;

/** The roles that Exchange and Outlook name, as sums of rights. */
export const roles = {
  None: 0,
  Owner: 0x7fb,
  PublishingEditor: 0x4fb,
  Editor: 0x47b,
  PublishingAuthor: 0x49b,
  Author: 0x41b,
  NonEditingAuthor: 0x413,
  Reviewer: 0x401,
  Contributor: 0x402,
} as const;
export type RoleName = keyof typeof roles;

export interface FolderPermission {
  /** `default`: everybody with a mailbox; `anonymous`: everybody else; otherwise the directory id of a user or group. */
  readonly member: 'default' | 'anonymous' | { readonly directoryId: string };
  readonly rights: number;
}

/** What an accessor may do with one folder or item, as EWS EffectiveRights and PidTagAccess say it. */
export interface EffectiveRights {
  readonly createAssociated: boolean;
  readonly createContents: boolean;
  readonly createHierarchy: boolean;
  readonly delete: boolean;
  readonly modify: boolean;
  readonly read: boolean;
  readonly viewPrivateItems: boolean;
}
