import { createHash } from 'node:crypto';
import { createIdSource } from '@fauxchange/kernel';
import { binary, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { attachmentId } from '../ids.ts';
import { BytesInMemory } from '../store/memory/stored-bytes.ts';
import { bagOf, BagMaker, propertiesOf } from './bag.ts';
import { conversationId, newConversationIndex } from './conversation.ts';
import { addressBookEntryId } from './entry-id.ts';
import type { EmbeddedItem, Properties } from './item.ts';
import { sizeOfItem } from './item-size.ts';
import { subjectParts } from './subject.ts';
import { valueOf } from './value-of.ts';

describe('bags', () => {
  it('answer like a map whatever their layout becomes after them', () => {
    const ids = createIdSource('bags');
    const names = Array.from({ length: 160 }, (_, at) => (at % 2 ? `0x${(0x6600 + at).toString(16)}:Integer32` : `{00062008-0000-0000-c000-000000000046}:0x${(0x9000 + at).toString(16)}:Integer32`) as PropertyName);
    const maker = new BagMaker();
    const kept: { bag: ReturnType<typeof bagOf>; truth: Map<PropertyName, PropertyValue> }[] = [];
    for (let made = 0; made < 3_000; made++) {
      const previous = kept[Math.floor(ids.fraction() * kept.length)];
      // Some names are common, most are rare, and which ones are changes on the way.
      const few = Array.from({ length: 12 }, () => names[Math.floor(ids.fraction() ** 3 * names.length + made / 40) % names.length] as PropertyName);
      const properties = Object.fromEntries(few.map((name) => [name, ids.fraction() < 0.1 ? undefined : Math.floor(ids.fraction() * 1e6)])) as Properties;
      const base = ids.fraction() < 0.5 ? previous : undefined;
      const truth = new Map(base?.truth);
      for (const name of few) {
        const value = properties[name];
        if (value === undefined) truth.delete(name);
        else truth.set(name, value);
      }
      kept.push({ bag: maker.make(`IPM.${made % 100}`, properties, base?.bag), truth });
    }
    for (const { bag, truth } of kept) {
      expect(new Map(bag.entries())).toEqual(truth);
      for (const name of names) if (bag.get(name) !== truth.get(name) || bag.has(name) !== truth.has(name)) throw new Error(name);
    }
  });

  it('come from plain properties and go back', () => {
    const bag = bagOf({ PidTagSubject: undefined, PidTagImportance: 0 }, bagOf({ PidTagSubject: 'x', PidTagSensitivity: 1 }));
    expect(propertiesOf(bag)).toEqual({ PidTagImportance: 0, PidTagSensitivity: 1 });
  });
});

describe('subjects', () => {
  it.each([
    ['Re: Hello', 'Re: ', 'Hello'], ['AW: Hello', 'AW: ', 'Hello'], ['Fwd: x', 'Fwd: ', 'x'], ['Note: x', '', 'Note: x'], ['R2: x', '', 'R2: x'], ['Re:x', '', 'Re:x'], ['', '', ''],
    [': x', '', ': x'], ['Re: Re: x', 'Re: ', 'Re: x'], ['回复: x', '回复: ', 'x'],
  ])('%j', (subject, prefix, normalized) => {
    expect(subjectParts(subject)).toEqual({ prefix, normalized });
  });
  it('keep a prefix that is given', () => {
    expect(subjectParts('Weiter: x', 'Weiter: ')).toEqual({ prefix: 'Weiter: ', normalized: 'x' });
    expect(subjectParts('Re: x', '')).toEqual({ prefix: '', normalized: 'Re: x' });
    expect(subjectParts('Re: x', 'Fwd: ')).toEqual({ prefix: 'Re: ', normalized: 'x' });
  });
});

describe('conversations', () => {
  const guid = Uint8Array.from({ length: 16 }, (_, at) => at + 1);
  // 2026-01-05T09:00:00Z is FILETIME 0x01DC7E2139464000 … its upper five bytes after the reserved 01.
  const now = Date.UTC(2026, 0, 5, 9);
  const filetime = ((BigInt(now) + 11_644_473_600_000n) * 10_000n).toString(16).padStart(16, '0');
  it('begin with an index of 22 bytes: 01, time, GUID', () => {
    expect(Buffer.from(binary.toBytes(newConversationIndex(now, guid))).toString('hex')).toBe(`01${filetime.slice(2, 12)}0102030405060708090a0b0c0d0e0f10`);
  });
  it('are told apart by the GUID where it is tracked, else by the topic', () => {
    const index = newConversationIndex(now, guid);
    const fromTopic = binary.from(createHash('md5').update(Buffer.from('LUNCH', 'utf16le')).digest());
    const ofGuid = binary.from(guid);
    expect(conversationId({ index, isTracked: true, topic: 'Lunch' })).toBe(ofGuid);
    expect(conversationId({ index, isTracked: false, topic: 'Lunch' })).toBe(fromTopic);
    expect(conversationId({ index: undefined, isTracked: true, topic: 'lunch' })).toBe(fromTopic);
    expect(conversationId({ index: binary.fromHex('0102'), isTracked: true, topic: 'lunch' })).toBe(fromTopic);
    expect(conversationId({ index, isTracked: false, topic: '' })).toBe(ofGuid);
    expect(conversationId({ index: undefined, isTracked: false, topic: undefined })).toBeUndefined();
  });
});

describe('values', () => {
  const item: EmbeddedItem = {
    itemClass: 'IPM.Note', recipients: [{ type: 'bcc', name: '', address: 'x@y.test', addressType: 'SMTP' }],
    attachments: [{ kind: 'file', id: attachmentId(1), name: 'a', contentType: '', isInline: true, lastModified: 0, size: 1_000, content: new BytesInMemory(new Uint8Array(1_000)) }],
    body: { native: 'text', text: new BytesInMemory(Buffer.from('grüße')) },
    // What a client writes under the names of facts changes nothing.
    bag: bagOf({ PidTagMessageClass: 'IPM.Fake', PidTagMessageFlags: 0x100 | 0x10 | 0x1, PidTagHasAttachments: true, PidTagRead: false }),
  };
  it.each<[PropertyName, PropertyValue | undefined]>([
    ['PidTagMessageClass', 'IPM.Note'], ['PidTagMessageFlags', 0x501], ['PidTagHasAttachments', false], ['PidTagRead', true], ['PidTagDisplayBcc', 'x@y.test'], ['PidTagDisplayTo', ''],
    ['PidTagBody', 'grüße'], ['PidTagHtml', undefined], ['PidTagNativeBody', 1], ['PidTagSubjectPrefix', ''], ['PidTagFlagStatus', undefined],
  ])('%s', (name, value) => {
    expect(valueOf(item, name)).toBe(value);
  });
  it('measure an item with its bodies and attachments', () => {
    expect(valueOf(item, 'PidTagMessageSize')).toBe(sizeOfItem(item, item.bag));
    expect(sizeOfItem(item, item.bag)).toBeGreaterThan(1_000);
    expect(valueOf(item, 'PidTagMessageSizeExtended')).toBe(BigInt(sizeOfItem(item, item.bag)));
  });
  it('name somebody of the address book in the form of an entry id', () => {
    const bytes = Buffer.from(binary.toBytes(addressBookEntryId('/o=X/cn=a')));
    expect(bytes.toString('hex')).toBe(`00000000dca740c8c042101ab4b908002b2fe1820100000000000000${Buffer.from('/o=X/cn=a').toString('hex')}00`);
  });
});
