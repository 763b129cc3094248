/** A version of four parts as three numbers, [MS-OXCRPC] 3.1.4.1.3.1: the bit says that it is one of four. */
export function versionWords(text: string): readonly number[] {
  const [major = 0, minor = 0, build = 0, revision = 0] = text.replace(/^[^\d]*/, '').split('.').map(Number);
  return [(major << 8) | minor, 0x8000 | build, revision];
}
