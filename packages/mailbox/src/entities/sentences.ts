/** A text as its sentences; lines that only wrap are joined, blank lines end one. */
export function sentencesOf(text: string): string[] {
  return text.split(/\r?\n[ \t]*\r?\n/).flatMap((paragraph) => paragraph.replaceAll(/\s+/g, ' ').trim().split(/(?<=[.?!])\s(?=["'(]?[A-Z])/)).filter((sentence) => sentence !== '');
}
