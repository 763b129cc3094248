import { errorCode } from '@fauxchange/mapi-wire';
import { defineOperation } from './define-operation.ts';

/** [MS-OXCMAPIHTTP] 2.2.5.2 Unbind: its success has a code of its own, [MS-OXNSPI] 3.1.4.1.2. */
export const unbind = defineOperation('Unbind', () => ({}), () => ({ ErrorCode: errorCode.UnbindSuccess }), 'ends');
