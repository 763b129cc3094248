import { mimeFromItem, textOfBody } from '@fauxchange/mailbox';
import type { ClassName } from '../folders/folder-type.ts';
import type { ItemView } from '../sync/item-class.ts';
import type { BodyMembers } from './body.ts';
import { wholeCharacters } from './whole-characters.ts';
import { xmlText } from './xml-text.ts';

/** Truncation of 2.5, in bytes, as Z-Push and SOGo read it; 9: whole. */
const truncations: readonly (number | undefined)[] = [0, 512, 1024, 2048, 5120, 10_240, 20_480, 51_200, 102_400, undefined];

/** The body as 2.5 has it: text in elements of the class, or a message's MIME. */
export async function legacyBody({ item, options }: ItemView, kind: ClassName): Promise<BodyMembers> {
  if (kind === 'Email' && (options.mimeSupport === 2 || (options.mimeSupport === 1 && /^ipm\.note\.smime/i.test(item.itemClass)))) {
    const mime = Buffer.from(await mimeFromItem(item));
    const shown = cut(mime, options.mimeTruncation ?? options.truncation);
    return { 'Email:MIMETruncated': shown.length < mime.length, 'Email:MIMEData': xmlText(shown.toString('utf8')), 'Email:MIMESize': mime.length };
  }
  const whole = Buffer.from(xmlText((await textOfBody(item)) ?? ''));
  if (whole.length === 0 && kind !== 'Email') return {};
  const shown = cut(whole, options.truncation);
  const isTruncated = shown.length < whole.length;
  return {
    [`${kind}:Body`]: shown.toString('utf8'),
    [`${kind}:BodyTruncated`]: isTruncated,
    // Appointments tell no size.
    ...(kind !== 'Calendar' && { [`${kind}:BodySize`]: whole.length }),
  };
}

function cut(bytes: Buffer, step: number | undefined): Buffer {
  const most = step === undefined ? undefined : truncations[step];
  return most === undefined ? bytes : wholeCharacters(bytes, most);
}
