import { codePages, elementAt, findElement, fromXmlText, protocolVersions, toXmlText } from '../src/index.ts';
import { tokenRequirements } from './token-requirements.data.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** `MS-ASWBXML_R36 Sync 05 12.1-14.1` of a page. */
const rows = Object.entries(tokenRequirements).flatMap(([page, lines]) =>
  lines.trim().split('\n').map((line) => {
    const [id = '', local = '', token = '', versions = ''] = line.split(' ');
    const [since = '', until] = versions.split('-');
    return { id, name: `${page}:${local}`, token: Number.parseInt(token, 16), since: since || '2.5', until };
  }),
);

it.each(rows)('$id: $name has its token and its versions', ({ name, token, since, until }) => {
  const element = findElement(name);
  const page = codePages.find((one) => one.name === name.split(':')[0]);
  expect(element).toMatchObject({ token, page: page?.number, isLegacy: false, since, until });
  expect(elementAt(page?.number ?? -1, token)?.name).toBe(name);
});

it.each(rows)('$name is written as its token and read back', ({ name, token }) => {
  const { page = 0, local = '' } = findElement(name) ?? {};
  const bytes = fromXmlText(`<${local} xmlns="${name.split(':')[0]}:"/>`);
  expect(hex(bytes)).toBe(`03016a00${page === 0 ? '' : `00${page.toString(16).padStart(2, '0')}`}${token.toString(16).padStart(2, '0')}`);
  expect(toXmlText(bytes)).toContain(`<${local} xmlns="${name.split(':')[0]}:"/>`);
});

it.each([
  ['R10', 0, 'AirSync'], ['R11', 1, 'Contacts'], ['R12', 2, 'Email'], ['R13', 3, 'AirNotify'], ['R14', 4, 'Calendar'], ['R15', 5, 'Move'], ['R16', 6, 'GetItemEstimate'], ['R17', 7, 'FolderHierarchy'],
  ['R18', 8, 'MeetingResponse'], ['R19', 9, 'Tasks'], ['R20', 10, 'ResolveRecipients'], ['R21', 11, 'ValidateCert'], ['R22', 12, 'Contacts2'], ['R23', 13, 'Ping'], ['R24', 14, 'Provision'], ['R25', 15, 'Search'],
  ['R27', 17, 'AirSyncBase'], ['R28', 18, 'Settings'], ['R29', 19, 'DocumentLibrary'], ['R30', 20, 'ItemOperations'], ['R31', 21, 'ComposeMail'], ['R32', 22, 'Email2'], ['R33', 23, 'Notes'], ['R34', 24, 'RightsManagement'],
  ['R3400', 25, 'Find'],
] as const)('MS-ASWBXML_%s: code page %i is %s', (_id, number, name) => {
  expect(codePages[number]).toMatchObject({ number, name, namespace: `${name}:` });
});

it('knows 26 pages, and apart from them what only 2.5 had', () => {
  const elements = codePages.flatMap((page) => page.elements.filter((element) => element !== undefined));
  expect(codePages).toHaveLength(26);
  expect(elements.filter(({ isLegacy }) => !isLegacy)).toHaveLength(586);
  expect(findElement('AirSync:Truncation')).toMatchObject({ isLegacy: true, since: '2.5', until: '2.5', token: 0x19 });
  for (const { since, until } of elements) expect(protocolVersions.indexOf(since)).toBeLessThanOrEqual(until ? protocolVersions.indexOf(until) : 6);
  expect(findElement('AirSync:constructor')).toBeUndefined();
});
