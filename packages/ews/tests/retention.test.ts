import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient } from './support/client.ts';
import { names, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
beforeAll(async () => {
  ews = await createEwsEmulator();
});
afterAll(() => ews.close());

const tagsOf = async (user: string, from = ews): Promise<readonly XmlElement[]> => (await new EwsClient(from, user).call('<m:GetUserRetentionPolicyTags/>')).ok().all('RetentionPolicyTag');

it('a mailbox with an archive has the default policy', async () => {
  const tags = await tagsOf('alice');
  expect(tags.map((tag) => ['DisplayName', 'RetentionPeriod', 'Type', 'RetentionAction', 'IsVisible', 'OptedInto', 'IsArchive'].map((name) => textAt(tag, name)).join(' | '))).toEqual([
    'Default 2 years move to archive | 730 | All | MoveToArchive | false | false | true',
    'Recoverable Items 14 days move to archive | 14 | RecoverableItems | MoveToArchive | false | false | true',
    'Personal 1 year move to archive | 365 | Personal | MoveToArchive | true | false | true',
    'Personal 5 year move to archive | 1825 | Personal | MoveToArchive | true | false | true',
    'Personal never move to archive | 0 | Personal | MoveToArchive | true | false | true',
    '1 Week Delete | 7 | Personal | DeleteAndAllowRecovery | true | false | false',
    '1 Month Delete | 30 | Personal | DeleteAndAllowRecovery | true | false | false',
    '6 Month Delete | 180 | Personal | DeleteAndAllowRecovery | true | false | false',
    '1 Year Delete | 365 | Personal | DeleteAndAllowRecovery | true | false | false',
    '5 Year Delete | 1825 | Personal | DeleteAndAllowRecovery | true | false | false',
    'Never Delete | 0 | Personal | DeleteAndAllowRecovery | true | false | false',
  ]);
  expect(names(tags[0] as XmlElement)).toEqual(['DisplayName', 'RetentionId', 'RetentionPeriod', 'Type', 'RetentionAction', 'Description', 'IsVisible', 'OptedInto', 'IsArchive']);
});

it('ids are different, and the same whenever asked', async () => {
  const ids = (await tagsOf('alice')).map((tag) => textAt(tag, 'RetentionId'));
  expect(new Set(ids).size).toBe(11);
  await using again = await createEwsEmulator();
  expect((await tagsOf('alice', again)).map((tag) => textAt(tag, 'RetentionId'))).toEqual(ids);
});

it('a mailbox without an archive has no policy', async () => {
  expect(await tagsOf('bob')).toEqual([]);
});
