import { oofSettings } from '@fauxchange/mailbox';
import { formatDateTime } from '../../mapping/date-time.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import { audiences, oofSession, oofStates } from './oof-mailbox.ts';

const hour = 3_600_000;

/** Without a schedule Exchange tells one that begins with the hour and lasts a day ([K]). @see [MS-OXWOOF] 3.1.4.1 GetUserOofSettings */
export const getUserOofSettings: Operation<'GetUserOofSettings'> = defineOperation('GetUserOofSettings', ({ Mailbox }, context) =>
  answerAlone(context, (head) => ({ ResponseMessage: head }), async () => {
    const { state, audience, from, until, internalReply, externalReply } = await oofSettings(oofSession(Mailbox, context).mailbox.openAsSystem());
    const begin = from ?? Math.floor(context.clock.now() / hour) * hour;
    return {
      ResponseMessage: success,
      OofSettings: {
        OofState: oofStates[state], ExternalAudience: audiences[audience],
        Duration: { StartTime: formatDateTime(begin), EndTime: formatDateTime(until ?? begin + 24 * hour) },
        InternalReply: { Message: internalReply }, ExternalReply: { Message: externalReply },
      },
      AllowExternalOof: 'All',
    };
  }));
