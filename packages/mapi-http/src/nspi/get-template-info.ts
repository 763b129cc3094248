import { isCodePage } from '@fauxchange/mapi-wire';
import { unicodePage } from './address-book-server.ts';
import { defineOperation } from './define-operation.ts';
import { NspiError } from './nspi-error.ts';

/** [MS-OXCMAPIHTTP] 2.2.5.9, [MS-OXNSPI] 3.1.4.1.18. This server has no templates: in no language is there one. */
export const getTemplateInfo = defineOperation('GetTemplateInfo', ({ CodePage }) => ({ CodePage, Row: null }), ({ CodePage }) => {
  if (CodePage === unicodePage || !isCodePage(CodePage)) throw new NspiError('InvalidCodepage');
  throw new NspiError('InvalidLocale');
});
