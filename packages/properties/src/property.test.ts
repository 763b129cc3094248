import { anyCharacter } from '@fauxchange/arbitraries';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  binary,
  knownProperties,
  namedProperty,
  propertiesWithTag,
  property,
  PropertyNameError,
  propertySets,
  propertyTypeOf,
  propertyTypes,
  taggedProperty,
} from './index.ts';
import type { Binary, PropertyBag, PropertyName, PropertyType, ValueOf } from './index.ts';

// Written by hand, not from the table: the properties that mail, calendar and contact clients live on.
const tagged: [string, number, PropertyType][] = [
  ['PidTagImportance', 0x0017, 'Integer32'],
  ['PidTagMessageClass', 0x001a, 'String'],
  ['PidTagOriginatorDeliveryReportRequested', 0x0023, 'Boolean'],
  ['PidTagPriority', 0x0026, 'Integer32'],
  ['PidTagReadReceiptRequested', 0x0029, 'Boolean'],
  ['PidTagSensitivity', 0x0036, 'Integer32'],
  ['PidTagSubject', 0x0037, 'String'],
  ['PidTagClientSubmitTime', 0x0039, 'Time'],
  ['PidTagSubjectPrefix', 0x003d, 'String'],
  ['PidTagReceivedByName', 0x0040, 'String'],
  ['PidTagSentRepresentingEntryId', 0x0041, 'Binary'],
  ['PidTagSentRepresentingName', 0x0042, 'String'],
  ['PidTagReceivedRepresentingName', 0x0044, 'String'],
  ['PidTagReplyRecipientEntries', 0x004f, 'Binary'],
  ['PidTagReplyRecipientNames', 0x0050, 'String'],
  ['PidTagMessageToMe', 0x0057, 'Boolean'],
  ['PidTagMessageCcMe', 0x0058, 'Boolean'],
  ['PidTagStartDate', 0x0060, 'Time'],
  ['PidTagEndDate', 0x0061, 'Time'],
  ['PidTagResponseRequested', 0x0063, 'Boolean'],
  ['PidTagSentRepresentingAddressType', 0x0064, 'String'],
  ['PidTagSentRepresentingEmailAddress', 0x0065, 'String'],
  ['PidTagConversationTopic', 0x0070, 'String'],
  ['PidTagConversationIndex', 0x0071, 'Binary'],
  ['PidTagReceivedByEmailAddress', 0x0076, 'String'],
  ['PidTagTransportMessageHeaders', 0x007d, 'String'],
  ['PidTagReplyRequested', 0x0c17, 'Boolean'],
  ['PidTagRecipientType', 0x0c15, 'Integer32'],
  ['PidTagSenderEntryId', 0x0c19, 'Binary'],
  ['PidTagSenderName', 0x0c1a, 'String'],
  ['PidTagSenderAddressType', 0x0c1e, 'String'],
  ['PidTagSenderEmailAddress', 0x0c1f, 'String'],
  ['PidTagDeleteAfterSubmit', 0x0e01, 'Boolean'],
  ['PidTagDisplayBcc', 0x0e02, 'String'],
  ['PidTagDisplayCc', 0x0e03, 'String'],
  ['PidTagDisplayTo', 0x0e04, 'String'],
  ['PidTagMessageDeliveryTime', 0x0e06, 'Time'],
  ['PidTagMessageFlags', 0x0e07, 'Integer32'],
  ['PidTagMessageSize', 0x0e08, 'Integer32'],
  ['PidTagMessageSizeExtended', 0x0e08, 'Integer64'],
  ['PidTagParentEntryId', 0x0e09, 'Binary'],
  ['PidTagHasAttachments', 0x0e1b, 'Boolean'],
  ['PidTagNormalizedSubject', 0x0e1d, 'String'],
  ['PidTagAttachSize', 0x0e20, 'Integer32'],
  ['PidTagAttachNumber', 0x0e21, 'Integer32'],
  ['PidTagRead', 0x0e69, 'Boolean'],
  ['PidTagRecordKey', 0x0ff9, 'Binary'],
  ['PidTagObjectType', 0x0ffe, 'Integer32'],
  ['PidTagEntryId', 0x0fff, 'Binary'],
  ['PidTagBody', 0x1000, 'String'],
  ['PidTagRtfCompressed', 0x1009, 'Binary'],
  ['PidTagHtml', 0x1013, 'Binary'],
  ['PidTagInternetMessageId', 0x1035, 'String'],
  ['PidTagInternetReferences', 0x1039, 'String'],
  ['PidTagInReplyToId', 0x1042, 'String'],
  ['PidTagIconIndex', 0x1080, 'Integer32'],
  ['PidTagLastVerbExecuted', 0x1081, 'Integer32'],
  ['PidTagLastVerbExecutionTime', 0x1082, 'Time'],
  ['PidTagFlagStatus', 0x1090, 'Integer32'],
  ['PidTagFollowupIcon', 0x1095, 'Integer32'],
  ['PidTagItemTemporaryflags', 0x1097, 'Integer32'],
  ['PidTagAttributeHidden', 0x10f4, 'Boolean'],
  ['PidTagRowid', 0x3000, 'Integer32'],
  ['PidTagDisplayName', 0x3001, 'String'],
  ['PidTagAddressType', 0x3002, 'String'],
  ['PidTagEmailAddress', 0x3003, 'String'],
  ['PidTagCreationTime', 0x3007, 'Time'],
  ['PidTagLastModificationTime', 0x3008, 'Time'],
  ['PidTagSearchKey', 0x300b, 'Binary'],
  ['PidTagConversationId', 0x3013, 'Binary'],
  ['PidTagContentCount', 0x3602, 'Integer32'],
  ['PidTagContentUnreadCount', 0x3603, 'Integer32'],
  ['PidTagSubfolders', 0x360a, 'Boolean'],
  ['PidTagContainerClass', 0x3613, 'String'],
  ['PidTagIpmAppointmentEntryId', 0x36d0, 'Binary'],
  ['PidTagAttachDataBinary', 0x3701, 'Binary'],
  ['PidTagAttachDataObject', 0x3701, 'Object'],
  ['PidTagAttachExtension', 0x3703, 'String'],
  ['PidTagAttachFilename', 0x3704, 'String'],
  ['PidTagAttachMethod', 0x3705, 'Integer32'],
  ['PidTagAttachLongFilename', 0x3707, 'String'],
  ['PidTagRenderingPosition', 0x370b, 'Integer32'],
  ['PidTagAttachMimeTag', 0x370e, 'String'],
  ['PidTagAttachContentId', 0x3712, 'String'],
  ['PidTagAttachContentLocation', 0x3713, 'String'],
  ['PidTagAttachFlags', 0x3714, 'Integer32'],
  ['PidTagSmtpAddress', 0x39fe, 'String'],
  ['PidTagGivenName', 0x3a06, 'String'],
  ['PidTagSurname', 0x3a11, 'String'],
  ['PidTagCompanyName', 0x3a16, 'String'],
  ['PidTagMobileTelephoneNumber', 0x3a1c, 'String'],
  ['PidTagInternetCodepage', 0x3fde, 'Integer32'],
  ['PidTagMessageLocaleId', 0x3ff1, 'Integer32'],
  ['PidTagCreatorName', 0x3ff8, 'String'],
  ['PidTagLastModifierName', 0x3ffa, 'String'],
  ['PidTagMessageCodepage', 0x3ffd, 'Integer32'],
  ['PidTagSenderSmtpAddress', 0x5d01, 'String'],
  ['PidTagSentRepresentingSmtpAddress', 0x5d02, 'String'],
  ['PidTagSourceKey', 0x65e0, 'Binary'],
  ['PidTagParentSourceKey', 0x65e1, 'Binary'],
  ['PidTagChangeKey', 0x65e2, 'Binary'],
  ['PidTagPredecessorChangeList', 0x65e3, 'Binary'],
  ['PidTagFolderId', 0x6748, 'Integer64'],
  ['PidTagMid', 0x674a, 'Integer64'],
  ['PidTagChangeNumber', 0x67a4, 'Integer64'],
];

const { PSETID_Common, PSETID_Appointment, PSETID_Meeting, PSETID_Task, PSETID_Address, PSETID_Note, PSETID_Log } = propertySets;
const named: [string, string, number | string, PropertyType][] = [
  ['PidLidReminderDelta', PSETID_Common, 0x8501, 'Integer32'],
  ['PidLidReminderTime', PSETID_Common, 0x8502, 'Time'],
  ['PidLidReminderSet', PSETID_Common, 0x8503, 'Boolean'],
  ['PidLidPrivate', PSETID_Common, 0x8506, 'Boolean'],
  ['PidLidSideEffects', PSETID_Common, 0x8510, 'Integer32'],
  ['PidLidCommonStart', PSETID_Common, 0x8516, 'Time'],
  ['PidLidCommonEnd', PSETID_Common, 0x8517, 'Time'],
  ['PidLidFlagRequest', PSETID_Common, 0x8530, 'String'],
  ['PidLidReminderSignalTime', PSETID_Common, 0x8560, 'Time'],
  ['PidLidBusyStatus', PSETID_Appointment, 0x8205, 'Integer32'],
  ['PidLidLocation', PSETID_Appointment, 0x8208, 'String'],
  ['PidLidAppointmentStartWhole', PSETID_Appointment, 0x820d, 'Time'],
  ['PidLidAppointmentEndWhole', PSETID_Appointment, 0x820e, 'Time'],
  ['PidLidAppointmentSubType', PSETID_Appointment, 0x8215, 'Boolean'],
  ['PidLidAppointmentRecur', PSETID_Appointment, 0x8216, 'Binary'],
  ['PidLidAppointmentStateFlags', PSETID_Appointment, 0x8217, 'Integer32'],
  ['PidLidResponseStatus', PSETID_Appointment, 0x8218, 'Integer32'],
  ['PidLidRecurring', PSETID_Appointment, 0x8223, 'Boolean'],
  ['PidLidGlobalObjectId', PSETID_Meeting, 0x0003, 'Binary'],
  ['PidLidCleanGlobalObjectId', PSETID_Meeting, 0x0023, 'Binary'],
  ['PidLidTaskStatus', PSETID_Task, 0x8101, 'Integer32'],
  ['PidLidPercentComplete', PSETID_Task, 0x8102, 'Floating64'],
  ['PidLidTaskStartDate', PSETID_Task, 0x8104, 'Time'],
  ['PidLidTaskDueDate', PSETID_Task, 0x8105, 'Time'],
  ['PidLidTaskComplete', PSETID_Task, 0x811c, 'Boolean'],
  ['PidLidFileUnder', PSETID_Address, 0x8005, 'String'],
  ['PidLidEmail1DisplayName', PSETID_Address, 0x8080, 'String'],
  ['PidLidEmail1EmailAddress', PSETID_Address, 0x8083, 'String'],
  ['PidLidWorkAddressCity', PSETID_Address, 0x8046, 'String'],
  ['PidLidNoteColor', PSETID_Note, 0x8b00, 'Integer32'],
  ['PidLidLogType', PSETID_Log, 0x8700, 'String'],
  ['PidNameKeywords', propertySets.PS_PUBLIC_STRINGS, 'Keywords', 'MultipleString'],
  ['PidNameContentClass', propertySets.PS_INTERNET_HEADERS, 'Content-Class', 'String'],
];

describe('the table', () => {
  it.each(tagged)('%s is 0x%s of type %s', (name, tag, type) => {
    expect(property(name)).toEqual({ name, tag, type });
    expect(taggedProperty(tag, type).name).toBe(name);
  });

  it.each(named)('%s is {%s} %s of type %s', (name, set, idOrText, type) => {
    expect(property(name)).toMatchObject({ name, set, type });
    expect(namedProperty(set.toUpperCase(), idOrText, type).name).toBe(name);
  });

  it('knows every property by its name and finds it again by what it is', () => {
    const all = knownProperties();
    expect(all.length).toBeGreaterThan(1400);
    const elsewhere: string[] = [];
    for (const each of all) {
      expect(property(each.name)).toBe(each);
      expect(Object.hasOwn(propertyTypes, each.type)).toBe(true);
      if (each.tag !== undefined) expect(propertiesWithTag(each.tag)).toContain(each);
      const found = each.tag !== undefined ? taggedProperty(each.tag, each.type) : namedProperty(each.set ?? '', each.id ?? each.text ?? '', each.type);
      if (found !== each) elsewhere.push(each.name);
    }
    // [MS-OXPROPS] itself gives these the id and type of another property.
    expect(elsewhere.sort()).toEqual([
      'PidNameLocationUrl', 'PidTagOfflineAddressBookContainerGuid', 'PidTagOfflineAddressBookSequence', 'PidTagSearchFolderEfpFlags',
      'PidTagSearchFolderTag', 'PidTagSearchFolderTemplateId', 'PidTagWlinkSaveStamp',
    ]);
  });

  it('has types that are what the generator makes of the data', () => {
    const generator = join(__dirname, '../../../tools/properties/generate-known-properties.mjs');
    expect(() => execFileSync(process.execPath, [generator, '--check'], { stdio: 'pipe' })).not.toThrow();
  });
});

describe('names of unknown properties', () => {
  const guid = 'c11ff724-aa03-4555-9952-8fa248a11c3e';
  it.each<[string, PropertyName]>([
    ['0x6666:Integer32', '0x6666:Integer32'],
    ['0x00FF:Binary', '0x00ff:Binary'],
    ['0x37:String', 'PidTagSubject'],
    ['0x0037:Binary', '0x0037:Binary'],
    [`{${guid}}:0x8222:Boolean`, `{${guid}}:0x8222:Boolean`],
    [`{${guid.toUpperCase()}}:a: b:String`, `{${guid}}:a: b:String`],
    [`{${guid}}:=0x8222:String`, `{${guid}}:=0x8222:String`],
    [`{${PSETID_Common}}:0x8503:Boolean`, 'PidLidReminderSet'],
    [`{${PSETID_Common}}:0x8503:String`, `{${PSETID_Common}}:0x8503:String`],
    [`{${propertySets.PS_INTERNET_HEADERS}}:X-Mine:String`, `{${propertySets.PS_INTERNET_HEADERS}}:x-mine:String`],
    [`{${propertySets.PS_MAPI}}:0x0037:String`, 'PidTagSubject'],
  ])('%s is %s', (given, name) => {
    expect(property(given)?.name).toBe(name);
    expect(property(name)?.name).toBe(name);
  });

  it.each([
    '', 'PidTagNoSuch', 'pidtagsubject', '0x:String', '0x12345:String', '0x0037:', '0x0037:Nonsense', '0x0037', 'toString', '__proto__',
    '0x0037:toString', '{', '{}:a:String', `{${guid}}`, `{${guid}}:`, `{${guid}}::String`, `{${guid}}:=:String`, `{${guid}}:a:Wrong`, `{${guid}x}:a:String`,
    `{${guid}}:${'x'.repeat(128)}:String`, `{${propertySets.PS_MAPI}}:0x12345:String`, `{${guid}}:0x123456789`,
  ])('%j is none', (given) => expect(property(given)).toBeUndefined());

  it.each([
    ['a tag beyond 16 bits', () => taggedProperty(0x10000, 'String')],
    ['a fractional tag', () => taggedProperty(1.5, 'String')],
    ['a set that is no GUID', () => namedProperty('here', 1, 'String')],
    ['a number beyond 32 bits', () => namedProperty(guid, 2 ** 32, 'String')],
    ['an empty text', () => namedProperty(guid, '', 'String')],
    ['an overlong text', () => namedProperty(guid, 'x'.repeat(128), 'String')],
  ])('refuses %s', (_, make) => expect(make).toThrow(PropertyNameError));

  it('survives any string, and any property comes back from its name', () => {
    const types = fc.constantFrom(...(Object.keys(propertyTypes) as PropertyType[]));
    const anything = fc.oneof(fc.string(), fc.string().map((text) => `{${guid}}:${text}`), fc.string().map((text) => `0x${text}`));
    fc.assert(fc.property(anything, (text) => {
      const found = property(text);
      if (found) expect(property(found.name)).toEqual(found);
    }));
    fc.assert(fc.property(fc.uuid(), fc.oneof(fc.nat(), fc.string({ minLength: 1, maxLength: 127, unit: anyCharacter }).filter((t) => t.length < 128)), types, (set, key, type) => {
      const made = namedProperty(set, key, type);
      expect(property(made.name)).toEqual(made);
    }));
    fc.assert(fc.property(fc.nat(0xffff), types, (tag, type) => {
      const made = taggedProperty(tag, type);
      expect(property(made.name)).toEqual(made);
    }));
  });

  it('MS-OXCPRPT_R529: texts in PS_INTERNET_HEADERS are coerced to lower case', () => {
    expect(namedProperty(propertySets.PS_INTERNET_HEADERS, 'X-New-Header', 'String').text).toBe('x-new-header');
    expect(namedProperty(propertySets.PS_PUBLIC_STRINGS, 'X-New-Header', 'String').text).toBe('X-New-Header');
  });

  it('MS-OXCPRPT_R642: a number in PS_MAPI is the tag', () => {
    expect(namedProperty(propertySets.PS_MAPI, 0x0e1b, 'Boolean')).toEqual({ name: 'PidTagHasAttachments', tag: 0x0e1b, type: 'Boolean' });
  });
});

describe('types and bytes', () => {
  it.each([[0x001e, 'String'], [0x101e, 'MultipleString'], [0x0102, 'Binary'], [0x1048, 'MultipleGuid'], [0x9999, undefined]])('type code %i is %s', (code, type) => {
    expect(propertyTypeOf(code)).toBe(type);
  });

  it('types values by name', () => {
    const subject: ValueOf<'PidTagSubject'> = 'text';
    const size: ValueOf<'0x6666:Integer64'> = 5n;
    const keywords: ValueOf<'{00020329-0000-0000-c000-000000000046}:Mine:MultipleString'> = ['a'];
    const bag: PropertyBag = { PidTagSubject: subject, '0x6666:Integer64': size, PidNameKeywords: keywords };
    // @ts-expect-error a number is not a subject
    const wrong: PropertyBag = { PidTagSubject: 1 };
    // @ts-expect-error no such name
    const none: PropertyName = 'PidTagNoSuch';
    expect([bag, wrong, none]).toHaveLength(3);
  });

  it('keeps bytes whole in every form', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => {
      const value: Binary = binary.from(bytes);
      expect(value).toHaveLength(bytes.length);
      expect(binary.toBytes(value)).toEqual(bytes);
      expect(binary.fromHex(binary.toHex(value))).toBe(value);
      expect(binary.fromBase64(binary.toBase64(value))).toBe(value);
      expect(binary.isBinary(value)).toBe(true);
    }));
    expect(binary.toHex(binary.from(Buffer.from('abcd').subarray(1, 3)))).toBe('6263');
    expect(binary.isBinary('\u0100')).toBe(false);
  });

  it.each([['hex', () => binary.fromHex('0g')], ['odd hex', () => binary.fromHex('abc')], ['base64', () => binary.fromBase64('ab*=')], ['cut base64', () => binary.fromBase64('abc')]])('refuses bad %s', (_, make) => {
    expect(make).toThrow(TypeError);
  });
});
