/** 64-bit numbers as JSON has them: texts of their own. For JSON.stringify. */
export const bigAsText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? { bigint: String(value) } : value);

const isBig = (value: unknown): value is { readonly bigint: string } => typeof value === 'object' && value !== null && typeof (value as { readonly bigint?: unknown }).bigint === 'string';
/** The same back: for JSON.parse. @throws SyntaxError for a text that is no number */
export const bigFromText = (_key: string, value: unknown): unknown => (isBig(value) ? BigInt(value.bigint) : value);
