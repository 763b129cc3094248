import { errorCode } from '@fauxchange/mapi-wire';
import type { Logon } from '../logon/logon.ts';
import { ObjectTable } from './object-table.ts';
import { ServerObject } from './server-object.ts';

class Thing extends ServerObject {
  override readonly logon: Logon;
  isReleased = false;

  constructor(logon: Logon) {
    super();
    this.logon = logon;
  }

  override released(): void {
    this.isReleased = true;
  }
}
const newLogon = (id: number): Logon => Object.assign(Object.create(ServerObject.prototype) as { logon: unknown; id: number }, { id }) as unknown as Logon;
function withLogon(id: number): { readonly table: ObjectTable; readonly logon: Logon } {
  const [table, logon] = [new ObjectTable(), newLogon(id)];
  (logon as { logon: unknown }).logon = logon;
  table.addLogon(logon);
  return { table, logon };
}

it('handles are the number of the logon, then a count', () => {
  const { table, logon } = withLogon(0x0c);
  expect([table.handleOf(logon), table.add(new Thing(logon)), table.add(new Thing(logon))]).toEqual([0x0c00_0000, 0x0c00_0001, 0x0c00_0002]);
});

it('a session holds so many objects, and no more', async () => {
  const { table, logon } = withLogon(0);
  for (let count = 1; count < 10_000; count++) table.add(new Thing(logon));
  expect(() => table.add(new Thing(logon))).toThrow(expect.objectContaining({ code: errorCode.TooManyOpenObjects }));
  await table.release(7);
  expect(table.add(new Thing(logon))).toBe(10_000);
});

it('what a logon has opened goes with it', async () => {
  const { table, logon } = withLogon(3);
  const thing = new Thing(logon);
  const handle = table.add(thing);
  await table.release(0x0300_0000);
  expect([thing.isReleased, table.get(handle), table.logon(3)]).toEqual([true, undefined, undefined]);
});

it('handles that nothing has are passed over', async () => {
  const { table } = withLogon(0);
  await expect(table.release(0x1234)).resolves.toBeUndefined();
  expect(table.get(0xffff_ffff)).toBeUndefined();
});
