import { binary } from '@fauxchange/properties';
import { decodeReplyRecipients, encodeReplyRecipients } from './reply-recipients.ts';

describe('PidTagReplyRecipientEntries', () => {
  it('comes back as it went', () => {
    const people = [{ name: 'Zoë', address: 'zoe@example.test' }, { name: '', address: 'b@example.test' }];
    expect(decodeReplyRecipients(encodeReplyRecipients(people))).toEqual(people);
    expect(decodeReplyRecipients(encodeReplyRecipients([]))).toEqual([]);
  });

  it('survives truncation at every byte', () => {
    const whole = binary.toBytes(encodeReplyRecipients([{ name: 'A', address: 'a@example.test' }]));
    for (let length = 0; length < whole.length; length++) expect(decodeReplyRecipients(binary.from(whole.subarray(0, length)))).toEqual([]);
  });
});
