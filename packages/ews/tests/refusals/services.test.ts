import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { operationElements } from '../../src/schema/operation-types.generated.ts';
import { EwsClient, type Answer } from '../support/client.ts';
import { textAt } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator();
  alice = new EwsClient(ews);
});
afterAll(() => ews.close());

const item = '<m:ItemId Id="AAMk"/>';
const space = '<m:MeetingSpace><t:Type>Public</t:Type></m:MeetingSpace>';
const instance = '<m:MeetingInstance><t:Tag>x</t:Tag></m:MeetingInstance>';
const mailbox = '<m:EmailAddress><t:EmailAddress>site@example.test</t:EmailAddress></m:EmailAddress>';

/** Of services that stand beside Exchange, and are not there. */
it.each<[keyof typeof operationElements, string, string]>([
  ['PlayOnPhone', `${item}<m:DialString>+44 20 7946 0101</m:DialString>`, 'ErrorUserNotUnifiedMessagingEnabled'],
  ['PlayOnPhone', `${item}<m:DialString> </m:DialString>`, 'ErrorInvalidPhoneNumber'],
  ['GetPhoneCallInformation', '<m:PhoneCallId Id="1"/>', 'ErrorUserNotUnifiedMessagingEnabled'],
  ['GetPhoneCallInformation', '<m:PhoneCallId Id=""/>', 'ErrorInvalidPhoneCallId'],
  ['DisconnectPhoneCall', '<m:PhoneCallId Id="1"/>', 'ErrorUserNotUnifiedMessagingEnabled'],
  ['DisconnectPhoneCall', '<m:PhoneCallId Id=""/>', 'ErrorInvalidPhoneCallId'],
  ['SetTeamMailbox', `${mailbox}<m:SharePointSiteUrl>https://sites.example.test/a</m:SharePointSiteUrl><m:State>Active</m:State>`, 'ErrorTeamMailboxNotFound'],
  ['UnpinTeamMailbox', mailbox, 'ErrorTeamMailboxNotFound'],
  ['AddTag', '<m:Tag>tide</m:Tag><m:AppName>Outlook</m:AppName>', 'ErrorInvalidOperation'],
  ['FindTags', '<m:IndexedPageItemView MaxEntriesReturned="1" Offset="0" BasePoint="Beginning"/>', 'ErrorInvalidOperation'],
  ['HideTag', '<m:Tag>tide</m:Tag>', 'ErrorInvalidOperation'],
  ['CreateMeetingSpace', space, 'ErrorInvalidOperation'],
  ['GetMeetingSpace', item, 'ErrorItemNotFound'],
  ['UpdateMeetingSpace', item + space, 'ErrorItemNotFound'],
  ['DeleteMeetingSpace', item, 'ErrorItemNotFound'],
  ['FindMeetingSpaceByJoinUrl', '<m:JoinUrl>https://meet.example.test/1</m:JoinUrl>', 'ErrorItemNotFound'],
  ['CreateMeetingInstance', instance, 'ErrorInvalidOperation'],
  ['GetMeetingInstance', item, 'ErrorItemNotFound'],
  ['UpdateMeetingInstance', item + instance, 'ErrorItemNotFound'],
  ['DeleteMeetingInstance', item, 'ErrorItemNotFound'],
  ['GetFocusedOtherOverrides', '', 'ErrorInvalidOperation'],
  ['CreateOrUpdateFocusedOtherOverride', '<m:SenderSmtpAddress>x@contoso.test</m:SenderSmtpAddress><m:AlwaysClassifyAs>Focused</m:AlwaysClassifyAs>', 'ErrorInvalidOperation'],
  ['DeleteFocusedOtherOverride', '<m:Id>11111111-2222-4333-8444-555555555555</m:Id>', 'ErrorInvalidOperation'],
  ['GetOMEConfiguration', '', 'ErrorInvalidOperation'],
  ['SetOMEConfiguration', '<m:Xml>x</m:Xml>', 'ErrorInvalidOperation'],
])('%s with %s: %s', async (operation, content, code) => {
  const { request, response } = operationElements[operation];
  const answer: Answer = await alice.call(`<m:${request}>${content}</m:${request}>`);
  const [message] = answer.messages;
  const told = message && message.attributes['ResponseClass'] === undefined ? message.children.find(({ attributes }) => attributes['ResponseClass']) ?? message : message;
  expect([answer.status, answer.body.name, told?.attributes['ResponseClass'], told && textAt(told, 'ResponseCode')]).toEqual([200, response, 'Error', code]);
  expect(answer.xml).not.toContain('is not emulated yet');
});
