import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { RopClient } from './support/rop-client.ts';
import { IcsClient, stateIn } from './support/ics-client.ts';

let mapi: MapiHttpEmulator;
let rops: RopClient;
let ics: IcsClient;
let logon: number;
let folders: readonly bigint[];
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  rops = new RopClient(mapi);
  ics = new IcsClient(rops);
  const { opened, body } = await rops.logon();
  logon = opened;
  folders = body.FolderIds;
});
afterAll(() => mapi.close());

const open = async (at: number): Promise<number> => (await rops.ok('RopOpenFolder', { FolderId: folders[at] as bigint, OpenModeFlags: 0 }, logon)).opened;

it('a first synchronization, and one of nothing', async () => {
  const inbox = await open(4);
  const first = await ics.contents(inbox);
  console.log(first.value.messageChanges.length, first.buffers, first.value.messageChanges[0]?.header, first.value.messageChanges[0]);
  const second = await ics.contents(inbox, stateIn(first.value.state));
  console.log(second.value);
  const tree = await ics.hierarchy(await open(3));
  console.log(tree.value.folderChanges.length, tree.value.folderChanges[1], tree.value.state);
});
