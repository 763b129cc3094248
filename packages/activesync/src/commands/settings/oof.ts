import { oofSettings, setOofSettings, type OofSettings } from '@fauxchange/mailbox';
import { htmlToText, textToHtml } from '@fauxchange/mime';
import type { CommandContext } from '../../context.ts';
import { formatDashed, readDashed } from '../../mapping/date-time.ts';
import type { OofMessage, SettingsRequest, SettingsResponse } from '../../schema/settings.ts';
import { settingsStatus } from './settings-status.ts';

type SetOof = NonNullable<Extract<SettingsRequest[number], readonly ['Oof', unknown]>[1]['Set']>;
type OofAnswer = Extract<SettingsResponse[number], readonly ['Oof', unknown]>[1];

/** [MS-ASCMD] 2.2.3.124. */
const oofStates = ['disabled', 'enabled', 'scheduled'] as const;

/** [MS-ASCMD] 2.2.3.83: three audiences, each with what it is told. */
export async function getOof(bodyType: string, { session }: CommandContext): Promise<OofAnswer> {
  const isHtml = /^html$/i.test(bodyType);
  if (!isHtml && !/^text$/i.test(bodyType)) return { Status: settingsStatus.invalidArguments };
  const { state, audience, from, until, internalReply, externalReply } = await oofSettings(session);
  const message = (isEnabled: boolean, reply: string): Omit<OofMessage, 'AppliesToInternal'> => {
    const ReplyMessage = isHtml ? asHtml(reply) : asText(reply);
    return { Enabled: isEnabled ? '1' : '0', ...(ReplyMessage && { ReplyMessage, BodyType: isHtml ? 'HTML' : 'TEXT' }) };
  };
  return {
    Status: settingsStatus.success,
    Get: {
      OofState: oofStates.indexOf(state),
      StartTime: state === 'scheduled' && from !== undefined ? formatDashed(from) : undefined,
      EndTime: state === 'scheduled' && until !== undefined ? formatDashed(until) : undefined,
      OofMessage: [
        { AppliesToInternal: true, ...message(internalReply !== '', internalReply) },
        { AppliesToExternalKnown: true, ...message(audience !== 'none' && externalReply !== '', externalReply) },
        { AppliesToExternalUnknown: true, ...message(audience === 'all' && externalReply !== '', externalReply) },
      ],
    },
  };
}

const isHtml = (text: string): boolean => /<(html|body|p|div|br|span)\b/i.test(text);
const asHtml = (text: string): string => (text === '' || isHtml(text) ? text : textToHtml(text));
const asText = (text: string): string => (isHtml(text) ? htmlToText(text).trim() : text);

/** What is left out stays as it is. @returns the status */
export async function setOof({ OofState, StartTime, EndTime, OofMessage: messages }: SetOof, { session }: CommandContext): Promise<number> {
  if ((StartTime === undefined) !== (EndTime === undefined)) return settingsStatus.protocolError;
  const before = await oofSettings(session);
  const state = OofState === undefined ? before.state : oofStates[OofState];
  if (!state) return settingsStatus.invalidArguments;
  const [from, until] = StartTime === undefined || EndTime === undefined ? [before.from, before.until] : [readDashed(StartTime), readDashed(EndTime)];
  if (state === 'scheduled' && (from === undefined || until === undefined || from >= until)) return settingsStatus.invalidArguments;
  const replies = readMessages(messages, before);
  if (typeof replies === 'number') return replies;
  await setOofSettings(session, { ...before, ...replies, state, from, until });
  return settingsStatus.success;
}

/** Known and unknown people outside are told the same: there is one text for both, [MS-ASCMD] 7 <11>. */
function readMessages(messages: readonly OofMessage[], before: OofSettings): Partial<OofSettings> | number {
  const replies: { internalReply?: string; externalReply?: string } = {};
  let { audience } = before;
  for (const message of messages) {
    if (message.BodyType !== undefined && !/^(html|text)$/i.test(message.BodyType)) return settingsStatus.invalidArguments;
    const targets = [message.AppliesToInternal, message.AppliesToExternalKnown, message.AppliesToExternalUnknown].filter((one) => one);
    if (targets.length !== 1) return settingsStatus.invalidArguments;
    const isOn = message.Enabled !== '0';
    const reply = isOn ? (message.ReplyMessage ?? '') : '';
    if (message.AppliesToInternal) replies.internalReply = reply;
    else {
      if (isOn && replies.externalReply !== undefined && replies.externalReply !== reply) return settingsStatus.conflictingArguments;
      if (isOn || replies.externalReply === undefined) replies.externalReply = reply || replies.externalReply || '';
      if (message.AppliesToExternalUnknown) audience = isOn ? 'all' : audience === 'all' ? 'known' : audience;
      else audience = isOn ? (audience === 'none' ? 'known' : audience) : 'none';
    }
  }
  return { ...replies, audience };
}
