import { propertySets } from '@fauxchange/properties';
import { errorCode, type PropertyName } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { firstNamedId } from '../../logon/named-properties.ts';
import { PropertyObject } from '../../objects/property-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** Flags of RopGetPropertyIdsFromNames, [MS-OXCPRPT] 2.2.12.1. */
const create = 0x02;
const ownNames = 'PS_MAPI';
/** Names in one request; each makes an entry that stays for good. */
const mostNames = 0x7fff;

/** [MS-OXCPRPT] 3.2.5.9. Names that have no id and get none have the id 0, and the answer is ecWarnWithErrors. */
export const getPropertyIdsFromNames = defineRop('RopGetPropertyIdsFromNames', [PropertyObject], async ({ Flags, PropertyNames }, { logon: { names, session } }) => {
  if (PropertyNames.length > mostNames) throw new RopError(errorCode.ParameterOverflow, `${PropertyNames.length} names are too many.`);
  if ((Flags & ~create) !== 0) throw new RopError(errorCode.InvalidParameter, `0x${Flags.toString(16)} are no flags.`);
  if (PropertyNames.length === 0) return { body: { PropertyIds: [...names.entries()].map(([id]) => id) } };
  // Whoever may only read the mailbox makes no names in it.
  const creates = (Flags & create) !== 0 && session.accessor.entry !== undefined;
  const PropertyIds = PropertyNames.map((name) => names.idOf(name, { creates }) ?? 0);
  return { body: { PropertyIds }, returnValue: PropertyIds.includes(0) ? errorCode.ErrorsReturned : 0 };
});

/** [MS-OXCPRPT] 3.2.5.10: ids below 0x8000 are numbers of PS_MAPI; those that stand for nothing have no name. */
export const getNamesFromPropertyIds = defineRop('RopGetNamesFromPropertyIds', [PropertyObject], async ({ PropertyIds }, { logon: { names } }) => {
  const nameOf = (id: number): PropertyName => (id < firstNamedId ? { kind: 'Lid', Guid: propertySets[ownNames], Lid: id } : (names.nameOf(id) ?? { kind: 'None', Guid: propertySets[ownNames] }));
  return { body: { PropertyNames: PropertyIds.map(nameOf) } };
});

/** QueryFlags, [MS-OXCPRPT] 2.2.9.1; other bits are passed over. */
const queryFlag = { noStrings: 0x01, noIds: 0x02 } as const;

/** [MS-OXCPRPT] 3.2.5.6. */
export const queryNamedProperties = defineRop('RopQueryNamedProperties', [PropertyObject], async ({ QueryFlags, PropertyGuid }, { logon: { names } }) => {
  const isAsked = ({ kind, Guid }: PropertyName): boolean =>
    !(kind === 'Name' && (QueryFlags & queryFlag.noStrings) !== 0) && !(kind === 'Lid' && (QueryFlags & queryFlag.noIds) !== 0) && (PropertyGuid === undefined || Guid === PropertyGuid);
  const found = [...names.entries()].filter(([, name]) => isAsked(name));
  return { body: { PropertyIds: found.map(([id]) => id), PropertyNames: found.map(([, name]) => name) } };
});
