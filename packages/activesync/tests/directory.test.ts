import type { ProtocolVersion, ValueOf } from '@fauxchange/wbxml';
import { createTestCa, createIdSource } from '@fauxchange/kernel';
import { createActiveSyncEmulator, type ActiveSyncEmulator } from '../src/index.ts';
import { ResolveRecipientsRequest, ResolveRecipientsResponse } from '../src/schema/resolve-recipients.ts';
import { ValidateCertRequest, ValidateCertResponse } from '../src/schema/validate-cert.ts';
import { eachTest, TestDevice } from './support/client.ts';
import { sessionOf } from './support/items.ts';

let eas: ActiveSyncEmulator;
eachTest({ provisioning: 'none' }, (emulator) => {
  eas = emulator;
});

const phoneOf = (version: ProtocolVersion = '14.1'): TestDevice => new TestDevice(eas, 'alice', { version });
type Options = NonNullable<ValueOf<typeof ResolveRecipientsRequest>['Options']>;
const resolve = async (To: readonly string[], Options?: Options, phone = phoneOf()) => (await phone.command(ResolveRecipientsRequest, ResolveRecipientsResponse, { To, Options })).value;
const one = async (to: string, options?: Options, phone?: TestDevice) => (await resolve([to], options, phone))?.Response[0];

describe('ResolveRecipients', () => {
  it('MS-ASCMD_R343 MS-ASCMD_R3825 MS-ASCMD_R4268 MS-ASCMD_R4275: somebody of the address list', async () => {
    expect(await resolve(['bob'])).toEqual({
      Status: 1,
      Response: [{ To: 'bob', Status: 1, RecipientCount: 1, Recipient: [{ Type: 1, DisplayName: expect.stringContaining('Bob') as string, EmailAddress: 'bob@example.test', Picture: [] }] }],
    });
  });

  it.each([
    ['nobody', 'nobody-at-all', 4, undefined],
    ['MS-ASCMD_R4279: more than one', 'room', 2, 3],
  ])('%s', async (_what, to, status, count) => {
    const answer = await one(to, { CertificateRetrieval: 2 });
    expect([answer?.Status, answer?.RecipientCount]).toEqual([status, count]);
    expect(answer?.Recipient.some(({ Certificates }) => Certificates)).toBe(false);
  });

  it('tells as many of the ambiguous as are wanted', async () => {
    const answer = await one('room', { MaxAmbiguousRecipients: 1 });
    expect([answer?.Status, answer?.RecipientCount, answer?.Recipient.length]).toEqual([3, 3, 1]);
  });

  const window = { StartTime: '2026-02-03T08:00:00.000Z', EndTime: '2026-02-03T10:00:00.000Z' };
  const busy = async (name: string, from: string, to: string): Promise<void> => {
    const session = sessionOf(eas, name);
    const calendar = await session.distinguished('calendar');
    const properties = { PidTagSubject: 'busy', PidLidAppointmentStartWhole: Date.parse(`2026-02-03T${from}:00Z`), PidLidAppointmentEndWhole: Date.parse(`2026-02-03T${to}:00Z`), PidLidBusyStatus: 2 };
    await session.createItem(calendar.id, { itemClass: 'IPM.Appointment', recipients: [], attachments: [], properties, isRead: true, isAssociated: false });
  };

  it('MS-ASCMD_R819 MS-ASCMD_R4291: half an hour a digit', async () => {
    await busy('bob', '08:30', '09:30');
    expect((await one('bob', { Availability: window }))?.Recipient[0]?.Availability).toEqual({ Status: 1, MergedFreeBusy: '0220' });
  });

  it('MS-ASCMD_R4625: the members of a group together', async () => {
    await busy('bob', '08:00', '08:30');
    await busy('carol', '09:30', '10:00');
    expect((await one('team', { Availability: window }))?.Recipient[0]?.Availability).toEqual({ Status: 1, MergedFreeBusy: '2002' });
  });

  it('MS-ASCMD_R4623: of the ambiguous nothing', async () => {
    expect((await one('room', { Availability: window }))?.Recipient.map(({ Availability }) => Availability)).toEqual([undefined, undefined, undefined]);
  });

  it('MS-ASCMD_R4298: of who has no calendar nothing is known', async () => {
    expect((await one('frank', { Availability: window }))?.Recipient[0]?.Availability).toEqual({ Status: 163 });
  });

  it('MS-ASCMD_R4294: of a group that is too large neither', async () => {
    const members = [];
    for (let n = 0; n < 21; n++) members.push((await eas.organization.add({ recipientType: 'UserMailbox', displayName: `Member ${n}`, primarySmtpAddress: `member${n}@example.test`, password: 'p' })).id);
    await eas.organization.add({ recipientType: 'MailUniversalDistributionGroup', displayName: 'Crowd', primarySmtpAddress: 'crowd@example.test', members });
    expect((await one('crowd', { Availability: window }))?.Recipient[0]?.Availability).toEqual({ Status: 161 });
  });

  it.each<[string, Options['Availability']]>([
    ['MS-ASCMD_R3986: a beginning that is none', { ...window, StartTime: 'yesterday' }],
    ['MS-ASCMD_R2264: an end that is none', { ...window, EndTime: '2026-02-30T10:00:00.000Z' }],
    ['MS-ASCMD_R2266: less than half an hour', { ...window, EndTime: '2026-02-03T08:29:00.000Z' }],
    ['MS-ASCMD_R5175: more than 42 days', { ...window, EndTime: '2026-03-18T08:00:00.000Z' }],
  ])('%s is status 5', async (_what, Availability) => {
    expect(await resolve(['bob'], { Availability })).toEqual({ Status: 5, Response: [] });
  });

  it('MS-ASCMD_R4270 MS-ASCMD_R5656 MS-ASCMD_R7501: more than a hundred names are too many', async () => {
    const names = Array.from({ length: 101 }, (_, n) => `name${n}`);
    expect((await resolve(names))?.Status).toBe(5);
    expect((await resolve(names.slice(1)))?.Status).toBe(1);
    await using old = await createActiveSyncEmulator({ provisioning: 'none', profile: 'exchange2010' });
    expect((await resolve(names, undefined, new TestDevice(old)))?.Status).toBe(1);
  });

  it('MS-ASCMD_R2133 MS-ASCMD_R4310 MS-ASCMD_R3667: a picture', async () => {
    expect((await one('alice', { Picture: {} }))?.Recipient[0]?.Picture).toEqual([{ Status: 1, Data: expect.any(Uint8Array) as Uint8Array }]);
  });

  it.each<[string, string, Options['Picture'], number]>([
    ['MS-ASCMD_R4311 MS-ASCMD_R3287 MS-ASCMD_R4970: who has none', 'bob', { MaxPictures: 3 }, 173],
    ['MS-ASCMD_R4312 MS-ASCMD_R5350: too large', 'alice', { MaxSize: 10 }, 174],
    ['MS-ASCMD_R4313 MS-ASCMD_R5351: too many', 'alice', { MaxPictures: 0 }, 175],
  ])('%s', async (_what, to, Picture, status) => {
    expect((await one(to, { Picture }))?.Recipient[0]?.Picture).toEqual([{ Status: status }]);
  });

  it('MS-ASCMD_R4304: there are no certificates', async () => {
    expect((await one('bob', { CertificateRetrieval: 2 }))?.Recipient[0]?.Certificates).toEqual({ Status: 7, CertificateCount: 0 });
    expect((await one('bob', { CertificateRetrieval: 1 }))?.Recipient[0]?.Certificates).toBeUndefined();
  });

  it('finds the contacts of the user after the address list', async () => {
    const session = sessionOf(eas);
    const contacts = await session.distinguished('contacts');
    await session.createItem(contacts.id, { itemClass: 'IPM.Contact', recipients: [], attachments: [], isRead: true, isAssociated: false, properties: { PidTagDisplayName: 'Quentin Quist', PidLidEmail1EmailAddress: 'quentin@elsewhere.test', PidLidEmail1AddressType: 'SMTP' } });
    expect((await one('quentin'))?.Recipient).toEqual([{ Type: 2, DisplayName: 'Quentin Quist', EmailAddress: 'quentin@elsewhere.test', Picture: [] }]);
  });
});

describe('ValidateCert', () => {
  const validate = async (value: ValueOf<typeof ValidateCertRequest>) => (await phoneOf().command(ValidateCertRequest, ValidateCertResponse, value)).value;
  const der = (pem: string): Buffer => Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');

  it('MS-ASCMD_R4479: what is no certificate has no valid signature', async () => {
    expect(await validate({ Certificates: ['bm8gY2VydGlmaWNhdGU='] })).toEqual({ Status: 1, Certificate: [{ Status: 3 }] });
  });

  it('MS-ASCMD_R5387 MS-ASCMD_R4474: one that the chain leads to', async () => {
    const ca = await createTestCa({ ids: createIdSource('validate'), clock: eas.clock });
    const root = der(ca.certificate);
    expect(await validate({ Certificates: [root.toString('base64')], CertificateChain: [root] })).toEqual({ Status: 1, Certificate: [{ Status: 1 }] });
    expect(await validate({ Certificates: [root.toString('base64')] })).toEqual({ Status: 1, Certificate: [{ Status: 4 }] });
    const server = der((await ca.issue(['localhost'])).cert);
    expect(await validate({ Certificates: [server.toString('base64')], CertificateChain: [root] })).toEqual({ Status: 1, Certificate: [{ Status: 6 }] });
  });

  it('MS-ASCMD_R5662: more than a hundred are too many', async () => {
    expect(await validate({ Certificates: Array.from({ length: 101 }, () => 'AA==') })).toEqual({ Status: 2, Certificate: [] });
  });
});
