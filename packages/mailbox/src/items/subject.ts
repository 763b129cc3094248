export interface SubjectParts {
  readonly prefix: string;
  readonly normalized: string;
}

/**
 * Cuts a reply or forward prefix off: at the start one to three characters that are neither digits nor colons,
 * then a colon and a space ([MS-OXCMSG] 2.2.1.9, 2.2.1.10).
 */
export function subjectParts(subject: string, prefix?: string): SubjectParts {
  if (prefix !== undefined && subject.startsWith(prefix)) return { prefix, normalized: subject.slice(prefix.length) };
  const cut = /^[^\s\d:]{1,3}: /u.exec(subject)?.[0] ?? '';
  return { prefix: cut, normalized: subject.slice(cut.length) };
}
