import { binary } from '@fauxchange/properties';
import { addRule, inboxRules, setOofSettings, valueOf, type Item, type OofSettings } from '@fauxchange/mailbox';
import { decode, encode, folderEntryId, messageEntryId, restriction, ruleActions, serverEid, type Restriction, type RopRequestValue, type RuleAction, type TaggedValue } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { entryOf, FolderClient, idOf, mailboxOf, modelOf, place, publicPlace, tag, wireIdOf, type OpenedFolder } from './support/folder-client.ts';

let mapi: MapiHttpEmulator;
let outlook: FolderClient;
let inbox: OpenedFolder;
let filed: OpenedFolder;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  outlook = await FolderClient.at(mapi);
  inbox = { handle: await outlook.open(outlook.fid(place.inbox)), fid: outlook.fid(place.inbox) };
  filed = await outlook.folder('Filed');
});
afterAll(() => mapi.close());

const column = {
  id: 0x6674_0014, sequence: 0x6676_0003, state: 0x6677_0003, userFlags: 0x6678_0003, condition: 0x6679_00fd, actions: 0x6680_00fe, provider: 0x6681_001f, name: 0x6682_001f, level: 0x6683_0003, providerData: 0x6684_0102,
} as const;
const all = Object.values(column);
const state = { enabled: 0x1, error: 0x2, onlyWhenOof: 0x4, keepHistory: 0x8, exit: 0x10, parseError: 0x40 } as const;
const notSupported = 0x8004_0102;
const invalid = 0x8007_0057;

const subjectTag = 0x0037_001f;
const about = (value: string): Restriction => ({ kind: 'Content', FuzzyLevelLow: 1, FuzzyLevelHigh: 1, PropertyTag: subjectTag, TaggedValue: { tag: subjectTag, value } });
const plain = { ActionFlavor: 0, ActionFlags: 0 } as const;
const placed = (kind: 'Move' | 'Copy', fid: bigint): RuleAction => ({ kind, ...plain, FolderInThisStore: true, StoreEID: new Uint8Array(0), FolderEID: encode(serverEid, { FolderId: fid, MessageId: 0n, Instance: 0 }) });
const toFiled = (): RuleAction => placed('Move', filed.fid);
const party = (address: string): { Reserved: number; PropertyValues: readonly TaggedValue[] } => ({
  Reserved: 1, PropertyValues: [{ tag: 0x3001_001f, value: address }, { tag: 0x3002_001f, value: 'SMTP' }, { tag: 0x3003_001f, value: address }],
});

type Row = RopRequestValue<'RopModifyRules'>['RulesData'][number];
interface Wanted {
  readonly name?: string;
  readonly sequence?: number;
  readonly state?: number;
  readonly condition?: Restriction;
  readonly actions?: readonly RuleAction[];
  readonly provider?: string;
}
const row = ({ name = 'rule', sequence = 10, state: bits = state.enabled, condition = about('plan'), actions = [toFiled()], provider = 'Test' }: Wanted = {}): Row => ({
  RuleDataFlags: 1, PropertyValues: [
    { tag: column.sequence, value: sequence }, { tag: column.state, value: bits }, { tag: column.name, value: name }, { tag: column.provider, value: provider },
    { tag: column.userFlags, value: 0x1234 }, { tag: column.level, value: 0 }, { tag: column.providerData, value: Buffer.from([1, 2, 3]) }, { tag: column.condition, value: condition }, { tag: column.actions, value: actions },
  ],
});
const modified = (rows: readonly Row[], ModifyRulesFlags = 0, handle = inbox.handle, client = outlook) => client.rops.fails('RopModifyRules', { ModifyRulesFlags, RulesData: rows }, handle);
const write = async (...rules: readonly Wanted[]) => expect(await modified(rules.map(row))).toBe(0);

async function table(handle = inbox.handle, TableFlags = 0x40): Promise<readonly Readonly<Record<keyof typeof column, unknown>>[]> {
  const { opened } = await outlook.rops.ok('RopGetRulesTable', { TableFlags }, handle);
  await outlook.rops.ok('RopSetColumns', { SetColumnsFlags: 0, PropertyTags: all }, opened);
  const rows = await outlook.rops.rows(opened);
  return rows.map((cells) => Object.fromEntries(Object.keys(column).map((name, at) => [name, 'value' in (cells[at] ?? {}) ? (cells[at] as { value: unknown }).value : undefined])) as never);
}
const ids = async () => (await table()).map(({ id }) => id as bigint);

/** A message arrives. */
async function deliver(subject: string, { from = 'bob@example.test', headers = '', to = 'alice@example.test' } = {}): Promise<void> {
  await mapi.organization.deliver(`From: ${from}\nTo: ${to}\nSubject: ${subject}\n${headers}\nHello\n`, { to: [to], from });
  await mapi.settle();
}
const hasArrived = async (folder: Pick<OpenedFolder, 'fid'>, subject: string): Promise<number> => (await outlook.subjects(folder, 'normal')).filter((one) => one === subject).length;
const itemIn = async (folder: Pick<OpenedFolder, 'fid'>, subject: string, client = outlook): Promise<Item> => (await client.items(folder, 'normal')).find(({ bag }) => bag.get('PidTagSubject') === subject) as Item;
const inboxOf = async (name: string): Promise<readonly Item[]> => (await modelOf(mapi, name).query([mailboxOf(mapi, name).wellKnown('inbox')!], { limit: 1_000 })).items;
const away: OofSettings = { state: 'enabled', audience: 'none', internalReply: '', externalReply: '' };

describe('RopModifyRules and RopGetRulesTable', () => {
  it('MS-OXORULE_R14 MS-OXORULE_R121 MS-OXORULE_R122 MS-OXORULE_R123 MS-OXORULE_R133 MS-OXORULE_R596 MS-OXORULE_R611 MS-OXORULE_R612 MS-OXORULE_R680 MS-OXORULE_R778 MS-OXORULE_R779 MS-OXORULE_R96 MS-OXORULE_R100 MS-OXORULE_R127: rules come back as they were written', async () => {
    await write({ name: 'Первое', sequence: 20 }, { name: 'second', sequence: 10, condition: { kind: 'Exist', PropTag: subjectTag }, actions: [{ kind: 'MarkAsRead', ...plain }] });
    expect(await table()).toEqual([
      { id: expect.any(BigInt), sequence: 10, state: 1, userFlags: 0x1234, condition: { kind: 'Exist', PropTag: subjectTag }, actions: [{ kind: 'MarkAsRead', ...plain }], provider: 'Test', name: 'second', level: 0, providerData: new Uint8Array([1, 2, 3]) },
      expect.objectContaining({ sequence: 20, name: 'Первое', condition: about('plan'), actions: [toFiled()] }),
    ]);
  });

  it('MS-OXORULE_R597: each rule has an id of its own', async () => {
    await write({ name: 'a' }, { name: 'b' }, { name: 'c' });
    expect(new Set(await ids()).size).toBe(3);
  });

  it('MS-OXORULE_R671: rows change what is there', async () => {
    await write({ name: 'a', sequence: 1 }, { name: 'b', sequence: 2 });
    const [first, second] = await ids();
    expect(await modified([
      { RuleDataFlags: 2, PropertyValues: [{ tag: column.id, value: first as bigint }, { tag: column.name, value: 'A' }, { tag: column.state, value: 0 }] },
      { RuleDataFlags: 4, PropertyValues: [{ tag: column.id, value: second as bigint }] },
      row({ name: 'c', sequence: 3 }),
    ])).toBe(0);
    expect(await table()).toEqual([
      expect.objectContaining({ id: first, name: 'A', state: 0, sequence: 1, condition: about('plan'), actions: [toFiled()], userFlags: 0x1234, provider: 'Test' }), expect.objectContaining({ name: 'c' }),
    ]);
  });

  it('MS-OXORULE_R669: or take its place', async () => {
    await write({ name: 'a' }, { name: 'b' });
    expect(await modified([row({ name: 'c' })], 1)).toBe(0);
    expect((await table()).map(({ name }) => name)).toEqual(['c']);
    expect(await modified([], 1)).toBe(0);
    expect(await table()).toEqual([]);
  });

  it.each([['MS-OXORULE_R844', state.error], ['MS-OXORULE_R846', state.parseError]])('%s: a client cannot say that a rule is in error', async (_id, bit) => {
    await write({ state: state.enabled | bit });
    expect((await table())[0]?.state).toBe(state.enabled);
    await deliver('plan');
    expect(await hasArrived(filed, 'plan')).toBe(1);
  });

  it.each<[string, readonly Row[], number, number]>([
    ['MS-OXORULE_R821 MS-OXORULE_R822: flags that there are not', [], 0x2, invalid],
    ['rows that change, where all are replaced', [{ RuleDataFlags: 4, PropertyValues: [{ tag: column.id, value: 1n }] }], 1, invalid],
    ['a row of no kind', [{ RuleDataFlags: 3, PropertyValues: [] }], 0, invalid],
    ['a rule that does nothing', [{ RuleDataFlags: 1, PropertyValues: [{ tag: column.condition, value: about('x') }] }], 0, invalid],
    ['a change of no rule', [{ RuleDataFlags: 2, PropertyValues: [{ tag: column.name, value: 'x' }] }], 0, invalid],
    ['a change of a rule that is not there', [{ RuleDataFlags: 2, PropertyValues: [{ tag: column.id, value: 0x1234n }] }], 0, 0x8004_010f],
  ])('refuses %s, and does nothing', async (_what, rows, flags, expected) => {
    await write({ name: 'a' });
    expect(await modified([row({ name: 'b' }), ...rows], flags)).toBe(expected);
    expect((await table()).map(({ name }) => name)).toEqual(['a']);
  });

  it.each<[string, () => RuleAction, number]>([
    ['a folder of another store', () => ({ kind: 'Move', ...plain, FolderInThisStore: false, StoreEID: new Uint8Array(4), FolderEID: new Uint8Array(46) }), notSupported],
    ['what is no folder', () => ({ kind: 'Copy', ...plain, FolderInThisStore: true, StoreEID: new Uint8Array(0), FolderEID: new Uint8Array(3) }), invalid],
    ['a reason that there is not', () => ({ kind: 'Bounce', ...plain, BounceCode: 7 }), invalid],
    ['a text message', () => ({ kind: 'Forward', ActionFlavor: 8, ActionFlags: 0, RecipientBlocks: [party('bob@example.test')] }), notSupported],
    ['nobody', () => ({ kind: 'Forward', ...plain, RecipientBlocks: [{ Reserved: 1, PropertyValues: [] }] }), invalid],
  ])('refuses to do: %s', async (_what, action, expected) => {
    expect(await modified([row({ actions: [action()] })])).toBe(expected);
  });

  it('MS-OXORULE_R826 MS-OXORULE_R920 MS-OXORULE_R889: a table knows one flag', async () => {
    expect(await outlook.rops.fails('RopGetRulesTable', { TableFlags: 0x41 }, inbox.handle)).toBe(notSupported);
    expect(await outlook.rops.fails('RopGetRulesTable', { TableFlags: 0 }, inbox.handle)).toBe(0);
    expect(await outlook.rops.fails('RopGetRulesTable', { TableFlags: 0x40 }, outlook.logon)).toBe(notSupported);
  });

  it('too many bytes of rules are refused', async () => {
    const big = Array.from({ length: 9 }, (_, at) => ({ ...row({ name: String(at) }), PropertyValues: [...row().PropertyValues.filter(({ tag: one }) => one !== column.providerData), { tag: column.providerData, value: Buffer.alloc(30_000) }] }));
    for (const one of big.slice(0, 8)) expect(await modified([one])).toBe(0);
    expect(await modified(big.slice(8))).toBe(0x8007_000e);
    expect(await inboxRules(modelOf(mapi))).toHaveLength(8);
  });

  it('MS-OXORULE_R839 MS-OXORULE_R840 MS-OXORULE_R258: rules of public folders neither move nor copy nor leave anything to a client', async () => {
    const client = await FolderClient.at(mapi, 'alice', 'public');
    await client.grant({ fid: client.fid(publicPlace.ipmSubtree) }, 'alice', 0x7fb);
    const folder = await client.folder('Reports');
    for (const action of [placed('Move', folder.fid), placed('Copy', folder.fid), { kind: 'Defer', ...plain, ActionData: new Uint8Array(1) } as RuleAction]) {
      expect(await modified([row({ actions: [action] })], 0, folder.handle, client)).toBe(notSupported);
    }
    expect(await modified([row({ actions: [{ kind: 'Delete', ...plain }] })], 0, folder.handle, client)).toBe(0);
  });

  it('MS-OXORULE_R7202 MS-OXORULE_R8851: PidTagHasRules, and the flag of PidTagFolderFlags', async () => {
    expect(await outlook.rops.values(inbox.handle, [tag.hasRules, tag.folderFlags])).toEqual([false, 0x5]);
    await write({});
    expect(await outlook.rops.values(inbox.handle, [tag.hasRules, tag.folderFlags])).toEqual([true, 0xd]);
    expect(await modified([], 1)).toBe(0);
    expect(await outlook.rops.values(inbox.handle, [tag.hasRules])).toEqual([false]);
  });

  it('rules survive a snapshot and go with a reset', async () => {
    await write({ name: 'a' });
    const before = await table();
    const moment = await mapi.snapshot();
    expect(await modified([], 1)).toBe(0);
    await mapi.restore(moment);
    outlook = await FolderClient.at(mapi);
    inbox = { ...inbox, handle: await outlook.open(inbox.fid) };
    expect(await table()).toEqual(before);
    await mapi.reset();
    expect(await inboxRules(modelOf(mapi))).toEqual([]);
  });
});

describe('rules that run', () => {
  it('MS-OXORULE_R247 MS-OXORULE_R931 MS-OXORULE_R956 MS-OXORULE_R703 MS-OXORULE_R736 MS-OXORULE_R914 MS-OXORULE_R983: OP_MOVE', async () => {
    await write({});
    await deliver('plan for May');
    await deliver('minutes');
    expect([await hasArrived(inbox, 'plan for May'), await hasArrived(filed, 'plan for May'), await hasArrived(inbox, 'minutes')]).toEqual([0, 1, 1]);
  });

  it('MS-OXORULE_R250 MS-OXORULE_R957: OP_COPY', async () => {
    await write({ actions: [placed('Copy', filed.fid)] });
    await deliver('plan');
    expect([await hasArrived(inbox, 'plan'), await hasArrived(filed, 'plan')]).toEqual([1, 1]);
  });

  it('MS-OXORULE_R904: two OP_MOVE, two messages', async () => {
    const other = await outlook.folder('Other');
    await write({ actions: [toFiled()], sequence: 1 }, { actions: [placed('Move', other.fid)], sequence: 2 });
    await deliver('plan');
    expect([await hasArrived(inbox, 'plan'), await hasArrived(filed, 'plan'), await hasArrived(other, 'plan')]).toEqual([0, 1, 1]);
  });

  it('MS-OXORULE_R549 MS-OXORULE_R550 MS-OXORULE_R898: OP_DELETE, and no other rule behind it', async () => {
    await write({ sequence: 1, actions: [{ kind: 'Delete', ...plain }] }, { sequence: 2, actions: [placed('Copy', filed.fid)] });
    await deliver('plan');
    expect([await hasArrived(inbox, 'plan'), await hasArrived(filed, 'plan')]).toEqual([0, 0]);
  });

  it('MS-OXORULE_R551 MS-OXORULE_R902: OP_MARK_AS_READ', async () => {
    await write({ actions: [{ kind: 'MarkAsRead', ...plain }] });
    await deliver('plan');
    expect(Number(valueOf(await itemIn(inbox, 'plan'), 'PidTagMessageFlags')) & 1).toBe(1);
  });

  it('MS-OXORULE_R266 MS-OXORULE_R548: OP_TAG', async () => {
    await write({ actions: [{ kind: 'Tag', ...plain, TaggedValue: { tag: 0x0017_0003, value: 2 } }, { kind: 'Tag', ...plain, TaggedValue: { tag: 0x7c12_001f, value: 'tagged' } }] });
    await deliver('plan');
    const item = await itemIn(inbox, 'plan');
    expect([valueOf(item, 'PidTagImportance'), valueOf(item, '0x7c12:String' as never)]).toEqual([2, 'tagged']);
  });

  it.each([
    ['MS-OXORULE_R537: OP_FORWARD', 0, 'FW: plan'], ['MS-OXORULE_R279: OP_FORWARD, attached', 4, 'FW: plan'], ['MS-OXORULE_R275 MS-OXORULE_R276: OP_FORWARD, as it came', 3, 'plan'],
  ])('%s', async (_what, ActionFlavor, subject) => {
    await write({ actions: [{ kind: 'Forward', ActionFlavor, ActionFlags: 0, RecipientBlocks: [party('carol@example.test'), party('bob@example.test')] }] });
    await deliver('plan');
    const got = (await inboxOf('carol')).find(({ bag }) => bag.get('PidTagSubject') === subject) as Item;
    expect(got.attachments).toHaveLength(ActionFlavor === 4 ? 1 : 0);
    expect(valueOf(got, 'PidTagSentRepresentingSmtpAddress')).toBe(ActionFlavor === 3 ? 'bob@example.test' : 'alice@example.test');
    expect(valueOf(got, 'PidTagAutoForwarded')).toBe(true);
  });

  it('MS-OXORULE_R907: nothing is forwarded to who sent it', async () => {
    const before = (await inboxOf('bob')).length;
    await write({ actions: [{ kind: 'Forward', ...plain, RecipientBlocks: [party('bob@example.test')] }] });
    await deliver('plan');
    expect(await inboxOf('bob')).toHaveLength(before);
  });

  it('MS-OXORULE_R539 MS-OXORULE_R540 MS-OXORULE_R541 MS-OXORULE_R542 MS-OXORULE_R543 MS-OXORULE_R545: OP_DELEGATE', async () => {
    await write({ actions: [{ kind: 'Delegate', ...plain, RecipientBlocks: [party('carol@example.test')] }] });
    await deliver('plan');
    const got = (await inboxOf('carol')).find(({ bag }) => bag.get('PidTagSubject') === 'plan') as Item;
    const alice = entryOf(mapi, 'alice');
    expect(['PidTagReceivedRepresentingEmailAddress', 'PidTagReceivedRepresentingAddressType', 'PidTagReceivedRepresentingName', 'PidTagDelegatedByRule'].map((name) => valueOf(got, name as never))).toEqual([alice.legacyExchangeDN, 'EX', alice.displayName, true]);
    expect(valueOf(got, 'PidTagReceivedRepresentingEntryId')).toBe(valueOf(await itemIn(inbox, 'plan'), 'PidTagReceivedRepresentingEntryId'));
    expect(valueOf(got, 'PidTagSentRepresentingSmtpAddress')).toBe('bob@example.test');
  });

  it.each([['MS-OXORULE_R341', 0x0d, '5.2.3'], ['MS-OXORULE_R342', 0x1f, '5.6.0'], ['MS-OXORULE_R343', 0x26, '5.7.1']])('%s MS-OXORULE_R260 MS-OXORULE_R5462 MS-OXORULE_R5472: OP_BOUNCE for %i', async (_id, BounceCode, status) => {
    await write({ actions: [{ kind: 'Bounce', ...plain, BounceCode }] });
    await deliver('plan');
    expect(await hasArrived(inbox, 'plan')).toBe(0);
    const report = (await inboxOf('bob')).find(({ bag }) => bag.get('PidTagSubject') === 'Undeliverable: plan') as Item;
    expect(report.itemClass).toBe('REPORT.IPM.Note.NDR');
    expect(Buffer.from(await report.mime!.read()).toString()).toContain(`Status: ${status}`);
  });

  const templateId = '11223344-5566-7788-99aa-bbccddeeff00';
  const template = (recipients: readonly string[] = []) => outlook.message(inbox, 'Thanks', {
    isAssociated: true, itemClass: 'IPM.Note.rules.ReplyTemplate.Microsoft', recipients: recipients.map((address) => ({ type: 'to', name: address, address, addressType: 'SMTP' })),
    properties: { PidTagReplyTemplateId: binary.fromHex('443322116655887799aabbccddeeff00') },
  });
  const replying = (kind: 'Reply' | 'OofReply', mid: bigint, ActionFlavor = 0): RuleAction => ({ kind, ActionFlavor, ActionFlags: 0, ReplyTemplateFID: inbox.fid, ReplyTemplateMID: mid, ReplyTemplateGUID: templateId });
  const answers = async (name: string) => (await inboxOf(name)).filter(({ bag }) => bag.get('PidTagSubject') === 'Thanks');

  it.each(['Reply', 'OofReply'] as const)('MS-OXORULE_R253 MS-OXORULE_R255 MS-OXORULE_R307 MS-OXORULE_R309 MS-OXORULE_R525 MS-OXORULE_R922 MS-OXORULE_R952: %s', async (kind) => {
    await write({ actions: [replying(kind, await template())] });
    await deliver('plan');
    const [answer, ...more] = await answers('bob');
    expect([answer?.itemClass, more]).toEqual([kind === 'Reply' ? 'IPM.Note.Rules.ReplyTemplate.Microsoft' : 'IPM.Note.Rules.OofTemplate.Microsoft', []]);
  });

  it('MS-OXORULE_R288 MS-OXORULE_R663: to those whom the template names, and not to the sender', async () => {
    await write({ actions: [replying('Reply', await template(['carol@example.test']), 1)] });
    await deliver('plan');
    expect([await answers('bob'), (await answers('carol')).length]).toEqual([[], 1]);
  });

  it.each([['MS-OXORULE_R526', 'Reply', 'AutoReply'], ['MS-OXORULE_R533', 'OofReply', 'OOF']] as const)('%s: no %s to who wants none', async (_id, kind, suppressed) => {
    await write({ actions: [replying(kind, await template())] });
    await deliver('plan', { headers: `X-Auto-Response-Suppress: ${suppressed}\n` });
    expect(await answers('bob')).toEqual([]);
  });

  it('MS-OXORULE_R514: in the order of their sequence', async () => {
    const other = await outlook.folder('Other');
    await write({ sequence: 20, actions: [toFiled()], state: state.enabled | state.exit }, { sequence: 10, actions: [placed('Move', other.fid)], state: state.enabled | state.exit });
    await deliver('plan');
    expect([await hasArrived(filed, 'plan'), await hasArrived(other, 'plan')]).toEqual([0, 1]);
  });

  it('MS-OXORULE_R857: ST_EXIT_LEVEL is the end', async () => {
    await write({ sequence: 1, actions: [{ kind: 'MarkAsRead', ...plain }], state: state.enabled | state.exit }, { sequence: 2 });
    await deliver('plan');
    expect([await hasArrived(inbox, 'plan'), await hasArrived(filed, 'plan')]).toEqual([1, 0]);
  });

  it('MS-OXORULE_R63 MS-OXORULE_R516: one that is off does nothing', async () => {
    await write({ state: 0 });
    await deliver('plan');
    expect([await hasArrived(inbox, 'plan'), await hasArrived(filed, 'plan')]).toEqual([1, 0]);
  });

  it('MS-OXORULE_R67 MS-OXORULE_R517 MS-OXORULE_R553 MS-OXORULE_R582 MS-OXORULE_R584: ST_ONLY_WHEN_OOF runs while its owner is away', async () => {
    await write({ state: state.onlyWhenOof });
    await deliver('plan one');
    await setOofSettings(modelOf(mapi), away);
    await deliver('plan two');
    await setOofSettings(modelOf(mapi), { ...away, state: 'disabled' });
    await deliver('plan three');
    expect([await hasArrived(filed, 'plan one'), await hasArrived(filed, 'plan two'), await hasArrived(filed, 'plan three')]).toEqual([0, 1, 0]);
  });

  it('MS-OXORULE_R560 MS-OXORULE_R807 MS-OXORULE_R858: behind ST_EXIT_LEVEL too', async () => {
    await setOofSettings(modelOf(mapi), away);
    await write({ sequence: 1, actions: [{ kind: 'MarkAsRead', ...plain }], state: state.enabled | state.exit }, { sequence: 2, actions: [placed('Copy', filed.fid)], state: state.enabled | state.onlyWhenOof }, { sequence: 3 });
    await deliver('plan');
    expect([await hasArrived(inbox, 'plan'), await hasArrived(filed, 'plan')]).toEqual([1, 1]);
  });

  it('MS-OXORULE_R558 MS-OXORULE_R5572 MS-OXORULE_R583: a sender is told once, until the absence is over', async () => {
    await setOofSettings(modelOf(mapi), away);
    await write({ actions: [replying('OofReply', await template())], state: state.enabled | state.onlyWhenOof | state.keepHistory });
    for (const subject of ['plan one', 'plan two']) await deliver(subject);
    await deliver('plan three', { from: 'carol@example.test' });
    expect([(await answers('bob')).length, (await answers('carol')).length]).toEqual([1, 1]);
    await setOofSettings(modelOf(mapi), away);
    await deliver('plan four');
    expect(await answers('bob')).toHaveLength(2);
  });
});

describe('what is left to the client', () => {
  const daf = () => ({ fid: outlook.fid(place.deferredAction) });
  const deferring: RuleAction = { kind: 'Defer', ...plain, ActionData: Buffer.from('play a sound') };
  const values = (item: Item, ...names: readonly string[]) => names.map((name) => valueOf(item, name as never));
  const bytes = (value: unknown): Uint8Array => binary.toBytes(value as never);
  const mailbox = () => mailboxOf(mapi, 'alice');
  const nameOf = (item: Item) => binary.from(encode(messageEntryId, {
    ProviderUid: mailbox().guid, MessageType: 7, FolderDatabaseGuid: mailbox().replicaGuid, FolderGlobalCounter: BigInt(item.folderId), MessageDatabaseGuid: mailbox().replicaGuid, MessageGlobalCounter: BigInt(item.id),
  }));
  const inboxName = () => binary.from(encode(folderEntryId, { ProviderUid: mailbox().guid, FolderType: 1, DatabaseGuid: mailbox().replicaGuid, GlobalCounter: BigInt(idOf(inbox.fid)) }));

  it('MS-OXORULE_R257 MS-OXORULE_R313 MS-OXORULE_R321 MS-OXORULE_R354 MS-OXORULE_R359 MS-OXORULE_R365 MS-OXORULE_R371 MS-OXORULE_R426 MS-OXORULE_R427 MS-OXORULE_R508 MS-OXORULE_R535 MS-OXORULE_R536 MS-OXORULE_R563 MS-OXORULE_R564 MS-OXORULE_R565 MS-OXORULE_R567 MS-OXORULE_R724 MS-OXORULE_R740 MS-OXORULE_R741 MS-OXORULE_R808 MS-OXORULE_R932: a DAM', async () => {
    await write({ actions: [deferring] });
    await deliver('plan');
    const message = await itemIn(inbox, 'plan');
    const [dam, ...more] = await outlook.items(daf(), 'normal') as [Item, ...Item[]];
    expect([dam.itemClass, more]).toEqual(['IPC.Microsoft Exchange 4.0.Deferred Action', []]);
    expect(values(dam, 'PidTagDamBackPatched', 'PidTagDamOriginalEntryId', 'PidTagRuleProvider', 'PidTagRuleFolderEntryId')).toEqual([false, nameOf(message), 'Test', inboxName()]);
    expect(decode(bytes(valueOf(dam, 'PidTagClientActions')), ruleActions)).toEqual([deferring].map((one) => ({ ...one, ActionData: new Uint8Array(Buffer.from('play a sound')) })));
    expect(Buffer.from(bytes(valueOf(dam, 'PidTagRuleIds'))).readBigInt64LE()).toBe((await ids())[0]);
    expect(decode(bytes(valueOf(dam, 'PidTagDeferredActionMessageOriginalEntryId')), serverEid)).toMatchObject({ FolderId: daf().fid, MessageId: wireIdOf(dam.id) });
    expect(valueOf(message, 'PidTagHasDeferredActionMessages')).toBe(true);
  });

  it('MS-OXORULE_R368 MS-OXORULE_R571 MS-OXORULE_R908: one of each provider', async () => {
    await write({ actions: [deferring], sequence: 1 }, { actions: [deferring, deferring], sequence: 2 }, { actions: [deferring], sequence: 3, provider: 'Other' });
    await deliver('plan');
    const dams = await outlook.items(daf(), 'normal');
    expect(dams.map((dam) => [valueOf(dam, 'PidTagRuleProvider'), decode(bytes(valueOf(dam, 'PidTagClientActions')), ruleActions).length, bytes(valueOf(dam, 'PidTagRuleIds')).length]).sort()).toEqual([['Other', 1, 8], ['Test', 3, 16]]);
  });

  it('MS-OXORULE_R136 MS-OXORULE_R147 MS-OXORULE_R355 MS-OXORULE_R617 MS-OXORULE_R618 MS-OXORULE_R619 MS-OXORULE_R620: RopUpdateDeferredActionMessages', async () => {
    await write({ actions: [deferring] });
    await deliver('plan one');
    await deliver('plan two');
    const [one, other] = await outlook.items(daf(), 'normal') as [Item, Item];
    const ServerEntryId = bytes(valueOf(one, 'PidTagDeferredActionMessageOriginalEntryId'));
    const ClientEntryId = new Uint8Array([9, 8, 7]);
    expect(await outlook.rops.fails('RopUpdateDeferredActionMessages', { ServerEntryId, ClientEntryId }, outlook.logon)).toBe(0);
    const now = await outlook.items(daf(), 'normal');
    const back = (item: Item) => values(now.find(({ id }) => id === item.id) as Item, 'PidTagDeferredActionMessageOriginalEntryId', 'PidTagDamBackPatched');
    expect(back(one)).toEqual([binary.from(ClientEntryId), true]);
    expect(back(other)[1]).toBe(false);
    expect(await outlook.rops.fails('RopUpdateDeferredActionMessages', { ServerEntryId: new Uint8Array(21), ClientEntryId }, outlook.logon)).toBe(0);
    expect(await outlook.rops.fails('RopUpdateDeferredActionMessages', { ServerEntryId, ClientEntryId }, inbox.handle)).toBe(notSupported);
  });

  it('MS-OXORULE_R387 MS-OXORULE_R581 MS-OXORULE_R707 MS-OXORULE_R709 MS-OXORULE_R711 MS-OXORULE_R717 MS-OXORULE_R750 MS-OXORULE_R810 MS-OXORULE_R812 MS-OXORULE_R896 MS-OXORULE_R903 MS-OXORULE_R909 MS-OXORULE_R913 MS-OXORULE_R7132 MS-OXORULE_R7152: a DEM for what went wrong, once', async () => {
    await write({ actions: [{ kind: 'MarkAsRead', ...plain }, toFiled()] });
    await outlook.rops.ok('RopDeleteFolder', { DeleteFolderFlags: 0x15, FolderId: filed.fid }, await outlook.open(outlook.fid(place.ipmSubtree)));
    await deliver('plan one');
    const message = await itemIn(inbox, 'plan one');
    await deliver('plan two');
    const [dem, ...more] = await outlook.items(daf(), 'normal') as [Item, ...Item[]];
    expect([dem.itemClass, more]).toEqual(['IPC.Microsoft Exchange 4.0.Deferred Error', []]);
    expect(values(dem, 'PidTagRuleError', 'PidTagRuleActionType', 'PidTagRuleActionNumber', 'PidTagRuleProvider', 'PidTagDamOriginalEntryId', 'PidTagRuleFolderEntryId', 'PidTagRuleId')).toEqual([6, 1, 1, 'Test', nameOf(message), inboxName(), (await ids())[0]]);
    expect((await table())[0]?.state).toBe(state.enabled | state.error);
  });
});

describe('rules of other protocols', () => {
  it('those made elsewhere are in the table, with condition and actions', async () => {
    await addRule(modelOf(mapi), {
      name: 'from EWS', priority: 5, isEnabled: true, conditions: { subjectContains: ['plan'], importance: 2 }, exceptions: { hasAttachments: true }, actions: { moveTo: idOf(filed.fid), isMarkedAsRead: true, stops: true },
    });
    const [rule] = await table();
    expect(rule).toMatchObject({ name: 'from EWS', sequence: 5, state: state.enabled | state.exit, provider: 'RuleOrganizer', level: 0 });
    expect(rule?.condition).toEqual({
      kind: 'And', Restricts: [
        about('plan'), { kind: 'Property', RelOp: 4, PropTag: 0x0017_0003, TaggedValue: { tag: 0x0017_0003, value: 2 } }, { kind: 'Not', Restriction: { kind: 'Property', RelOp: 4, PropTag: 0x0e1b_000b, TaggedValue: { tag: 0x0e1b_000b, value: true } } },
      ],
    });
    expect(rule?.actions).toMatchObject([{ kind: 'MarkAsRead' }, { kind: 'Move', FolderInThisStore: true, FolderEID: encode(serverEid, { FolderId: filed.fid, MessageId: 0n, Instance: 0 }) }]);
  });

  it('switched off here, they stay what they are', async () => {
    await addRule(modelOf(mapi), { name: 'from EWS', priority: 5, isEnabled: true, conditions: { subjectContains: ['plan'] }, exceptions: {}, actions: { moveTo: idOf(filed.fid) } });
    expect(await modified([{ RuleDataFlags: 2, PropertyValues: [{ tag: column.id, value: (await ids())[0] as bigint }, { tag: column.state, value: 0 }] }])).toBe(0);
    expect(await inboxRules(modelOf(mapi))).toEqual([expect.objectContaining({ isEnabled: false, conditions: { subjectContains: ['plan'] }, actions: { moveTo: idOf(filed.fid) } })]);
  });

  it.each<[string, Wanted, object]>([
    ['a text in the subject', {}, { conditions: { subjectContains: ['plan'] } }],
    ['either of two, but for one', { condition: { kind: 'And', Restricts: [{ kind: 'Or', Restricts: [about('a'), about('b')] }, { kind: 'Not', Restriction: about('c') }] } }, { conditions: { subjectContains: ['a', 'b'] }, exceptions: { subjectContains: ['c'] } }],
    ['every message', { condition: { kind: 'Exist', PropTag: 0x001a_001f } }, { conditions: {} }],
    ['what cannot be said', { condition: { kind: 'Size', RelOp: 2, PropTag: subjectTag, Size: 10 } }, { isNotSupported: true }],
    ['what cannot be done', { actions: [{ kind: 'Defer', ...plain, ActionData: new Uint8Array(1) }] }, { isNotSupported: true }],
  ])('those made here are told of elsewhere: %s', async (_what, wanted, expected) => {
    await write(wanted);
    const [rule] = await inboxRules(modelOf(mapi));
    expect(rule).toMatchObject({ name: 'rule', priority: 10, isEnabled: true, ...expected });
    expect(encode(restriction, wanted.condition ?? about('plan'))).toEqual(bytesOf(rule?.program?.writtenCondition));
  });
});

const bytesOf = (value: unknown): Uint8Array => new Uint8Array(binary.toBytes(value as never));
