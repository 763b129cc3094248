import type { RequestType } from '../request-type.ts';
import type { AddressBookServer } from './address-book-server.ts';
import { bind } from './bind.ts';
import { compareMIds } from './compare-mids.ts';
import type { NspiOperation } from './define-operation.ts';
import { dnToMId } from './dn-to-mid.ts';
import { getMatches } from './get-matches.ts';
import { getPropList } from './get-prop-list.ts';
import { getProps } from './get-props.ts';
import { getSpecialTable } from './get-special-table.ts';
import { getTemplateInfo } from './get-template-info.ts';
import { getAddressBookUrl, getMailboxUrl } from './get-urls.ts';
import { modLinkAtt } from './mod-link-att.ts';
import { modProps } from './mod-props.ts';
import { queryColumns } from './query-columns.ts';
import { queryRows } from './query-rows.ts';
import { resolveNames } from './resolve-names.ts';
import { resortRestriction } from './resort-restriction.ts';
import { seekEntries } from './seek-entries.ts';
import { unbind } from './unbind.ts';
import { updateStat } from './update-stat.ts';

const operations: readonly NspiOperation[] = [
  bind, unbind, compareMIds, dnToMId, getMatches, getPropList, getProps, getSpecialTable, getTemplateInfo, modLinkAtt, modProps, queryRows, queryColumns, resolveNames, resortRestriction, seekEntries,
  updateStat, getMailboxUrl, getAddressBookUrl,
];

/** The request types of the address book, [MS-OXCMAPIHTTP] 2.2.5, for a server. */
export const addressBookTypes = (server: AddressBookServer): readonly RequestType[] => operations.map((operation) => operation(server));
