import { EwsError } from './errors.ts';

/** ErrorInvalidSmtpAddress for what is no address: "occurs when the SMTP address cannot be parsed". */
export function checkSmtpAddress(text: string): string {
  if (text.length > 320 || !/^[^\s@<>"]+@[^\s@<>"]+$/.test(text)) throw new EwsError('ErrorInvalidSmtpAddress');
  return text;
}
