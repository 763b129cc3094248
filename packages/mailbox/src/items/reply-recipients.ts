import { binary, type Binary } from '@fauxchange/properties';

/** Somebody named by a one-off entry id. */
export interface OneOffRecipient {
  readonly name: string;
  readonly address: string;
}

/** MAPI_ONE_OFF_UID, [MS-OXCDATA] 2.2.5.1. */
const ONE_OFF = Buffer.from('812b1fa4bea310199d6e00dd010f5402', 'hex');
/** MAPI_SEND_NO_RICH_INFO and MAPI_ONE_OFF_UNICODE. */
const ONE_OFF_FLAGS = 0x9001;
const HEAD = 24;

/** PidTagReplyRecipientEntries: a FlatEntryList ([MS-OXCDATA] 2.3.3) of one-off entry ids. */
export function encodeReplyRecipients(people: readonly OneOffRecipient[]): Binary {
  const entries = people.map(({ name, address }) => {
    const head = Buffer.alloc(HEAD);
    ONE_OFF.copy(head, 4);
    head.writeUInt16LE(ONE_OFF_FLAGS, 22);
    const id = Buffer.concat([head, Buffer.from(`${name}\0SMTP\0${address}\0`, 'utf16le')]);
    const padded = Buffer.alloc(4 + Math.ceil(id.length / 4) * 4);
    padded.writeUInt32LE(id.length, 0);
    id.copy(padded, 4);
    return padded;
  });
  const body = Buffer.concat(entries);
  const list = Buffer.alloc(8);
  list.writeUInt32LE(people.length, 0);
  list.writeUInt32LE(body.length, 4);
  return binary.from(Buffer.concat([list, body]));
}

/** The one-off entries of the list, as far as it can be read; entries of other kinds are left out. */
export function decodeReplyRecipients(value: Binary): OneOffRecipient[] {
  const bytes = Buffer.from(binary.toBytes(value));
  const people: OneOffRecipient[] = [];
  for (let at = 8; at + 4 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at);
    const id = bytes.subarray(at + 4, at + 4 + size);
    if (id.length === size && size > HEAD && id.subarray(4, 20).equals(ONE_OFF)) {
      const [name = '', , address = ''] = id.toString('utf16le', HEAD).split('\0');
      people.push({ name, address });
    }
    at += 4 + Math.ceil(size / 4) * 4;
  }
  return people;
}
