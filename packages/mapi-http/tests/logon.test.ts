import { errorCode } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { RopClient } from './support/rop-client.ts';

let mapi: MapiHttpEmulator;
let outlook: RopClient;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  outlook = new RopClient(mapi);
});
afterAll(() => mapi.close());

it('a logon, a folder, its name', async () => {
  const { opened, body } = await outlook.logon();
  expect(opened).toBe(0);
  const inbox = await outlook.ok('RopOpenFolder', { FolderId: body.FolderIds[4] as bigint, OpenModeFlags: 0 }, opened);
  expect(inbox.opened).toBe(1);
  expect(await outlook.values(inbox.opened, [0x3001_001f, 0x3602_0003, 0x6748_0014])).toEqual(['Inbox', expect.any(Number), body.FolderIds[4]]);
  expect(await outlook.fails('RopOpenFolder', { FolderId: 0x1234n, OpenModeFlags: 0 }, opened)).toBe(errorCode.NotFound);
  expect(await outlook.fails('RopOpenFolder', { FolderId: 1n, OpenModeFlags: 0 }, 77)).toBe(errorCode.NullObject);
});
