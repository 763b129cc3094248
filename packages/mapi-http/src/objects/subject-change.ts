import type { Property, PropertyName, PropertyValue } from '@fauxchange/properties';
import type { OpenContent } from './open-content.ts';

type Given = ReadonlyMap<PropertyName, PropertyValue | undefined>;

/** A subject is a prefix and the rest: whichever is set, the others follow. [MS-OXCMSG] 2.2.1.9, 2.2.1.10, 2.2.1.46 */
export function settleSubject(content: OpenContent, changes: ReadonlyMap<Property, PropertyValue | undefined>): void {
  const given: Given = new Map([...changes].map(([{ name }, value]) => [name, value]));
  const [prefix, normalized] = [given.get('PidTagSubjectPrefix'), given.get('PidTagNormalizedSubject')];
  if (given.has('PidTagSubject') && prefix === undefined && normalized === undefined) {
    content.set('PidTagSubjectPrefix', undefined);
    content.set('PidTagNormalizedSubject', undefined);
    return;
  }
  if (!given.has('PidTagSubjectPrefix') && !given.has('PidTagNormalizedSubject')) return;
  const start = given.has('PidTagSubjectPrefix') ? String(prefix ?? '') : String(content.value('PidTagSubjectPrefix') ?? '');
  content.set('PidTagSubject', `${start}${normalizedBefore(content, given)}`);
  content.set('PidTagSubjectPrefix', start);
  content.set('PidTagNormalizedSubject', undefined);
}

/** The rest of the subject: as it is given, or as it was before these changes. */
function normalizedBefore(content: OpenContent, given: Given): string {
  if (given.has('PidTagNormalizedSubject')) return String(given.get('PidTagNormalizedSubject') ?? '');
  const whole = String(content.value('PidTagSubject') ?? '');
  const old = given.has('PidTagSubject') ? String(given.get('PidTagSubjectPrefix') ?? '') : String(content.base.bag.get('PidTagSubjectPrefix') ?? '');
  return old !== '' && whole.startsWith(old) ? whole.slice(old.length) : whole;
}
