import { getFederationInformation, getOrganizationRelationshipSettings } from './federation.ts';
import { getDomainSettings, getUserSettings } from './settings-operations.ts';
import type { AutodiscoverContext } from '../context.ts';
import type { Outcome } from './schema.ts';

export interface SoapOperation {
  /** Answers also those who sent no credentials. */
  readonly isAnonymous: boolean;
  readonly answer: (request: never, context: AutodiscoverContext) => Outcome & Record<string, unknown>;
}

/** One line an operation; elements are named after them, …RequestMessage and …ResponseMessage. */
export const operations: Readonly<Record<string, SoapOperation>> = {
  GetUserSettings: { isAnonymous: false, answer: getUserSettings },
  GetDomainSettings: { isAnonymous: false, answer: getDomainSettings },
  GetFederationInformation: { isAnonymous: true, answer: getFederationInformation },
  GetOrganizationRelationshipSettings: { isAnonymous: false, answer: getOrganizationRelationshipSettings },
};
