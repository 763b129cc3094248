/** A row of a table by a text of the client's; what every object has (`constructor`) is no row. */
export function lookup<T>(table: Readonly<Record<string, T>>, text: string): T | undefined {
  return Object.hasOwn(table, text) ? table[text] : undefined;
}
