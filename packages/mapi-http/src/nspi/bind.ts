import { isCodePage } from '@fauxchange/mapi-wire';
import { unicodePage } from './address-book-server.ts';
import { defineOperation } from './define-operation.ts';
import { NspiError } from './nspi-error.ts';

const noGuid = '00000000-0000-0000-0000-000000000000';

/** [MS-OXCMAPIHTTP] 2.2.5.1, [MS-OXNSPI] 3.1.4.1.1: begins a session. Probes of zeros have no State. */
export const bind = defineOperation('Bind', () => ({ ServerGuid: noGuid }), ({ State }, { server }) => {
  if (State && (State.CodePage === unicodePage || !isCodePage(State.CodePage))) throw new NspiError('InvalidCodepage');
  return { ServerGuid: server.guid };
}, 'begins');
