import { encode, errorCode, folderEntryId, serverEid, permanentEntryId } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { Behind } from './support/items.ts';
import { folder, MessageKit, type Values } from './support/message-kit.ts';
import { RopClient } from './support/rop-client.ts';

let mapi: MapiHttpEmulator;
let kit: MessageKit;
let alice: Behind;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  kit = await new MessageKit(new RopClient(mapi)).logOn();
  alice = new Behind(mapi);
});
afterAll(() => mapi.close());

const submitted = 0x4;
const unsent = 0x8;
const found = async (user: string, place: Parameters<Behind['items']>[0], subject = 'Sent by MAPI') => {
  await mapi.organization.settle();
  return (await new Behind(mapi, user).items(place)).filter(({ bag }) => bag.get('PidTagSubject') === subject);
};
const outgoing = async (values: Values = {}, kitOf = kit): Promise<number> => {
  const message = await kitOf.create({ PidTagSubject: 'Sent by MAPI', PidTagBody: 'Hello', PidTagMessageFlags: unsent, ...values }, folder.outbox);
  await kitOf.address(message, [{ name: 'Bob', dn: kitOf.client.dn('bob') }]);
  return message;
};
const submit = (message: number, rop: 'RopSubmitMessage' | 'RopTransportSend' = 'RopSubmitMessage') => kit.client.rop(rop, { SubmitFlags: 0 } as never, message);
const sentItems = () => new Uint8Array(encode(folderEntryId, { ProviderUid: alice.mailbox.guid, FolderType: 1, DatabaseGuid: alice.mailbox.replicaGuid, GlobalCounter: BigInt(alice.mailbox.wellKnown('sentitems') ?? 0) }));

describe('submitting', () => {
  it.each(['RopSubmitMessage', 'RopTransportSend'] as const)('MS-OXCMSG_R513 MS-OXCMSG_R520: %s sends a saved message, which is in Sent Items then', async (rop) => {
    const message = await outgoing({ PidTagSentMailEntryId: sentItems() });
    await kit.attach(message, { PidTagAttachLongFilename: 'a.txt', PidTagAttachDataBinary: Uint8Array.of(1) });
    await kit.save(message);
    await kit.set(message, { PidTagImportance: 2 });
    expect((await submit(message, rop)).returnValue).toBe(0);
    expect(Number(await kit.one(message, 'PidTagMessageFlags')) & (submitted | unsent)).toBe(submitted);
    const [kept] = await found('alice', 'sentitems');
    const [arrived] = await found('bob', 'inbox');
    expect(kept?.recipients).toMatchObject([{ name: 'Bob', addressType: 'EX' }]);
    expect([Number(kept?.bag.get('PidTagMessageFlags')) & unsent, arrived?.bag.get('PidTagSenderSmtpAddress'), arrived?.bag.get('PidTagImportance'), arrived?.attachments.length]).toEqual([0, 'alice@example.test', 2, 1]);
    expect(await found('alice', 'outbox')).toEqual([]);
  });

  it('sends one that was never saved, in one buffer', async () => {
    const columns = await kit.tags(['PidTagObjectType', 'PidTagEmailAddress', 'PidTagRecipientFlags']);
    const row = kit.row({ name: 'Self', smtp: 'alice@example.test', cells: [{ value: 6 }, { value: 'alice@example.test' }, { value: 1 }] });
    const { responses } = await kit.client.execute([
      { name: 'RopCreateMessage', logonId: 0, handleIndex: 0, request: { OutputHandleIndex: 1, CodePageId: 0xfff, FolderId: kit.fid(folder.outbox), AssociatedFlag: false } },
      { name: 'RopSetProperties', logonId: 0, handleIndex: 1, request: { PropertyValues: await kit.tagged({ PidTagBody: 'Trigger', PidTagMessageClass: 'IPM.Note', PidTagMessageFlags: unsent, PidTagSubject: 'Sent by MAPI', PidTagNormalizedSubject: 'Sent by MAPI', PidTagNativeBody: 1 }) } },
      { name: 'RopModifyRecipients', logonId: 0, handleIndex: 1, request: { RecipientColumns: columns, RecipientRows: [{ RowId: 1, RecipientType: 1, RecipientRow: row }] } },
      { name: 'RopSubmitMessage', logonId: 0, handleIndex: 1, request: { SubmitFlags: 0 } },
    ] as never, [kit.logon, 0xffff_ffff]);
    expect(responses.map((one) => 'returnValue' in one && one.returnValue)).toEqual([0, 0, 0, 0]);
    expect(await found('alice', 'inbox')).toMatchObject([{ body: { native: 'text' } }]);
  });

  it.each<[string, () => Values, Parameters<Behind['items']>[0] | undefined]>([
    ['stays where it is without a word', () => ({}), 'outbox'],
    ['goes where PidTagSentMailEntryId says', () => ({ PidTagSentMailEntryId: sentItems() }), 'sentitems'],
    ['goes where PidTagSentMailSvrEID says', () => ({ PidTagSentMailSvrEID: new Uint8Array(encode(serverEid, { FolderId: kit.fid(folder.deletedItems), MessageId: 0n, Instance: 0 })) }), 'deleteditems'],
    ['goes altogether', () => ({ PidTagDeleteAfterSubmit: true, PidTagSentMailEntryId: sentItems() }), undefined],
  ])('%s', async (_what, values, place) => {
    const message = await outgoing(values());
    await kit.save(message);
    await submit(message);
    const places = ['outbox', 'sentitems', 'deleteditems'] as const;
    expect(await Promise.all(places.map(async (one) => (await found('alice', one)).length))).toEqual(places.map((one) => Number(one === place)));
    expect(await found('bob', 'inbox')).toHaveLength(1);
  });

  it('sends for somebody else only who may: by address or by entry id', async () => {
    const { directory } = mapi.organization;
    const [bob, carol] = [alice.entry('bob'), alice.entry('carol')];
    const as = (dn: string): Values => ({ PidTagSentRepresentingEntryId: new Uint8Array(encode(permanentEntryId, { DisplayType: 0, DistinguishedName: dn })) });
    expect((await submit(await outgoing(as(carol.legacyExchangeDN)))).returnValue).toBe(errorCode.AccessDenied);
    directory.grant(carol.id, alice.entry('alice').id, 'sendOnBehalf');
    expect((await submit(await outgoing(as(carol.legacyExchangeDN)))).returnValue).toBe(0);
    directory.grant(bob.id, alice.entry('alice').id, 'sendAs');
    expect((await submit(await outgoing({ PidTagSentRepresentingAddressType: 'SMTP', PidTagSentRepresentingEmailAddress: 'bob@example.test' }))).returnValue).toBe(0);
    const arrived = await found('bob', 'inbox');
    expect(arrived.map(({ bag }) => [bag.get('PidTagSenderSmtpAddress'), bag.get('PidTagSentRepresentingSmtpAddress')]).sort()).toEqual([['alice@example.test', 'carol@example.test'], ['bob@example.test', 'bob@example.test']]);
  });

  it.each<[string, () => Promise<number>, number]>([
    ['without recipients', () => kit.create({}, folder.outbox), errorCode.NoRecipients], ['of a folder', () => kit.folder(folder.outbox), errorCode.NotSupported], ['of nothing', async () => 0x77, errorCode.NullObject],
    ['for reading only', async () => kit.open(await kit.saved(), 0), errorCode.AccessDenied], ['associated with a folder', () => kit.create({}, folder.inbox, true), errorCode.AccessDenied],
    ['within another', async () => kit.openEmbedded((await kit.client.ok('RopCreateAttachment', {}, await kit.create())).opened), errorCode.NotSupported],
  ])('%s is refused', async (_what, handle, code) => expect((await submit(await handle())).returnValue).toBe(code));

  it('twice is refused, and nothing is changed any more', async () => {
    const message = await outgoing();
    await submit(message);
    expect([(await submit(message)).returnValue, await kit.saveFails(message)]).toEqual([errorCode.AccessDenied, errorCode.AccessDenied]);
    expect(await kit.client.fails('RopSetProperties', { PropertyValues: await kit.tagged({ PidTagSubject: 'x' }) }, message)).toBe(errorCode.AccessDenied);
  });
});

describe('what transport is', () => {
  it('address types, the folder of what is sent, no options', async () => {
    expect((await kit.client.ok('RopGetAddressTypes', {}, kit.logon)).body.AddressTypes).toEqual(['SMTP', 'EX']);
    expect((await kit.client.ok('RopGetTransportFolder', {}, kit.logon)).body.FolderId).toBe(kit.fid(folder.outbox));
    await kit.client.ok('RopSetSpooler', {}, kit.logon);
  });

  it('MS-OXCROPS_R2589: no options, no help', async () => expect((await kit.client.ok('RopOptionsData', { AddressType: 'SMTP', WantWin32: false }, kit.logon)).body).toEqual({ OptionsInfo: new Uint8Array(0), HelpFile: new Uint8Array(0) }));

  it('nothing waits to be sent', async () => {
    const MessageId = await kit.saved();
    expect(await kit.client.fails('RopAbortSubmit', { FolderId: kit.fid(folder.inbox), MessageId }, kit.logon)).toBe(errorCode.NotInQueue);
    expect(await kit.client.fails('RopAbortSubmit', { FolderId: kit.fid(folder.outbox), MessageId }, kit.logon)).toBe(errorCode.NotFound);
    expect(await kit.client.fails('RopSpoolerLockMessage', { MessageId, LockState: 0 }, kit.logon)).toBe(errorCode.NotInQueue);
  });
});
