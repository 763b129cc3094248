import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

it('SUPPORT.md is what the table, the schema and the tests say', () => {
  const { stdout, status } = spawnSync(process.execPath, [join(__dirname, 'generate.mjs'), '--check'], { encoding: 'utf8' });
  expect({ said: stdout.trim(), status }).toEqual({ said: 'up to date', status: 0 });
});

it('counts an operation as emulated when the table has its line, and finds the tests that name it', () => {
  const script = `
    import { readCommands, readMapi, readOperations, renderMatrix } from ${JSON.stringify(join(__dirname, 'matrix.mjs'))};
    const operations = readOperations(${JSON.stringify(root)});
    const text = renderMatrix(${JSON.stringify(root)}, operations, readCommands(${JSON.stringify(root)}), readMapi(${JSON.stringify(root)}), [{ path: 'packages/mapi-http/tests/made-up.test.ts', text: "it('MS-OXCROPS_R1: RopLogon by Execute', …)" }, { path: 'packages/activesync/tests/made-up.test.ts', text: "it('MS-ASCMD_R1: Ping', …)" }, { path: 'packages/ews/tests/made-up.test.ts', text: "it('MS-OXWSCORE_R1: GetItem', …); it('MS-OXWSCORE_R1, R22: …')" }]);
    process.stdout.write(JSON.stringify({ operations, text }));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  const { operations, text } = JSON.parse(stdout) as { operations: { name: string; isEmulated: boolean; inWsdl: boolean }[]; text: string };
  expect(operations.filter(({ inWsdl }) => inWsdl)).toHaveLength(123);
  expect(operations.find(({ name }) => name === 'GetItem')).toEqual({ name: 'GetItem', since: '2007', inWsdl: true, isEmulated: true, isRefused: false });
  expect(operations.find(({ name }) => name === 'PlayOnPhone')).toMatchObject({ isEmulated: false, isRefused: true });
  expect(text).toContain('| GetItem | 2007 | [ews: made-up](packages/ews/tests/made-up.test.ts) |');
  expect(text).toContain('| [MS-OXWSCORE] | 2 |');
  expect(text).toContain('| FindItem | 2007 | none |');
  expect(text).toContain('| Ping | [activesync: made-up](packages/activesync/tests/made-up.test.ts) |');
  expect(text).toContain('| [MS-ASCMD] | 1 |');
  expect(text).toContain('| 0xfe | RopLogon | [mapi-http: made-up](packages/mapi-http/tests/made-up.test.ts) |');
  expect(text).toContain('| emsmdb | Execute | [mapi-http: made-up](packages/mapi-http/tests/made-up.test.ts) |');
});

it('what Microsoft verifies of EWS is asserted or listed as missing with a reason, never both', () => {
  const script = `
    import { readTests } from ${JSON.stringify(join(__dirname, 'matrix.mjs'))};
    import { contradictions, readRequirements } from ${JSON.stringify(join(__dirname, 'requirements.mjs'))};
    const requirements = readRequirements(readTests(${JSON.stringify(root)}));
    process.stdout.write(JSON.stringify({ wrong: contradictions(requirements), ids: requirements.flatMap(({ ids }) => ids).length }));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual({ wrong: [], ids: 1634 });
});

it('every response code of EWS is provoked by a test, or listed with the reason why it does not come', () => {
  const script = `
    import { readTests } from ${JSON.stringify(join(__dirname, 'matrix.mjs'))};
    import { codeContradictions, readResponseCodes } from ${JSON.stringify(join(__dirname, 'response-codes.mjs'))};
    process.stdout.write(JSON.stringify(codeContradictions(readResponseCodes(${JSON.stringify(root)}, readTests(${JSON.stringify(root)})))));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  expect(JSON.parse(stdout)).toEqual([]);
});
