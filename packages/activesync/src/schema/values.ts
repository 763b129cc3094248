import { text } from '@fauxchange/wbxml';

/** `2026-11-25T18:32:19.000Z`, [MS-ASDTYPE] 2.3. Clients leave the fraction out, too. */
export const dashedDate = () => text({ pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/ });
/** `20261125T183219Z`, [MS-ASDTYPE] 2.7.2. */
export const compactDate = () => text({ pattern: /^\d{8}T\d{6}Z$/ });
/** Ids that servers and clients give: at most 64 characters, which can be told back as they are. */
export const id64 = ({ minLength = 0 }: { readonly minLength?: number } = {}) => text({ minLength, maxLength: 64, pattern: /^\P{Cc}*$/u });
