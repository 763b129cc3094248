import type { SeedMail, SeedMailbox } from '../seed-mail.ts';
import { rawMessages } from './raw-messages.ts';

/** A picture of one red pixel. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

const readings: SeedMail = {
  hoursAgo: 160, from: 'bob', to: 'alice', cc: 'carol', thread: 'readings', subject: 'Station 12 reads too high',
  text: 'Alice,\r\n\r\nstation 12 has been reading 3 hPa above its neighbours since Sunday. I think it is the sensor, not the weather.\r\nThe readings are attached.\r\n\r\nBob\r\n',
  answered: 'reply',
  attachments: [{ name: 'readings.csv', contentType: 'text/csv', text: 'time,hPa\r\n2025-12-28T06:00Z,1021.4\r\n2025-12-28T12:00Z,1022.0\r\n2025-12-28T18:00Z,1023.7\r\n' }],
};

const inbox: readonly SeedMail[] = [
  readings,
  { hoursAgo: 157, from: 'carol', to: 'alice; bob', thread: 'readings', reply: 1, subject: 'RE: Station 12 reads too high', text: 'There is a spare sensor in the cupboard of Lighthouse 1, second shelf.\r\n\r\nCarol\r\n' },
  { hoursAgo: 152, from: 'bob', to: 'alice', cc: 'carol', thread: 'readings', reply: 2, subject: 'RE: Station 12 reads too high', text: 'Taken, thank you. I go there on Friday.\r\n\r\nBob\r\n' },
  rawMessages.japanese,
  {
    hoursAgo: 145, from: 'Barometer <newsletter@news.contoso.test>', to: 'alice', subject: 'The Barometer, issue 47: fog, and how to measure it',
    html: '<html><head><style>h1{color:#246}</style></head><body><h1>The Barometer</h1><p>This month: <b>fog</b>.</p><ul><li>Visibility by laser</li><li>Visibility by eye &amp; lamp</li></ul><p><a href="https://news.contoso.test/47">Read on the web</a></p><img src="https://news.contoso.test/open.gif" width="1" height="1"></body></html>',
    categories: ['Reading'], unsubscribe: '<mailto:leave@news.contoso.test>, <https://news.contoso.test/leave>', replyTo: 'Editors <editors@news.contoso.test>', importance: 'low',
  },
  rawMessages.cyrillic,
  rawMessages.longName,
  {
    hoursAgo: 120, from: 'Frank Fischer <frank@contoso.test>', to: 'alice', thread: 'quotation', subject: 'Quotation 2026-014', answered: 'reply',
    text: 'Dear Ms Archer,\r\n\r\nplease find our quotation for twelve wind vanes attached. It is valid until 31 January.\r\n\r\nKind regards\r\nFrank Fischer\r\n',
    attachments: [{ name: 'quotation-2026-014.txt', contentType: 'text/plain', text: '12 wind vanes, 89.00 each\r\nTotal 1068.00\r\n' }], categories: ['Project Alpha'],
  },
  { hoursAgo: 101, from: 'Frank Fischer <frank@contoso.test>', to: 'alice', thread: 'quotation', reply: 2, subject: 'AW: Quotation 2026-014', text: 'Certainly: ten for 85.00 each. The mast holders are included.\r\n\r\nFrank Fischer\r\n', isUnread: true },
  { hoursAgo: 99, from: 'dave', to: 'everyone', thread: 'offsite', subject: 'Day out in March', text: 'Hello all,\r\n\r\nshall we walk to the old lighthouse in March? The 12th looks dry.\r\n\r\nDave\r\n' },
  { hoursAgo: 98, from: 'carol', to: 'dave', cc: 'everyone', thread: 'offsite', reply: 1, subject: 'Re: Day out in March', text: 'Dry in March: I have it in writing now.\r\nI book the boat.\r\n\r\nCarol\r\n' },
  { hoursAgo: 97, from: 'bob', to: 'everyone', thread: 'offsite', reply: 2, subject: 'Re: Day out in March', text: 'I bring soup.\r\n', isUnread: true },
  { hoursAgo: 90, from: 'dave', to: 'alice', subject: 'Contract for signature', text: 'The contract with the harbour needs your name under it before Thursday.\r\n', flag: 'flagged', importance: 'high' },
  { hoursAgo: 88, from: 'carol', to: 'alice', subject: 'Travel claims', text: 'Yours are all paid.\r\n', flag: 'complete' },
  rawMessages.encrypted,
  {
    hoursAgo: 74, from: 'bob', to: 'alice', subject: 'Picture of the new mast',
    html: '<html><body><p>Here it is, from the harbour side:</p><p><img src="cid:mast@example.test" alt="the mast"></p></body></html>',
    attachments: [{ name: 'mast.png', contentType: 'image/png', base64: pixel, contentId: 'mast@example.test' }, { name: 'mast-list.txt', contentType: 'text/plain', text: 'bolts 24\r\nnuts 24\r\nwashers 48\r\n' }],
  },
  {
    hoursAgo: 70, from: 'carol', to: 'alice', subject: 'FW: Complaint of a gull', text: 'I do not know what to answer. See attached.\r\n\r\nCarol\r\n',
    attachments: [{
      name: 'Complaint of a gull', contentType: 'message/rfc822',
      mail: {
        hoursAgo: 75, from: 'Gull & Sons <office@gulls.test>', to: 'support', subject: 'Complaint of a gull', text: 'Sirs,\r\n\r\nyour anemometer turns too fast to sit on.\r\n',
        attachments: [{ name: 'feather.txt', contentType: 'text/plain', text: 'one feather\r\n' }],
      },
    }],
  },
  { hoursAgo: 66, from: 'dave', to: 'alice', subject: 'Your birthday', text: 'Do not come into the kitchen before noon.\r\n', sensitivity: 'private' },
  { hoursAgo: 64, from: 'svc', to: 'team', subject: 'Mail server restarts tonight', text: 'Between 22:00 and 22:15 UTC no mail will be sent or received.\r\n', importance: 'high', asksReadReceipt: true },
  { hoursAgo: 52, from: 'dave', to: 'alice', cc: 'bob; carol; support; room1; frank@contoso.test; grace@contoso.test; Hana <hana@contoso.test>; vera@contoso.test', subject: 'Forecast for the first week of January, which is long, so that those who show only the beginning of a subject have to cut it somewhere sensible', text: 'Monday: snow.\r\nTuesday: snow.\r\nWednesday: ask again.\r\n' },
  { hoursAgo: 50, from: 'Unknown <nobody@elsewhere.test>', to: 'alice', subject: '', text: 'A message without a subject.\r\n' },
  { hoursAgo: 49, from: 'bob', to: 'alice', subject: 'Empty', isUnread: true },
  { hoursAgo: 30, from: 'Noa <noa@elsewhere.test>', to: 'alice', subject: 'תחזית ☔ und ein Gruß 👋', html: '<html><body><p dir="rtl">גשם מחר</p><p>Rain tomorrow &#x2614;</p></body></html>', isUnread: true },
  { hoursAgo: 26, from: 'carol', to: 'alice', subject: 'Keys to Lighthouse 2', text: 'On the hook.\r\n', sensitivity: 'confidential', categories: ['Office', 'Keys'] },
  { hoursAgo: 22, from: 'bob', to: 'alice', subject: 'Timesheet', text: '38.5 hours.\r\n', categories: ['Office'] },
  { hoursAgo: 3, from: 'bob', to: 'alice', subject: 'Timesheet', text: 'Forgot one: 39.5 hours.\r\n', isUnread: true },
  { hoursAgo: 1, from: 'dave', to: 'alice', subject: 'Morning briefing', html: '<html><body><table border="1"><tr><th>Station</th><th>hPa</th></tr><tr><td>9</td><td>1012</td></tr><tr><td>12</td><td>1015</td></tr></table></body></html>', isUnread: true },
];

export const alice: SeedMailbox = {
  inbox,
  drafts: [
    { hoursAgo: 25, from: 'alice', to: 'grace@contoso.test', subject: 'Guys of mast 12', text: 'Dear Grace,\r\n\r\nare three guys enough? The\r\n', isDraft: true },
    { hoursAgo: 2, from: 'alice', to: '', subject: '', html: '<html><body><p>Remember: soup.</p></body></html>', isDraft: true },
  ],
  sentitems: [
    { hoursAgo: 158, from: 'alice', to: 'bob', cc: 'carol', thread: 'readings', reply: 1, subject: 'RE: Station 12 reads too high', text: 'Please change the sensor. Carol, do we have one?\r\n\r\nAlice\r\n' },
    { hoursAgo: 118, from: 'alice', to: 'Frank Fischer <frank@contoso.test>', thread: 'quotation', reply: 1, subject: 'RE: Quotation 2026-014', text: 'Dear Mr Fischer,\r\n\r\nwhat would ten of them cost?\r\n\r\nAlice Archer\r\n' },
    { hoursAgo: 96, from: 'alice', to: 'everyone', thread: 'offsite', reply: 1, subject: 'Re: Day out in March', text: 'Yes!\r\n' },
    { hoursAgo: 60, from: 'alice', to: 'dave', bcc: 'carol', subject: 'Budget', text: 'The budget is attached.\r\n', attachments: [{ name: 'budget.csv', contentType: 'text/csv', text: 'masts,4\r\nvanes,10\r\n' }] },
  ],
  deleteditems: [
    { hoursAgo: 140, from: 'Lucky <winner@lottery.test>', to: 'alice', subject: 'You have won', text: 'Nothing.\r\n' },
    { hoursAgo: 41, from: 'bob', to: 'alice', subject: 'Lunch?', text: 'In ten minutes.\r\n' },
  ],
  junkemail: [{ hoursAgo: 80, from: 'Offers <offers@lottery.test>', to: 'alice', subject: 'Cheap weather', html: '<html><body><script>alert(1)</script><p onclick="alert(2)">Buy sun now!</p></body></html>', isUnread: true }],
  'Projects': [],
  'Projects/Alpha': [
    { hoursAgo: 700, from: 'carol', to: 'alice', subject: 'Alpha: minutes of the first meeting', text: 'Present: all. Decided: to begin.\r\n', categories: ['Project Alpha'] },
    { hoursAgo: 500, from: 'Grace Giordano <grace@contoso.test>', to: 'alice', subject: 'Alpha: foundation', text: 'The concrete is dry.\r\n', categories: ['Project Alpha'] },
    { hoursAgo: 320, from: 'bob', to: 'alice', subject: 'Alpha: cables', text: '40 m laid.\r\n' },
  ],
  'Projects/Beta': [
    { hoursAgo: 450, from: 'dave', to: 'alice', subject: 'Beta: is there a beta?', text: 'There is a folder for it.\r\n' },
    { hoursAgo: 300, from: 'carol', to: 'alice', subject: 'Beta: not yet', text: 'Next year.\r\n' },
  ],
  'Archive': [
    { hoursAgo: 9_000, from: 'bob', to: 'alice', subject: 'Happy new year', text: 'And a dry one.\r\n' },
    { hoursAgo: 5_000, from: 'carol', to: 'alice', subject: 'Office closed on Monday', text: 'Painting.\r\n' },
  ],
};
