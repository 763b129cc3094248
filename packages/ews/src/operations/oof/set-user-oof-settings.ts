import { setOofSettings, type OofSettings } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { parseDateTime } from '../../mapping/date-time.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { UserOofSettings } from '../../schema/types.generated.ts';
import { oofSession } from './oof-mailbox.ts';

/** @see [MS-OXWOOF] 3.1.4.2 SetUserOofSettings */
export const setUserOofSettings: Operation<'SetUserOofSettings'> = defineOperation('SetUserOofSettings', ({ Mailbox, UserOofSettings: sent }, context) =>
  answerAlone(context, (head) => ({ ResponseMessage: head }), async () => {
    const session = oofSession(Mailbox, context);
    await setOofSettings(session, decode(sent, context));
    return { ResponseMessage: success };
  }));

/** ErrorInvalidUserOofSettings without the reply that the state needs, ErrorInvalidScheduledOofDuration for a schedule that cannot be. */
function decode({ OofState, ExternalAudience, Duration, InternalReply, ExternalReply }: UserOofSettings, { clock }: EwsContext): OofSettings {
  const isOn = OofState !== 'Disabled';
  if (isOn && (!InternalReply || (ExternalAudience !== 'None' && !ExternalReply))) throw new EwsError('ErrorInvalidUserOofSettings');
  // Times without a zone are UTC here, whatever zone the caller lives in.
  const [from, until] = [Duration?.StartTime, Duration?.EndTime].map((lexical) => (lexical === undefined ? undefined : parseDateTime(lexical, () => 0)));
  const isPossible = from !== undefined && until !== undefined && from < until && until > clock.now();
  if (OofState === 'Scheduled' && !isPossible) throw new EwsError('ErrorInvalidScheduledOofDuration');
  return {
    state: OofState.toLowerCase() as OofSettings['state'], audience: ExternalAudience.toLowerCase() as OofSettings['audience'], from, until,
    internalReply: InternalReply?.Message ?? '', externalReply: ExternalReply?.Message ?? '',
  };
}
