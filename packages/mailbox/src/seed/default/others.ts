import type { SeedMailbox } from '../seed-mail.ts';

export const bob: SeedMailbox = {
  inbox: [
    { hoursAgo: 158, from: 'alice', to: 'bob', cc: 'carol', thread: 'readings', reply: 1, subject: 'RE: Station 12 reads too high', text: 'Please change the sensor. Carol, do we have one?\r\n\r\nAlice\r\n' },
    { hoursAgo: 157, from: 'carol', to: 'alice; bob', thread: 'readings', reply: 1, subject: 'RE: Station 12 reads too high', text: 'There is a spare sensor in the cupboard of Lighthouse 1, second shelf.\r\n\r\nCarol\r\n' },
    { hoursAgo: 99, from: 'dave', to: 'everyone', thread: 'offsite', subject: 'Day out in March', text: 'Hello all,\r\n\r\nshall we walk to the old lighthouse in March? The 12th looks dry.\r\n\r\nDave\r\n' },
    { hoursAgo: 64, from: 'svc', to: 'team', subject: 'Mail server restarts tonight', text: 'Between 22:00 and 22:15 UTC no mail will be sent or received.\r\n', importance: 'high', asksReadReceipt: true, isUnread: true },
    { hoursAgo: 20, from: 'carol', to: 'bob', subject: 'Your timesheet', text: 'Is it 38.5 or 39.5?\r\n', isUnread: true },
  ],
  sentitems: [
    { hoursAgo: 97, from: 'bob', to: 'everyone', thread: 'offsite', reply: 2, subject: 'Re: Day out in March', text: 'I bring soup.\r\n' },
    { hoursAgo: 3, from: 'bob', to: 'alice', subject: 'Timesheet', text: 'Forgot one: 39.5 hours.\r\n' },
  ],
};

export const carol: SeedMailbox = {
  inbox: [
    { hoursAgo: 158, from: 'alice', to: 'bob', cc: 'carol', thread: 'readings', reply: 1, subject: 'RE: Station 12 reads too high', text: 'Please change the sensor. Carol, do we have one?\r\n\r\nAlice\r\n' },
    { hoursAgo: 96, from: 'alice', to: 'everyone', thread: 'offsite', reply: 1, subject: 'Re: Day out in March', text: 'Yes!\r\n' },
    { hoursAgo: 64, from: 'svc', to: 'team', subject: 'Mail server restarts tonight', text: 'Between 22:00 and 22:15 UTC no mail will be sent or received.\r\n', importance: 'high', asksReadReceipt: true, isUnread: true },
    { hoursAgo: 60, from: 'alice', to: 'dave', subject: 'Budget', text: 'The budget is attached.\r\n', attachments: [{ name: 'budget.csv', contentType: 'text/csv', text: 'masts,4\r\nvanes,10\r\n' }] },
  ],
};

export const dave: SeedMailbox = {
  inbox: [
    { hoursAgo: 98, from: 'carol', to: 'dave', cc: 'everyone', thread: 'offsite', reply: 1, subject: 'Re: Day out in March', text: 'Dry in March: I have it in writing now.\r\nI book the boat.\r\n\r\nCarol\r\n' },
    { hoursAgo: 60, from: 'alice', to: 'dave', subject: 'Budget', text: 'The budget is attached.\r\n', attachments: [{ name: 'budget.csv', contentType: 'text/csv', text: 'masts,4\r\nvanes,10\r\n' }], isUnread: true },
  ],
};

export const support: SeedMailbox = {
  inbox: [
    {
      hoursAgo: 75, from: 'Gull & Sons <office@gulls.test>', to: 'support', subject: 'Complaint of a gull', text: 'Sirs,\r\n\r\nyour anemometer turns too fast to sit on.\r\n',
      attachments: [{ name: 'feather.txt', contentType: 'text/plain', text: 'one feather\r\n' }],
    },
    { hoursAgo: 12, from: 'Vera <vera@contoso.test>', to: 'support', subject: 'Station 9 is silent', text: 'Since last night. Please look.\r\n', isUnread: true },
  ],
};
