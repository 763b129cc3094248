import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { ValueOf } from '@fauxchange/wbxml';
import type { CommandContext } from '../../context.ts';
import type { SearchResponse } from '../../schema/search.ts';
import { Pictures } from '../directory/pictures.ts';
import type { Range } from './range.ts';

type Properties = NonNullable<NonNullable<ValueOf<typeof SearchResponse>['Response']>['Store']['Result'][number]['Properties']>;
export type AddressListProperties = Pick<Properties, Extract<keyof Properties, `GAL:${string}`>>;

/** Those whose names, aliases or addresses begin with the text, by their display names. */
export async function searchAddressList(
  text: string, range: Range, picture: { readonly MaxSize?: number | undefined; readonly MaxPictures?: number | undefined } | undefined, context: CommandContext,
): Promise<{ readonly results: readonly AddressListProperties[]; readonly total: number }> {
  const { directory } = context.organization;
  const found = text.trim() === '' ? [] : [...directory.resolve(text)].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en'));
  const pictures = picture && new Pictures(context, picture);
  const results: AddressListProperties[] = [];
  for (const entry of found.slice(range.first, range.last + 1)) results.push({ ...propertiesOf(entry), ...(pictures && { 'GAL:Picture': await pictures.of(entry) }) });
  return { results, total: found.length };
}

function propertiesOf(entry: DirectoryEntry): AddressListProperties {
  return {
    'GAL:DisplayName': entry.displayName,
    'GAL:Phone': entry.businessPhone || undefined,
    'GAL:Office': entry.officeLocation || undefined,
    'GAL:Title': entry.jobTitle || undefined,
    'GAL:Company': entry.company || undefined,
    'GAL:Alias': entry.alias,
    'GAL:FirstName': entry.givenName || undefined,
    'GAL:LastName': entry.surname || undefined,
    'GAL:MobilePhone': entry.mobilePhone || undefined,
    'GAL:EmailAddress': entry.primarySmtpAddress,
  };
}
