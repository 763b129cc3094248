import fc from 'fast-check';
import { valueOf, type ItemId } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { PlayFolder } from './support/play-folder.ts';
import { Replica } from './support/replica.ts';

let mapi: MapiHttpEmulator;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
afterAll(() => mapi.close());

type Step =
  | { readonly by: 'server'; readonly act: 'create' | 'change' | 'read' | 'both' | 'remove' | 'move' | 'copy' | 'trim'; readonly at: number; readonly isAssociated: boolean }
  | { readonly by: 'client'; readonly act: 'create' | 'change' | 'remove' | 'mark' | 'download'; readonly at: number; readonly isAssociated: boolean }
  | { readonly by: 'client'; readonly act: 'partial'; readonly at: number; readonly isAssociated: boolean };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(fc.record({
  kind: fc.constantFrom(...(['create', 'create', 'change', 'read', 'both', 'remove', 'move', 'copy', 'trim'] as const).map((act) => ({ by: 'server', act }) as const), ...(['create', 'change', 'remove', 'mark', 'download', 'download', 'partial'] as const).map((act) => ({ by: 'client', act }) as const)),
  at: fc.nat(50), isAssociated: fc.integer({ min: 0, max: 4 }).map((number) => number === 0),
}).map(({ kind, at, isAssociated }) => ({ ...kind, at, isAssociated }) as Step), { minLength: 1, maxLength: 25 });

/** Both sides of a folder, and what each of them does to it. */
class Both {
  readonly play: PlayFolder;
  readonly replica: Replica;
  #count = 0;

  constructor(play: PlayFolder) {
    this.play = play;
    this.replica = new Replica(play.ics, play.handle, play.logon);
  }

  async server(): Promise<ReadonlyMap<number, { readonly subject: string; readonly isRead: boolean; readonly isAssociated: boolean }>> {
    const { items } = await this.play.session.query([this.play.folder.id], { table: 'both', limit: 10_000 });
    return new Map(items.map((item) => [item.id, { subject: String(valueOf(item, 'PidTagSubject')), isRead: item.isRead, isAssociated: item.isAssociated }]));
  }

  async step({ by, act, at, isAssociated }: Step): Promise<void> {
    this.#count++;
    const { session, folder } = this.play;
    const subject = `${by} ${this.#count}`;
    if (by === 'server') {
      const ids = [...(await this.server()).keys()] as ItemId[];
      const id = ids[at % Math.max(1, ids.length)];
      if (act === 'create') await this.play.message({ PidTagSubject: subject }, { isAssociated });
      else if (act === 'trim') await this.play.mailbox.store.trim(await this.play.mailbox.store.currentCn());
      else if (id !== undefined) await this.#serverActs[act](id, subject, session, folder.id);
      return;
    }
    const ids = [...this.replica.messages.keys()];
    const id = ids[at % Math.max(1, ids.length)];
    if (act === 'create') await this.replica.create(subject, isAssociated);
    else if (act === 'download') await this.replica.download();
    // Hidden messages alone, no deletions, no read states: what is left out is told later.
    else if (act === 'partial') await this.replica.download({ SynchronizationFlags: [0x11, 0x21, 0x33, 0x3b][at % 4] as number });
    else if (id !== undefined) await this.#clientActs[act](id, subject, at);
  }

  readonly #serverActs: Readonly<Record<'change' | 'read' | 'both' | 'remove' | 'move' | 'copy', (id: ItemId, subject: string, session: PlayFolder['session'], folderId: PlayFolder['folder']['id']) => Promise<unknown>>> = {
    change: (id, subject, session) => session.updateItem(id, { properties: { PidTagSubject: subject } }),
    read: async (id, _subject, session) => {
      const [item] = await session.items([id]);
      return session.updateItem(id, { isRead: !(item as { readonly isRead?: boolean }).isRead });
    },
    both: (id, subject, session) => session.updateItem(id, { isRead: true, properties: { PidTagSubject: subject } }),
    remove: (id, _subject, session) => session.removeItems([id], 'hard'),
    move: async (id, _subject, session) => session.moveItems([id], { session, folderId: (await session.distinguished('drafts')).id }),
    copy: (id, _subject, session, folderId) => session.copyItems([id], { session, folderId }),
  };

  readonly #clientActs: Readonly<Record<'change' | 'remove' | 'mark', (id: number, subject: string, at: number) => Promise<unknown>>> = {
    change: async (id, subject) => expect([0, errorCode.SyncConflict, errorCode.SyncObjectDeleted]).toContain(await this.replica.change(id, subject)),
    remove: (id) => this.replica.remove(id),
    mark: (id, _subject, at) => this.replica.mark(id, at % 2 === 0),
  };

  async check(): Promise<void> {
    await this.replica.download();
    const mine = new Map([...this.replica.messages].map(([id, { subject, isRead, isAssociated }]) => [id, { subject, isRead: isAssociated || isRead, isAssociated }]));
    const theirs = new Map([...await this.server()].map(([id, one]) => [id, { ...one, isRead: one.isAssociated || one.isRead }]));
    const sorted = (all: ReadonlyMap<number, unknown>): unknown => [...all].sort(([a], [b]) => a - b);
    expect(sorted(mine)).toEqual(sorted(theirs));
    const { changes, deletions, readStates } = this.replica.told;
    await this.replica.download();
    // Nothing is told twice.
    expect(this.replica.told).toEqual({ changes, deletions, readStates });
  }
}

it('a replica equals the mailbox after whatever both sides have done', async () => {
  await fc.assert(fc.asyncProperty(steps, async (all) => {
    await mapi.reset();
    const both = new Both(await PlayFolder.create(mapi));
    await both.replica.reserve();
    for (const step of all) await both.step(step);
    await both.check();
  }), { numRuns: 15, seed: 20_261_125, endOnFailure: true });
}, 120_000);
