/**
 * Makes a value when it is first needed and remembers it. What a whole batch shares (shapes, restrictions) is made inside
 * its first entry, so that what is wrong with it is answered as each entry's error and not as a fault.
 */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
