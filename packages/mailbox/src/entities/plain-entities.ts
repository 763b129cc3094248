/** A telephone number as it was written, its digits, and what the words before it say of it. */
export interface PhoneEntity {
  readonly original: string;
  readonly digits: string;
  readonly type: 'Home' | 'Business' | 'Mobile' | 'Unspecified';
}

// Every expression is linear in the text: repetitions are bounded or cannot be split in two ways.
const urlForm = /(?<![\w@/])(?:https?:\/\/|www\.)[^\s<>"'()[\]]{1,2000}/gi;
const emailForm = /(?<![\w.%+-])[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/gi;
const phoneForm = /(?<![\w@.+(/-])(?:\+?\d{1,3}[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])|(?<![\w@.+(/-])\+\d{1,3}(?:[ .-]\d{2,4}){2,5}(?![\w-])/g;
const word = "[A-Z][\\w.'-]{0,40}";
const addressForm = new RegExp(
  `\\b\\d{1,6} (?:${word} ){0,5}(?:Street|St|Avenue|Ave|Boulevard|Blvd|Road|Rd|Drive|Dr|Lane|Ln|Way|Court|Ct|Place|Pl|Square|Sq|Highway|Hwy|Parkway|Pkwy)\\.?,? ${word}(?: ${word}){0,3},? [A-Z]{2} \\d{5}(?:-\\d{4})?\\b`, 'g',
);
const phoneTypes = [[/\bhome\b/i, 'Home'], [/\b(?:work|office|business)\b/i, 'Business'], [/\b(?:mobile|cell)\b/i, 'Mobile']] as const;

const most = 100;
const found = (text: string, form: RegExp): string[] => [...new Set([...text.matchAll(form)].slice(0, most).map(([whole]) => whole))];

export function urlsIn(text: string): string[] {
  return found(text, urlForm).map((url) => url.replace(/[.,;:!?]+$/, ''));
}

export function emailAddressesIn(text: string): string[] {
  return found(text, emailForm);
}

export function addressesIn(text: string): string[] {
  return found(text, addressForm);
}

export function phonesIn(text: string): PhoneEntity[] {
  return [...text.matchAll(phoneForm)].slice(0, most).map(({ 0: original, index }) => {
    const before = /[^.?!\n]*$/.exec(text.slice(Math.max(0, index - 40), index))?.[0] ?? '';
    return { original, digits: original.replaceAll(/\D/g, ''), type: phoneTypes.find(([form]) => form.test(before))?.[1] ?? 'Unspecified' };
  });
}
