export interface XsdCheck {
  /** False when the schemas are not beside the project: then every document counts as valid. */
  readonly available: boolean;
  /** Why it is not available. */
  readonly reason?: string | undefined;
  /** libxml2's complaints about an EWS envelope; empty when it is valid. Blocks: half a second for the first document of a process, then well under a millisecond. */
  validate(xml: string): string;
}

/**
 * @param schema a file in `shared/ews-schema` beside the project, or an absolute path; the newest set's envelope by default
 * @example
 * const xsd = createXsdCheck();
 * expect(xsd.validate(answer)).toBe('');
 */
export declare function createXsdCheck(schema?: string): XsdCheck;
