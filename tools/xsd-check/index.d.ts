export interface XsdCheck {
  /** False when the schemas are not beside the project: then every document counts as valid. */
  readonly available: boolean;
  /** Why it is not available. */
  readonly reason?: string | undefined;
  /** libxml2's complaints about an EWS envelope; empty when it is valid. Blocks: half a second for the first document, then well under a millisecond. */
  validate(xml: string): string;
  /** Resolves when the worker has ended: jest waits for it. */
  close(): Promise<void>;
}

/**
 * @param schema a file in `shared/ews-schema` beside the project, or an absolute path; the newest set's envelope by default
 * @example
 * const xsd = createXsdCheck();
 * afterAll(() => xsd.close());
 * expect(xsd.validate(answer)).toBe('');
 */
export declare function createXsdCheck(schema?: string): XsdCheck;
