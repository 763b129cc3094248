import type { Organization } from '../organization.ts';

/** A seed is a function: it fills a fresh organization through the same doors as everybody else. */
export type Seed = (organization: Organization) => Promise<void>;
