import type { QueryStringType } from '../schema/types.generated.ts';

/** Before Exchange 2013 it was a text without attributes, as FindPeople's is by its schema still (but see schema/ews-schema.ts). */
export function queryText(sent: QueryStringType | string | undefined): string | undefined {
  return typeof sent === 'string' ? sent : sent?.$;
}
