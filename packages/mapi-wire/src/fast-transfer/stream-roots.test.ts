import fc from 'fast-check';
import { WireError } from '../errors.ts';
import { marker, metaTagOfStream, type MarkerName } from './markers.ts';
import type { StreamElement, StreamProperty } from './stream-element.ts';
import { streamRoots, type StreamRoot } from './stream-roots.ts';

const caught = (action: () => unknown): unknown => {
  try {
    return action();
  } catch (thrown) {
    return thrown;
  }
};
const named = (tag: number, value = 'x'): StreamProperty => ({ tag, value });
const m = (name: MarkerName): StreamElement => ({ marker: name });
const subject = named(0x0037001f);
const key = named(0x65e0001f);
const number: StreamProperty = { tag: 0x0e210003, value: 0 };
const row: StreamProperty = { tag: 0x30000003, value: 0 };
const deletes = (tag: number): StreamProperty => ({ tag: metaTagOfStream.FXDelProp, value: tag });
const state: StreamProperty = { tag: metaTagOfStream.IdsetGiven, value: Uint8Array.of(1) };
const stateWire = [m('IncrSyncStateBegin'), state, m('IncrSyncStateEnd')];
const gone: StreamProperty = { tag: metaTagOfStream.IdsetDeleted, value: Uint8Array.of(2) };
const read: StreamProperty = { tag: metaTagOfStream.IdsetRead, value: Uint8Array.of(3) };
const size: StreamProperty = { tag: 0x00000003, value: 5 };
const nothing = { deleted: [], recipients: [], attachments: [] };
const message = { propList: [subject], ...nothing };

const rows: readonly (readonly [string, StreamRoot<never>, unknown, readonly StreamElement[]])[] = [
  ['contentsSync of nothing', streamRoots.contentsSync, { messageChanges: [], state: [state], errorInfos: [] }, [...stateWire, m('IncrSyncEnd')]],
  [
    'contentsSync', streamRoots.contentsSync,
    {
      progressTotal: [size],
      messageChanges: [{ progressPerMessage: [size], header: [key], propList: [subject], deleted: [0x0e12000d, 0x0e13000d], recipients: [[row]], attachments: [{ propList: [number] }] }],
      deletions: [gone], readStateChanges: [read], state: [state], errorInfos: [],
    },
    [
      m('IncrSyncProgressMode'), size, m('IncrSyncProgressPerMsg'), size, m('IncrSyncChg'), key, m('IncrSyncMessage'), subject, deletes(0x0e12000d), m('StartRecip'), row, m('EndToRecip'),
      deletes(0x0e13000d), m('NewAttach'), number, m('EndAttach'), m('IncrSyncDel'), gone, m('IncrSyncRead'), read, ...stateWire, m('IncrSyncEnd'),
    ],
  ],
  [
    'hierarchySync', streamRoots.hierarchySync, { folderChanges: [[key], [key, subject]], deletions: [gone], state: [state] },
    [m('IncrSyncChg'), key, m('IncrSyncChg'), key, subject, m('IncrSyncDel'), gone, ...stateWire, m('IncrSyncEnd')],
  ],
  ['state', streamRoots.state, [state], stateWire],
  [
    'messageContent', streamRoots.messageContent, { ...message, attachments: [{ propList: [number], embeddedMessage: { ...message, recipients: [[row]] } }] },
    [subject, m('NewAttach'), number, m('StartEmbed'), subject, m('StartRecip'), row, m('EndToRecip'), m('EndEmbed'), m('EndAttach')],
  ],
  ['attachmentContent', streamRoots.attachmentContent, { propList: [number], embeddedMessage: message }, [number, m('StartEmbed'), subject, m('EndEmbed')]],
  [
    'messageList', streamRoots.messageList, [{ isAssociated: true, ...message }, { ecWarning: 0x80070005 }, { isAssociated: false, ...message }],
    [m('StartFAIMsg'), subject, m('EndMessage'), { tag: metaTagOfStream.EcWarning, value: 0x80070005 | 0 }, m('StartMessage'), subject, m('EndMessage')],
  ],
  [
    'folderContent', streamRoots.folderContent,
    {
      propList: [key], deleted: [0x3610000d, 0x360f000d, 0x360e000d], messages: [{ isAssociated: true, ...message }, { isAssociated: false, ...message }],
      subFolders: [{ propList: [key], deleted: [], messages: [], subFolders: [] }],
    },
    [
      key, deletes(0x3610000d), m('StartFAIMsg'), subject, m('EndMessage'), deletes(0x360f000d), m('StartMessage'), subject, m('EndMessage'), deletes(0x360e000d),
      m('StartSubFld'), key, m('EndFolder'),
    ],
  ],
  ['topFolder', streamRoots.topFolder, { propList: [key], newFXFolder: Uint8Array.of(4), deleted: [], messages: [], subFolders: [] }, [m('StartTopFld'), key, { tag: metaTagOfStream.NewFXFolder, value: Uint8Array.of(4) }, m('EndFolder')]],
] as unknown as readonly (readonly [string, StreamRoot<never>, unknown, readonly StreamElement[]])[];

it.each(rows)('%s', (_what, root, value, elements) => {
  expect([...root.elements(value as never)]).toEqual(elements);
  expect(root.parse(elements)).toEqual(value);
});

it('an error of a producer ends the change that it stands in, and no more', () => {
  const wire = [m('IncrSyncChg'), key, m('IncrSyncMessage'), subject, m('FXErrorInfo'), size, m('IncrSyncChg'), key, m('IncrSyncMessage'), subject, ...stateWire, m('IncrSyncEnd')];
  expect(streamRoots.contentsSync.parse(wire)).toEqual({ messageChanges: [{ header: [key], propList: [subject], ...nothing }], state: [state], errorInfos: [[size]] });
});

it('MS-OXCFXICS_R3292: MetaTagDnPrefix is passed over', () => {
  expect(streamRoots.messageContent.parse([{ tag: metaTagOfStream.DnPrefix, value: '/o=a' }, subject])).toEqual(message);
});

it.each<[string, StreamRoot<never>, readonly StreamElement[], string]>([
  ['a state without an end', streamRoots.state as StreamRoot<never>, stateWire.slice(0, 2), 'truncated'],
  ['a change without a message', streamRoots.contentsSync as unknown as StreamRoot<never>, [m('IncrSyncChg'), key, m('IncrSyncEnd')], 'invalid'],
  ['more than a state', streamRoots.state as StreamRoot<never>, [...stateWire, subject], 'invalid'],
  ['an error where nothing can go on', streamRoots.messageContent as unknown as StreamRoot<never>, [subject, m('FXErrorInfo'), size], 'invalid'],
  ['too many messages in each other', streamRoots.messageContent as unknown as StreamRoot<never>, Array.from({ length: 20_000 }, () => [m('NewAttach'), number, m('StartEmbed')]).flat(), 'limit'],
])('is refused: %s', (_what, root, wire, code) => expect(caught(() => root.parse(wire))).toMatchObject({ name: 'WireError', code }));

it('any elements are a value or a WireError', () => {
  const element = fc.oneof(fc.constantFrom(...(Object.keys(marker) as MarkerName[])).map(m), fc.constantFrom(subject, key, number, state, deletes(0x0e12000d)));
  fc.assert(fc.property(fc.array(element, { maxLength: 30 }), fc.constantFrom(...Object.values<{ parse(elements: readonly StreamElement[]): unknown }>(streamRoots)), (wire, root) => {
    const result = caught(() => root.parse(wire));
    expect(result instanceof WireError || !(result instanceof Error)).toBe(true);
  }), { numRuns: 2000 });
});
