/** Text without what no XML document can carry, [XML 1.0] 2.2: clients fail on it, whatever their parser. */
export function xmlText(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}
