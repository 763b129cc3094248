// A mailbox of many messages: a seed as users write them.
import { require } from './ours.mjs';

const bodyLength = 1640;
const words = 'weather station barometer reading tower gull harbour letter mast report copper signal'.split(' ');
const people = ['Zoe Zeman', 'Ada Quist', 'Ben Okafor', 'Mia Lindqvist'];

function draft(at, text) {
  const person = people[at % people.length];
  const address = `${person.split(' ')[0].toLowerCase()}@elsewhere.test`;
  return {
    itemClass: 'IPM.Note',
    recipients: [{ type: 'to', name: 'Alice Archer', address: 'alice@example.test', addressType: 'SMTP' }],
    attachments: [],
    body: { native: 'text', text },
    isRead: at % 3 > 0,
    isAssociated: false,
    properties: {
      PidTagSubject: `${words[at % words.length]} ${words[(at * 7 + 3) % words.length]} ${(at * 2_654_435_761) % 100_003}`,
      PidTagMessageDeliveryTime: 1_700_000_000_000 + at * 60_000,
      PidTagInternetMessageId: `<${at}.bench@elsewhere.test>`,
      PidTagSenderName: person,
      PidTagSenderEmailAddress: address,
      PidTagSenderSmtpAddress: address,
      PidTagSenderAddressType: 'SMTP',
    },
  };
}

/** Fills alice's inbox; every message has a body of its own. */
export function seedOf(count) {
  const { accountsSeed } = require('@fauxchange/mailbox');
  return async (organization) => {
    await accountsSeed(organization);
    const session = organization.mailboxByAddress('alice@example.test').openAsSystem();
    const inbox = (await session.distinguished('inbox')).id;
    for (let at = 0; at < count; at++) {
      await session.createItem(inbox, draft(at, await session.keep(Buffer.from(`Message ${at}. `.padEnd(bodyLength, 'lorem ipsum dolor sit amet ')))));
    }
  };
}
export const bodyBytes = (count) => count * bodyLength;
