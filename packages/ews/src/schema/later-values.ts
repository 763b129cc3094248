/**
 * What an answer says to a client that asks as an older version, where the value came later: a code that it does not know is a request
 * that is invalid, and whoever has a kind of their own since was a mailbox before. Other elements are left out.
 */
export function laterValue(type: string): string | undefined {
  const name = type.slice(type.lastIndexOf(':') + 1);
  return name === 'ResponseCodeType' ? 'ErrorInvalidRequest' : name === 'MailboxTypeType' ? 'Mailbox' : undefined;
}
