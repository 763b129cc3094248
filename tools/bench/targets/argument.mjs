import { once } from 'node:events';

/** What the starter sent. */
export const [argument] = await once(process, 'message');
